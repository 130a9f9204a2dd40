"""Queries compiled once: the ORM writes the SQL, later calls only fill in the values.

On list pages 97 % of the ORM's cost is not SQL (see `docs/why/0006-hot-path.md`), so a page's
query is built once with stand-ins, compiled, and kept; SQL is never written by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# Stand-ins no real id can be: ids are below 2**60 until the year 2527.
FIRST = 2**62

LENGTHS = [1, 4, 20, 40, 80, 160, 320, 640, 1280, 2560, 4096]


class Statement:
    """`Statement(build)(*values)` runs `build(*values)` and answers its rows as tuples.

    Values are ints, moments, or lists of ids, which are padded to a few lengths with an id that
    nothing has. `shape` arguments choose between forms of the query and are compiled in.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build
        self.compiled: dict[Any, tuple[str, list[Any]]] = {}

    def __call__(self, *values: Any, shape: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        values = tuple(_padded(v) if isinstance(v, list) else v for v in values)
        form = tuple(len(value) if isinstance(value, list) else type(value) for value in values)
        key = (connection.vendor, shape, form)
        if key not in self.compiled:
            self.compiled[key] = self._compile(values, shape)
        sql, parameters = self.compiled[key]
        if not sql:
            return []
        given = _flat(values)
        filled = [given[p.index] if isinstance(p, _Place) else p for p in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def _compile(self, values: Sequence[Any], shape: tuple[Any, ...]) -> tuple[str, list[Any]]:
        stand_ins = _stand_ins(values, FIRST)
        sql, parameters = self._sql(stand_ins, shape)
        # Django leaves out what a column cannot hold, and writes limits into the SQL.
        if sql != self._sql(_stand_ins(values, 1), shape)[0]:
            raise TypeError("a limit, or a value of a small column, is no id: pass it in `shape`")
        places = {_adapted(item): _Place(n) for n, item in enumerate(_spread(stand_ins))}
        return sql, [places.get(p, p) if _hashable(p) else p for p in parameters]

    def _sql(self, values: Sequence[Any], shape: tuple[Any, ...]) -> tuple[str, Sequence[Any]]:
        try:
            return self.build(*values, *shape).query.sql_with_params()
        except EmptyResultSet:  # a limit of 0: nothing to ask
            return "", []


def _padded(ids: list[int]) -> list[int]:
    length = next((n for n in LENGTHS if n >= len(ids)), len(ids))
    return ids + [0] * (length - len(ids))


class _Place:
    """Where a value goes."""

    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        self.index = index


def _stand_ins(values: Sequence[Any], first: int) -> list[Any]:
    """A value of the same type for each, all different."""
    numbers = count(first)
    return [
        [next(numbers) for _ in value] if isinstance(value, list) else _stand_in(value, numbers)
        for value in values
    ]


def _stand_in(value: Any, numbers: Iterator[int]) -> Any:
    if isinstance(value, datetime):
        return datetime(9000, 1, 1, 0, 0, 0, next(numbers) % 1_000_000, UTC)
    if type(value) is int:
        return next(numbers)
    raise TypeError(f"{value!r} chooses between forms of a query: pass it in `shape`")


def _spread(values: Sequence[Any]) -> list[Any]:
    return [item for value in values for item in (value if isinstance(value, list) else [value])]


def _flat(values: Sequence[Any]) -> list[Any]:
    return [_adapted(item) for item in _spread(values)]


def _adapted(value: Any) -> Any:
    """As the database driver wants it."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _hashable(value: Any) -> bool:
    return isinstance(value, (int, str, datetime))
