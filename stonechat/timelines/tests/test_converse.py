"""Conversations: one row for each who takes part, always ending with what they may read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from stonechat.audience.viewer import Viewer
from stonechat.core.models import Fact
from stonechat.core.pages import Cursor
from stonechat.people import actions as people
from stonechat.posts import actions as posts
from stonechat.posts.events import PostPublished
from stonechat.posts.models import Post
from stonechat.timelines import actions, queries
from stonechat.timelines.cards import conversation_cards
from stonechat.timelines.models import Conversation
from stonechat.timelines.reactions import file_conversation

Say = Callable[..., Post]
Lead = Callable[[], None]


def ends(viewer: Viewer) -> list[tuple[int, bool]]:
    """(last post, unread) of each exchange."""
    return [(one.post_id, one.unread) for one in queries.conversations(viewer, Cursor())]


def only(viewer: Viewer) -> int:
    [one] = queries.conversations(viewer, Cursor())
    return one.id


@pytest.fixture
def asked(alice: Viewer, bob: Viewer, say: Say, lead: Lead) -> Post:
    """Alice asks bob."""
    post = say(alice, "@bob, a word?", audience="direct")
    lead()
    return post


def test_each_who_takes_part_has_it_in_their_list(
    asked: Post, alice: Viewer, bob: Viewer, carol: Viewer, say: Say, lead: Lead
) -> None:
    assert (ends(alice), ends(bob), ends(carol)) == ([(asked.pk, False)], [(asked.pk, True)], [])
    answer = say(bob, "Yes @alice", audience="direct", in_reply_to_id=asked.pk)
    lead()
    assert (ends(alice), ends(bob)) == ([(answer.pk, True)], [(answer.pk, False)])


def test_only_direct_posts_are_conversations(
    alice: Viewer, bob: Viewer, say: Say, lead: Lead
) -> None:
    say(alice, "Hello @bob")
    lead()
    assert not Conversation.objects.exists()


def test_two_that_answer_one_public_post_stay_apart(
    alice: Viewer, bob: Viewer, carol: Viewer, say: Say, lead: Lead
) -> None:
    root = say(alice, "Who wants my desk?")
    first = say(bob, "@alice me", audience="direct", in_reply_to_id=root.pk)
    second = say(carol, "@alice me", audience="direct", in_reply_to_id=root.pk)
    third = say(alice, "@bob yours", audience="direct", in_reply_to_id=first.pk)
    lead()
    assert ends(alice) == [(third.pk, False), (second.pk, True)]
    assert (ends(bob), ends(carol)) == ([(third.pk, True)], [(second.pk, False)])


def test_who_is_named_later_sees_from_there_on(
    asked: Post, alice: Viewer, carol: Viewer, say: Say, lead: Lead
) -> None:
    posts.edit(alice, asked.pk, text="@bob @carol, a word?")
    lead()
    assert ends(carol) == [(asked.pk, True)]


def test_a_deleted_post_no_longer_ends_it(
    asked: Post, alice: Viewer, bob: Viewer, say: Say, lead: Lead
) -> None:
    answer = say(bob, "Yes @alice", audience="direct", in_reply_to_id=asked.pk)
    lead()
    posts.delete(bob, answer.pk)
    lead()
    assert [post for post, _unread in ends(alice) + ends(bob)] == [asked.pk, asked.pk]
    posts.delete(alice, asked.pk)
    lead()
    assert not Conversation.objects.exists()


def test_a_reaction_that_runs_twice_changes_nothing(asked: Post, bob: Viewer) -> None:
    actions.mark_read(bob, only(bob))
    file_conversation(PostPublished(actor_id=asked.author_id, post_id=asked.pk))
    assert ends(bob) == [(asked.pk, False)]


def test_a_block_takes_it_out_of_both_lists(asked: Post, alice: Viewer, bob: Viewer) -> None:
    number = only(bob)
    people.block(alice, bob.account_id)
    assert (ends(bob), ends(alice)) == ([], [(asked.pk, False)])
    with pytest.raises(Conversation.DoesNotExist):
        actions.mark_read(bob, number)


def test_read_and_unread_are_signals(asked: Post, bob: Viewer) -> None:
    for _twice in range(2):
        actions.mark_read(bob, only(bob))
    assert ends(bob) == [(asked.pk, False)]
    actions.mark_unread(bob, only(bob))
    assert ends(bob) == [(asked.pk, True)]
    facts = Fact.objects.filter(name__startswith="conversation.").order_by("id")
    assert list(facts.values_list("name", "kind")) == [
        ("conversation.read", "signal"),
        ("conversation.unread", "signal"),
    ]


def test_what_was_put_away_comes_back_when_something_is_said(
    asked: Post, alice: Viewer, bob: Viewer, say: Say, lead: Lead
) -> None:
    actions.hide(bob, only(bob))
    assert ends(bob) == []
    again = say(alice, "@bob?", audience="direct", in_reply_to_id=asked.pk)
    lead()
    assert ends(bob) == [(again.pk, True)]


def test_anothers_conversation_is_not_found(asked: Post, alice: Viewer, bob: Viewer) -> None:
    for write in (actions.mark_read, actions.mark_unread, actions.hide):
        with pytest.raises(Conversation.DoesNotExist):
            write(alice, only(bob))


def test_a_card_names_the_others_or_oneself(
    asked: Post, alice: Viewer, bob: Viewer, say: Say, lead: Lead
) -> None:
    say(alice, "Note to self", audience="direct")
    lead()
    named = [
        [person.username for person in one.people] for one in conversation_cards(alice, Cursor())
    ]
    assert named == [["alice"], ["bob"]]


def test_a_page_asks_a_fixed_number_of_queries(
    asked: Post, alice: Viewer, bob: Viewer, say: Say, lead: Lead,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    conversation_cards(bob, Cursor())
    with django_assert_max_num_queries(30) as one:
        assert len(conversation_cards(bob, Cursor())) == 1
    for n in range(8):
        say(alice, f"@bob {n}", audience="direct")
    lead()
    conversation_cards(bob, Cursor())
    with django_assert_max_num_queries(30) as nine:
        assert len(conversation_cards(bob, Cursor())) == 9
    assert len(one) == len(nine)
