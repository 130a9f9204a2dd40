"""Sends files: those that Django has authorised, and the static ones from memory."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path

from asgiref.typing import ASGISendCallable

from stonechat.config.pools import Pool

Header = tuple[bytes, bytes]

PIECE_BYTES = 256 * 1024
RANGE = re.compile(rb"bytes=(\d*)-(\d*)$")


@dataclass(frozen=True)
class Part:
    """What of a file to send: status 200, 206, 304 or 416, and the bytes from `start` to `end`."""

    status: int
    start: int
    end: int


@dataclass(frozen=True)
class OpenFile:
    """A file that was found and opened on Django's thread."""

    descriptor: int
    size: int
    modified: float

    @classmethod
    def at(cls, path: Path) -> OpenFile | None:
        """None where nothing lies: it was deleted a moment ago."""
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return None
        found = os.fstat(descriptor)
        return cls(descriptor, found.st_size, found.st_mtime)

    @property
    def etag(self) -> bytes:
        return f'"{int(self.modified * 1000):x}-{self.size:x}"'.encode()

    @property
    def last_modified(self) -> bytes:
        return formatdate(self.modified, usegmt=True).encode()


async def send_file(
    send: ASGISendCallable,
    files: Pool,
    file: OpenFile,
    asked: dict[bytes, bytes],
    answer: list[Header],
    head: bool,
) -> None:
    """Send what was asked for of an authorised file; `answer` holds the headers Django chose.

    A thread is taken for each read and never held while a slow client drinks.
    """
    try:
        headers = {b"etag": file.etag, b"last-modified": file.last_modified} | dict(answer)
        part = choose_part(asked, headers, file.size)
        cookies = [(name, value) for name, value in answer if name == b"set-cookie"]
        headers |= _headers_of(part, file.size)
        await start(send, part.status, [*_without(headers, part), *cookies])
        await _pieces(send, files, file.descriptor, part, head)
    finally:
        os.close(file.descriptor)


async def send_whole(
    send: ASGISendCallable,
    files: Pool,
    file: OpenFile,
    status: int,
    headers: list[Header],
    head: bool,
) -> None:
    """Send all of a file that was written for this one answer."""
    try:
        part = Part(status, 0, file.size)
        length = (b"content-length", str(file.size).encode())
        others = [pair for pair in headers if pair[0] != b"content-length"]
        await start(send, status, [*others, length])
        await _pieces(send, files, file.descriptor, part, head)
    finally:
        os.close(file.descriptor)


def choose_part(asked: dict[bytes, bytes], answer: dict[bytes, bytes], size: int) -> Part:
    """What RFC 9110 says of conditions and ranges; several ranges at once get the whole."""
    if _unchanged(asked, answer):
        return Part(304, 0, 0)
    found = RANGE.match(asked.get(b"range", b""))
    if not found or found.groups() == (b"", b"") or not _if_range_holds(asked, answer):
        return Part(200, 0, size)
    start, end = _bounds(found[1], found[2], size)
    return Part(206, start, end) if start < end else Part(416, 0, 0)


def _bounds(first: bytes, last: bytes, size: int) -> tuple[int, int]:
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(size, int(last) + 1) if last else size


def _unchanged(asked: dict[bytes, bytes], answer: dict[bytes, bytes]) -> bool:
    if known := asked.get(b"if-none-match"):
        tags = {tag.strip().removeprefix(b"W/") for tag in known.split(b",")}
        return b"*" in tags or answer[b"etag"].removeprefix(b"W/") in tags
    if since := asked.get(b"if-modified-since"):
        return not _later(answer[b"last-modified"], since)
    return False


def _if_range_holds(asked: dict[bytes, bytes], answer: dict[bytes, bytes]) -> bool:
    condition = asked.get(b"if-range")
    return condition is None or condition in (answer[b"etag"], answer[b"last-modified"])


def _later(modified: bytes, since: bytes) -> bool:
    try:
        return parsedate_to_datetime(modified.decode()) > parsedate_to_datetime(since.decode())
    except (ValueError, TypeError):
        return True  # a date that is none asks for the file


def _headers_of(part: Part, size: int) -> dict[bytes, bytes]:
    headers = {
        b"accept-ranges": b"bytes",
        b"content-length": str(part.end - part.start).encode(),
    }
    if part.status == 206:
        headers[b"content-range"] = f"bytes {part.start}-{part.end - 1}/{size}".encode()
    if part.status == 416:
        headers[b"content-range"] = f"bytes */{size}".encode()
    return headers


def _without(headers: dict[bytes, bytes], part: Part) -> list[Header]:
    """The headers as pairs, but for those that cannot stand here: cookies are added one by one."""
    dropped = {b"set-cookie"} | ({b"content-length"} if part.status == 304 else set())
    return [(name, value) for name, value in headers.items() if name not in dropped]


async def start(send: ASGISendCallable, status: int, headers: list[Header]) -> None:
    """The first message of an answer."""
    await send(
        {"type": "http.response.start", "status": status, "headers": headers, "trailers": False}
    )


async def send_bytes(
    send: ASGISendCallable, status: int, headers: list[Header], body: bytes
) -> None:
    """A whole answer from memory."""
    await start(send, status, headers)
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def _pieces(
    send: ASGISendCallable, files: Pool, descriptor: int, part: Part, head: bool
) -> None:
    position = part.start
    while position < part.end and not head:
        wanted = min(PIECE_BYTES, part.end - position)
        piece = await files.run(os.pread, descriptor, wanted, position)
        if not piece:
            raise OSError("the file became shorter while it was sent")
        position += len(piece)
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
