"""Home: what one follows, each thing once, and nothing swallowed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.pages import Cursor
from stonechat.people import actions as people
from stonechat.posts import actions
from stonechat.posts.models import Post
from stonechat.timelines.queries import home

Say = Callable[..., Post]


@pytest.fixture
def reader(member: Callable[..., Viewer], alice: Viewer, bob: Viewer, carol: Viewer) -> Viewer:
    """Follows bob and carol, not alice."""
    reader = member("rita")
    people.follow(reader, bob.account_id)
    people.follow(reader, carol.account_id)
    return reader


def test_what_is_followed_comes_home_and_nothing_else(
    alice: Viewer, bob: Viewer, reader: Viewer, say: Say
) -> None:
    say(alice, "Not followed")
    followed, own = say(bob, "Followed"), say(reader, "Own")
    assert home(reader, Cursor()) == [own.pk, followed.pk]


def test_a_boost_brings_what_is_not_followed_once(
    alice: Viewer, bob: Viewer, carol: Viewer, reader: Viewer, say: Say
) -> None:
    post = say(alice, "Elsewhere")
    first = actions.boost(bob, post.pk)
    actions.boost(carol, post.pk)
    assert home(reader, Cursor()) == [first.pk]


def test_a_boost_of_what_is_home_already_is_not_repeated(
    bob: Viewer, carol: Viewer, reader: Viewer, say: Say
) -> None:
    post = say(bob, "Here already")
    actions.boost(carol, post.pk)
    assert home(reader, Cursor()) == [post.pk]


def test_an_old_post_comes_back_by_a_boost(
    bob: Viewer, carol: Viewer, reader: Viewer, say: Say
) -> None:
    with clock.set_to(clock.now() - timedelta(days=9)):
        post = say(bob, "Long ago")
    again = actions.boost(carol, post.pk)
    assert home(reader, Cursor()) == [again.pk, post.pk]


Silence = Callable[[Viewer, Viewer], object]
SILENCES: list[Silence] = [
    lambda reader, booster: people.follow(reader, booster.account_id, boosts=False),
    lambda reader, booster: people.mute(reader, booster.account_id),
    lambda reader, booster: wall(reader, booster),
]


def wall(one: Viewer, other: Viewer) -> None:
    """A barrier that was raised after they began to follow."""
    system = Viewer.system(because="test")
    for person, segment in ((one, "left"), (other, "right")):
        people.create_segment(system, segment)
        people.seat(system, person.account_id, segment)
    people.raise_barrier(system, "left", "right")


@pytest.mark.parametrize("silence", SILENCES, ids=["boosts off", "muted", "walled"])
def test_a_boost_whose_first_booster_is_not_heard_is_heard(
    alice: Viewer, bob: Viewer, carol: Viewer, reader: Viewer, say: Say, silence: Silence
) -> None:
    silence(reader, bob)
    post = say(alice, "Elsewhere")
    actions.boost(bob, post.pk)
    second = actions.boost(carol, post.pk)
    assert home(reader, Cursor()) == [second.pk]


def test_a_reply_that_is_not_home_comes_by_a_boost(
    alice: Viewer, bob: Viewer, carol: Viewer, reader: Viewer, say: Say
) -> None:
    reply = say(bob, "An answer", in_reply_to_id=say(alice, "A question").pk)
    boost = actions.boost(carol, reply.pk)
    assert home(reader, Cursor()) == [boost.pk]
