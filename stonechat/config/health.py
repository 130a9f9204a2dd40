"""Says in plain words whether this installation is well, and what to do where it is not."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from stonechat.core import journal

LEAST_FREE_BYTES = 1_000_000_000  # below this a day of pictures may fill the disk
MOST_LAG = 1000  # facts; a leader that works reads so many in seconds


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `serious` means that Stonechat cannot work so."""

    well: bool
    words: str
    serious: bool = True


def pending_migrations() -> list[str]:
    """Names like `posts.0003_polls`, in the order in which they would run."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def findings() -> Iterator[Finding]:
    """Everything that `stonechat check` tells, in order."""
    yield from _settings()
    yield _data_dir()
    yield _disk()
    yield _films()
    database = _database()
    yield database
    if database.well:
        yield from _inside_the_database()


def _settings() -> Iterator[Finding]:
    url, name = settings.STONECHAT_URL, settings.STONECHAT_NAME
    yield Finding(True, _("%(name)s answers at %(url)s.") % {"name": name, "url": url})
    for message in checks.run_checks():
        words = f"{message.msg} {message.hint or ''}".strip()
        yield Finding(message.level < checks.WARNING, words, message.is_serious())


def _data_dir() -> Finding:
    folder = {"folder": settings.STONECHAT_DATA_DIR}
    try:
        with tempfile.NamedTemporaryFile(dir=settings.STONECHAT_DATA_DIR):
            return Finding(True, _("Files are kept in %(folder)s.") % folder)
    except OSError:
        words = _(
            "%(folder)s cannot be written: give this user the right to, or set another "
            "STONECHAT_DATA_DIR."
        )
        return Finding(False, words % folder)


def _disk() -> Finding:
    free = shutil.disk_usage(_existing(settings.STONECHAT_DATA_DIR)).free
    words = _("%(free).1f GB are free on its disk.") % {"free": free / 1e9}
    return Finding(free > LEAST_FREE_BYTES, words, serious=False)


def _existing(folder: Path) -> Path:
    return folder if folder.exists() else _existing(folder.parent)


def _films() -> Finding:
    if shutil.which("ffmpeg"):
        return Finding(True, _("ffmpeg is there: films and sound can be uploaded."))
    words = _("ffmpeg is not there: films and sound are refused. Install the package ffmpeg.")
    return Finding(False, words, serious=False)


def _database() -> Finding:
    kind = {"kind": connection.vendor}
    try:
        connection.ensure_connection()
    except (DatabaseError, OSError) as error:
        words = _(
            "The database (%(kind)s) does not answer: %(error)s. STONECHAT_DATABASE_URL "
            "says where it is."
        )
        return Finding(False, words % {**kind, "error": str(error).strip()})
    return Finding(True, _("The database (%(kind)s) answers.") % kind)


def _inside_the_database() -> Iterator[Finding]:
    pending = pending_migrations()
    if pending:
        words = _(
            "The database waits for %(count)d changes, first %(name)s: `stonechat serve` "
            "makes them when it starts."
        )
        yield Finding(False, words % {"count": len(pending), "name": pending[0]}, serious=False)
        return
    yield Finding(True, _("The database is up to date."))
    yield _journal()


def _journal() -> Finding:
    lag = journal.lag()
    words = _("%(lag)d facts wait for what follows from them.") % {"lag": lag}
    if lag > MOST_LAG:
        words += " " + _("That many mean that the leader is not running or is stuck.")
    return Finding(lag <= MOST_LAG, words, serious=False)
