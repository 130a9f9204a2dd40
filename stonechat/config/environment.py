"""Reading settings from the environment, with an error that says what to write instead."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

PREFIX = "STONECHAT_"
YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


class WrongSetting(SystemExit):
    """A setting has a value we cannot use; the text is what the administrator reads."""

    def __init__(self, name: str, value: str, instead: str) -> None:
        super().__init__(f"{PREFIX}{name}={value!r} cannot be used: {instead}")


def text(name: str, default: str = "") -> str:
    """A string; a file named by NAME_FILE is read instead where it is given (for secrets)."""
    file = os.environ.get(f"{PREFIX}{name}_FILE")
    if file:
        return Path(file).read_text().strip()
    return os.environ.get(f"{PREFIX}{name}", default).strip()


def flag(name: str, default: bool) -> bool:
    """Yes or no."""
    value = text(name, str(default)).lower()
    if value not in YES | NO:
        raise WrongSetting(name, value, "write 1 for yes or 0 for no.")
    return value in YES


def number(name: str, default: int, low: int, high: int) -> int:
    """A whole number between two bounds."""
    value = text(name, str(default))
    if not value.lstrip("-").isdecimal() or not low <= int(value) <= high:
        raise WrongSetting(name, value, f"write a whole number from {low} to {high}.")
    return int(value)


def one_of(name: str, default: str, choices: list[str]) -> str:
    """One word of several."""
    value = text(name, default)
    if value not in choices:
        raise WrongSetting(name, value, f"write one of: {', '.join(choices)}.")
    return value


def words(name: str) -> list[str]:
    """Several words, separated by commas or spaces."""
    return text(name).replace(",", " ").split()


def address(name: str, default: str) -> str:
    """An address of a web site, without a path or a slash at the end."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise WrongSetting(name, value, "write an address such as https://chat.example.org.")
    return value


def mail(name: str) -> dict[str, object]:
    """`smtp://user:password@host:587` or smtps:// as Django's settings; {} when not given."""
    value = text(name)
    parts = urlsplit(value)
    if value and (parts.scheme not in {"smtp", "smtps"} or not parts.hostname):
        raise WrongSetting(name, value, "write smtp://user:password@mail.example.org:587.")
    return (
        {}
        if not value
        else {
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_USE_TLS": parts.port == 587,
        }
    )


def kept_secret(file: Path) -> str:
    """A secret made once and kept in a file readable by us alone, however many start at once."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(draft, file)  # only the first to get here writes it
        draft.unlink()
    return file.read_text().strip()


def database(name: str, default: str) -> dict[str, object]:
    """`sqlite:///path` (sqlite://:memory: in tests) or `postgres://user:password@host:port/name`."""
    value = text(name, default)
    parts = urlsplit(value)
    if parts.scheme == "sqlite":
        return _sqlite(value.removeprefix("sqlite://"))
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise WrongSetting(
            name, value, "write sqlite:///var/stonechat.sqlite3 or postgres://user@host/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(path: str) -> dict[str, object]:
    """WAL: readers beside one writer. FULL: what was acknowledged survives a power cut."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path if path == ":memory:" else str(Path(path.removeprefix("/") or path)),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            " PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;",
        },
        "TEST": {"NAME": None},
    }
