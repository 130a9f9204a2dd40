"""Groups: what many did to one post within half a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stonechat.core import clock
from stonechat.core.pages import Cursor
from stonechat.notifications import cards, queries
from stonechat.notifications.models import Notification
from stonechat.notifications.queries import Which
from stonechat.people import actions as people
from stonechat.posts import actions as posts

NOON = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)


@pytest.fixture
def fans(member):
    """Ten people who like things."""
    return [member(f"fan{number}") for number in range(10)]


@pytest.fixture
def liked(alice, fans, say, lead):
    """A post of alice's that ten people like at noon, one after another."""
    with clock.set_to(NOON):
        post = say(alice)
        for fan in fans:
            posts.favourite(fan, post.pk)
        lead()
    return post


def groups(viewer, **cursor):
    return queries.grouped(viewer, Cursor(**cursor))


def test_likes_of_one_post_are_one_group(alice, fans, liked):
    [group] = groups(alice)
    assert group.key == f"favourite-{liked.pk}-{int(NOON.timestamp()) // 43_200}"
    assert group.count == 10
    assert list(group.origin_ids) == [fan.account_id for fan in fans[:1:-1]]
    first, *_rest, last = queries.inbox(alice, Cursor())
    assert (group.newest, group.oldest_id) == (first, last.id)


def test_another_half_day_is_another_group(alice, bob, liked, lead):
    with clock.set_to(NOON + timedelta(hours=12)):
        posts.favourite(bob, liked.pk)
        lead()
    assert [(one.newest.type, one.count) for one in groups(alice)] == [
        ("favourite", 1),
        ("favourite", 10),
        ("follow", 1),
    ]


def test_boosts_and_follows_are_grouped_and_mentions_are_not(alice, fans, say, lead):
    with clock.set_to(NOON):
        post = say(alice)
        for fan in fans[:2]:
            posts.boost(fan, post.pk)
            people.follow(fan, alice.account_id)
            say(fan, "@alice")
        lead()
    found = [(one.newest.type, one.count) for one in groups(alice)]
    assert found == [("mention", 1), ("follow", 2), ("reblog", 2), ("mention", 1)]


def test_only_the_kinds_asked_for_are_grouped(alice, liked):
    alone = queries.grouped(alice, Cursor(limit=3), grouped_types=["follow"])
    assert [one.count for one in alone] == [1, 1, 1]
    assert [one.key for one in alone] == [f"ungrouped-{one.newest.id}" for one in alone]
    assert queries.group(alice, alone[0].key) == alone[0]


def test_the_limit_counts_groups_and_no_page_repeats_one(alice, fans, say, lead):
    with clock.set_to(NOON):
        several = [say(alice, str(number)) for number in range(5)]
        for fan in fans[:4]:
            for post in several:
                posts.favourite(fan, post.pk)
        lead()
    everything = groups(alice)
    assert [one.count for one in everything] == [4] * 5
    first = groups(alice, limit=2)
    second = groups(alice, limit=2, max_id=first[-1].newest.id)
    third = groups(alice, limit=2, max_id=second[-1].newest.id)
    assert first + second + third == everything
    assert groups(alice, limit=2, min_id=third[-1].newest.id) == second
    assert groups(alice, limit=2, since_id=third[-1].newest.id) == first


def test_whoever_is_out_of_sight_is_in_no_group(alice, fans, liked):
    for fan in (fans[0], fans[9]):
        people.block(alice, fan.account_id)
    [group] = groups(alice)
    assert group.count == 8
    assert group.newest.origin_id == fans[8].account_id
    assert not {fans[0].account_id, fans[9].account_id} & set(group.origin_ids)


def test_one_group_and_everybody_in_it(alice, carol, fans, liked):
    [group] = groups(alice)
    assert queries.group(alice, group.key) == group
    page = queries.accounts(alice, group.key, Cursor(limit=6))
    rest = queries.accounts(alice, group.key, Cursor(limit=6, max_id=page.oldest))
    assert page.items + rest.items == [fan.account_id for fan in fans[::-1]]
    for key in (group.key, "favourite-1-1", "ungrouped-x", f"ungrouped-{2**80}"):
        with pytest.raises(Notification.DoesNotExist):
            queries.group(carol, key)


def test_new_groups_are_counted(alice, fans, liked):
    assert queries.unread_groups(alice, 0) == 1
    assert queries.unread_groups(alice, 0, grouped_types=[]) == 10
    assert queries.unread_groups(alice, 0, limit=3, grouped_types=[]) == 3
    assert queries.unread_groups(alice, 0, Which.of(account_id=fans[0].account_id)) == 1
    assert queries.unread_groups(alice, queries.inbox(alice, Cursor())[0].id) == 0


def test_a_page_costs_as_many_queries_as_one_group(alice, fans, say, lead):
    counts = []
    for number in (1, 11):
        for _each in range(number):
            posts.favourite(fans[0], say(alice).pk)
        lead()
        with CaptureQueriesContext(connection) as captured:
            shown = cards.groups(alice, groups(alice))
        counts.append(len(captured))
    assert len(shown.groups) == len(shown.posts) == 12
    assert len(shown.accounts) == 1
    assert counts[0] == counts[1]
