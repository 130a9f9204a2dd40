"""Runs a foreign program on foreign content: with a deadline, low priority and bounded memory."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Iterable
from contextlib import suppress
from subprocess import PIPE, Popen
from tempfile import TemporaryFile
from threading import Timer
from typing import IO

MEMORY = 2 << 30  # bytes of address space: ffmpeg needs about 1 GB for 4K video
OUTPUT = 1 << 30  # bytes that a program may write to one file


class Failed(Exception):
    """The program is missing, took too long or did not like what it got."""


def present(name: str) -> bool:
    """Whether this machine has the program."""
    return shutil.which(name) is not None


def run(name: str, *arguments: str, seconds: float, given: Iterable[bytes] = ()) -> bytes:
    """What the program writes when it reads what is given; raises Failed, also after `seconds`."""
    command = _command(name, arguments)
    # Files instead of pipes: a program that waits for its reader cannot wait for ever.
    with TemporaryFile() as answer, TemporaryFile() as complaint:
        with Popen(command, stdin=PIPE, stdout=answer, stderr=complaint) as process:  # noqa: S603
            code = _finished(process, seconds, given)
        if code:
            raise Failed(
                f"{name} ended with {code}: {_all(complaint)[-500:].decode(errors='replace')}"
            )
        return _all(answer)


def _command(name: str, arguments: Iterable[str]) -> list[str]:
    program, nice = shutil.which(name), shutil.which("nice")
    if program is None:
        raise Failed(f"{name} is not installed")
    return [*([nice, "-n", "10"] if nice else []), program, *arguments]


def _finished(process: Popen[bytes], seconds: float, given: Iterable[bytes]) -> int:
    """The exit code, once the program has read everything, ended or been ended."""
    _bound(process.pid)
    deadline = Timer(seconds, process.kill)
    deadline.start()
    try:
        with suppress(BrokenPipeError):
            _feed(process.stdin, given)
        return process.wait()
    finally:
        deadline.cancel()
        process.kill()


def _feed(stdin: IO[bytes] | None, given: Iterable[bytes]) -> None:
    if stdin is None:
        return
    with stdin:
        stdin.writelines(given)


def _bound(pid: int) -> None:
    """Set limits from outside: code between fork and exec is not safe beside threads."""
    prlimit = getattr(resource, "prlimit", None)  # only Linux has it
    if prlimit is None:
        return
    with suppress(ProcessLookupError, PermissionError):
        prlimit(pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
        prlimit(pid, resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
        prlimit(pid, resource.RLIMIT_CORE, (0, 0))


def _all(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()
