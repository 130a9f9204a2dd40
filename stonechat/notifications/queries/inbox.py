"""The inbox one by one: what it still shows, a page of it, and how much of it is new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import people, posts
from stonechat.core import clock
from stonechat.core.pages import Cursor, newest_first
from stonechat.core.statements import Statement
from stonechat.notifications.models import Notification, Type
from stonechat.people.models import Block, Mute

NEWEST = 2**61  # above every id, so that a page without `max_id` is the same statement
SIZES = (20, 40, 80, 100, 1000)  # of what is read: few forms of a statement, whatever is asked
FORMS = 200  # of a statement that are kept; nobody asks for so many, but somebody could

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One notification, as ids."""

    id: int
    type: str
    group_key: str
    created_at: datetime
    filtered: bool
    origin_id: int
    post_id: int | None


COLUMNS = tuple(Entry.__dataclass_fields__)


@dataclass(frozen=True)
class Which:
    """Which notifications are asked for: of these types, by one account, held-back ones too."""

    types: tuple[str, ...] = tuple(Type.values)
    account_id: int | None = None
    filtered: bool = False

    @classmethod
    def of(
        cls,
        types: Iterable[str] = (),
        exclude_types: Iterable[str] = (),
        account_id: int | None = None,
        include_filtered: bool = False,
    ) -> Which:
        """From what a client asks; no types are all, and unknown ones ask for nothing."""
        wanted = set(types) or set(Type.values)
        kept = tuple(one for one in Type.values if one in wanted - set(exclude_types))
        return cls(kept, account_id, include_filtered)

    @property
    def shape(self) -> tuple[tuple[str, ...], bool]:
        """What a statement has to be compiled for."""
        return (self.types, self.filtered)

    @property
    def origins(self) -> tuple[int, int]:
        """The first and the last id of who may have caused it: everybody's, or one."""
        return (0, NEWEST) if self.account_id is None else (self.account_id, self.account_id)


def inbox(viewer: Viewer, cursor: Cursor, which: Which | None = None) -> list[Entry]:
    """One page, newest first."""
    rows = read(INBOX, viewer, cursor, which or Which())
    return [entry(row) for row in newest_first(rows, cursor)]


def one(viewer: Viewer, notification_id: int) -> Entry:
    """One notification, held back or not; raises `Notification.DoesNotExist`."""
    rows = shown(viewer, Which(filtered=True)).filter(pk=notification_id)
    return entry(rows.values_list(*COLUMNS).get())


def unread(viewer: Viewer, after: int, which: Which | None = None, limit: int = 100) -> int:
    """How many came after the notification that was read last; counted up to `limit`."""
    return len(read(INBOX, viewer, Cursor(limit=limit, since_id=after), which or Which()))


def shown(viewer: Viewer, which: Which) -> QuerySet[Notification]:
    """Every notification of these that the viewer still gets to see."""
    return among(viewer.account_id or 0, clock.now(), *which.origins, *which.shape)


def among(
    me: int, now: datetime, first: int, last: int, types: tuple[str, ...], filtered: bool
) -> QuerySet[Notification]:
    """The same from values alone, as a statement is built.

    A notification shows nothing any more once its post is not seen, or a block, a barrier or a
    mute stands before who caused it; taken back, the notification is there again.
    """
    viewer = Viewer.person(me)
    seen = posts(viewer).filter(pk=OuterRef("post_id"))
    known = people(viewer).filter(pk=OuterRef("origin_id"), suspended_at=None)
    rows = Notification.objects.filter(
        Q(post=None) | Exists(seen),
        Exists(known),
        ~Exists(_blocks(me, OuterRef("origin_id"))),
        ~Exists(muting(now).filter(account_id=me, target_id=OuterRef("origin_id"))),
        account_id=me,
        origin_id__gte=first,
        origin_id__lte=last,
        type__in=types,
    )
    return rows if filtered else rows.filter(filtered=False)


def _blocks(me: int, other: OuterRef) -> QuerySet[Block]:
    """Whichever of the two blocked the other."""
    return Block.objects.filter(
        Q(account_id=me, target_id=other) | Q(account_id=other, target_id=me)
    )


def muting(now: datetime) -> QuerySet[Mute]:
    """Mutes of notifications that have not run out."""
    return Mute.objects.filter(Q(until=None) | Q(until__gt=now), notifications=True)


def part(
    rows: QuerySet[Notification], above: int, below: int, upwards: bool, size: int
) -> QuerySet[Notification, Row]:
    """The rows between two ids, in the order a page is read."""
    between = rows.filter(pk__gt=above, pk__lt=below).order_by("pk" if upwards else "-pk")
    return between.values_list(*COLUMNS)[:size]


def _inbox(
    me: int,
    now: datetime,
    first: int,
    last: int,
    above: int,
    below: int,
    upwards: bool,
    size: int,
    *shape: Any,
) -> QuerySet[Notification, Row]:
    return part(among(me, now, first, last, *shape), above, below, upwards, size)


INBOX = Statement(_inbox)


def read(
    statement: Statement, viewer: Viewer, cursor: Cursor, which: Which, *more: Any
) -> list[Row]:
    """Run a statement that is built like `_inbox`; `more` is compiled in behind the types."""
    if not which.types:
        return []
    size = next((size for size in SIZES if size >= cursor.limit), cursor.limit)
    keep_few(statement)
    rows = statement(
        *(viewer.account_id or 0, clock.now(), *which.origins, *_ends(cursor)),
        shape=(cursor.upwards, size, *which.shape, *more),
    )
    return rows[: cursor.limit]


def keep_few(statement: Statement) -> None:
    """A client that asks for every mixture of types must not fill the memory."""
    if len(statement.compiled) > FORMS:
        statement.compiled.clear()


def _ends(cursor: Cursor) -> tuple[int, int]:
    above = cursor.min_id if cursor.upwards else cursor.since_id
    below = NEWEST if cursor.max_id is None else cursor.max_id
    return above or 0, below


def entry(row: Row) -> Entry:
    """A row as the database gives it: SQLite knows neither zones nor truth."""
    id, kind, key, created_at, filtered, origin_id, post_id = row
    return Entry(id, kind, key, moment(created_at), bool(filtered), origin_id, post_id)


def moment(value: datetime) -> datetime:
    """A moment of a raw row."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)
