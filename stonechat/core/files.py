"""Where uploaded files lie: random names that nobody can guess, and signatures that expire.

Everything goes through Django's `default_storage`, so that an S3-compatible store can replace the
disk. The name of a file is a capability; it is handed out together with a signature.
"""

from __future__ import annotations

import os
import re
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime
from pathlib import Path
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.crypto import constant_time_compare, salted_hmac

from stonechat.core import clock

PERIOD = 24 * 60 * 60  # seconds between two turns of the signatures
_RANDOM = 16  # bytes: 128 bits
_NAME = re.compile(r"([a-z]+)/([0-9a-f]{2}/){2}[0-9a-f]{28}((?:\.[a-z0-9]{1,8})?)")


class NotAccepted(Exception):
    """An upload that is not taken, with a sentence that says why and what to do."""


class Disk(FileSystemStorage):
    """Files on the disk that are either whole, and safe from a power cut, or not there."""

    def _save(self, name: str, content: File[bytes]) -> str:
        final = Path(self.path(name))
        final.parent.mkdir(parents=True, exist_ok=True)
        temporary = final.with_name(f".{final.name}.part")
        try:
            self._write(temporary, content)
            temporary.rename(final)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(final.parent)
        return name

    def _write(self, path: Path, content: File[bytes]) -> None:
        with path.open("xb") as file:
            for chunk in content.chunks():
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())

    def move(self, old: str, new: str) -> None:
        """Rename without copying."""
        source, target = Path(self.path(old)), Path(self.path(new))
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
        _sync_folder(target.parent)
        _sync_folder(source.parent)


def _sync_folder(folder: Path) -> None:
    """A rename lasts when its folder was written."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def store(kind: str, content: bytes | IO[bytes], suffix: str) -> str:
    """Keep a file and answer its name, `kind/ab/cd/….suffix`, with 128 random bits in it.

    `kind` is a word in small letters; `suffix` is empty or a dot and up to eight letters."""
    name = _checked(_random_name(kind, suffix))
    file: File[bytes] = ContentFile(content) if isinstance(content, bytes) else File(content)
    return default_storage.save(name, file)


def _random_name(kind: str, suffix: str) -> str:
    bits = secrets.token_hex(_RANDOM)
    return f"{kind}/{bits[:2]}/{bits[2:4]}/{bits[4:]}{suffix}"


def _checked(name: str) -> str:
    """The name again, or ValueError when it is none of ours, such as a way out of the folder."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not the name of a stored file")
    return name


def path(name: str) -> Path:
    """Where the file lies on this machine; raises NotImplementedError where storage is remote."""
    return Path(default_storage.path(_checked(name)))


def open(name: str) -> IO[bytes]:  # noqa: A001  read as files.open
    """The file, for reading; raises FileNotFoundError."""
    return default_storage.open(_checked(name), "rb")


def remove(name: str) -> None:
    """Delete a file; one that is gone already is fine."""
    default_storage.delete(_checked(name))


def rename_random(name: str) -> str:
    """Give a file a new random part, so that no address of it handed out before works again."""
    found = _NAME.fullmatch(_checked(name))
    kind, suffix = (found[1], found[3]) if found else ("", "")
    new = _random_name(kind, suffix)
    if isinstance(default_storage, Disk):
        default_storage.move(name, new)
        return new
    with open(name) as content:
        new = default_storage.save(new, File(content))
    remove(name)
    return new


def signature(name: str, at: datetime) -> str:
    """What an address handed out at this moment must carry: 32 letters that change every day."""
    return _signature(name, _period(at))


def signed(name: str) -> str:
    """The name with the signature of now, `name?signature`."""
    return f"{name}?{signature(name, clock.now())}"


def verify(name: str, sig: str, at: datetime) -> bool:
    """Whether the signature was handed out in this period or in the one before.

    So an address works for at least 24 hours and at most 48."""
    period = _period(at)
    valid = [constant_time_compare(sig, _signature(name, p)) for p in (period, period - 1)]
    return any(valid)


def _period(at: datetime) -> int:
    return int(at.timestamp()) // PERIOD


def _signature(name: str, period: int) -> str:
    mac = salted_hmac("stonechat.core.files", f"{period} {name}", algorithm="sha256")
    return urlsafe_b64encode(mac.digest()[:24]).decode()


def period() -> int:
    """The number of the running 24 hours; addresses rendered within one stay the same."""
    return _period(clock.now())
