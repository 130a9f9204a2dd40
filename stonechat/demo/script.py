"""Reads the story files: who says what, in which language, to whom, and roughly when.

A line is `author marks | text`; two spaces of indent answer the line above. Marks: `-12` days
ago, `12-24` a day of the year, `@easter-3` a moving feast, `fri`, `m7-8` months, `10:15` local
time, `h2.5` waking hours ago, `+20m` after what it answers, `de`, `ask`, `in:payments`, `pic:quay`,
`key:x`, `quote:x`, `pin`. `* a; b` are the choices of a poll, `~ +2h | text` is an edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from importlib.resources import files

INTENTS = {"ask", "fyi", "idea", "thanks", "announce", "answer"}
LANGUAGES = {"en", "de", "da"}
WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4}
STORIES = [
    "returns",
    "queue",
    "outage",
    "instant",
    "hull",
    "aarhus",
    "hamburg",
    "boston",
    "product",
    "rooms",
    "fridays",
    "seasons",
    "stock",
    "series",
    "builds",
    "fresh",
]
_LINE = re.compile(r"^( *)(\w+|~)((?: \S+)*?) \| (.+)$")


@dataclass
class Line:
    """One line of a story with its marks, and the lines that answer it."""

    key: str
    story: str
    author: str
    text: str
    language: str
    depth: int
    audience: str = "organisation"
    intent: str = ""
    days_ago: int | None = None
    month_day: tuple[int, int] | None = None
    feast: tuple[str, int] | None = None
    weekday: int | None = None
    months: tuple[int, int] | None = None
    minute: int | None = None
    hours_back: float | None = None
    delay: timedelta | None = None
    picture: str = ""
    label: str = ""
    quote: str = ""
    pin: bool = False
    weekend: bool = False
    options: tuple[str, ...] = ()
    edits: list[tuple[timedelta, str]] = field(default_factory=list)
    answers: list[Line] = field(default_factory=list)


@dataclass
class _State:
    """What the directives above a line have set for it."""

    file: str
    story: str = ""
    lang: str = "en"
    audience: str = "organisation"
    series: str = ""
    weekend: bool = False

    def heed(self, directive: str) -> None:
        word, _, rest = directive.partition(" ")
        if word == "story":
            self.story = f"{self.file}:{rest}"
        elif word == "lang":
            self.lang = rest
        elif word == "in":
            self.audience = "organisation" if rest == "-" else f"group:{rest}"
        elif word == "series":
            self.series, self.story = rest, f"series {rest}"
        elif word in ("weekend", "direct", "followers"):
            self.weekend = word == "weekend"
            self.audience = "organisation" if self.weekend else word


def read(story: str) -> list[Line]:
    """The root lines of one story file, each with the tree of its answers."""
    text = files("stonechat.demo.stories").joinpath(f"{story}.txt").read_text(encoding="utf-8")
    state, roots, path = _State(story), list[Line](), list[Line]()
    for number, row in enumerate(text.splitlines(), 1):
        if row.startswith("%"):
            state.heed(row[1:].strip())
        elif row.strip().startswith("*"):
            path[-1].options = tuple(o.strip() for o in row.strip()[1:].split(";"))
        elif row.strip():
            _take(state, row, f"{story}-{number}", roots, path)
    return roots


def _take(state: _State, row: str, key: str, roots: list[Line], path: list[Line]) -> None:
    match = _LINE.match(row)
    if match is None:
        raise ValueError(f"{key}: write `author marks | text`, not {row!r}")
    depth, author, marks = len(match[1]) // 2, match[2], match[3].split()
    if author == "~":
        path[depth - 1].edits.append((_delay(marks[0]), match[4]))
        return
    line = Line(key, state.story or state.file, author, match[4], state.lang, depth)
    line.audience, line.weekend = state.audience, state.weekend
    del path[depth:]
    for mark in (*(state.series.split() if depth == 0 else ()), *marks):
        _apply(line, mark)
    if path:
        line.audience = path[0].audience
    (path[-1].answers if path else roots).append(line)
    path.append(line)


def _delay(mark: str) -> timedelta:
    unit = {"m": "minutes", "h": "hours", "d": "days"}[mark[-1]]
    return timedelta(**{unit: int(mark[1:-1])})


def _apply(line: Line, mark: str) -> None:
    """Set what one mark says; a mark nobody knows is a mistake in the story."""
    name, _, value = mark.partition(":")
    if mark in LANGUAGES:
        line.language = mark
    elif mark in INTENTS:
        line.intent = mark
    elif mark in WEEKDAYS:
        line.weekday = WEEKDAYS[mark]
    elif mark == "pin":
        line.pin = True
    elif name in ("in", "pic", "key", "quote"):
        _point(line, name, value)
    elif mark != "poll":
        _time(line, mark)


def _point(line: Line, name: str, value: str) -> None:
    if name == "in":
        line.audience = f"group:{value}"
    else:
        setattr(line, {"pic": "picture", "key": "label", "quote": "quote"}[name], value)


def _time(line: Line, mark: str) -> None:
    if re.fullmatch(r"-\d+", mark):
        line.days_ago = int(mark[1:])
    elif re.fullmatch(r"\d\d:\d\d", mark):
        line.minute = int(mark[:2]) * 60 + int(mark[3:])
    elif re.fullmatch(r"\d\d-\d\d", mark):
        line.month_day = (int(mark[:2]), int(mark[3:]))
    elif found := re.fullmatch(r"@([a-z]+)([+-]\d+)?", mark):
        line.feast = (found[1], int(found[2] or 0))
    elif found := re.fullmatch(r"m(\d+)(?:-(\d+))?", mark):
        line.months = (int(found[1]), int(found[2] or found[1]))
    elif re.fullmatch(r"h[\d.]+", mark):
        line.hours_back = float(mark[1:])
    elif re.fullmatch(r"\+\d+[mhd]", mark):
        line.delay = _delay(mark)
    else:
        raise ValueError(f"{line.key}: nobody knows the mark {mark!r}")


def walk(lines: list[Line]) -> Iterator[Line]:
    """Every line of a tree, parents first."""
    for line in lines:
        yield line
        yield from walk(line.answers)
