"""Following, asking to, and being let in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stonechat.audience.viewer import Viewer
from stonechat.core.actions import NotAllowed, Refused
from stonechat.core.models import Fact
from stonechat.people import queries
from stonechat.people.actions import (
    accept_request,
    edit_profile,
    follow,
    reject_request,
    remove_follower,
    suspend,
    unfollow,
)
from stonechat.people.models import Account, Follow
from stonechat.people.queries import Relationship

Behind = Callable[[Viewer], Account]


def between(viewer: Viewer, other: Viewer) -> Relationship:
    return queries.relationships(viewer, [other.account_id])[0]


@pytest.fixture
def waiting(alice: Viewer, bob: Viewer) -> Viewer:
    """bob locks his account, and alice asks to follow him."""
    edit_profile(bob, locked=True)
    follow(alice, bob.account_id)
    return alice


def test_everybody_may_follow_whom_they_reach(alice: Viewer, carol: Viewer, account: Behind):
    follow(carol, alice.account_id)
    assert between(carol, alice).following
    assert between(alice, carol).followed_by
    assert (account(alice).followers_count, account(carol).following_count) == (1, 1)


def test_nobody_follows_themselves_or_whom_they_cannot_reach(
    alice: Viewer, dave: Viewer, olga: Viewer, bob: Viewer
):
    suspend(olga, bob.account_id)
    for viewer, target in ((alice, alice), (dave, alice), (alice, dave), (alice, bob)):
        with pytest.raises(NotAllowed, match="cannot follow"):
            follow(viewer, target.account_id)


def test_whoever_is_behind_a_wall_is_not_found(alice: Viewer, erin: Viewer):
    with pytest.raises(Account.DoesNotExist):
        follow(erin, alice.account_id)


def test_it_is_one_fact_with_or_without_waiting(waiting: Viewer, bob: Viewer):
    fact = Fact.objects.latest("id")
    assert fact.name == "followed"
    assert fact.data == {"target_id": bob.account_id, "requested": True}
    assert Fact.objects.filter(name="followed", data__requested=False).count() == 1  # bob's


def test_again_changes_the_options_and_counts_once(alice: Viewer, bob: Viewer, account: Behind):
    before = Fact.objects.count()
    follow(bob, alice.account_id, boosts=False, notify=True, languages=["de"])
    row = Follow.objects.get()
    assert (row.boosts, row.notify, row.languages) == (False, True, ["de"])
    follow(bob, alice.account_id, languages=[])
    row.refresh_from_db()
    assert (row.boosts, row.notify, row.languages) == (False, True, None)
    assert account(alice).followers_count == 1
    assert Fact.objects.count() == before


def test_languages_that_are_none_are_refused(alice: Viewer, bob: Viewer):
    with pytest.raises(Refused, match="codes"):
        follow(bob, alice.account_id, languages=["x" * 13])


def test_unfollowing_twice_is_once(alice: Viewer, bob: Viewer, account: Behind):
    unfollow(bob, alice.account_id)
    unfollow(bob, alice.account_id)
    assert (account(alice).followers_count, account(bob).following_count) == (0, 0)
    assert Fact.objects.filter(name="unfollowed").count() == 1


def test_a_request_can_be_taken_back(waiting: Viewer, bob: Viewer, account: Behind):
    assert between(waiting, bob).requested
    unfollow(waiting, bob.account_id)
    assert not between(waiting, bob).requested
    assert account(bob).followers_count == 0


def test_accepting_lets_in(waiting: Viewer, bob: Viewer, account: Behind):
    assert between(bob, waiting).requested_by
    accept_request(bob, waiting.account_id)
    assert between(waiting, bob).following
    assert account(bob).followers_count == 1
    assert Fact.objects.latest("id").name == "follow.accepted"
    with pytest.raises(Follow.DoesNotExist):
        accept_request(bob, waiting.account_id)


def test_rejecting_leaves_nothing(waiting: Viewer, bob: Viewer, account: Behind):
    reject_request(bob, waiting.account_id)
    assert not between(waiting, bob).requested
    assert account(bob).followers_count == 0
    assert Fact.objects.latest("id").name == "follow.rejected"


def test_only_whoever_was_asked_answers(waiting: Viewer, bob: Viewer, carol: Viewer):
    with pytest.raises(Follow.DoesNotExist):
        accept_request(carol, waiting.account_id)
    assert between(waiting, bob).requested


def test_a_follower_can_be_removed(alice: Viewer, bob: Viewer, account: Behind):
    remove_follower(alice, bob.account_id)
    assert not between(bob, alice).following
    assert (account(alice).followers_count, account(bob).following_count) == (0, 0)
    assert Fact.objects.latest("id").data == {"follower_id": bob.account_id}
