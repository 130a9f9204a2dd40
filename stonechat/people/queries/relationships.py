"""How the viewer and others stand to each other, for a whole page in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import people
from stonechat.people.models import Block, Endorsement, Follow, Membership, Mute, Note
from stonechat.people.queries.lists import lasting


@dataclass(frozen=True, slots=True)
class Relationship:
    """The viewer and one other; following a group is being its member."""

    id: int
    following: bool = False
    requested: bool = False
    showing_boosts: bool = False
    notifying: bool = False
    languages: Sequence[str] | None = None
    followed_by: bool = False
    requested_by: bool = False
    blocking: bool = False
    blocked_by: bool = False
    muting: bool = False
    muting_notifications: bool = False
    muting_until: datetime | None = None
    endorsed: bool = False
    note: str = ""


def relationships(
    viewer: Viewer, ids: Iterable[int], *, suspended: bool = True
) -> list[Relationship]:
    """One for each account seen, in the order asked; without the suspended where so wished."""
    asked = list(dict.fromkeys(ids))
    rows = people(viewer).filter(pk__in=asked)
    seen = set((rows if suspended else rows.filter(suspended_at=None)).values_list("pk", flat=True))
    kept = [one for one in asked if one in seen]
    parts = _parts(viewer.account_id, kept) if viewer and kept else []
    return [Relationship(one, **_merged(parts, one)) for one in kept]


Part = dict[int, dict[str, Any]]  # what one table says, by account


def _parts(me: int, ids: list[int]) -> list[Part]:
    mine = Q(account_id=me, target_id__in=ids)
    return [
        _outgoing(mine),
        _incoming(me, ids),
        _memberships(me, ids),
        _blocks(me, ids),
        _mutes(mine),
        {one: {"endorsed": True} for one in _targets(Endorsement.objects.filter(mine))},
        {one: {"note": text} for one, text in _values(Note.objects.filter(mine), "text")},
    ]


def _merged(parts: list[Part], one: int) -> dict[str, Any]:
    return {name: value for part in parts for name, value in part.get(one, {}).items()}


def _outgoing(mine: Q) -> Part:
    rows = _values(Follow.objects.filter(mine), "accepted", "boosts", "notify", "languages")
    return {
        one: {
            "following": accepted,
            "requested": not accepted,
            "showing_boosts": boosts,
            "notifying": notify,
            "languages": languages,
        }
        for one, accepted, boosts, notify, languages in rows
    }


def _incoming(me: int, ids: list[int]) -> Part:
    rows = Follow.objects.filter(target_id=me, account_id__in=ids)
    return {
        one: {"followed_by": accepted, "requested_by": not accepted}
        for one, accepted in rows.values_list("account_id", "accepted")
    }


def _memberships(me: int, ids: list[int]) -> Part:
    rows = Membership.objects.filter(account_id=me, group__account_id__in=ids)
    return {
        one: {"following": accepted, "requested": not accepted, "showing_boosts": accepted}
        for one, accepted in rows.values_list("group__account_id", "accepted")
    }


def _blocks(me: int, ids: list[int]) -> Part:
    between = Q(account_id=me, target_id__in=ids) | Q(target_id=me, account_id__in=ids)
    part: Part = {}
    for who, whom in Block.objects.filter(between).values_list("account_id", "target_id"):
        one, name = (whom, "blocking") if who == me else (who, "blocked_by")
        part.setdefault(one, {})[name] = True
    return part


def _mutes(mine: Q) -> Part:
    rows = _values(Mute.objects.filter(lasting(), mine), "notifications", "until")
    return {
        one: {"muting": True, "muting_notifications": notifications, "muting_until": until}
        for one, notifications, until in rows
    }


def _targets(rows: Any) -> Iterable[int]:
    ids: Iterable[int] = rows.values_list("target_id", flat=True)
    return ids


def _values(rows: Any, *columns: str) -> Iterable[tuple[Any, ...]]:
    values: Iterable[tuple[Any, ...]] = rows.values_list("target_id", *columns)
    return values


def familiar_followers(viewer: Viewer, ids: Iterable[int]) -> dict[int, list[int]]:
    """For each account seen: those the viewer follows who follow it, unless it hides them."""
    asked = list(dict.fromkeys(ids))
    found: dict[int, list[int]] = {
        one: [] for one in people(viewer).filter(pk__in=asked).values_list("pk", flat=True)
    }
    mine = Follow.objects.filter(account_id=viewer.account_id, accepted=True)
    rows = Follow.objects.filter(
        target_id__in=list(found),
        accepted=True,
        target__hide_collections=False,
        target__suspended_at=None,
        account_id__in=mine.values("target_id"),
        account__in=people(viewer),
    )
    for target_id, account_id in rows.order_by("-id").values_list("target_id", "account_id"):
        found[target_id].append(account_id)
    return {one: found[one] for one in asked if one in found}
