"""Blocking and muting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.actions import NotAllowed, Refused
from stonechat.core.models import Fact
from stonechat.core.pages import Cursor
from stonechat.people import queries
from stonechat.people.actions import (
    block,
    edit_profile,
    endorse,
    follow,
    mute,
    unblock,
    unmute,
)
from stonechat.people.models import Account, Endorsement, Follow

Behind = Callable[[Viewer], Account]


def test_a_block_cuts_follows_both_ways(alice: Viewer, bob: Viewer, account: Behind):
    follow(alice, bob.account_id)
    endorse(bob, alice.account_id)
    block(alice, bob.account_id)
    for one in (alice, bob):
        assert (account(one).followers_count, account(one).following_count) == (0, 0)
    assert not Follow.objects.exists()
    assert not Endorsement.objects.exists()


def test_a_block_takes_requests_along(alice: Viewer, carol: Viewer, account: Behind):
    edit_profile(alice, locked=True)
    follow(carol, alice.account_id)
    block(carol, alice.account_id)
    assert not Follow.objects.exists()
    assert account(alice).followers_count == 0


def test_both_sides_are_told_by_their_relationship(alice: Viewer, dave: Viewer):
    mine = queries.relationships(alice, [dave.account_id])[0]
    theirs = queries.relationships(dave, [alice.account_id])[0]
    assert (mine.blocking, mine.blocked_by) == (True, False)
    assert (theirs.blocking, theirs.blocked_by) == (False, True)


def test_nobody_blocks_or_mutes_themselves(alice: Viewer):
    for act in (block, mute):
        with pytest.raises(NotAllowed, match="yourself"):
            act(alice, alice.account_id)


def test_whoever_is_behind_a_wall_is_not_found(alice: Viewer, erin: Viewer):
    for act in (block, mute, unblock, unmute):
        with pytest.raises(Account.DoesNotExist):
            act(erin, alice.account_id)


def test_it_is_one_signal_however_often(alice: Viewer, dave: Viewer):
    block(alice, dave.account_id)
    assert Fact.objects.filter(name="blocked", kind="signal").count() == 1
    unblock(alice, dave.account_id)
    unblock(alice, dave.account_id)
    assert Fact.objects.filter(name="unblocked", kind="signal").count() == 1
    assert queries.blocks(alice, Cursor()).items == []


def test_only_the_viewer_reads_their_blocks(alice: Viewer, dave: Viewer):
    assert queries.blocks(alice, Cursor()).items == [dave.account_id]
    assert queries.blocks(dave, Cursor()).items == []


def test_a_mute_runs_out(alice: Viewer, bob: Viewer):
    mute(alice, bob.account_id, duration=3600, notifications=False)
    until = clock.now() + timedelta(hours=1)
    (muted,) = queries.mutes(alice, Cursor()).items
    assert muted.account_id == bob.account_id
    assert muted.until is not None
    assert abs(muted.until - until) < timedelta(seconds=5)
    one = queries.relationships(alice, [bob.account_id])[0]
    assert (one.muting, one.muting_notifications, one.muting_until) == (True, False, muted.until)
    with clock.set_to(until + timedelta(minutes=1)):
        assert queries.mutes(alice, Cursor()).items == []
        assert not queries.relationships(alice, [bob.account_id])[0].muting


def test_muting_again_changes_the_mute(alice: Viewer, bob: Viewer):
    mute(alice, bob.account_id, duration=60)
    mute(alice, bob.account_id)
    (muted,) = queries.mutes(alice, Cursor()).items
    assert muted.until is None
    assert not queries.relationships(bob, [alice.account_id])[0].muting


def test_an_unmute_ends_it(alice: Viewer, bob: Viewer):
    mute(alice, bob.account_id)
    unmute(alice, bob.account_id)
    assert queries.mutes(alice, Cursor()).items == []
    assert Fact.objects.latest("id").name == "unmuted"


@pytest.mark.parametrize("duration", [-1, 10**18])
def test_durations_that_are_none_are_refused(alice: Viewer, bob: Viewer, duration: int):
    with pytest.raises(Refused, match="seconds"):
        mute(alice, bob.account_id, duration=duration)
