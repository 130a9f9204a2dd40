"""Copies, counts and replaces a SQLite database while others read and write it."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection

from stonechat.config.backup_manifest import Content

COPY = "database.sqlite3"  # its name inside a backup
PAGES_A_STEP = 2000  # 8 MB: between two steps others have their turn
BUSY_SECONDS = 30.0


def database_file() -> Path:
    """Where the database lies."""
    return Path(connection.settings_dict["NAME"])


def copy(target: Path) -> None:
    """Write the database as it is now to a new file; writers are not held up.

    The open read transaction keeps the copy at one moment. Without it every commit of another
    process would start the copy anew.
    """
    with closing(_open(database_file())) as source, closing(_open(target)) as destination:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(destination, pages=PAGES_A_STEP)
        destination.execute("PRAGMA journal_mode=DELETE")  # one file, not three


def dump(folder: Path) -> dict[str, Content]:
    """Put a copy into the folder; what each of its tables holds."""
    copy(folder / COPY)
    with closing(_open(folder / COPY)) as database:
        return _contents(database)


def prepare(migrations: list[tuple[str, str]]) -> None:
    """Nothing to build: a copy brings its tables along."""


def load(folder: Path, sequences: dict[str, int]) -> None:
    """Put a dumped copy in the database's place, safely even for those who have it open."""
    database_file().parent.mkdir(parents=True, exist_ok=True)
    with closing(_open(folder / COPY)) as source, closing(_open(database_file())) as destination:
        source.backup(destination)


def contents() -> dict[str, Content]:
    """What each table of the database holds now."""
    with closing(_open(database_file())) as database:
        return _contents(database)


def is_empty() -> bool:
    """True before the first migration."""
    return not database_file().exists() or not contents()


def sequences() -> dict[str, int]:
    """None: SQLite keeps its counters in a table that the copy holds."""
    return {}


def begin_epoch() -> None:
    """Nothing to do: without transaction ids, the order of facts is that of their ids."""


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    database.text_factory = bytes  # digests are of what is stored, not of what it means
    return database


def _contents(database: sqlite3.Connection) -> dict[str, Content]:
    tables = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
        " ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    names = [name.decode() for (name,) in tables]
    return {name: _content(database, name) for name in names}


def _content(database: sqlite3.Connection, table: str) -> Content:
    digest, count = hashlib.sha256(), 0
    for row in database.execute(f'SELECT * FROM "{table}" ORDER BY {_order(database, table)}'):  # noqa: S608
        digest.update(repr(row).encode())
        count += 1
    return Content(count, digest.hexdigest())


def _order(database: sqlite3.Connection, table: str) -> str:
    """The primary key's columns in order; tables without one have SQLite's row number."""
    columns: list[Any] = database.execute(f'PRAGMA table_info("{table}")').fetchall()
    key = sorted((column[5], column[1].decode()) for column in columns if column[5])
    return ", ".join(f'"{name}"' for _, name in key) or "rowid"
