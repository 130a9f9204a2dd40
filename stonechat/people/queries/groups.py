"""Groups as their members and visitors see them, and how many people an audience holds."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import people, reachable
from stonechat.people.models import Account, Follow, Group, Kind, Membership, Zone


@dataclass(frozen=True, slots=True)
class MyGroup:
    """A group that the viewer is in."""

    id: int
    account_id: int
    host: bool


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What a group's page says; `member`, `asked` and `host` are about the viewer."""

    id: int
    access: str
    norms: tuple[str, ...]
    members: int
    guests: int
    member: bool
    asked: bool
    host: bool


@dataclass(frozen=True, slots=True)
class Readers:
    """How many people would read what the viewer writes, themselves included.

    `everybody` is None where it cannot be told: guests do not know how large the house is."""

    everybody: int | None
    followers: int
    groups: dict[int, int]  # by the group's id


def my_groups(viewer: Viewer) -> list[MyGroup]:
    """By name; empty for nobody."""
    mine = Membership.objects.filter(account_id=viewer.account_id, accepted=True)
    rows = mine.order_by("group__account__display_name", "group__account__username")
    columns = rows.values_list("group_id", "group__account_id", "host")
    return [MyGroup(*row) for row in columns] if viewer else []


def group_facts(viewer: Viewer, account_id: int) -> GroupFacts:
    """Of the group with this account; raises `Group.DoesNotExist` where it is not seen."""
    group = Group.objects.get(account_id=account_id, account__in=people(viewer))
    members = group.members.filter(accepted=True, account__in=people(viewer))
    counted = members.aggregate(all=Count("pk"), guests=Count("pk", Q(account__zone=Zone.GUEST)))
    mine = group.members.filter(account_id=viewer.account_id or 0).first()
    return GroupFacts(
        id=group.pk,
        access=group.access,
        norms=tuple(line.strip() for line in group.norms.splitlines() if line.strip()),
        members=counted["all"],
        guests=counted["guests"],
        member=mine is not None and mine.accepted,
        asked=mine is not None and not mine.accepted,
        host=mine is not None and mine.accepted and mine.host,
    )


def readers(viewer: Viewer) -> Readers:
    """Whom a post of the viewer would reach, by audience: the rule itself, asked beforehand."""
    inside = reachable(viewer).filter(kind=Kind.PERSON, zone=Zone.INSIDE)
    fans = Follow.objects.filter(target_id=viewer.account_id, accepted=True)
    guest = Account.objects.filter(pk=viewer.account_id, zone=Zone.GUEST).exists()
    return Readers(
        everybody=None if guest else inside.count(),
        followers=inside.filter(pk__in=fans.values("account_id")).count(),
        groups=_group_readers(viewer),
    )


def _group_readers(viewer: Viewer) -> dict[int, int]:
    mine = Membership.objects.filter(account_id=viewer.account_id, accepted=True)
    rows = Membership.objects.filter(
        group_id__in=mine.values("group_id"),
        accepted=True,
        account__in=reachable(viewer).filter(kind=Kind.PERSON),
    )
    return dict(rows.values_list("group_id").annotate(n=Count("pk")))
