"""Brings the database up to date before anything else opens it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from stonechat.config import backup, health

LOCK_KEY = 7_305_111  # any constant, next to the leader's


def upgrade() -> None:
    """Run the migrations that are missing, after a copy of the SQLite file."""
    with _alone():
        pending = health.pending_migrations()
        if pending:
            backup.keep_copy(pending[0])
            call_command("migrate", verbosity=0)
    connection.close()


@contextmanager
def _alone() -> Iterator[None]:
    """One process of all at a time: on this machine, and of those that share a PostgreSQL."""
    settings.STONECHAT_DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.STONECHAT_DATA_DIR / "upgrade.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_KEY])
        yield  # closing the connection and the file lets both locks go
