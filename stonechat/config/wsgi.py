"""Calls Django as a WSGI application: the environ it wants, and its answer in our terms."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from asgiref.typing import HTTPScope
from django.core.handlers.wsgi import WSGIHandler
from django.http.response import HttpResponse, HttpResponseBase

from stonechat.config.sending import Header, OpenFile

Environ = dict[str, Any]

FILE_HEADER = "X-Stonechat-File"  # Django's word for "authorised: send the file at this path"
BODILESS = (204, 304)


@dataclass(frozen=True)
class Answer:
    """What Django said: a body in memory or a file, `ranged` if parts of it may be asked for."""

    status: int
    headers: list[Header]
    body: bytes | OpenFile
    ranged: bool = False


def environ_of(scope: HTTPScope) -> Environ:
    """The environ of PEP 3333, without a body yet."""
    host, port = scope.get("server") or ("localhost", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": _path(scope),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    _add_headers(environ, scope)
    return environ


def _path(scope: HTTPScope) -> str:
    """The path's bytes in latin-1, as WSGI wants them; Django makes UTF-8 of them again."""
    raw = scope.get("raw_path") or scope["path"].encode()
    return (unquote_to_bytes(raw) if b"%" in raw else raw).decode("latin-1")


def _add_headers(environ: Environ, scope: HTTPScope) -> None:
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:
            continue  # would pass for the header with hyphens
        name = raw_name.decode("latin-1").upper().replace("-", "_")
        if name not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            name = "HTTP_" + name
        value = raw_value.decode("latin-1")
        environ[name] = f"{environ[name]},{value}" if name in environ else value


def ask(django: WSGIHandler, environ: Environ) -> Answer:
    """Django's answer to one request; runs on a pool's thread, which is free again afterwards."""
    response: HttpResponseBase = django(environ, _ignore)  # type: ignore[arg-type]
    try:
        return _answer(response)
    finally:
        response.close()


def _ignore(status: str, headers: list[tuple[str, str]]) -> None:
    """WSGI's way to hand over status and headers; we read them from the response itself."""


def _answer(response: HttpResponseBase) -> Answer:
    if response.has_header(FILE_HEADER):
        path = Path(response.headers[FILE_HEADER])
        del response.headers[FILE_HEADER]  # nobody outside learns where files lie
        return _file(response, path)
    headers = _headers(response)
    if not response.streaming:
        assert isinstance(response, HttpResponse)
        return _with_length(response.status_code, headers, response.content)
    return Answer(response.status_code, headers, _on_disk(response))


def _file(response: HttpResponseBase, path: Path) -> Answer:
    file = OpenFile.at(path)
    if file is None:
        return _with_length(404, [(b"content-type", b"text/plain")], b"Not found\n")
    return Answer(response.status_code, _headers(response), file, ranged=True)


def _headers(response: HttpResponseBase) -> list[Header]:
    cookies = (cookie.output(header="").strip() for cookie in response.cookies.values())
    return [
        *((name.lower().encode(), value.encode("latin-1")) for name, value in response.items()),
        *((b"set-cookie", cookie.encode("latin-1")) for cookie in cookies),
    ]


def _with_length(status: int, headers: list[Header], body: bytes) -> Answer:
    if status in BODILESS:
        return Answer(status, headers, b"")
    if not any(name == b"content-length" for name, _ in headers):
        headers.append((b"content-length", str(len(body)).encode()))
    return Answer(status, headers, body)


def _on_disk(response: HttpResponseBase) -> OpenFile:
    """A streamed answer, written out at once: a slow reader then holds no thread and no cursor."""
    with tempfile.TemporaryFile() as file:
        for piece in response:
            file.write(piece)
        file.flush()
        return OpenFile(os.dup(file.fileno()), file.tell(), 0.0)
