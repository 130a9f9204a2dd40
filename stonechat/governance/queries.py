"""Reads of rules and announcements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import people
from stonechat.core import clock, text
from stonechat.governance import rules as may
from stonechat.governance.models import Announcement, Dismissal, Reaction, Rule


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One sentence of how we treat each other, and what it means in practice."""

    id: int
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class ReactionEntry:
    """How many of those whom the viewer may know of answered so, and whether they did."""

    name: str
    count: int
    me: bool


@dataclass(frozen=True, slots=True)
class AnnouncementEntry:
    """One announcement as one viewer sees it; `tags` as they were written."""

    id: int
    html: str
    starts_at: datetime | None
    ends_at: datetime | None
    all_day: bool
    published_at: datetime
    updated_at: datetime
    read: bool
    tags: tuple[str, ...] = ()
    reactions: list[ReactionEntry] = field(default_factory=list)


def rules() -> list[RuleEntry]:
    """The rules of the house, in their order; anybody may read them before they join."""
    rows = Rule.objects.order_by("position", "pk").values_list("pk", "text", "hint")
    return [RuleEntry(*row) for row in rows]


def rules_known(ids: Iterable[int]) -> bool:
    """Whether each of these is a rule."""
    asked = set(ids)
    return Rule.objects.filter(pk__in=asked).count() == len(asked)


def announcement(viewer: Viewer, announcement_id: int) -> Announcement:
    """One that is shown; raises `Announcement.DoesNotExist`."""
    return _shown(viewer).get(pk=announcement_id)


def announcements(viewer: Viewer, *, with_dismissed: bool = False) -> list[AnnouncementEntry]:
    """Everything announced and not over, oldest first, in two queries."""
    read = Dismissal.objects.filter(announcement_id=OuterRef("pk"), account_id=viewer.account_id)
    rows = _shown(viewer).annotate(read=Exists(read)).order_by("published_at", "pk")
    shown = list(rows if with_dismissed else rows.filter(read=False))
    reactions = _reactions(viewer, [row.pk for row in shown])
    return [_entry(row, row.read, reactions.get(row.pk, [])) for row in shown]


def _entry(row: Announcement, read: bool, reactions: list[ReactionEntry]) -> AnnouncementEntry:
    return AnnouncementEntry(
        id=row.pk,
        html=row.html,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        all_day=row.all_day,
        published_at=row.published_at,
        updated_at=row.updated_at,
        read=read,
        tags=tuple(one.name for one in text.parse(row.text) if isinstance(one, text.Tag)),
        reactions=reactions,
    )


def _shown(viewer: Viewer) -> QuerySet[Announcement]:
    if not may.may_read_announcements(viewer):
        return Announcement.objects.none()
    now = clock.now()
    return Announcement.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), published_at__lte=now)


def _reactions(viewer: Viewer, ids: list[int]) -> dict[int, list[ReactionEntry]]:
    """By announcement, the first answer given first."""
    known = Exists(people(viewer).filter(pk=OuterRef("account_id")))
    mine = Reaction.objects.filter(
        announcement_id=OuterRef("announcement_id"),
        name=OuterRef("name"),
        account_id=viewer.account_id,
    )
    rows = Reaction.objects.filter(known, announcement_id__in=ids).values("announcement_id", "name")
    counted = rows.annotate(count=Count("pk"), first=Min("pk"), me=Exists(mine)).order_by("first")
    found: dict[int, list[ReactionEntry]] = {}
    for of, name, count, me in counted.values_list("announcement_id", "name", "count", "me"):
        found.setdefault(of, []).append(ReactionEntry(name, count, me))
    return found
