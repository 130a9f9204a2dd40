"""The inbox in groups: what many did to one post within half a day is one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.pages import Cursor, Listed, listed, newest_first, page
from stonechat.core.statements import Statement
from stonechat.notifications.models import Notification, Type
from stonechat.notifications.queries.inbox import (
    Entry,
    Row,
    Which,
    among,
    entry,
    keep_few,
    part,
    read,
    shown,
)

GROUPABLE: tuple[str, ...] = (Type.FAVOURITE.value, Type.FOLLOW.value, Type.REBLOG.value)
SAMPLE = 8  # accounts of a group that clients draw
ALONE = "ungrouped-"


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """One group, as ids: `newest` stands for it, `origin_ids` are the latest eight."""

    key: str
    count: int
    newest: Entry
    oldest_id: int
    origin_ids: tuple[int, ...]


@dataclass(slots=True)
class _Rest:
    """What the newest of a group does not tell about it."""

    count: int
    oldest_id: int
    origin_ids: list[int]


def grouped(
    viewer: Viewer,
    cursor: Cursor,
    which: Which | None = None,
    grouped_types: Iterable[str] = GROUPABLE,
) -> list[GroupEntry]:
    """One page of groups, newest first; the cursor and the limit go by the newest of each.

    A group stands on one page only: the one on which its newest notification belongs.
    """
    which = which or Which()
    together = tuple(one for one in GROUPABLE if one in set(grouped_types))
    rows = read(HEADS, viewer, cursor, which, together)
    return _groups(viewer, which, [entry(row) for row in newest_first(rows, cursor)], together)


def group(viewer: Viewer, key: str) -> GroupEntry:
    """One group; raises `Notification.DoesNotExist`."""
    rows = in_group(viewer, key).order_by("-pk").values_list(*Entry.__dataclass_fields__)
    newest = entry(rows[:1].get())
    together = () if key.startswith(ALONE) else GROUPABLE
    return _groups(viewer, Which(filtered=True), [newest], together)[0]


def accounts(viewer: Viewer, key: str, cursor: Cursor) -> Listed[int]:
    """Everybody in a group, the latest first; the cursor goes by notifications."""
    rows = page(in_group(viewer, key), cursor).values_list("pk", "origin_id")
    return listed(list(rows), cursor)


def unread_groups(
    viewer: Viewer,
    after: int,
    which: Which | None = None,
    limit: int = 100,
    grouped_types: Iterable[str] = GROUPABLE,
) -> int:
    """How many groups have something newer; counted up to `limit`."""
    which = which or Which()
    together = tuple(one for one in GROUPABLE if one in set(grouped_types))
    return len(read(HEADS, viewer, Cursor(limit=limit, since_id=after), which, together))


def in_group(viewer: Viewer, key: str) -> QuerySet[Notification]:
    """The notifications under a key; one that is shown alone goes by its id."""
    alone = key.removeprefix(ALONE)
    by_id = Q(pk=int(alone)) if key.startswith(ALONE) and alone.isdecimal() else Q()
    return shown(viewer, Which(filtered=True)).filter(by_id or Q(group_key=key))


def _newest_of_each(
    rows: QuerySet[Notification], together: tuple[str, ...]
) -> QuerySet[Notification]:
    """Rows with nothing newer in their group; those of other types stand alone."""
    newer = rows.filter(group_key=OuterRef("group_key"), pk__gt=OuterRef("pk"))
    return rows.filter(~Exists(newer) | ~Q(type__in=together)) if together else rows


def _heads(
    me: int,
    now: datetime,
    first: int,
    last: int,
    above: int,
    below: int,
    upwards: bool,
    size: int,
    types: tuple[str, ...],
    filtered: bool,
    together: tuple[str, ...],
) -> QuerySet[Notification, Row]:
    rows = among(me, now, first, last, types, filtered)
    return part(_newest_of_each(rows, together), above, below, upwards, size)


def _members(
    me: int, now: datetime, first: int, last: int, heads: list[int], *shape: Any
) -> QuerySet[Notification, Row]:
    """The latest of each of these groups, with how many there are and which is the oldest."""
    keys = Notification.objects.filter(pk__in=heads).values("group_key")
    each: dict[str, Any] = {"partition_by": F("group_key")}
    rows = among(me, now, first, last, *shape).filter(group_key__in=keys)
    counted = rows.annotate(
        place=Window(RowNumber(), order_by=F("pk").desc(), **each),
        number=Window(Count("pk"), **each),
        oldest=Window(Min("pk"), **each),
    )
    latest = counted.filter(place__lte=SAMPLE).order_by("-pk")
    return latest.values_list("group_key", "number", "oldest", "origin_id")


HEADS, MEMBERS = Statement(_heads), Statement(_members)


def _groups(
    viewer: Viewer, which: Which, newest: list[Entry], together: tuple[str, ...]
) -> list[GroupEntry]:
    heads = [one.id for one in newest if one.type in together]
    rest = _rest(viewer, which, heads) if heads else {}
    return [_whole(one, rest[one.group_key] if one.type in together else None) for one in newest]


def _rest(viewer: Viewer, which: Which, heads: list[int]) -> dict[str, _Rest]:
    keep_few(MEMBERS)
    values = (viewer.account_id or 0, clock.now(), *which.origins, heads)
    found: dict[str, _Rest] = {}
    for key, number, oldest, origin_id in MEMBERS(*values, shape=which.shape):
        found.setdefault(key, _Rest(number, oldest, [])).origin_ids.append(origin_id)
    return found


def _whole(newest: Entry, rest: _Rest | None) -> GroupEntry:
    if rest is None:
        return GroupEntry(f"{ALONE}{newest.id}", 1, newest, newest.id, (newest.origin_id,))
    return GroupEntry(newest.group_key, rest.count, newest, rest.oldest_id, tuple(rest.origin_ids))
