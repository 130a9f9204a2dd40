"""Reading the inbox one by one: pages, kinds, what is new, and what it costs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stonechat.core.pages import Cursor
from stonechat.notifications import cards, queries
from stonechat.notifications.models import Notification
from stonechat.notifications.queries import Which
from stonechat.notifications.queries.inbox import FORMS, INBOX
from stonechat.people import actions as people
from stonechat.posts import actions as posts


@pytest.fixture
def ten(alice, carol, say, lead):
    """Ids of ten mentions of alice, newest first."""
    for number in range(10):
        say(carol, f"{number} @alice")
    lead()
    return [one.id for one in queries.inbox(alice, Cursor())]


def ids(viewer, **cursor):
    return [one.id for one in queries.inbox(viewer, Cursor(**cursor))]


def test_pages_lie_side_by_side(alice, ten):
    assert ids(alice, limit=4) == ten[:4]
    assert ids(alice, limit=4, max_id=ten[3]) == ten[4:8]
    assert ids(alice, limit=4, min_id=ten[8]) == ten[4:8]
    assert ids(alice, limit=4, since_id=ten[8]) == ten[:4]
    assert ids(alice, max_id=ten[2], min_id=ten[6]) == ten[3:6]
    assert ids(alice, limit=0) == []


def test_kinds_are_chosen(alice, bob, say, lead):
    post = say(alice)
    posts.favourite(bob, post.pk)
    say(bob, "@alice")
    lead()

    def kinds(**asked):
        return [one.type for one in queries.inbox(alice, Cursor(), Which.of(**asked))]

    assert kinds() == ["mention", "favourite", "follow"]
    assert kinds(types=["favourite", "follow"], exclude_types=["follow"]) == ["favourite"]
    assert kinds(exclude_types=["mention"]) == ["favourite", "follow"]
    assert kinds(types=["admin.report"]) == []


def test_those_by_one_account(alice, bob, carol, say, lead):
    say(bob, "@alice")
    say(carol, "@alice")
    lead()
    which = Which.of(types=["mention"], account_id=carol.account_id)
    assert [one.origin_id for one in queries.inbox(alice, Cursor(), which)] == [carol.account_id]


def test_an_inbox_is_its_owners(alice, bob, ten):
    assert ids(bob) == []
    with pytest.raises(Notification.DoesNotExist):
        queries.one(bob, ten[0])
    assert queries.one(alice, ten[0]).id == ten[0]


def test_what_is_new_is_counted(alice, ten):
    assert queries.unread(alice, 0) == 10
    assert queries.unread(alice, ten[3]) == 3
    assert queries.unread(alice, 0, limit=4) == 4
    assert queries.unread(alice, 0, Which.of(types=["follow"])) == 0


def test_a_card_is_complete(alice, bob, say, lead):
    post = say(bob, "Hello @alice")
    lead()
    mention, follow = cards.cards(alice, queries.inbox(alice, Cursor()))
    assert (mention.type, mention.account.username) == ("mention", "bob")
    assert mention.post
    assert mention.post.id == post.pk
    assert mention.created_at == post.created_at
    assert mention.group_key == f"ungrouped-{mention.id}"
    assert (follow.type, follow.account.username, follow.post) == ("follow", "bob", None)
    assert cards.card(alice, follow.id) == follow


def test_forty_cost_as_many_queries_as_one(alice, carol, say, lead):
    counts = []
    for number in (1, 39):
        for _each in range(number):
            say(carol, "@alice")
        lead()
        with CaptureQueriesContext(connection) as captured:
            shown = cards.cards(alice, queries.inbox(alice, Cursor(limit=40)))
        counts.append(len(captured))
    assert len(shown) == 40
    assert counts[0] == counts[1]


def test_a_mixture_of_kinds_does_not_fill_the_memory(alice, ten, monkeypatch):
    monkeypatch.setattr(INBOX, "compiled", {number: ("", []) for number in range(FORMS + 1)})
    assert ids(alice) == ten
    assert len(INBOX.compiled) == 1


def test_whoever_is_gone_from_sight_is_gone_from_the_count(alice, carol, ten):
    people.block(alice, carol.account_id)
    assert queries.unread(alice, 0) == 0
