"""'Look now': a datagram to every process of this machine; losing one loses nothing.

Every listener binds a unix datagram socket in `DATA_DIR/wake/`; ringing sends one byte to
each. A slow poll is the safety net, and the only path between machines until an issue that
adds `NOTIFY` or Redis.
"""

from __future__ import annotations

import hashlib
import os
import socket
import tempfile
import threading
from pathlib import Path

from django.conf import settings

# A socket's whole path has room for 108 bytes on Linux and 104 elsewhere, its name for 21.
LONGEST_FOLDER = 104 - 1 - 21


def _folder() -> Path:
    """In the data folder; where that is too deep, in a folder that is named after it."""
    folder: Path = settings.STONECHAT_DATA_DIR / "wake"
    if len(os.fsencode(folder)) <= LONGEST_FOLDER:
        return folder
    named = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"stonechat-{os.getuid()}-{named}"


def listener() -> socket.socket:
    """A bound socket that becomes readable when something was committed."""
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
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
