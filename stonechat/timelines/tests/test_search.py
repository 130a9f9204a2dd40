"""Search: words, phrases and operators, in what the viewer may read, newest first."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.db.models import Q
from pytest_django import DjangoAssertNumQueries

from stonechat.audience.viewer import Viewer
from stonechat.config import wiring
from stonechat.core import clock
from stonechat.core.pages import Cursor
from stonechat.people.models import Group, User
from stonechat.posts import actions as posts
from stonechat.posts.actions import PollWords
from stonechat.posts.models import Post
from stonechat.timelines import queries

Say = Callable[..., Post]


def found(viewer: Viewer, q: str, **asked: object) -> list[int]:
    return queries.search(viewer, q, asked.pop("cursor", Cursor()), **asked)  # type: ignore[arg-type]


def test_every_word_must_be_there_newest_first(alice: Viewer, bob: Viewer, say: Say) -> None:
    one = say(alice, "The tariff of Hull changed").pk
    two = say(alice, "Hull: a new tariff").pk
    say(alice, "Only Hull")
    assert found(bob, "hull TARIFF") == [two, one]
    assert found(bob, '"new tariff"') == [two]
    assert found(bob, "tariff -changed") == [two]
    assert found(bob, 'hull -"new tariff" tariff') == [one]


def test_who_may_not_read_a_post_does_not_find_it(
    alice: Viewer, bob: Viewer, carol: Viewer, dave: Viewer, erin: Viewer, gina: Viewer,
    team: Group, say: Say,
) -> None:  # fmt: skip
    inside = say(alice, "xylophone for @team", audience="followers").pk
    open_to_all = say(alice, "xylophone for all").pk
    assert found(bob, "xylophone") == [open_to_all]
    assert found(carol, "xylophone") == [open_to_all, inside]
    assert found(gina, "xylophone") == [inside]
    for stranger in (dave, erin, Viewer.anonymous()):
        assert found(stranger, "xylophone") == []
        assert found(stranger, "from:alice") == []


def test_what_was_edited_away_or_deleted_is_not_found(alice: Viewer, say: Say) -> None:
    post = say(alice, "xylophone")
    posts.edit(alice, post.pk, text="marimba")
    assert found(alice, "xylophone") == []
    assert found(alice, "marimba") == [post.pk]
    posts.delete(alice, post.pk)
    assert found(alice, "marimba") == []


@pytest.fixture
def shelf(alice: Viewer, bob: Viewer, carol: Viewer, team: Group, say: Say) -> dict[str, int]:
    """One post of each kind, the word `shelf` in all of them."""
    with clock.set_to(datetime(2026, 3, 5, 23, 30, tzinfo=UTC)):
        old = say(alice, "shelf in March", language="de")
    plain = say(bob, "shelf")
    made = {
        "old": old,
        "plain": plain,
        "reply": say(carol, "shelf indeed", in_reply_to_id=plain.pk),
        "quote": say(carol, "shelf quoted", quoted_id=plain.pk),
        "poll": say(bob, "shelf?", poll=PollWords(["yes", "no"], 600)),
        "link": say(bob, "shelf https://example.org/shelf"),
        "warned": say(bob, "shelf", spoiler="careful"),
        "question": say(bob, "shelf where", intent="question"),
        "team": say(carol, "shelf for @team", audience="followers"),
    }
    posts.bookmark(alice, made["plain"].pk)
    posts.favourite(alice, made["poll"].pk)
    return {name: post.pk for name, post in made.items()}


OPERATORS = [
    ("from:carol", ["team", "quote", "reply"]),
    ("from:@CAROL -is:reply", ["team", "quote"]),
    ("from:me", ["old"]),
    ("from:nobody", []),
    ("in:team", ["team"]),
    ("in:nowhere", []),
    ("in:library", ["poll", "plain", "old"]),
    ("has:poll", ["poll"]),
    ("has:link", ["link"]),
    ("has:media", []),
    ("is:reply", ["reply"]),
    ("is:quote", ["quote"]),
    ("is:sensitive", ["warned"]),
    ("is:question", ["question"]),
    ("is:bookmarked", ["plain"]),
    ("IS:favourite", ["poll"]),
    ("language:de", ["old"]),
    ("before:2026-03-06", ["old"]),
    ("during:2026-03-05", ["old"]),
    ("during:2026-03-06", []),
    ("shelf before:2026-03-05", []),
    ('from:carol "shelf indeed"', ["reply"]),
]


def test_operators(alice: Viewer, shelf: dict[str, int]) -> None:
    names = {post: name for name, post in shelf.items()}
    answers = {q: [names[post] for post in found(alice, q)] for q, _names in OPERATORS}
    assert answers == dict(OPERATORS)
    assert shelf["old"] not in found(alice, "shelf after:2026-03-05")
    assert shelf["old"] in found(alice, "shelf after:2026-03-04")


def test_a_day_is_one_of_the_readers_own_clock(alice: Viewer, shelf: dict[str, int]) -> None:
    User.objects.filter(account_id=alice.account_id).update(time_zone="Europe/Berlin")
    assert found(alice, "during:2026-03-05") == []
    assert found(alice, "during:2026-03-06") == [shelf["old"]]


def test_files_are_found_by_kind(alice: Viewer, say: Say) -> None:
    from stonechat.posts.models import Media

    post = say(alice, "shelf")
    Media.objects.create(
        id=1,
        owner_id=alice.account_id,
        post=post,
        kind="unknown",
        mime="x/y",
        created_at=clock.now(),
    )
    assert found(alice, "has:file") == found(alice, "has:media shelf") == [post.pk]
    assert found(alice, "has:image") == []


def test_what_nobody_knows_as_an_operator_is_a_word(alice: Viewer, say: Say) -> None:
    post = say(alice, "see ticket:1234 and is:strange before:noon at 10:30").pk
    for q in ("ticket:1234", "is:strange", "before:noon", "10:30", "from:", 'ticket:"1234"'):
        assert found(alice, q) == ([post] if q != "from:" else []), q


@pytest.mark.parametrize(
    "q",
    ["", "   ", '"', '""', "-", "_", "!!!", "*", "a\0b", "\ud800", "AND OR NOT", "(", '-""', "^x"],
)
def test_strange_searches_find_nothing_and_break_nothing(alice: Viewer, say: Say, q: str) -> None:
    say(alice, "Hello")
    assert found(alice, q) == []


def test_a_part_of_a_room_above_adds_operators(
    alice: Viewer, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    win, _other = say(alice, "shelf").pk, say(alice, "shelf")

    def being(viewer: Viewer, value: str) -> Q | None:
        return Q(pk=win) if value == "win" else None

    assert found(alice, "shelf is:win") == []
    monkeypatch.setattr(wiring, "PARTS", [SimpleNamespace(search_operators={"is": being})])
    assert found(alice, "shelf is:win") == [win]
    assert found(alice, "shelf is:reply") == []


def test_pages_lie_beside_each_other(alice: Viewer, bob: Viewer, say: Say) -> None:
    ids = [say(alice, f"shelf {n}").pk for n in range(5)][::-1]
    say(bob, "shelf")
    mine = {"account_id": alice.account_id}
    assert found(alice, "shelf", cursor=Cursor(2), **mine) == ids[:2]
    assert found(alice, "shelf", cursor=Cursor(2), offset=2, **mine) == ids[2:4]
    assert found(alice, "shelf", cursor=Cursor(2, max_id=ids[1]), **mine) == ids[2:4]
    assert found(alice, "shelf", cursor=Cursor(2, min_id=ids[4]), **mine) == ids[2:4]


def test_a_page_asks_one_query(
    alice: Viewer, say: Say, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(5):
        say(alice, f"shelf {n}")
    with django_assert_num_queries(1):
        assert len(found(alice, "shelf from:alice -lamp")) == 5


def test_a_long_search_takes_no_longer(alice: Viewer, say: Say) -> None:
    say(alice, "shelf")
    began = time.perf_counter()
    for q in ("a" * 100_000, "a:" * 50_000, '"' * 100_000, "-" * 100_000, "x " * 50_000):
        assert found(alice, q) == []
    assert time.perf_counter() - began < 5


def test_addresses_of_ours_lead_there(
    alice: Viewer, bob: Viewer, dave: Viewer, say: Say, settings: object
) -> None:
    settings.STONECHAT_URL = "https://chat.example.org"  # type: ignore[attr-defined]
    post = say(alice, "Hello").pk
    page = f"https://chat.example.org/@alice/{post}"
    assert queries.addressed(bob, page) == queries.Address(post_id=post)
    assert queries.addressed(dave, page) == queries.Address()
    there = queries.Address(account_id=alice.account_id)
    for q in (
        "https://chat.example.org/@alice",
        "@alice@chat.example.org",
        "alice@chat.example.org",
    ):
        assert queries.addressed(bob, q) == there
    assert queries.addressed(bob, "@alice@elsewhere.org") == queries.Address()
    for q in ("https://elsewhere.org/@alice", "alice", "https://chat.example.org/about", "@alice"):
        assert queries.addressed(bob, q) is None
