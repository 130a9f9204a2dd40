"""Tags: followed, counted in what the viewer could list, shown on profiles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.models import Fact
from stonechat.core.pages import Cursor
from stonechat.people.models import Group
from stonechat.posts import actions as posts
from stonechat.posts.models import Post, Tag
from stonechat.timelines import actions, queries
from stonechat.timelines.cards import featured_tag_cards, tag_cards

Say = Callable[..., Post]


def test_a_followed_tags_posts_come_home(alice: Viewer, carol: Viewer, say: Say) -> None:
    actions.follow_tag(carol, "Hull")
    post = say(alice, "Moved to #HULL")
    assert queries.home(carol, Cursor()) == [post.pk]
    assert queries.followed_tags(carol, Cursor()).items == ["hull"]
    actions.unfollow_tag(carol, "hull")
    assert queries.home(carol, Cursor()) == []


def test_following_is_a_signal_and_happens_once(alice: Viewer) -> None:
    for _twice in range(2):
        actions.follow_tag(alice, "hull")
    for _twice in range(2):
        actions.unfollow_tag(alice, "hull")
    facts = Fact.objects.filter(name__startswith="tag.").order_by("id")
    assert list(facts.values_list("name", "kind")) == [
        ("tag.followed", "signal"),
        ("tag.unfollowed", "signal"),
    ]


@pytest.mark.parametrize("name", ["", "two words", "2027", "a#b", "x\0y", "https://x.org"])
def test_words_that_no_tag_can_be_are_not_found(alice: Viewer, name: str) -> None:
    for ask in (actions.follow_tag, actions.unfollow_tag, queries.featured_id):
        with pytest.raises(Tag.DoesNotExist):
            ask(alice, name)
    assert not Tag.objects.exists()


def test_a_week_counts_posts_and_distinct_people(alice: Viewer, bob: Viewer, say: Say) -> None:
    today = datetime(2026, 7, 10, 12, tzinfo=UTC)
    with clock.set_to(today - timedelta(days=9)):
        say(alice, "Too old #hull")
    with clock.set_to(today - timedelta(days=2)):
        for n in range(3):
            say(alice, f"{n} #hull #tariff")
        say(bob, "#hull")
        say(bob, "Psst #hull", audience="direct")
    with clock.set_to(today):
        hull, tariff = tag_cards(bob, ["hull", "tariff"])
    assert [(day.posts, day.people) for day in hull.days] == [(0, 0)] * 2 + [(4, 2)] + [(0, 0)] * 4
    assert (tariff.days[2].posts, tariff.days[2].people) == (3, 1)
    assert hull.days[0].begins == datetime(2026, 7, 10, tzinfo=UTC)


def test_who_reads_no_post_with_a_tag_learns_nothing_of_it(
    alice: Viewer, carol: Viewer, bob: Viewer, erin: Viewer, team: Group, say: Say
) -> None:
    say(alice, "For @team only: #SecretMerger", audience="followers")
    assert tag_cards(carol, ["secretmerger"])[0].name == "SecretMerger"
    unknown = tag_cards(bob, ["nobodywrotethis"])[0]
    secret = tag_cards(bob, ["secretmerger"])[0]
    assert (secret.id, secret.days, secret.name) == (0, unknown.days, "secretmerger")
    assert queries.tags_like(bob, "#secret") == []
    assert queries.tags_like(erin, "secret") == []
    assert queries.tags_like(carol, "#Secret") == ["secretmerger"]
    actions.follow_tag(bob, "secretmerger")
    assert tag_cards(bob, ["secretmerger"])[0].name == "secretmerger"


def test_a_featured_tag_counts_what_the_reader_could_list(
    alice: Viewer, bob: Viewer, dave: Viewer, say: Say
) -> None:
    posts.feature_tag(alice, "Hull")
    say(alice, "One #hull")
    last = say(alice, "Two #hull", audience="followers")
    say(bob, "Not hers #hull")
    assert [(card.name, card.posts) for card in featured_tag_cards(bob, alice.account_id)] == [
        ("Hull", 2)
    ]
    assert featured_tag_cards(bob, alice.account_id)[0].last_at == last.created_at
    assert [card.posts for card in featured_tag_cards(dave, alice.account_id)] == [0]


def test_suggested_are_the_tags_one_uses_most(alice: Viewer, bob: Viewer, say: Say) -> None:
    say(alice, "#hull #tariff")
    say(alice, "#tariff")
    say(bob, "#bobs")
    posts.feature_tag(alice, "hull")
    assert queries.tags_to_feature(alice) == ["tariff"]


def test_a_page_of_tags_asks_a_fixed_number_of_queries(
    alice: Viewer, bob: Viewer, say: Say, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    names = [f"tag{chr(97 + n)}" for n in range(20)]
    say(alice, " ".join(f"#{name}" for name in names))
    with django_assert_num_queries(2):
        assert len(tag_cards(bob, names[:1])) == 1
    with django_assert_num_queries(2):
        assert {card.days[0].posts for card in tag_cards(bob, names)} == {1}
