"""What was undone shows nothing any more; what was only hidden comes back."""

from __future__ import annotations

import pytest

from stonechat.core.events import Event
from stonechat.notifications.models import Notification
from stonechat.notifications.reactions import forget, tell
from stonechat.people import actions as people
from stonechat.people.events import Unfollowed
from stonechat.posts import actions as posts
from stonechat.posts.events import BoostUndone, FavouriteUndone


def test_marks_taken_back_are_forgotten(alice, carol, say, inbox, line):
    post = say(alice)
    posts.boost(carol, post.pk)
    posts.favourite(carol, post.pk)
    inbox(alice)
    posts.unboost(carol, post.pk)
    assert inbox(alice) == [line("favourite", carol, post)]
    posts.unfavourite(carol, post.pk)
    assert inbox(alice) == []


def test_a_boost_deleted_as_a_post_is_forgotten(alice, carol, say, inbox):
    post = say(alice)
    boost = posts.boost(carol, post.pk)
    inbox(alice)
    posts.delete(carol, boost.pk)
    assert inbox(alice) == []


def test_a_deleted_post_takes_everything_along(alice, carol, say, inbox):
    post = say(alice, "@carol")
    posts.favourite(carol, post.pk)
    inbox(alice)
    posts.delete(alice, post.pk)
    assert inbox(alice) == inbox(carol) == []
    assert not Notification.objects.exists()


def test_who_no_longer_follows_is_forgotten(alice, bob, carol, inbox):
    people.edit_profile(alice, locked=True)
    people.follow(carol, alice.account_id)
    assert [one[0] for one in inbox(alice)] == ["follow_request", "follow"]
    people.unfollow(bob, alice.account_id)
    people.reject_request(alice, carol.account_id)
    assert inbox(alice) == []


def test_what_was_done_again_is_not_forgotten(alice, bob, say, inbox):
    post = say(alice)
    boost = posts.boost(bob, post.pk)
    posts.favourite(bob, post.pk)
    told = inbox(alice)
    me = bob.account_id
    forget(FavouriteUndone(me, post_id=post.pk))
    forget(BoostUndone(me, post_id=post.pk, boost_id=boost.pk))
    forget(Unfollowed(me, target_id=alice.account_id))
    assert inbox(alice) == told


def test_a_block_hides_what_was_told_and_gives_it_back(alice, carol, say, inbox):
    say(carol, "@alice")
    told = inbox(alice)
    people.block(alice, carol.account_id)
    assert inbox(alice) == []
    people.unblock(alice, carol.account_id)
    assert inbox(alice) == told != []


def test_a_barrier_hides_what_was_told_and_gives_it_back(alice, carol, say, system, inbox):
    post = say(alice)
    posts.favourite(carol, post.pk)
    told = inbox(alice)
    people.create_segment(system, "trading")
    people.seat(system, carol.account_id, "trading")
    people.raise_barrier(system, "research", "trading")
    assert inbox(alice) == []
    people.lift_barrier(system, "research", "trading")
    assert inbox(alice) == told != []


def test_a_mute_hides_what_was_told_unless_notifications_may_stay(alice, carol, say, inbox):
    say(carol, "@alice")
    told = inbox(alice)
    people.mute(alice, carol.account_id, notifications=False)
    assert inbox(alice) == told != []
    people.mute(alice, carol.account_id)
    assert inbox(alice) == []


def test_whoever_is_suspended_is_not_heard(alice, carol, olga, say, inbox):
    say(carol, "@alice")
    assert inbox(alice)
    people.suspend(olga, carol.account_id)
    assert inbox(alice) == []


@pytest.mark.parametrize("reaction", [tell, forget])
def test_the_wiring_cannot_ask_for_what_nobody_wrote(reaction):
    with pytest.raises(TypeError):
        reaction(Event())
