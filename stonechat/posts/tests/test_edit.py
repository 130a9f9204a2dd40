"""Editing and deleting: versions stay, tombstones stay, strangers are told nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stonechat.audience.viewer import Viewer
from stonechat.core.actions import NotAllowed, Refused
from stonechat.core.models import Fact
from stonechat.posts import actions, queries
from stonechat.posts.cards import card, cards
from stonechat.posts.models import Post, Version

Say = Callable[..., Post]


def test_an_edit_is_a_new_version_beside_the_old(alice: Viewer, bob: Viewer, say: Say) -> None:
    post = say(alice, "Frist #draft")
    actions.edit(alice, post.pk, text="First @bob", language="en")
    assert [v.text for v in queries.versions(bob, post.pk)] == ["Frist #draft", "First @bob"]
    shown = card(bob, post.pk)
    assert shown.said.edited_at is not None
    assert shown.said.tags == ()
    assert [named.username for named in shown.named] == ["bob"]


def test_an_edit_that_changes_nothing_makes_no_version(alice: Viewer, say: Say) -> None:
    post = say(alice, "Same")
    facts = Fact.objects.count()
    actions.edit(alice, post.pk, text="Same")
    assert Version.objects.filter(post=post).count() == 1
    assert Fact.objects.count() == facts


def votes(viewer: Viewer, post: Post) -> list[int] | None:
    poll = card(viewer, post.pk).poll
    assert poll is not None
    return poll.votes


def test_another_poll_throws_the_ballots_away(alice: Viewer, bob: Viewer, say: Say) -> None:
    post = say(alice, "?", poll=actions.PollWords(["a", "b"], 300))
    actions.vote(bob, post.poll.pk, [0])
    actions.edit(alice, post.pk, text="??", poll=actions.PollWords(["a", "b"], 300))
    assert votes(bob, post) == [1, 0]
    actions.edit(alice, post.pk, text="??", poll=actions.PollWords(["a", "c"], 300))
    assert votes(bob, post) == [0, 0]


def test_only_its_author_edits(alice: Viewer, bob: Viewer, dave: Viewer, say: Say) -> None:
    post = say(alice, "Mine")
    with pytest.raises(NotAllowed, match="your own"):
        actions.edit(bob, post.pk, text="Ours")
    with pytest.raises(Post.DoesNotExist):
        actions.edit(dave, post.pk, text="x")
    with pytest.raises(Refused):
        actions.edit(alice, post.pk, text="  ")
    assert card(alice, post.pk).said.text == "Mine"


def test_a_deleted_post_leaves_a_tombstone_with_its_versions(alice: Viewer, say: Say) -> None:
    post = say(alice, "Gone")
    actions.delete(alice, post.pk)
    assert cards(alice, [post.pk]) == []
    assert Post.objects.get(pk=post.pk).deleted_at is not None
    assert Version.objects.get(post=post).text == "Gone"


def test_only_its_author_deletes(alice: Viewer, bob: Viewer, erin: Viewer, say: Say) -> None:
    post = say(alice, "Mine")
    with pytest.raises(NotAllowed):
        actions.delete(bob, post.pk)
    with pytest.raises(Post.DoesNotExist):
        actions.delete(erin, post.pk)


def test_a_thread_is_read_as_far_as_one_may(
    alice: Viewer, bob: Viewer, carol: Viewer, erin: Viewer, say: Say
) -> None:
    root = say(carol, "Root")
    first = say(alice, "First", in_reply_to_id=root.pk)
    second = say(bob, "Second", in_reply_to_id=first.pk)
    other = say(bob, "Other", in_reply_to_id=root.pk)
    assert queries.context(bob, root.pk) == ([], [first.pk, second.pk, other.pk])
    assert queries.context(bob, second.pk) == ([root.pk, first.pk], [])
    assert queries.context(erin, root.pk) == ([], [other.pk])
    assert queries.context(erin, second.pk) == ([], [])
