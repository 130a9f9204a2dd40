"""The process tree: replaced when killed, gone when its parent is, stopped within ten seconds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stonechat.config.process_tree import Child, Lifeline, _postpone, watch_lifeline

pytestmark = [pytest.mark.server, pytest.mark.once]


def test_a_killed_child_is_replaced(serve):
    server = serve(workers=2)
    before = server.children()
    assert len(before) == 3
    for victim in before:
        os.kill(victim, signal.SIGKILL)
    _wait_until(lambda: len(server.children() - before) == 3)
    assert json.loads(server.ask("/api/v1/about").body)["pid"] in server.children()
    assert server.end() == 0


def test_all_are_gone_when_the_parent_is_killed(serve):
    server = serve(workers=2)
    children = server.children()
    server.process.kill()
    server.process.wait(5)
    _wait_until(lambda: not any(_runs(pid) for pid in children), seconds=2)
    again = serve(port=server.port)  # the port is free at once
    assert again.end() == 0


def test_a_request_under_way_is_answered_before_the_end(serve, tmp_path):
    server = serve()
    with server.connect() as wire:
        wire.sendall(b"GET /api/v1/slow?seconds=1 HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.3)
        began = time.monotonic()
        assert server.end() == 0
        assert time.monotonic() - began < 5
        assert wire.recv(1000).startswith(b"HTTP/1.1 200")
    assert (tmp_path / "slow-is-done").exists()


def test_a_request_without_end_does_not_hold_the_end_up(serve):
    server = serve()
    children = server.children()
    with server.connect() as wire:
        wire.sendall(b"GET /api/v1/slow?seconds=60 HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.3)
        began = time.monotonic()
        assert server.end() == 0
        assert time.monotonic() - began < 11
    _wait_until(lambda: not any(_runs(pid) for pid in children), seconds=2)


def test_a_taken_port_is_said_in_a_sentence(serve, tmp_path):
    server = serve()
    taken = subprocess.run(
        [sys.executable, "-m", "stonechat", "serve", "--port", str(server.port)],
        env={**os.environ, "STONECHAT_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert server.end() == 0
    assert taken.returncode == 1
    assert "Choose another with --port" in taken.stderr


def test_client_tests_are_served_on_this_machine_only(tmp_path):
    refused = subprocess.run(
        [sys.executable, "-m", "stonechat", "serve", "--host", "0.0.0.0"],  # noqa: S104
        env={
            **os.environ,
            "STONECHAT_DATA_DIR": str(tmp_path),
            "STONECHAT_CLIENT_TESTS": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert "unset it" in refused.stderr


def test_a_stream_through_a_proxy_is_refused_while_clients_are_tested(serve):
    server = serve(STONECHAT_CLIENT_TESTS="1")
    assert server.ask("/api/v1/streaming/health").status == 200
    assert server.ask("/api/v1/streaming/health", x_forwarded_for="192.0.2.1").status == 403
    assert server.end() == 0


def test_a_closed_lifeline_ends_the_process():
    lifeline = Lifeline.of_this_process()
    pid = os.fork()
    if not pid:
        os.close(lifeline.writing)
        watch_lifeline(lifeline)
    os.close(lifeline.writing)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1


def test_a_child_that_keeps_dying_is_replaced_ever_later():
    child, delays = Child("worker", lambda: None), []
    for _ in range(8):
        child.started = time.monotonic()
        _postpone(child)
        delays.append(child.delay)
    assert delays == [0.5, 1, 2, 4, 8, 16, 30, 30]
    child.started = time.monotonic() - 60
    _postpone(child)
    assert child.delay == 0


def _wait_until(holds: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not become true in time"
        time.sleep(0.02)


def _runs(pid: int) -> bool:
    """True while the process lives; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
