"""A database of a test's own, where transactions really commit and threads really meet.

Django would empty the shared one afterwards, which the guard of the facts forbids; so a copy of it
is made, used as it is, and thrown away.
"""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg
import pytest
from django.db import connection, connections
from psycopg import sql

from stonechat.core import events, journal


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[None]:
    """Every connection of this test, in whichever thread, is to a copy of the empty database."""
    copied = _copied_postgresql if connection.vendor == "postgresql" else _copied_sqlite
    shared, settings = connections["default"], connections.settings["default"]
    name = settings["NAME"]
    with django_db_blocker.unblock(), copied(tmp_path) as settings["NAME"]:
        connections["default"] = connections.create_connection("default")
        try:
            yield
        finally:
            connection.close()
            connections["default"], settings["NAME"] = shared, name


@contextmanager
def _copied_sqlite(folder: Path) -> Iterator[str]:
    """As it is served: a file, which readers read beside one writer."""
    file = str(folder / "own.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [file])
    yield file


@contextmanager
def _copied_postgresql(_folder: Path) -> Iterator[str]:
    """A copy needs a template that nobody is connected to."""
    name, template = f"own_{secrets.token_hex(6)}", connection.settings_dict["NAME"]
    connection.close()
    parameters = {**connection.get_connection_params(), "dbname": "postgres"}
    for unknown in ("cursor_factory", "context"):
        parameters.pop(unknown, None)
    with psycopg.connect(**parameters, autocommit=True) as server:
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(make.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield name
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            server.execute(drop.format(sql.Identifier(name)))


@pytest.fixture
def wire(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """`wire(after={Event: [reaction]}, before={Intent: [ask]})` takes the place of the wiring."""
    caches = [events._wiring, events.by_name, journal._after]

    def put(after: dict[Any, Any] | None = None, before: dict[Any, Any] | None = None) -> None:
        module = ModuleType("wiring_of_a_test")
        vars(module).update(AFTER=after or {}, BEFORE=before or {})
        monkeypatch.setitem(sys.modules, module.__name__, module)
        settings.WIRING = module.__name__
        for cache in caches:
            cache.cache_clear()

    yield put
    for cache in caches:
        cache.cache_clear()
