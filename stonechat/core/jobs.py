"""Background work on one table: claimed by a lease, tried again, and shown when it gives up.

Why our own and not a library's: `docs/why/0003-jobs.md`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.db import connection, transaction

from stonechat.core import clock, wakeup
from stonechat.core.models import Job

Work = Callable[..., None]
log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)  # longer than any job may take: a killed worker's job comes back
ATTEMPTS = 8  # with pauses doubling from 10 s, about 40 minutes of trying


class KilledEachTime(Exception):
    """A job that no process survived; it is not tried again."""


def job(work: Work) -> Work:
    """Mark what `later` may call: keyword arguments that JSON can hold, safe to run twice."""
    work.__job__ = True  # type: ignore[attr-defined]
    return work


def later(work: Work, *, due: datetime | None = None, **arguments: Any) -> Job:
    """Have the leader run `work(**arguments)` at `due`, or as soon as this transaction commits."""
    name = f"{work.__module__}:{work.__qualname__}"
    row = Job.objects.create(name=name, arguments=arguments, due_at=due or clock.now())
    transaction.on_commit(wakeup.ring)
    return row


def run_due(limit: int = 20) -> int:
    """Run what is due, each at most once at a time whoever else runs jobs; returns how many."""
    due = Job.objects.filter(dead=False, due_at__lte=clock.now()).order_by("due_at")
    # Claimed one by one: a row that waits behind others holds no lease and dies with nobody.
    return sum(_claim(row) and _run(row) for row in due[:limit])


def _claim(row: Job) -> bool:
    """Take a row by conditional update: right on SQLite and on PostgreSQL alike."""
    mine = Job.objects.filter(pk=row.pk, attempts=row.attempts, due_at=row.due_at)
    row.attempts += 1
    return mine.update(attempts=row.attempts, due_at=clock.now() + LEASE) == 1


def _run(row: Job) -> bool:
    try:
        _work_of(row)(**row.arguments)
    except Exception as error:
        log.warning("job %s failed (attempt %s): %s", row, row.attempts, error)
        _postpone(row, error)
    else:
        row.delete()
    finally:
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
    return True


def _work_of(row: Job) -> Work:
    """The function that a row names; none for one that ended its process each time."""
    if row.attempts > ATTEMPTS:
        raise KilledEachTime(f"its process was killed {ATTEMPTS} times while it ran")
    module, _, name = row.name.partition(":")
    work: Work = getattr(import_module(module), name)
    return work


def _postpone(row: Job, error: Exception) -> None:
    pause = timedelta(seconds=10 * 2 ** (row.attempts - 1))
    row.dead = row.attempts >= ATTEMPTS
    row.error = f"{type(error).__name__}: {error}"[:2000]
    row.due_at = clock.now() + pause
    row.save(update_fields=["dead", "error", "due_at"])
