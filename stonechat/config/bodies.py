"""Reads a request's body before a thread is taken: bounded, and on disk when large."""

from __future__ import annotations

import asyncio
import io
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from typing import IO

from asgiref.typing import ASGIReceiveCallable, HTTPScope
from django.conf import settings

ORDINARY_BYTES = 1024 * 1024  # a page of text is far below it
ENVELOPE_BYTES = 1024 * 1024  # what a form adds around the file it carries
MEMORY_BYTES = 256 * 1024  # more is spooled to disk
SILENCE_SECONDS = 60.0  # how long a sender may pause between two pieces
DISCARD_BYTES, DISCARD_SECONDS = 200_000_000, 5.0  # how far we listen to a refused one

# Where files are sent; everywhere else a large body is a mistake or an attack.
PICTURES_PATHS = (
    "/api/v1/media",
    "/api/v2/media",
    "/api/v1/accounts/update_credentials",
    "/api/v1/profile",
    "/posts",
    "/settings/profile",
)


class TooLarge(Exception):
    """The body is longer than its path allows."""


class Gone(Exception):
    """The sender left, or fell silent, before the body was complete."""


def limit(method: str, path: str) -> int:
    """How many bytes a request may carry."""
    if method in ("POST", "PUT", "PATCH") and path.startswith(PICTURES_PATHS):
        return int(settings.STONECHAT_UPLOAD_LIMIT) + ENVELOPE_BYTES
    return ORDINARY_BYTES


async def read(scope: HTTPScope, receive: ASGIReceiveCallable, most: int) -> tuple[IO[bytes], int]:
    """The body as a file at its start, and its length; raises `TooLarge` or `Gone`."""
    if _announced(scope["headers"]) > most:
        raise TooLarge
    first, more = await _piece(receive)
    if len(first) > most:
        raise TooLarge
    if not more:
        return io.BytesIO(first), len(first)
    return await _spool(first, receive, most)


async def _spool(first: bytes, receive: ASGIReceiveCallable, most: int) -> tuple[IO[bytes], int]:
    spool = tempfile.SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115
    try:
        length, more = spool.write(first), True
        while more:
            piece, more = await _piece(receive)
            length += spool.write(piece)
            if length > most:
                raise TooLarge
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return spool, length


async def discard(receive: ASGIReceiveCallable) -> None:
    """Read what a refused sender still sends: most look for the answer only when they are done."""
    length, more = 0, True
    with suppress(Gone):
        while more and length < DISCARD_BYTES:
            piece, more = await _piece(receive, DISCARD_SECONDS)
            length += len(piece)


async def _piece(
    receive: ASGIReceiveCallable, seconds: float = SILENCE_SECONDS
) -> tuple[bytes, bool]:
    """The next piece, and whether more will come."""
    try:
        async with asyncio.timeout(seconds):
            message = await receive()
    except TimeoutError as silence:
        raise Gone from silence
    if message["type"] != "http.request":
        raise Gone
    return message.get("body", b""), message.get("more_body", False)


def _announced(headers: Iterable[tuple[bytes, bytes]]) -> int:
    for name, value in headers:
        if name == b"content-length":
            return int(value)
    return 0
