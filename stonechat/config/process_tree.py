"""A parent and its children: imported once, forked, watched, replaced, and stopped together.

The parent opens no database connection and starts no thread, so a fork is always clean, also
when it replaces a child that died hours later.
"""

from __future__ import annotations

import ctypes
import logging
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NoReturn

log = logging.getLogger(__name__)

STOP_SECONDS = 10.0
STEADY_SECONDS = 10.0  # a child that lived so long is replaced at once
FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0
STOP_SIGNALS = {signal.SIGTERM, signal.SIGINT}
SIGNALS = {signal.SIGCHLD, *STOP_SIGNALS}
PR_SET_PDEATHSIG = 1  # from Linux's prctl.h


@dataclass
class Child:
    """A place in the tree: what runs there, and the process that does so now (0: none)."""

    name: str
    work: Callable[[], None]
    pid: int = 0
    started: float = 0.0
    delay: float = 0.0
    due: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Lifeline:
    """A pipe that only the parent holds open: it reads as closed when the parent is gone."""

    reading: int
    writing: int
    parent: int

    @classmethod
    def of_this_process(cls) -> Lifeline:
        return cls(*os.pipe(), os.getpid())


class ProcessTree:
    """Forks children from this process; made once, before the first of them."""

    def __init__(self) -> None:
        self._lifeline = Lifeline.of_this_process()
        self._bell, bell = os.pipe()
        os.set_blocking(self._bell, False)
        os.set_blocking(bell, False)
        signal.set_wakeup_fd(bell, warn_on_full_buffer=False)
        for number in SIGNALS:
            signal.signal(number, _heard)

    def run_first(self, name: str, work: Callable[[], None]) -> bool:
        """Run something to its end in a child, such as what opens the database; True if it went."""
        child = Child(name, work)
        self._fork(child)
        return os.waitpid(child.pid, 0)[1] == 0

    def watch(self, children: list[Child]) -> None:
        """Keep every child alive until SIGTERM or SIGINT; then end them within `STOP_SECONDS`."""
        while True:
            for child in children:
                if not child.pid and child.due <= time.monotonic():
                    self._fork(child)
            if self._wait(children) & STOP_SIGNALS:
                return self._stop(children)
            for child in _reap(children):
                _postpone(child)

    def _wait(self, children: list[Child]) -> set[int]:
        """The signals that came; returns when a child is due, and once a minute."""
        waits = [child.due - time.monotonic() for child in children if not child.pid]
        return self._listen(max(0.0, min([60.0, *waits])))

    def _listen(self, seconds: float) -> set[int]:
        ready = select.select([self._bell], [], [], seconds)[0]
        return set(os.read(self._bell, 1024)) if ready else set()

    def _stop(self, children: list[Child]) -> None:
        """Ask all to finish, wait, then end what still runs."""
        _signal(children, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while any(child.pid for child in children) and time.monotonic() < deadline:
            self._listen(0.2)
            _reap(children)
        _signal(children, signal.SIGKILL)

    def _fork(self, child: Child) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        child.started = time.monotonic()
        with _signals_held():
            child.pid = os.fork()
            if not child.pid:
                _become(child, self._lifeline)


def _heard(*_: object) -> None:
    """A signal is only heard by the bell that it writes to; it interrupts nothing."""


@contextmanager
def _signals_held() -> Iterator[None]:
    """Between fork and the child's own handlers, a signal must not ring the parent's bell."""
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def _reap(children: list[Child]) -> list[Child]:
    """The children that have ended since the last look."""
    ended = [child for child in children if child.pid and os.waitpid(child.pid, os.WNOHANG)[0]]
    for child in ended:
        child.pid = 0
    return ended


def _postpone(child: Child) -> None:
    """Back off: at once after a steady life, else twice as long each time."""
    lived = time.monotonic() - child.started
    grown = min(child.delay * 2 or FIRST_DELAY, LONGEST_DELAY)
    child.delay = 0.0 if lived > STEADY_SECONDS else grown
    child.due = time.monotonic() + child.delay
    log.error("%s died after %.0f s; the next starts in %.1f s", child.name, lived, child.delay)


def _signal(children: list[Child], number: int) -> None:
    for child in children:
        if child.pid:
            os.kill(child.pid, number)


def _become(child: Child, lifeline: Lifeline) -> NoReturn:
    """The child's whole life; it never returns into the parent's code."""
    code = 1
    try:
        _be_a_process_of_its_own(lifeline)
        child.work()
        code = 0
    except KeyboardInterrupt:
        pass
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 1
    except BaseException:
        log.exception("%s failed", child.name)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _be_a_process_of_its_own(lifeline: Lifeline) -> None:
    die_with_parent(lifeline)
    signal.set_wakeup_fd(-1)
    for number in SIGNALS - {signal.SIGINT}:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def die_with_parent(lifeline: Lifeline) -> None:
    """End this process at once when its parent is gone, however the parent ended.

    What was acknowledged is on disk; a half-dead tree would keep the port from the next one.
    """
    os.close(lifeline.writing)
    if sys.platform != "linux":
        threading.Thread(target=watch_lifeline, args=(lifeline,), daemon=True).start()
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != lifeline.parent:  # it went before we asked
        os._exit(1)


def watch_lifeline(lifeline: Lifeline) -> NoReturn:
    """Wait for the pipe to close, where the kernel has no word for it."""
    os.read(lifeline.reading, 1)
    os._exit(1)
