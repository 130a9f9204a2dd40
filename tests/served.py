"""A served instance for tests that speak to it from outside, as clients do.

with served(workers=2, STONECHAT_SIGNUP="open") as instance:
    token = instance.token("zoe")
    requests.get(f"{instance.url}/api/v1/timelines/home", ...)
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg

ADMINISTRATOR = [sys.executable, "-m", "stonechat"]
START_SECONDS = 40  # a laptop needs two; a busy machine with a new PostgreSQL far more
STOP_SECONDS = 15


@dataclass
class Served:
    """`stonechat serve` on 127.0.0.1: where it answers and where its data lies."""

    url: str
    data: Path
    workers: int
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, and return when a worker answers."""
        port = str(urlsplit(self.url).port)
        with (self.data / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*ADMINISTRATOR, "serve", "--port", port, "--workers", str(self.workers)],
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.05)

    def stop(self) -> int:
        """End it as an administrator would; the exit code."""
        return self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would: its processes go with their parent."""
        self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> int:
        if self.process is None:
            return 0
        process, self.process = self.process, None
        process.send_signal(number)
        try:
            return process.wait(STOP_SECONDS)
        finally:
            process.kill()

    def answers(self) -> bool:
        """True while it says that it is well."""
        try:
            with urlopen(f"{self.url}/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (HTTPError, URLError, OSError):
            return False

    def run(self, *words: str) -> str:
        """`stonechat WORDS` on the same data; what it printed."""
        return self._ran(*ADMINISTRATOR, *words)

    def act(self, code: str) -> str:
        """Python on the same data, for what only pages do; what it printed."""
        return self._ran(sys.executable, "-c", f"import django\ndjango.setup()\n{code}")

    def _ran(self, *command: str) -> str:
        done = subprocess.run(
            command,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def token(self, username: str) -> str:
        """A token for somebody, who is made if nobody has the name."""
        return self.tokens(username)[username]

    def tokens(self, *usernames: str) -> dict[str, str]:
        """A token for each, by name; a program is started once for all of them."""
        asked = [["token", "create", name, "--email", f"{name}@example.org"] for name in usernames]
        said = self.act(f"from stonechat.config.cli import main\nfor w in {asked}: main(w)")
        return dict(zip(usernames, said.split(), strict=True))

    def password(self, username: str, *words: str) -> str:
        """Make an account; its password."""
        email = f"{username}@example.org"
        return self.run("account", "create", username, "--email", email, *words).split()[-1]

    def log(self) -> str:
        """What the server has said so far."""
        return (self.data / "serve.log").read_text()


@contextmanager
def served(workers: int = 2, **environment: str) -> Iterator[Served]:
    """Serve a new, empty instance; on PostgreSQL where STONECHAT_DATABASE_URL names one."""
    with tempfile.TemporaryDirectory() as folder, _database() as database:
        url = f"http://127.0.0.1:{_free_port()}"
        surroundings = {k: v for k, v in os.environ.items() if not k.startswith("STONECHAT_")}
        surroundings.setdefault("DJANGO_SETTINGS_MODULE", "stonechat.config.settings")
        own = {"STONECHAT_DATA_DIR": folder, "STONECHAT_URL": url, **database, **environment}
        instance = Served(url, Path(folder), workers, surroundings | own)
        try:
            instance.start()
            yield instance
        finally:
            instance.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        port: int = sock.getsockname()[1]
        return port


@contextmanager
def _database() -> Iterator[dict[str, str]]:
    """A database of its own on the server of this test run, or SQLite in the data folder."""
    url = urlsplit(os.environ.get("STONECHAT_DATABASE_URL", ""))
    if not url.scheme.startswith("postgres"):
        yield {}
        return
    name = f"served_{secrets.token_hex(6)}"
    with psycopg.connect(urlunsplit(url), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield {"STONECHAT_DATABASE_URL": urlunsplit(url._replace(path=f"/{name}"))}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
