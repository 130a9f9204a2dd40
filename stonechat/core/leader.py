"""The one process that runs reactions, jobs and the schedule; there is never a second."""

from __future__ import annotations

import fcntl
import logging
import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import IO

from django.conf import settings
from django.db import connection, connections

from stonechat.core import clock, jobs, journal, wakeup
from stonechat.core.models import Cursor

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0  # the safety net when a wake-up was lost
LOCK_KEY = 7_305_110  # any constant: the advisory lock of the leader on PostgreSQL


def run(stop: threading.Event) -> None:
    """Lead until told to stop; waits its turn while another process leads."""
    while not stop.is_set():
        with _lead() as leading:
            if leading:
                _work(stop)
        stop.wait(IDLE_SECONDS)


def _work(stop: threading.Event) -> None:
    """Jobs may take minutes, so they run beside the reactions, in a thread of their own."""
    threads = [
        threading.Thread(target=_loop, args=(stop, journal.react), name="reactions"),
        threading.Thread(target=_loop, args=(stop, _jobs_and_schedule), name="jobs"),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _loop(stop: threading.Event, step: object) -> None:
    assert callable(step)
    with wakeup.listener() as bell:
        while not stop.is_set():
            try:
                busy = step()
            except Exception:
                log.exception("the leader stumbled; it goes on")
                connections.close_all()
                busy = 0
            if not busy and select.select([bell], [], [], IDLE_SECONDS)[0]:
                _drain(bell)
    connections.close_all()


def _drain(bell: object) -> None:
    try:
        while bell.recv(64):  # type: ignore[attr-defined]
            pass
    except BlockingIOError:
        pass


def _jobs_and_schedule() -> int:
    for name, every, work in import_module(settings.SCHEDULE).SCHEDULE:
        last, _ = Cursor.objects.get_or_create(name=f"schedule:{name}")
        now = int(clock.now().timestamp())
        if now - last.fact_id >= every.total_seconds():
            Cursor.objects.filter(pk=last.pk).update(fact_id=now)
            jobs.later(work)
    return jobs.run_due()


@contextmanager
def _lead() -> Iterator[bool]:
    """True while this process holds the one lock: flock on one machine, advisory on PostgreSQL."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK_KEY])
            yield bool(cursor.fetchone()[0])
        connection.close()
        return
    settings.STONECHAT_DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.STONECHAT_DATA_DIR / "leader.lock").open("w") as handle:
        yield _flock(handle)


def _flock(handle: IO[str]) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
