"""Cursors: which part of a long list, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
T = TypeVar("T")


@dataclass(frozen=True)
class Cursor:
    """`max_id`: strictly older. `since_id`: strictly newer, newest first. `min_id`: just above."""

    limit: int = 20
    max_id: int | None = None
    since_id: int | None = None
    min_id: int | None = None

    @property
    def upwards(self) -> bool:
        """True when the page lies immediately above `min_id`."""
        return self.min_id is not None


def page(rows: QuerySet[M, Any], cursor: Cursor, by: str = "id") -> QuerySet[M, Any]:
    """The rows of one page, in the order they must be read in (see `newest_first`)."""
    if cursor.max_id is not None:
        rows = rows.filter(**{f"{by}__lt": cursor.max_id})
    low = cursor.min_id if cursor.upwards else cursor.since_id
    if low is not None:
        rows = rows.filter(**{f"{by}__gt": low})
    return rows.order_by(by if cursor.upwards else f"-{by}")[: cursor.limit]


def newest_first(rows: list[Any], cursor: Cursor) -> list[Any]:
    """A page as clients expect it: newest first, whichever way it was read."""
    return rows[::-1] if cursor.upwards else rows


@dataclass(frozen=True)
class Listed(Generic[T]):
    """A page whose cursor is a hidden row's id, not the id of what it lists.

    `newest` and `oldest` are the row ids at its ends (None where it is empty); `full` says that
    as much came as was asked for, so there may be more.
    """

    items: list[T]
    newest: int | None = None
    oldest: int | None = None
    full: bool = False


def listed(rows: list[tuple[int, T]], cursor: Cursor) -> Listed[T]:
    """A page made of (row id, item) as `page` read them."""
    ordered = newest_first(rows, cursor)
    if not ordered:
        return Listed([])
    items = [item for _row_id, item in ordered]
    return Listed(items, ordered[0][0], ordered[-1][0], len(ordered) >= cursor.limit)
