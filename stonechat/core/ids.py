"""Ids that sort by time: milliseconds since 1970, shifted by 16 bits, as Mastodon's do.

An id is drawn inside the transaction that uses it, after the write lock is held, so the order
of ids is the order of commits and a client that pages by `since_id` skips nothing. SQLite
holds that lock by itself (`BEGIN IMMEDIATE`); on PostgreSQL one advisory lock per table does.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zlib import crc32

from django.db import connection, models

from stonechat.core import clock

BITS = 16
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def at(moment: datetime) -> int:
    """The smallest id that a row of this moment can have."""
    return (moment - BEGINNING) // timedelta(milliseconds=1) << BITS


def moment(id: int) -> datetime:
    """When an id was drawn."""
    return datetime.fromtimestamp((id >> BITS) / 1000, UTC)


def draw(model: type[models.Model]) -> int:
    """A fresh id, larger than every other in this table."""
    assert connection.in_atomic_block, "an id is drawn in the transaction that uses it"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s)", [crc32(model._meta.db_table.encode())]
            )
    last = model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
    return max(at(clock.now()), last + 1)
