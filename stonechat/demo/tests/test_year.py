"""The demo year: complete, believable in its rhythm, and the same each time."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from stonechat.demo.cast import GROUPS, GUESTS, SYSTEMS, members, people
from stonechat.demo.crowd import apart
from stonechat.demo.happenings import Followed, Happening, Joined, Liked, Said
from stonechat.demo.year import year

SUNDAY_NIGHT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
SPRING = datetime(2027, 3, 10, 15, 0, tzinfo=UTC)
HANDLES = {*people(), *GUESTS, *SYSTEMS}


@pytest.fixture(scope="module", params=[SUNDAY_NIGHT, TUESDAY, SPRING], ids=str)
def happened(request: pytest.FixtureRequest) -> tuple[datetime, list[Happening]]:
    return request.param, list(year(request.param))


@pytest.fixture(scope="module")
def said(happened: tuple[datetime, list[Happening]]) -> list[Said]:
    return [one for one in happened[1] if isinstance(one, Said)]


def test_sixty_one_people_who_all_report_to_somebody_we_know() -> None:
    assert len(people()) == 61
    assert {person.manager for person in people().values()} <= set(people())
    assert set(members(GROUPS["everyone"])) == set(people())


def test_the_same_year_for_the_same_now_and_another_for_another_seed() -> None:
    assert list(year(TUESDAY)) == list(year(TUESDAY))
    assert list(year(TUESDAY)) != list(year(TUESDAY, seed=2))


def test_oldest_first_and_nothing_after_now(happened: tuple[datetime, list[Happening]]) -> None:
    now, happenings = happened
    moments = [one.at for one in happenings]
    assert moments == sorted(moments)
    assert now - timedelta(days=367) < moments[0]
    assert moments[-1] <= now


def test_about_two_thousand_posts_in_three_languages_on_working_days(said: list[Said]) -> None:
    languages = Counter(one.language for one in said)
    weekend = sum(one.at.weekday() >= 5 for one in said)
    assert 1900 <= len(said) <= 2300
    assert min(languages[code] for code in ("en", "de", "da")) > len(said) / 10
    assert weekend < len(said) * 0.06


def test_everybody_says_something(said: list[Said]) -> None:
    assert {one.author for one in said} == HANDLES


def test_there_is_something_fresh_whatever_day_it_is(
    happened: tuple[datetime, list[Happening]], said: list[Said]
) -> None:
    day_ago = happened[0] - timedelta(days=1)
    assert sum(one.at > day_ago for one in said) >= 8


def test_replies_and_quotes_follow_what_they_are_about(said: list[Said]) -> None:
    spoken = {one.key: one for one in said}
    assert len(spoken) == len(said)
    for one in said:
        for other in (one.reply_to, one.quote):
            assert other is None or spoken[other].at < one.at


def test_a_reply_keeps_to_the_audience_of_its_thread(said: list[Said]) -> None:
    spoken = {one.key: one for one in said}
    assert all(one.audience == spoken[one.reply_to].audience for one in said if one.reply_to)


def test_nobody_speaks_across_the_wall(said: list[Said]) -> None:
    spoken = {one.key: one for one in said}
    for one in said:
        above = one.reply_to
        while above:
            assert not apart(one.author, spoken[above].author)
            above = spoken[above].reply_to


def test_no_text_comes_twice_except_from_machines(said: list[Said]) -> None:
    texts = Counter(one.text for one in said if one.intent != "machine")
    assert [text for text, times in texts.items() if times > 1] == []


def test_texts_are_finished_and_mention_only_people_there_are(said: list[Said]) -> None:
    for one in said:
        assert len(one.text) <= 500
        assert not re.search(r"[{}]", one.text)
        assert set(re.findall(r"(?<![\w„])@(\w+)", one.text)) <= HANDLES


def test_one_thread_of_sixty_and_some_that_go_deep(said: list[Said]) -> None:
    root: dict[str, str] = {}
    depth: Counter[str] = Counter()
    for one in said:
        root[one.key] = root[one.reply_to] if one.reply_to else one.key
        depth[one.key] = depth[one.reply_to] + 1 if one.reply_to else 0
    assert Counter(root.values())["strange"] > 60
    assert max(depth.values()) >= 4


def test_whoever_writes_in_a_group_has_joined_it(
    happened: tuple[datetime, list[Happening]], said: list[Said]
) -> None:
    inside = {(one.who, one.group): one.at for one in happened[1] if isinstance(one, Joined)}
    for one in said:
        kind, _, group = one.audience.partition(":")
        if kind == "group" and one.author != GROUPS[group].owner:
            assert inside[(one.author, group)] < one.at


def test_mara_has_a_full_home(happened: tuple[datetime, list[Happening]], said: list[Said]) -> None:
    follows = {one.whom for one in happened[1] if isinstance(one, Followed) and one.who == "mara"}
    recent = happened[0] - timedelta(days=10)
    assert len(follows) > 40
    assert sum(one.at > recent and one.author in follows for one in said) > 50
    assert sum("@mara" in one.text for one in said) >= 10


def test_likes_come_after_their_post(
    happened: tuple[datetime, list[Happening]], said: list[Said]
) -> None:
    spoken = {one.key: one for one in said}
    likes = [one for one in happened[1] if isinstance(one, Liked)]
    assert likes
    assert all(one.at > spoken[one.key].at for one in likes)
