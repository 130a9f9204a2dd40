"""Lists of people: followers and following, page by page, and how one stands to each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stonechat.audience.viewer import Viewer
from stonechat.core.pages import Cursor
from stonechat.people import queries
from stonechat.people.actions import edit_profile, follow
from stonechat.people.cards import card, cards
from stonechat.people.models import Account, Group

Make = Callable[..., Viewer]


@pytest.fixture
def crowd(member: Make, alice: Viewer) -> list[int]:
    """Five followers of alice's, the newest first."""
    people = [member(f"fan{number}") for number in range(5)]
    for one in people:
        follow(one, alice.account_id)
    return [one.account_id for one in people][::-1]


def test_pages_both_ways(alice: Viewer, crowd: list[int]):
    first = queries.followers(alice, alice.account_id, Cursor(limit=2))
    assert (first.items, first.full) == (crowd[:2], True)
    second = queries.followers(alice, alice.account_id, Cursor(limit=2, max_id=first.oldest))
    assert second.items == crowd[2:4]
    third = queries.followers(alice, alice.account_id, Cursor(limit=2, max_id=second.oldest))
    assert (third.items, third.full) == (crowd[4:], False)
    back = queries.followers(alice, alice.account_id, Cursor(limit=2, min_id=third.newest))
    assert (back.items, back.newest, back.oldest) == (second.items, second.newest, second.oldest)
    newer = queries.followers(alice, alice.account_id, Cursor(limit=2, since_id=third.newest))
    assert newer.items == crowd[:2]


def test_an_empty_page_has_no_ends(alice: Viewer):
    page = queries.following(alice, alice.account_id, Cursor())
    assert (page.items, page.newest, page.oldest, page.full) == ([], None, None, False)


def test_requests_are_listed_for_whoever_is_asked(alice: Viewer, bob: Viewer):
    edit_profile(bob, locked=True)
    follow(alice, bob.account_id)
    assert queries.follow_requests(bob, Cursor()).items == [alice.account_id]
    assert queries.follow_requests_count(bob) == 1
    assert queries.follow_requests(alice, Cursor()).items == []
    assert queries.followers(bob, bob.account_id, Cursor()).items == []


def test_who_hides_their_lists_sees_them_alone(alice: Viewer, bob: Viewer, carol: Viewer):
    edit_profile(alice, hide_collections=True)
    follow(alice, carol.account_id)
    for read in (queries.followers, queries.following):
        assert read(carol, alice.account_id, Cursor()).items == []
        assert len(read(alice, alice.account_id, Cursor()).items) == 1


def test_lists_of_the_unseen_are_not_found(alice: Viewer, erin: Viewer):
    for read in (queries.followers, queries.following, queries.endorsements):
        with pytest.raises(Account.DoesNotExist):
            read(erin, alice.account_id, Cursor())


def test_behind_a_wall_counts_equal_lists(
    alice: Viewer, bob: Viewer, carol: Viewer, erin: Viewer, gina: Viewer, team: Group
):
    follow(alice, bob.account_id)
    follow(carol, bob.account_id)
    follow(bob, carol.account_id)
    walled = Viewer.person(alice.account_id, walled=True)
    for viewer in (erin, gina, walled):
        shown = cards(viewer, [alice.account_id, bob.account_id, team.account_id])
        for one in shown.values():
            followers = queries.followers(viewer, one.id, Cursor()).items
            following = queries.following(viewer, one.id, Cursor()).items
            assert one.followers_count == len(followers), (viewer, one)
            assert one.following_count == len(following), (viewer, one)
    assert card(erin, bob.account_id).followers_count == 1
    assert card(carol, bob.account_id).followers_count == 2


def asked(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries_of:
        act()
    return len(queries_of)


def test_as_many_queries_for_one_as_for_many(alice: Viewer, erin: Viewer, crowd: list[int]):
    reads: list[Callable[[list[int]], object]] = [
        lambda ids: cards(alice, ids),
        lambda ids: cards(erin, ids),
        lambda ids: queries.relationships(alice, ids),
        lambda ids: queries.familiar_followers(alice, ids),
        lambda ids: queries.accounts(alice, ids),
    ]
    for read in reads:
        assert asked(partial(read, crowd[:1])) == asked(partial(read, crowd))
    assert asked(lambda: cards(erin, crowd)) == 1
    assert asked(lambda: queries.followers(alice, alice.account_id, Cursor())) == 3


def test_relationships_in_the_order_asked_without_the_unseen(
    alice: Viewer, bob: Viewer, carol: Viewer, erin: Viewer
):
    ids = [carol.account_id, erin.account_id, 1, bob.account_id, carol.account_id]
    assert [one.id for one in queries.relationships(alice, ids)] == [
        carol.account_id,
        bob.account_id,
    ]
    assert queries.relationships(alice, []) == []


def test_familiar_followers_are_those_i_follow_who_follow_them(
    alice: Viewer, bob: Viewer, carol: Viewer, erin: Viewer
):
    follow(carol, bob.account_id)
    ids = [alice.account_id, bob.account_id]
    assert queries.familiar_followers(carol, ids) == {
        alice.account_id: [bob.account_id],
        bob.account_id: [],
    }
    edit_profile(alice, hide_collections=True)
    assert queries.familiar_followers(carol, ids)[alice.account_id] == []
    assert alice.account_id not in queries.familiar_followers(erin, ids)
