"""'Look now': a datagram to every process of this machine; losing one loses nothing.

Every listener binds a unix datagram socket in `DATA_DIR/wake/`; ringing sends one byte to
each. A slow poll is the safety net, and the only path between machines until an issue that
adds `NOTIFY` or Redis.
"""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

from django.conf import settings


def _folder() -> Path:
    folder: Path = settings.STONECHAT_DATA_DIR / "wake"
    return folder


def listener() -> socket.socket:
    """A bound socket that becomes readable when something was committed."""
    _folder().mkdir(parents=True, exist_ok=True)
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    sock.setblocking(False)
    path = _folder() / f"{os.getpid()}-{threading.get_native_id()}"
    path.unlink(missing_ok=True)
    sock.bind(str(path))
    return sock


def ring() -> None:
    """Tell every process of this machine to look; never waits, never fails."""
    if not _folder().is_dir():
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.setblocking(False)
        for path in _folder().iterdir():
            _ring_one(sock, path)


def _ring_one(sock: socket.socket, path: Path) -> None:
    try:
        sock.sendto(b"!", str(path))
    except ConnectionRefusedError:
        path.unlink(missing_ok=True)  # its process is gone
    except OSError:
        pass  # a full buffer means the listener will look anyway
