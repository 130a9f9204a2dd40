"""Dumps and loads PostgreSQL table by table with COPY, in one snapshot; the schema is ours.

The tables themselves come from the migrations that the manifest names, so no program of
PostgreSQL's own (`pg_dump`) has to be there in the right version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.graph import MigrationGraph
from psycopg import sql

from stonechat.config.backup_manifest import Content
from stonechat.core.models import Cursor, Fact

SUFFIX = ".copy"
PIECE_BYTES = 256 * 1024

# The text of a value must not depend on who asks for it.
SAME_TEXT = (
    "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL bytea_output = 'hex'"
)

TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    ORDER BY 1
"""
COLUMNS = """
    SELECT a.attname FROM pg_attribute a
    WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attgenerated = '' ORDER BY a.attnum
"""
KEY = """
    SELECT a.attname FROM pg_index i JOIN pg_attribute a
      ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
    WHERE i.indrelid = %s::regclass AND i.indisprimary ORDER BY array_position(i.indkey, a.attnum)
"""
SEQUENCES = """
    SELECT sequencename, last_value FROM pg_sequences
    WHERE schemaname = current_schema() AND last_value IS NOT NULL
"""


def dump(folder: Path) -> dict[str, Content]:
    """A file for each table, all of one moment; what each table holds."""
    with _snapshot() as cursor:
        return {name: _dump_table(cursor, name, folder) for name in _names(cursor, TABLES)}


def contents() -> dict[str, Content]:
    """What each table of the database holds now."""
    with _snapshot() as cursor:
        return {name: _dump_table(cursor, name, None) for name in _names(cursor, TABLES)}


def sequences() -> dict[str, int]:
    """The counters; asked after the dump, so they are never behind its rows."""
    with connection.cursor() as cursor:
        cursor.execute(SEQUENCES)
        return dict(cursor.fetchall())


def is_empty() -> bool:
    """True before the first migration."""
    return not connection.introspection.table_names()


def prepare(migrations: list[tuple[str, str]]) -> None:
    """Drop everything and build the tables as they were when the backup was made."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    executor = MigrationExecutor(connection)
    executor.migrate(_last_of(executor.loader.graph, set(migrations)))


def _last_of(graph: MigrationGraph, migrations: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those that no other one builds on; Django would undo what builds on the rest."""
    nodes = {key: graph.node_map[key] for key in migrations if key in graph.node_map}
    return sorted(
        key
        for key, node in nodes.items()
        if not any(child.key in migrations for child in node.children)
    )


def load(folder: Path, sequences: dict[str, int]) -> None:
    """Fill the prepared tables: all of them, or none."""
    with transaction.atomic(), connection.cursor() as cursor:
        raw = _raw(cursor)
        for name in _names(raw, TABLES):
            raw.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
        for name in _names(raw, TABLES):
            _load_table(raw, name, folder / f"{name}{SUFFIX}")
        for name, value in sequences.items():
            raw.execute("SELECT setval(%s::regclass, %s)", [name, value])


def begin_epoch() -> None:
    """Make the transaction ids of restored facts older than any this cluster will hand out.

    Another cluster counts from elsewhere: a fact from its future would hold every reader back,
    and one from its past would never be read. The order among them stays as it was.
    """
    fact, cursors = Fact._meta.db_table, Cursor._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(xid), 0) + 1 FROM {fact}")  # noqa: S608
        shift = cursor.fetchone()[0]
        cursor.execute(f"ALTER TABLE {fact} DISABLE TRIGGER USER")  # else append-only says no
        cursor.execute(f"UPDATE {fact} SET xid = xid - %s", [shift])  # noqa: S608
        cursor.execute(f"UPDATE {cursors} SET xid = xid - %s", [shift])  # noqa: S608
        cursor.execute(f"ALTER TABLE {fact} ENABLE TRIGGER USER")


@contextmanager
def _snapshot() -> Iterator[psycopg.Cursor[Any]]:
    """One moment of the database; nobody waits for it."""
    with transaction.atomic(), connection.cursor() as cursor:
        raw = _raw(cursor)
        raw.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        raw.execute(SAME_TEXT)
        yield raw


def _raw(cursor: Any) -> psycopg.Cursor[Any]:
    """psycopg's cursor below Django's: only that one can COPY."""
    raw: psycopg.Cursor[Any] = cursor.cursor
    return raw


def _names(cursor: psycopg.Cursor[Any], query: str, *table: str) -> list[str]:
    cursor.execute(query.encode(), [f'"{name}"' for name in table] or None)
    return [name for (name,) in cursor.fetchall()]


def _dump_table(cursor: psycopg.Cursor[Any], table: str, folder: Path | None) -> Content:
    columns = _names(cursor, COLUMNS, table)
    order = _names(cursor, KEY, table) or columns
    query = sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(
        _identifiers(columns), sql.Identifier(table), _identifiers(order)
    )
    digest, count = hashlib.sha256(), 0
    target = folder / f"{table}{SUFFIX}" if folder else Path("/dev/null")
    with target.open("wb") as file, cursor.copy(query) as rows:
        for row in rows:
            digest.update(row)
            count += bytes(row).count(b"\n")  # line ends inside a value are written \n
            file.write(row)
    return Content(count, digest.hexdigest())


def _load_table(cursor: psycopg.Cursor[Any], table: str, source: Path) -> None:
    columns = _identifiers(_names(cursor, COLUMNS, table))
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    with source.open("rb") as file, cursor.copy(query) as rows:
        while piece := file.read(PIECE_BYTES):
            rows.write(piece)


def _identifiers(names: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
