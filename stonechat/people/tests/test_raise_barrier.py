"""Segments and the walls between them."""

from __future__ import annotations

import pytest

from stonechat.audience.models import Barrier, Segment
from stonechat.audience.viewer import Viewer
from stonechat.core.actions import NotAllowed, Refused
from stonechat.core.models import Fact
from stonechat.people import queries
from stonechat.people.actions import create_segment, lift_barrier, raise_barrier, seat, unseat
from stonechat.people.models import Account


def sees(viewer: Viewer, other: Viewer) -> bool:
    return bool(queries.accounts(viewer, [other.account_id]))


def test_a_barrier_hides_both_sides(alice: Viewer, erin: Viewer, bob: Viewer):
    assert not sees(alice, erin)
    assert not sees(erin, alice)
    assert sees(bob, erin)


def test_lifting_it_shows_them_again(alice: Viewer, erin: Viewer, olga: Viewer):
    lift_barrier(olga, "trading", "research")
    assert sees(alice, erin)
    assert not Barrier.objects.exists()
    assert Fact.objects.latest("id").name == "barrier.lifted"


def test_seats_are_taken_and_left(alice: Viewer, erin: Viewer, bob: Viewer, olga: Viewer):
    seat(olga, bob.account_id, "trading")
    assert not sees(alice, bob)
    unseat(olga, bob.account_id, "trading")
    assert sees(alice, bob)
    names = list(Fact.objects.order_by("-id").values_list("name", flat=True)[:2])
    assert names == ["segment.left", "segment.joined"]


def test_only_administrators_build(alice: Viewer, erin: Viewer):
    for act in (
        lambda: raise_barrier(alice, "research", "trading"),
        lambda: lift_barrier(alice, "research", "trading"),
        lambda: create_segment(alice, "new"),
        lambda: seat(alice, alice.account_id, "trading"),
        lambda: unseat(alice, alice.account_id, "research"),
    ):
        with pytest.raises(NotAllowed, match="administrators"):
            act()


def test_twice_is_once(erin: Viewer, system: Viewer):
    raise_barrier(system, "trading", "research")
    assert Barrier.objects.count() == 2
    assert Fact.objects.filter(name="barrier.raised").count() == 1
    assert create_segment(system, "trading") == Segment.objects.get(name="trading")


def test_what_is_not_there_is_named(erin: Viewer, system: Viewer):
    with pytest.raises(Refused, match="no segment moon"):
        raise_barrier(system, "moon", "trading")
    with pytest.raises(Refused, match="different"):
        raise_barrier(system, "trading", "trading")
    with pytest.raises(Refused, match="name"):
        create_segment(system, "  ")
    with pytest.raises(Account.DoesNotExist):
        seat(system, 1, "trading")
