"""Marks and polls and quotes: done once, taken back, refused to strangers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.actions import NotAllowed, Refused
from stonechat.core.models import Fact
from stonechat.core.pages import Cursor
from stonechat.people.models import Account, Group
from stonechat.posts import actions, queries
from stonechat.posts.cards import PollCard, card, cards
from stonechat.posts.models import Post

Say = Callable[..., Post]


def ballots(viewer: Viewer, post_id: int) -> PollCard:
    poll = card(viewer, post_id).poll
    assert poll is not None
    return poll


PAIRS = [
    (actions.favourite, actions.unfavourite, "favourited"),
    (actions.bookmark, actions.unbookmark, "bookmarked"),
    (actions.mute_thread, actions.unmute_thread, "muted"),
    (actions.boost, actions.unboost, "boosted"),
]


@pytest.mark.parametrize(("mark", "undo", "shown"), PAIRS, ids=[name for *_, name in PAIRS])
def test_a_mark_is_set_once_and_taken_back(
    alice: Viewer,
    bob: Viewer,
    say: Say,
    mark: Callable[..., Post],
    undo: Callable[..., Post],
    shown: str,
) -> None:
    post = say(alice, "Hello")
    mark(bob, post.pk)
    facts = Fact.objects.count()
    mark(bob, post.pk)
    assert Fact.objects.count() == facts
    assert getattr(card(bob, post.pk), shown)
    assert not getattr(card(alice, post.pk), shown)
    undo(bob, post.pk)
    undo(bob, post.pk)
    assert not getattr(card(bob, post.pk), shown)
    assert Fact.objects.count() == facts + 1


@pytest.mark.parametrize(("mark", "undo", "_shown"), PAIRS, ids=[name for *_, name in PAIRS])
def test_who_may_not_read_a_post_finds_none(
    alice: Viewer,
    dave: Viewer,
    erin: Viewer,
    say: Say,
    mark: Callable[..., Post],
    undo: Callable[..., Post],
    _shown: str,
) -> None:
    post = say(alice, "Hello")
    for stranger in (dave, erin):
        with pytest.raises(Post.DoesNotExist):
            mark(stranger, post.pk)
        with pytest.raises(Post.DoesNotExist):
            undo(stranger, post.pk)


def test_a_boost_is_a_wrapper_and_marks_go_to_the_words(
    alice: Viewer, bob: Viewer, say: Say
) -> None:
    post = say(alice, "Hello")
    wrapper = actions.boost(bob, post.pk)
    assert actions.boost(bob, wrapper.pk).pk == wrapper.pk
    assert actions.favourite(alice, wrapper.pk).pk == post.pk
    shown = card(alice, wrapper.pk)
    assert shown.boost_of is not None
    assert (shown.boost_of.id, shown.boost_of.counts.boosts) == (post.pk, 1)


def test_a_boost_is_gone_with_its_original(alice: Viewer, bob: Viewer, say: Say) -> None:
    post = say(alice, "Hello")
    wrapper = actions.boost(bob, post.pk)
    actions.delete(alice, post.pk)
    assert cards(bob, [post.pk, wrapper.pk]) == []


def test_what_was_said_to_a_group_is_not_passed_on(
    alice: Viewer, carol: Viewer, team: Group, say: Say
) -> None:
    post = say(alice, "Inside", audience="group", group_id=team.pk)
    with pytest.raises(NotAllowed, match="stays with those"):
        actions.boost(carol, post.pk)
    with pytest.raises(NotAllowed):
        say(carol, "Look", quoted_id=post.pk)


def test_shown_numbers_are_those_of_the_rows_one_could_list(
    alice: Viewer, bob: Viewer, carol: Viewer, erin: Viewer, say: Say
) -> None:
    post = say(bob, "Everybody")
    for fan in (alice, carol, erin):
        actions.favourite(fan, post.pk)
        actions.boost(fan, post.pk)
        say(fan, "A reply", in_reply_to_id=post.pk)
    for reader, n in ((bob, 3), (carol, 3), (erin, 2), (Viewer.person(alice.account_id), 2)):
        counts = card(reader, post.pk).counts
        page = Cursor()
        assert (counts.favourites, counts.boosts, counts.replies) == (n, n, n)
        assert len(queries.favourited_by(reader, post.pk, page).items) == n
        assert len(queries.boosted_by(reader, post.pk, page).items) == n
        assert len(queries.context(reader, post.pk)[1]) == n


def test_five_pins_of_ones_own(alice: Viewer, bob: Viewer, say: Say) -> None:
    pinned = [actions.pin(alice, say(alice, f"{n}").pk) for n in range(5)]
    with pytest.raises(Refused, match="maximum"):
        actions.pin(alice, say(alice, "six").pk)
    with pytest.raises(Refused, match="your own"):
        actions.pin(bob, pinned[0].pk)
    assert card(alice, pinned[0].pk).pinned


def test_a_poll_takes_each_ballot_once(alice: Viewer, bob: Viewer, carol: Viewer, say: Say) -> None:
    poll = say(alice, "?", poll=actions.PollWords(["tea", "coffee"], 300, hide_totals=True)).poll
    actions.vote(bob, poll.pk, [1])
    with pytest.raises(Refused, match=r"^You have already voted on this poll$"):
        actions.vote(bob, poll.pk, [0])
    with pytest.raises(Refused, match=r"^The chosen vote option does not exist$"):
        actions.vote(carol, poll.pk, [2])
    with pytest.raises(Refused, match="your own"):
        actions.vote(alice, poll.pk, [0])
    assert ballots(bob, poll.post_id).votes is None
    assert ballots(bob, poll.post_id).own_votes == [1]
    with clock.set_to(clock.now() + timedelta(minutes=6)):
        assert ballots(bob, poll.post_id).votes == [0, 1]
        with pytest.raises(Refused, match="ended"):
            actions.vote(carol, poll.pk, [0])


def test_a_quote_by_consent_is_withdrawn(
    alice: Viewer, bob: Viewer, carol: Viewer, say: Say
) -> None:
    post = say(alice, "Words", quote_policy="followers")
    with pytest.raises(NotAllowed, match="quote"):
        say(carol, "Look", quoted_id=post.pk)
    quoting = say(bob, "Look", quoted_id=post.pk)
    quote = card(carol, quoting.pk).quote
    assert quote is not None
    assert (quote.state, quote.id) == ("accepted", post.pk)
    with pytest.raises(NotAllowed):
        actions.revoke_quote(bob, post.pk, quoting.pk)
    actions.revoke_quote(alice, post.pk, quoting.pk)
    withdrawn = card(carol, quoting.pk).quote
    assert withdrawn is not None
    assert (withdrawn.state, withdrawn.post) == ("revoked", None)


def test_a_quoted_post_behind_a_wall_is_not_shown(
    alice: Viewer, bob: Viewer, erin: Viewer, say: Say
) -> None:
    quoting = say(bob, "Look", quoted_id=say(alice, "Secret").pk)
    quote = card(erin, quoting.pk).quote
    assert quote is not None
    assert (quote.state, quote.post, quote.id) == ("unauthorized", None, None)


def test_numbers_of_posts_count_what_everybody_could_list(
    alice: Viewer, bob: Viewer, team: Group, say: Say, account: Callable[[Viewer], Account]
) -> None:
    kept = say(alice, "One")
    say(alice, "Two", audience="followers")
    say(alice, "Three", audience="group", group_id=team.pk)
    gone = say(alice, "Four")
    assert account(alice).statuses_count == 2
    actions.delete(alice, gone.pk)
    actions.boost(bob, kept.pk)
    assert (account(alice).statuses_count, account(bob).statuses_count) == (1, 1)
