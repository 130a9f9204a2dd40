"""A real server on a free port, with a Django project of a few views behind it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

TINY_SETTINGS = """
from stonechat.config.settings import *

ROOT_URLCONF = "tiny_urls"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.staticfiles", "django_htmx"]
MIDDLEWARE = []
STONECHAT_PROXIES = ["127.0.0.1"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "stonechat.config.static.DigestStorage"}}
"""

TINY_URLS = """
import os, threading, time
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.templatetags.static import static
from django.urls import path, re_path

def about(request):
    return JsonResponse({
        "thread": threading.current_thread().name,
        "pid": os.getpid(),
        "length": len(request.body),
        "path": request.path,
        "headers": dict(request.headers),
        "threads": threading.active_count(),
    })

def sent(request):
    path = settings.STONECHAT_DATA_DIR / request.GET["name"]
    return HttpResponse(content_type="video/mp4", headers={"X-Stonechat-File": str(path)})

def cookies(request):
    response = HttpResponse("ok", content_type="text/plain")
    response.set_cookie("a", "1")
    response.set_cookie("b", "2")
    return response

def pieces(request):
    return StreamingHttpResponse((b"x" * 1000 for _ in range(300)), content_type="text/csv")

def slow(request):
    time.sleep(float(request.GET["seconds"]))
    (settings.STONECHAT_DATA_DIR / "slow-is-done").touch()
    return HttpResponse("slept")

def broken(request):
    raise ValueError("a bug")

urlpatterns = [
    path("media/sent", sent),
    path("api/v1/slow", slow),
    path("api/v1/broken", broken),
    path("api/v1/cookies", cookies),
    path("exports/pieces", pieces),
    path("static-address", lambda request: HttpResponse(static("django_htmx/htmx-2.min.js"))),
    path("nothing", lambda request: HttpResponse(status=204)),
    re_path("^", about),
]
"""

# The leader sleeps: the real one needs the real tables.
TINY_SERVE = """
import sys, time
import django
django.setup()
from stonechat.config import serving

serving._lead = lambda sock: time.sleep(1000)
sock = serving.listen("127.0.0.1", int(sys.argv[1]))
print(sock.getsockname()[1], flush=True)
sys.exit(serving.serve(sock, int(sys.argv[2]), lambda: None))
"""


@dataclass
class Answer:
    """What came back over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Server:
    """A running tree: its parent process, its port and its DATA_DIR."""

    process: subprocess.Popen[str]
    port: int
    data: Path

    def ask(
        self, path: str, *, method: str = "GET", data: bytes | None = None, **headers: str
    ) -> Answer:
        """One request; header names are written with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = Request(f"http://127.0.0.1:{self.port}{path}", data, named, method=method)
        try:
            with urlopen(request, timeout=10) as found:
                return Answer(found.status, dict(found.headers), found.read())
        except HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), error.read())

    def connect(self) -> socket.socket:
        """A bare connection, for what no proper client would do."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def end(self) -> int:
        """Stop it as an administrator would; the exit code."""
        self.process.terminate()
        return self.process.wait(15)

    def children(self) -> set[int]:
        """The processes below the parent."""
        tasks = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return {int(pid) for pid in tasks.read_text().split()}


def start(folder: Path, workers: int = 1, port: int = 0, **environment: str) -> Server:
    """Serve the tiny project from a folder of its own."""
    (folder / "tiny_settings.py").write_text(TINY_SETTINGS)
    (folder / "tiny_urls.py").write_text(TINY_URLS)
    process = subprocess.Popen(
        [sys.executable, "-c", TINY_SERVE, str(port), str(workers)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(folder), *sys.path]),
            "DJANGO_SETTINGS_MODULE": "tiny_settings",
            "STONECHAT_DATA_DIR": str(folder),
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=(folder / "log").open("w"),
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, (folder / "log").read_text()
    return Server(process, int(line), folder)


def ready(server: Server) -> Server:
    """The socket listens at once; this waits for a worker that answers."""
    try:
        server.ask("/api/v1/about")
    except OSError as silence:
        server.process.kill()
        raise AssertionError((server.data / "log").read_text()) from silence
    return server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One worker that all tests share; none may end it."""
    served = ready(start(tmp_path_factory.mktemp("served")))
    yield served
    served.end()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """`serve(workers=1, port=0, **environment)`: a server for one test, which may end it."""
    started: list[Server] = []

    def begin(**how: Any) -> Server:
        started.append(start(tmp_path, **how))
        return ready(started[-1])

    yield begin
    for server in started:
        server.process.kill()
        server.process.wait(5)
