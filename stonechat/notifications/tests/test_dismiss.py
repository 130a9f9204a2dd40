"""Taking things out of one's inbox."""

from __future__ import annotations

import pytest

from stonechat.audience.viewer import Viewer
from stonechat.core.actions import NotAllowed
from stonechat.core.pages import Cursor
from stonechat.notifications import actions, queries
from stonechat.notifications.models import Notification
from stonechat.posts import actions as posts


@pytest.fixture
def told(alice, bob, carol, say, lead):
    """alice: mentioned by carol, and liked by bob and carol."""
    post = say(alice)
    for fan in (bob, carol):
        posts.favourite(fan, post.pk)
    say(carol, "@alice")
    lead()
    return queries.inbox(alice, Cursor())


def kinds(viewer):
    return [one.type for one in queries.inbox(viewer, Cursor())]


def test_one(alice, told):
    actions.dismiss(alice, told[0].id)
    assert kinds(alice) == [one.type for one in told[1:]]
    with pytest.raises(Notification.DoesNotExist):
        actions.dismiss(alice, told[0].id)


def test_several(alice, told):
    actions.dismiss_many(alice, [one.id for one in told[1:]] + [1])
    assert kinds(alice) == ["mention"]


def test_a_group(alice, told):
    [likes] = [one for one in queries.grouped(alice, Cursor()) if one.count == 2]
    actions.dismiss_group(alice, likes.key)
    assert kinds(alice) == ["mention", "follow"]


def test_everything(alice, bob, say, lead, told):
    say(alice, "@bob")
    lead()
    actions.clear(alice)
    assert kinds(alice) == []
    assert kinds(bob) == ["mention"]


def test_nobody_touches_the_inbox_of_another(alice, bob, told):
    with pytest.raises(Notification.DoesNotExist):
        actions.dismiss(bob, told[0].id)
    actions.dismiss_many(bob, [one.id for one in told])
    actions.dismiss_group(bob, told[1].group_key)
    actions.clear(bob)
    assert queries.inbox(alice, Cursor()) == told


def test_nobody_in_particular_has_no_inbox(told):
    with pytest.raises(NotAllowed):
        actions.clear(Viewer.anonymous())
