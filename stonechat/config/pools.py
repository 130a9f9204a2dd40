"""Threads for Django: one for quick reads, two for everything that may wait."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any

from django.db import connections

QUICK_THREADS = 1  # four busy threads made the hot path forty times slower: the GIL
WAITING_THREADS = 2
LONGEST_QUEUE = 1000  # requests; beyond this a quick "not now" serves people better than a wait
STOP_SECONDS = 2.0

QUICK_PATHS = ("/api/", "/home", "/media/", "/nodeinfo/", "/.well-known/", "/health")
WAITING_PATHS = ("/api/v2/search", "/api/v1/search", "/api/v1/exports", "/home/export")

Job = tuple[asyncio.Future[Any], Callable[..., Any], tuple[Any, ...]]


class Full(Exception):
    """So many requests wait that one more would not be answered in time."""


class Pool:
    """Some threads, each with its own lasting database connection, and one queue before them."""

    def __init__(self, name: str, size: int) -> None:
        self._name = name
        self._size = size
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start the threads; only ever after the fork."""
        names = [f"{self._name}-{number}" for number in range(self._size)]
        self._threads = [threading.Thread(target=self._work, name=n, daemon=True) for n in names]
        for thread in self._threads:
            thread.start()

    def run(self, function: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:
        """The result of `function(*args)`, run on a thread of the pool; raises `Full`."""
        if self._queue.qsize() >= LONGEST_QUEUE:
            raise Full
        future = asyncio.get_running_loop().create_future()
        self._queue.put((future, function, args))
        return future

    def stop(self) -> None:
        """Let the threads finish what is queued, for `STOP_SECONDS` at most."""
        for _ in self._threads:
            self._queue.put(None)
        deadline = time.monotonic() + STOP_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            _run(*job)
            del job  # else the last request lives until the next one comes
        connections.close_all()


class Pools:
    """The two pools of one worker for Django, and one thread that reads files to be sent."""

    def __init__(self) -> None:
        self.quick = Pool("quick", QUICK_THREADS)
        self.waiting = Pool("waiting", WAITING_THREADS)
        self.files = Pool("files", 1)

    def start(self) -> None:
        for pool in (self.quick, self.waiting, self.files):
            pool.start()

    def stop(self) -> None:
        for pool in (self.quick, self.waiting, self.files):
            pool.stop()

    def choose(self, method: str, path: str) -> Pool:
        """Quick for reads of the API and the feed; everything else may wait for locks or hashes."""
        if method not in ("GET", "HEAD") or path.startswith(WAITING_PATHS):
            return self.waiting
        return self.quick if path.startswith(QUICK_PATHS) else self.waiting


def _run(future: asyncio.Future[Any], function: Callable[..., Any], args: tuple[Any, ...]) -> None:
    """Run one job and hand its outcome back to the event loop that waits for it."""
    if future.cancelled():
        return  # whoever asked has gone before their turn came
    try:
        settle, outcome = future.set_result, function(*args)
    except BaseException as error:  # the loop decides; the thread must live on
        settle, outcome = future.set_exception, error
    with suppress(RuntimeError):  # a closed loop means that the process ends
        future.get_loop().call_soon_threadsafe(_settle, future, settle, outcome)


def _settle(future: asyncio.Future[Any], settle: Callable[[Any], None], outcome: Any) -> None:
    if not future.done():  # whoever asked may have gone meanwhile
        settle(outcome)
