"""Trends: three different people at least, in what the viewer may read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.people.models import Group
from stonechat.posts import actions as posts
from stonechat.posts.models import LinkCard, Post
from stonechat.timelines import queries

Say = Callable[..., Post]


@pytest.fixture
def crowd(alice: Viewer, bob: Viewer, carol: Viewer, olga: Viewer) -> list[Viewer]:
    return [alice, bob, carol, olga]


def test_tags_are_counted_in_people_not_in_posts(crowd: list[Viewer], say: Say) -> None:
    for n in range(9):
        say(crowd[0], f"{n} #loud")
    for person in crowd[:3]:
        say(person, "#common")
    for person in crowd:
        say(person, "#wide")
    assert queries.trending_tags(crowd[0]) == ["wide", "common"]
    assert queries.trending_tags(crowd[0], limit=1, offset=1) == ["common"]


def test_posts_are_counted_in_people_too(crowd: list[Viewer], say: Say) -> None:
    alice, bob, carol, olga = crowd
    post, lone = say(alice, "Good news").pk, say(alice, "Lone").pk
    for person in (bob, carol):
        posts.favourite(person, post)
        posts.boost(person, post)
    for _n in range(5):
        say(bob, "Me again", in_reply_to_id=lone)
        say(alice, "And I", in_reply_to_id=lone)
    assert queries.trending_posts(alice) == []
    say(olga, "Indeed", in_reply_to_id=post)
    assert queries.trending_posts(alice) == [post]


def test_links_are_counted_in_people_too(crowd: list[Viewer], say: Say) -> None:
    link = LinkCard.objects.create(url="https://example.org/x", title="X", fetched_at=clock.now())
    for person in crowd[:2]:
        Post.objects.filter(pk__in=[say(person, f"{n} it").pk for n in range(3)]).update(card=link)
    assert queries.trending_links(crowd[0]) == []
    Post.objects.filter(pk=say(crowd[2], "it").pk).update(card=link)
    [one] = queries.trending_links(crowd[0])
    assert (one.link.url, one.link.title) == ("https://example.org/x", "X")
    assert [(use.posts, use.people) for use in one.history.values()] == [(7, 3)]


def test_last_weeks_talk_has_passed(crowd: list[Viewer], say: Say) -> None:
    with clock.set_to(clock.now() - timedelta(days=8)):
        for person in crowd:
            say(person, "#wide")
    assert queries.trending_tags(crowd[0]) == []


def test_what_one_may_not_read_does_not_trend(
    crowd: list[Viewer], dave: Viewer, erin: Viewer, gina: Viewer, team: Group, say: Say
) -> None:
    alice, _bob, carol, olga = crowd
    for person in crowd[:3]:
        say(person, "#wide")
    assert queries.trending_tags(olga) == ["wide"]
    for stranger in (dave, erin, gina, Viewer.anonymous()):
        assert queries.trending_tags(stranger) == []
    post = say(olga, "Good news").pk
    for person in (alice, carol, crowd[1]):
        posts.favourite(person, post)
    assert queries.trending_posts(carol) == [post]
    assert queries.trending_posts(erin) == []


def test_direct_posts_never_trend(crowd: list[Viewer], say: Say) -> None:
    for person in crowd[:3]:
        say(person, "@olga #whisper", audience="direct")
    assert queries.trending_tags(crowd[3]) == []


def test_trends_ask_a_fixed_number_of_queries(
    crowd: list[Viewer], say: Say, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for person in crowd:
        say(person, "#wide #broad")
    with django_assert_num_queries(1):
        assert len(queries.trending_tags(crowd[0])) == 2
    with django_assert_num_queries(1):
        queries.trending_posts(crowd[0])
    with django_assert_num_queries(1):
        queries.trending_links(crowd[0])
