"""Lists: made, filled with whom one follows, read apart, thrown away; nobody else's business."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from stonechat.audience.viewer import Viewer
from stonechat.core.actions import Refused
from stonechat.core.models import Fact
from stonechat.core.pages import Cursor
from stonechat.people import actions as people
from stonechat.people.models import Account
from stonechat.posts.models import Post
from stonechat.timelines import actions, queries
from stonechat.timelines.cards import list_card, list_cards, list_cards_with
from stonechat.timelines.models import List

Say = Callable[..., Post]


@pytest.fixture
def office(bob: Viewer, alice: Viewer) -> List:
    """Bob's list with alice in it."""
    made = actions.make_list(bob, "Office")
    actions.add_to_list(bob, made.pk, [alice.account_id])
    return made


def held(viewer: Viewer, made: List, **cursor: int) -> list[int]:
    return queries.accounts_in_list(viewer, made.pk, Cursor(**cursor)).items


def test_a_list_holds_whom_one_follows_and_oneself(
    office: List, alice: Viewer, bob: Viewer
) -> None:
    actions.add_to_list(bob, office.pk, [bob.account_id, alice.account_id])
    assert held(bob, office) == [bob.account_id, alice.account_id]
    assert held(bob, office, limit=0) == [bob.account_id, alice.account_id]
    assert [card.id for card in list_cards_with(bob, alice.account_id)] == [office.pk]


def test_another_persons_list_is_not_found(office: List, alice: Viewer) -> None:
    for write in (
        lambda: actions.change_list(alice, office.pk, title="Mine"),
        lambda: actions.remove_list(alice, office.pk),
        lambda: actions.add_to_list(alice, office.pk, [alice.account_id]),
        lambda: actions.remove_from_list(alice, office.pk, [alice.account_id]),
        lambda: list_card(alice, office.pk),
        lambda: held(alice, office),
        lambda: queries.in_list(alice, office.pk, Cursor()),
    ):
        with pytest.raises(List.DoesNotExist):
            write()
    assert list_cards(alice) == []


def test_whom_one_does_not_follow_is_not_found_and_nobody_is_added(
    office: List, bob: Viewer, carol: Viewer
) -> None:
    actions.add_to_list(bob, office.pk, [])
    with pytest.raises(Account.DoesNotExist):
        actions.add_to_list(bob, office.pk, [bob.account_id, carol.account_id])
    assert bob.account_id not in held(bob, office)


def test_who_asked_to_follow_may_be_listed(bob: Viewer, carol: Viewer) -> None:
    people.edit_profile(carol, carol.account_id, locked=True)
    people.follow(bob, carol.account_id)
    made = actions.make_list(bob, "Wanted")
    actions.add_to_list(bob, made.pk, [carol.account_id])
    assert held(bob, made) == [carol.account_id]


def test_a_list_is_left_with_the_follow(office: List, alice: Viewer, bob: Viewer) -> None:
    people.unfollow(bob, alice.account_id)
    assert held(bob, office) == []


def test_a_wall_hides_who_is_behind_it(office: List, alice: Viewer, bob: Viewer) -> None:
    system = Viewer.system(because="test")
    people.create_segment(system, "trading")
    people.seat(system, bob.account_id, "trading")
    people.raise_barrier(system, "research", "trading")
    assert held(bob, office) == []
    with pytest.raises(Account.DoesNotExist):
        list_cards_with(bob, alice.account_id)


def test_changes_are_signals(office: List, bob: Viewer) -> None:
    actions.change_list(bob, office.pk, title="Desk", replies_policy="none", exclusive=True)
    card = list_card(bob, office.pk)
    assert (card.title, card.replies_policy, card.exclusive) == ("Desk", "none", True)
    actions.remove_list(bob, office.pk)
    names = Fact.objects.filter(name__startswith="list.").values_list("name", "kind")
    assert list(names.order_by("id")) == [
        ("list.made", "signal"),
        ("list.changed", "signal"),
        ("list.changed", "signal"),
        ("list.removed", "signal"),
    ]


@pytest.mark.parametrize(
    "asked",
    [
        {"title": " "},
        {"title": "x" * 256},
        {"title": "a\0"},
        {"title": "x", "replies_policy": "all"},
    ],
    ids=["blank", "long", "nul", "policy"],
)
def test_what_no_list_can_be_is_refused(bob: Viewer, asked: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        actions.make_list(bob, **asked)
    assert not List.objects.exists()


def test_fifty_lists_are_enough(bob: Viewer) -> None:
    List.objects.bulk_create(List(account_id=bob.account_id, title=f"{n}") for n in range(50))
    with pytest.raises(Refused, match="maximum number of lists"):
        actions.make_list(bob, "One more")


def test_an_exclusive_list_keeps_its_people_out_of_home(
    office: List, alice: Viewer, bob: Viewer, say: Say
) -> None:
    hers, his = say(alice, "From alice").pk, say(bob, "From bob").pk
    assert queries.home(bob, Cursor()) == [his, hers]
    actions.add_to_list(bob, office.pk, [bob.account_id])
    actions.change_list(bob, office.pk, exclusive=True)
    assert queries.home(bob, Cursor()) == [his]
    assert queries.in_list(bob, office.pk, Cursor()) == [his, hers]
    assert queries.home(alice, Cursor()) == [hers]


def test_a_page_asks_a_fixed_number_of_queries(
    office: List,
    bob: Viewer,
    member: Callable[..., Viewer],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    others = [member(f"person{n}").account_id for n in range(8)]
    with django_assert_num_queries(2):
        assert len(held(bob, office)) == 1
    for one in others:
        people.follow(bob, one)
    actions.add_to_list(bob, office.pk, others)
    with django_assert_num_queries(2):
        assert len(held(bob, office)) == 9
