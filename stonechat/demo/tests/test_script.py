"""The story files can be read, and a mistake in one is named with its line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from stonechat.demo.cast import GUESTS, people
from stonechat.demo.faces import SCENES
from stonechat.demo.script import STORIES, Line, _State, _take, read, walk
from stonechat.demo.working_days import easter, holidays, nth, works


@pytest.mark.parametrize("story", STORIES)
def test_every_line_names_an_author_and_a_picture_we_have(story: str) -> None:
    lines = list(walk(read(story)))
    assert lines
    assert {line.author for line in lines} <= {*people(), *GUESTS}
    assert {line.picture for line in lines} <= {"", *SCENES}


def test_marks_set_what_they_say() -> None:
    roots: list[Line] = []
    row = "mara -12 09:15 da ask in:payments pic:quay key:x pin | Er det her sandt?"
    _take(_State("story"), row, "story-1", roots, [])
    line = roots[0]
    assert (line.days_ago, line.minute, line.language, line.intent) == (12, 555, "da", "ask")
    assert (line.audience, line.picture, line.label, line.pin) == (
        "group:payments",
        "quay",
        "x",
        True,
    )


def test_an_indented_line_answers_the_one_above() -> None:
    roots: list[Line] = []
    path: list[Line] = []
    for n, row in enumerate(("mara in:tea | Tea?", "  uwe de +20m | Ja.", "    mara | Good.")):
        _take(_State("story"), row, f"story-{n}", roots, path)
    answer = roots[0].answers[0]
    assert answer.delay == timedelta(minutes=20)
    assert answer.audience == "group:tea"
    assert answer.answers[0].depth == 2


@pytest.mark.parametrize("row", ["mara no bar here", "mara sometime | Hello."])
def test_a_mistake_names_its_line(row: str) -> None:
    with pytest.raises(ValueError, match="story-7"):
        _take(_State("story"), row, "story-7", [], [])


def test_holidays_of_four_countries() -> None:
    assert easter(2026) == date(2026, 4, 5)
    assert easter(2027) == date(2027, 3, 28)
    assert nth(2026, 11, 3, 4) == date(2026, 11, 26)
    assert date(2026, 8, 31) in holidays("GB", 2026)
    assert not works("Hamburg", date(2026, 5, 1))
    assert works("Hull", date(2026, 5, 1))
