"""What `stonechat serve` runs: one listening socket, workers that answer, and one leader."""

from __future__ import annotations

import gc
import ipaddress
import os
import signal
import socket
import threading
from collections.abc import Callable

import uvicorn
from django.conf import settings
from django.urls import get_resolver

from stonechat.config.asgi import Dispatcher, application
from stonechat.config.process_tree import STOP_SIGNALS, Child, ProcessTree

MOST_WORKERS = 4  # by default; more only where somebody asks for them
GRACE_SECONDS = 6  # for requests under way; the tree gives a child ten in all
KEEP_ALIVE_SECONDS = 75  # longer than proxies keep theirs (60), so that they close first
BACKLOG = 2048


class CannotListen(Exception):
    """The address cannot be had; the text says what to do."""


def default_workers() -> int:
    """One for each core of this machine, four at most."""
    return min(os.cpu_count() or 1, MOST_WORKERS)


def listen(host: str, port: int) -> socket.socket:
    """The socket that all workers share; port 0 takes any free one. Raises `CannotListen`."""
    if settings.STONECHAT_CLIENT_TESTS and not _is_loopback(host):
        raise CannotListen(
            "STONECHAT_CLIENT_TESTS opens everything to everybody, so it is only served on this "
            "machine: use --host 127.0.0.1, or unset it."
        )
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except (OSError, OverflowError) as error:
        raise CannotListen(
            f"Cannot listen on {host}, port {port}: {error}. "
            "Choose another with --port or PORT, and a host that is this machine's."
        ) from error


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(sock: socket.socket, workers: int, prepare: Callable[[], None]) -> int:
    """Run the process tree until it is told to stop; the exit code.

    `prepare` runs first, in a child of its own, because it opens the database.
    """
    tree = ProcessTree()
    if not tree.run_first("preparation", prepare):
        return 1
    app = application()
    _ = get_resolver().url_patterns  # imports every view before the fork, not in every worker
    gc.collect()
    gc.freeze()  # what is loaded now is never scanned again, so its memory stays shared
    children = [Child(f"worker {n}", lambda: _work(app, sock)) for n in range(1, workers + 1)]
    tree.watch([*children, Child("the leader", lambda: _lead(sock))])
    return 0


def _work(app: Dispatcher, sock: socket.socket) -> None:
    for number in STOP_SIGNALS:  # uvicorn raises them again after it has stopped
        signal.signal(number, signal.SIG_IGN)
    uvicorn.Server(_uvicorn_config(app)).run(sockets=[sock])


def _uvicorn_config(app: Dispatcher) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        lifespan="on",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=not settings.STONECHAT_CLIENT_TESTS,
        forwarded_allow_ips=settings.STONECHAT_PROXIES,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def _lead(sock: socket.socket) -> None:
    from stonechat.core import leader

    sock.close()  # the leader answers nobody
    stop = threading.Event()
    for number in STOP_SIGNALS:
        signal.signal(number, lambda *_: stop.set())
    leader.run(stop)
