"""The visibility rule against a second opinion, over random organisations.

`may_read` below says the rule again, in plain Python over plain facts, one person and one post
at a time. Hypothesis makes organisations; the expression must agree with it in both directions,
for lists and for single rows, and must stop agreeing as soon as any one clause is taken out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stonechat.audience import visibility
from stonechat.audience.models import Barrier, Seat, Segment
from stonechat.audience.viewer import Viewer
from stonechat.core.statements import Statement
from stonechat.people.models import Account, Block, Follow, Group, Membership
from stonechat.posts.models import Mention, Post

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PEOPLE, GROUPS, POSTS = 5, 2, 6


@dataclass
class Person:
    guest: bool = False
    suspended: bool = False
    gone: bool = False
    segments: set[int] = field(default_factory=set)

    @property
    def here(self) -> bool:
        return not (self.suspended or self.gone)


@dataclass
class Said:
    author: int
    audience: str
    group: int
    hour: int
    deleted: bool
    named: set[int]
    boost_of: int | None


@dataclass
class Organisation:
    people: list[Person]
    follows: set[tuple[int, int]]
    asked: set[tuple[int, int]]
    blocks: set[tuple[int, int]]
    barrier: bool
    history: list[str]
    joined: dict[tuple[int, int], int]
    posts: list[Said]

    def may_read(self, who: int, number: int) -> bool:
        """The rule of docs/why/0005-audiences.md, said for one person and one post."""
        post = self.posts[number]
        if post.boost_of is not None and not self.may_read(who, post.boost_of):
            return False
        author = self.people[post.author]
        if post.deleted or author.suspended or author.gone:
            return False
        return who == post.author or (
            self.addressed(who, post) and not self.between(who, post.author)
        )

    def addressed(self, who: int, post: Said) -> bool:
        inside = not self.people[who].guest
        if post.audience in {"organisation", "unlisted"}:
            return inside
        if post.audience == "followers":
            return (inside and (who, post.author) in self.follows) or who in post.named
        if post.audience == "group":
            since = self.joined.get((who, post.group))
            return since is not None and (self.history[post.group] == "all" or since <= post.hour)
        return who in post.named

    def between(self, one: int, other: int) -> bool:
        a, b = self.people[one].segments, self.people[other].segments
        walled = self.barrier and ((0 in a and 1 in b) or (1 in a and 0 in b))
        return walled or (one, other) in self.blocks or (other, one) in self.blocks


pairs = st.sets(
    st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)).filter(
        lambda p: p[0] != p[1]
    ),
    max_size=6,
)


@st.composite
def organisations(draw: Any) -> Organisation:
    people = [
        Person(
            guest=draw(st.integers(0, 4)) == 0,
            suspended=draw(st.integers(0, 7)) == 0,
            gone=draw(st.integers(0, 7)) == 0,
            segments=draw(st.sets(st.integers(0, 1))),
        )
        for _ in range(PEOPLE)
    ]
    follows, asked = draw(pairs), draw(pairs)
    joined = draw(
        st.dictionaries(
            st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, GROUPS - 1)), st.integers(0, POSTS)
        )
    )
    return Organisation(
        people,
        follows,
        asked - follows,
        draw(st.one_of(st.just(set()), pairs)),
        draw(st.booleans()),
        draw(st.lists(st.sampled_from(["all", "joining"]), min_size=GROUPS, max_size=GROUPS)),
        joined,
        [draw(said(number)) for number in range(POSTS)],
    )


@st.composite
def said(draw: Any, number: int) -> Said:
    boosts = number > 2 and draw(st.integers(0, 2)) == 0
    audiences = ["organisation", "unlisted", "followers", "group", "direct"]
    return Said(
        author=draw(st.integers(0, PEOPLE - 1)),
        audience=draw(st.sampled_from(audiences[:3] if boosts else audiences)),
        group=draw(st.integers(0, GROUPS - 1)),
        hour=number,
        deleted=draw(st.integers(0, 6)) == 0,
        named=draw(st.sets(st.integers(0, PEOPLE - 1), max_size=2)),
        boost_of=draw(st.integers(0, 2)) if boosts else None,
    )


def build(org: Organisation) -> None:
    """Write an organisation straight into the tables: states that no action would reach too."""
    Account.objects.bulk_create(
        Account(
            id=n + 1,
            username=f"p{n}",
            created_at=START,
            zone="guest" if person.guest else "inside",
            suspended_at=START if person.suspended else None,
            deleted_at=START if person.gone else None,
        )
        for n, person in enumerate(org.people)
    )
    groups = [_group(n, history) for n, history in enumerate(org.history)]
    _relations(org, groups)
    _walls(org)
    for n, post in enumerate(org.posts):
        _post(n, post, groups)


def _group(number: int, history: str) -> Group:
    account = Account.objects.create(
        id=100 + number, kind="group", username=f"g{number}", created_at=START
    )
    return Group.objects.create(account=account, history=history)


def _relations(org: Organisation, groups: list[Group]) -> None:
    def rows(kind: Any, ties: set[tuple[int, int]], **more: Any) -> None:
        kind.objects.bulk_create(
            kind(account_id=a + 1, target_id=b + 1, created_at=START, **more) for a, b in ties
        )

    rows(Follow, org.follows)
    rows(Follow, org.asked, accepted=False)
    rows(Block, org.blocks)
    Membership.objects.bulk_create(
        Membership(group=groups[g], account_id=who + 1, since=at(hour))
        for (who, g), hour in org.joined.items()
    )


def _walls(org: Organisation) -> None:
    segments = [Segment.objects.create(name=f"s{n}") for n in range(2)]
    for n, person in enumerate(org.people):
        for s in person.segments:
            Seat.objects.create(segment=segments[s], account_id=n + 1)
    if org.barrier:
        Barrier.objects.create(one=segments[0], other=segments[1])
        Barrier.objects.create(one=segments[1], other=segments[0])


def _post(number: int, post: Said, groups: list[Group]) -> None:
    Post.objects.create(
        id=number + 1,
        author_id=post.author + 1,
        audience=post.audience,
        group=groups[post.group] if post.audience == "group" else None,
        created_at=at(post.hour),
        deleted_at=at(post.hour) if post.deleted else None,
        root_id=number + 1,
        boost_of_id=None if post.boost_of is None else post.boost_of + 1,
    )
    Mention.objects.bulk_create(Mention(post_id=number + 1, account_id=w + 1) for w in post.named)


def at(hour: int) -> datetime:
    return START + timedelta(hours=hour)


class Asked:
    """The expression in both directions, compiled once with the clauses of this moment."""

    def __init__(self) -> None:
        self.posts = Statement(lambda me: visibility.posts(Viewer.person(me)).values_list("pk"))
        self.readers = Statement(lambda post: visibility.who_may_see(post).values_list("pk"))

    def disagreements(self, org: Organisation) -> Iterator[tuple[str, int, int]]:
        """Where the expression and the second opinion part."""
        for who in range(PEOPLE):
            listed = {id for (id,) in self.posts(who + 1)}
            for number in range(POSTS):
                if ((number + 1) in listed) != org.may_read(who, number):
                    yield "list", who, number
        for number in range(POSTS):
            readers = {id for (id,) in self.readers(number + 1)}
            for who in range(PEOPLE):
                if ((who + 1) in readers) != (org.may_read(who, number) and org.people[who].here):
                    yield "readers", who, number

    def parts_from_the_rule(self, org: Organisation) -> bool:
        """Whether they part anywhere in this organisation, which is gone again afterwards."""
        try:
            with transaction.atomic():
                build(org)
                found = next(self.disagreements(org), None)
                raise _Undo
        except _Undo:
            return found is not None


class _Undo(Exception):
    pass


WHOLE = Asked()

quick = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.django_db
@quick
@given(organisations())
def test_both_directions_agree_with_the_rule(org: Organisation) -> None:
    assert not WHOLE.parts_from_the_rule(org)


CLAUSES = [
    (kind, clause)
    for kind in ("STANDING", "ADMITTING", "REFUSING")
    for clause in getattr(visibility, kind)
]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "clause"), CLAUSES, ids=[c.__name__ for _, c in CLAUSES])
def test_without_any_one_clause_the_difference_is_noticed(
    kind: str, clause: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = [other for other in getattr(visibility, kind) if other is not clause]
    monkeypatch.setattr(visibility, kind, without)
    assert noticed()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["mine", "passed_on"])
def test_without_the_first_and_the_last_clause_too(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything_or_nothing = visibility.NOBODY if name == "mine" else ~visibility.NOBODY
    monkeypatch.setattr(visibility, name, lambda *_: everything_or_nothing)
    assert noticed()


def noticed() -> bool:
    """Whether one of some hundred organisations gives the missing clause away."""
    return any(map(Asked().parts_from_the_rule, some_hundred()))


@cache
def some_hundred() -> list[Organisation]:
    """The same organisations for every clause, made once."""
    made: list[Organisation] = []

    @settings(quick, max_examples=300)
    @given(organisations())
    def collect(org: Organisation) -> None:
        made.append(org)

    collect()
    return made
