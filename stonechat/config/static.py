"""Static files from memory, under one address per release: `/static/<digest>/<name>`.

The digest is of the whole tree, so relative addresses in stylesheets and ES modules hold
without rewriting, and everything may be cached for ever. A release changes them all at once.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from asgiref.typing import ASGISendCallable, HTTPScope
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import StaticFilesStorage

from stonechat.config.sending import Header, send_bytes

COMPRESSIBLE = ("text/", "image/svg+xml", "application/json", "application/manifest+json")
IMMUTABLE = b"public, max-age=31536000, immutable"
FOREIGN = b"no-cache"  # asked for by a page of another release, as while nodes are upgraded


class DigestStorage(StaticFilesStorage):
    """Gives `{% static %}` the addresses that `StaticFiles` answers."""

    def url(self, name: str | None) -> str:
        """The address of a file for this release."""
        return f"{settings.STATIC_URL}{tree().digest}/{name}"


@dataclass(frozen=True)
class StaticFile:
    """One file, ready to send; `packed` is empty where packing does not pay."""

    media_type: str
    body: bytes
    packed: bytes

    @classmethod
    def of(cls, name: str, body: bytes) -> StaticFile:
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        packed = gzip.compress(body, mtime=0) if media_type.startswith(COMPRESSIBLE) else b""
        if media_type.startswith("text/"):
            media_type += "; charset=utf-8"
        return cls(media_type, body, packed if len(packed) < len(body) else b"")


@dataclass(frozen=True)
class Tree:
    """All static files of all installed apps."""

    digest: str
    files: dict[str, StaticFile]


@cache
def tree() -> Tree:
    """Read and packed once, before the fork: the workers share the memory."""
    digest = hashlib.sha256()
    files: dict[str, StaticFile] = {}
    for name, body in sorted(_found(), key=itemgetter(0)):  # stable: the first finder wins
        if name not in files:
            digest.update(f"{name}\0{len(body)}\0".encode() + body)
            files[name] = StaticFile.of(name, body)
    return Tree(digest.hexdigest()[:12], files)


def _found() -> Iterator[tuple[str, bytes]]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            with storage.open(name) as file:
                yield name, file.read()


class StaticFiles:
    """Answers `/static/…` without Django and without a thread."""

    def __init__(self) -> None:
        self._tree = tree()

    async def __call__(self, scope: HTTPScope, send: ASGISendCallable) -> None:
        digest, _, name = scope["path"].removeprefix(settings.STATIC_URL).partition("/")
        file = self._tree.files.get(name)
        if file is None or scope["method"] not in ("GET", "HEAD"):
            await send_bytes(send, 404, [(b"content-type", b"text/plain")], b"Not found\n")
            return
        headers, body = _headers_and_body(file, dict(scope["headers"]))
        headers.append((b"cache-control", IMMUTABLE if digest == self._tree.digest else FOREIGN))
        await send_bytes(send, 200, headers, body if scope["method"] == "GET" else b"")


def _headers_and_body(file: StaticFile, asked: dict[bytes, bytes]) -> tuple[list[Header], bytes]:
    pack = bool(file.packed) and b"gzip" in asked.get(b"accept-encoding", b"")
    body = file.packed if pack else file.body
    headers = [
        (b"content-type", file.media_type.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"vary", b"accept-encoding"),
        (b"access-control-allow-origin", b"*"),
        (b"x-content-type-options", b"nosniff"),
    ]
    return headers + ([(b"content-encoding", b"gzip")] if pack else []), body
