"""Gives every line of the stories its moment and its final words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from stonechat.demo import faces
from stonechat.demo.cast import colleague
from stonechat.demo.happenings import Edited, Happening, Picture, Pinned, Poll, Said
from stonechat.demo.script import Line, read
from stonechat.demo.working_days import (
    DAY,
    at,
    awake_before,
    during_work,
    feast,
    last_working_day,
    local,
    next_working_day,
    works,
)

WEEKDAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "de": ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    "da": ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "da": "januar februar marts april maj juni juli august september oktober november december",
}
# Hours in which people write at work, heaviest before ten and after lunch.
HOURS = (8, 9, 9, 9, 10, 10, 11, 12, 13, 13, 14, 14, 15, 15, 16, 16, 17)
NIGHT = timedelta(hours=14)


class Placing:
    """One run over the stories; `now` and `seed` decide everything."""

    def __init__(self, now: datetime, seed: int) -> None:
        self.now = now
        self.seed = seed
        self.floor: dict[str, datetime] = {}

    def rng(self, key: str) -> Random:
        """Chance of its own for each line, so that a new line does not move the others."""
        return Random(f"{self.seed}:{key}")

    def story(self, name: str) -> Iterator[Happening]:
        """A story whose lines say when they are said."""
        for root in read(name):
            yield from self.tree(root, self.moment(root))

    def stock(self) -> Iterator[Happening]:
        """The lines that fit any day, spread over the working days of the year."""
        roots = read("stock")
        self.rng("stock").shuffle(roots)
        days = self._busy_days()
        for index, root in enumerate(roots):
            day = days[int((index + 0.5) * len(days) / len(roots))]
            yield from self.tree(root, self._on(root, self._fit(root, day)))

    def series(self) -> Iterator[Happening]:
        """The lines that come every few weeks on their day, in the order written."""
        for roots in _by_story(read("series")).values():
            for index, root in enumerate(roots):
                back = round((len(roots) - 1 - index) * 52 / len(roots)) * 7
                day = self._weekday(self.now.date() - DAY * (back + 7), root.weekday or 0)
                week, version = local("Hamburg", self._on(root, day)), _version(len(roots) - index)
                words = root.text.replace("{w}", str(week.isocalendar().week))
                root.text = words.replace("{v}", version)
                yield from self.tree(root, self._on(root, day))

    def fresh(self) -> Iterator[Happening]:
        """What was said in the last waking hours before now, whatever day it is."""
        weekend = 0.5
        for root in read("fresh"):
            site = colleague(root.author).site
            if root.weekend:
                moment = awake_before(site, self.now, weekend, weekend=True)
                weekend += 0.7
            else:
                moment = awake_before(site, self.now, root.hours_back or 1.0)
            # Not at the full five minutes at which the step back has landed.
            yield from self.tree(
                root, moment - timedelta(seconds=self.rng(root.key).randint(5, 280))
            )

    def moment(self, root: Line) -> datetime:
        """When a root with a day of its own is said, never after now."""
        moment = self._on(root, self._day(root))
        if root.days_ago is not None:
            earliest = self.floor.get(root.story, moment)
            moment = max(moment, during_work(colleague(root.author).site, earliest))
        if moment > self.now:
            back = self.rng(root.key).uniform(1, 6)
            moment = awake_before(colleague(root.author).site, self.now, back)
        self.floor[root.story] = moment + timedelta(minutes=17)
        return moment

    def tree(self, line: Line, moment: datetime, parent: str | None = None) -> Iterator[Happening]:
        """A line and its answers from this moment on; what would fall after now is not said yet."""
        if moment > self.now:
            return
        said = self._said(line, moment, parent)
        yield said
        for delay, text in line.edits:
            if moment + delay <= self.now:
                yield Edited(said.key, moment + delay, self._words(line, text, moment))
        if line.pin:
            yield Pinned(said.key, min(moment + timedelta(minutes=2), self.now))
        previous = moment
        for answer in line.answers:
            previous = self._after(answer, moment, previous)
            yield from self.tree(answer, previous, said.key)

    def _said(self, line: Line, moment: datetime, parent: str | None) -> Said:
        return Said(
            key=line.label or line.key,
            author=line.author,
            at=moment,
            text=self._words(line, line.text, moment),
            audience=line.audience,
            language=line.language,
            reply_to=parent,
            quote=line.quote or None,
            poll=Poll(line.options, moment + timedelta(days=3)) if line.options else None,
            picture=self._picture(line),
            intent=line.intent,
        )

    def _picture(self, line: Line) -> Picture | None:
        if not line.picture:
            return None
        return Picture(line.picture, faces.SCENES[line.picture][line.language])

    def _after(self, answer: Line, parent: datetime, previous: datetime) -> datetime:
        if answer.delay is not None:
            return max(parent + answer.delay, previous + timedelta(seconds=50))
        median = 24 if answer.depth == 1 else 9
        wait = median * self.rng(answer.key).lognormvariate(0, 0.8)
        moment = previous + timedelta(minutes=1 + min(wait, 400))
        if answer.weekend or answer.audience in ("direct", "followers"):
            return moment
        return during_work(colleague(answer.author).site, moment)

    def _on(self, root: Line, day: date) -> datetime:
        site, rng = colleague(root.author).site, self.rng(root.key)
        minute = root.minute
        if minute is None:
            minute = rng.choice(HOURS) * 60 + rng.randint(0, 59)
        return at(site, day, min(minute, 17 * 60 + 28)) + timedelta(seconds=rng.randint(0, 59))

    def _day(self, root: Line) -> date:
        site, today = colleague(root.author).site, self.now.date()
        if root.month_day:
            day = date(today.year, *root.month_day)
            day = day if day <= today else date(today.year - 1, *root.month_day)
        elif root.feast:
            name, offset = root.feast
            day = feast(name, today.year) + DAY * offset
            day = day if day <= today else feast(name, today.year - 1) + DAY * offset
        else:
            return self._days_ago(root, today - DAY * (root.days_ago or 0))
        # Somebody who gives both the day and the hour means it: the on-call desk at Christmas.
        return day if root.minute else next_working_day(site, day)

    def _days_ago(self, root: Line, day: date) -> date:
        site = colleague(root.author).site
        if root.weekday is not None:
            return self._weekday(day, root.weekday)
        later = next_working_day(site, day)
        return later if later <= self.now.date() else last_working_day(site, day)

    def _weekday(self, day: date, weekday: int) -> date:
        day += DAY * ((weekday - day.weekday()) % 7)
        return next_working_day("Hamburg", day)

    def _fit(self, root: Line, day: date) -> date:
        """The nearest day from this one on that suits the months, the weekday and the site."""
        site = colleague(root.author).site
        first, last = root.months or (1, 12)
        limit = self.now.date() - DAY
        for step in range(730):
            there = day + DAY * step
            there = there if there <= limit else there - DAY * 364
            right_day = root.weekday is None or there.weekday() == root.weekday
            if right_day and first <= there.month <= last and works(site, there):
                return there
        return last_working_day(site, day)

    def _busy_days(self) -> list[date]:
        """Working days, twice each, but once in the weeks when most are away."""
        days = [self.now.date() - DAY * n for n in range(361, 0, -1)]
        open_days = [d for d in days if works("Hamburg", d)]
        return [d for d in open_days for _ in range(1 if _lull(d) else 2)]

    def _words(self, line: Line, text: str, moment: datetime) -> str:
        here = local(colleague(line.author).site, moment).date()

        def put(match: re.Match[str]) -> str:
            return _spoken(line, match[1], here, int(match[2] or 0))

        return re.sub(r"\{(day|date|next|year)(?:\+(\d+))?\}", put, text)


def _spoken(line: Line, kind: str, here: date, offset: int) -> str:
    """A date as one says it: a weekday within the week, else with day and month."""
    if kind in ("next", "year"):
        return str(here.year + (kind == "next"))
    site = colleague(line.author).site
    day = next_working_day(site, here + DAY * offset)
    full = _calendar(line.language, site, day)
    weekday = WEEKDAYS[line.language][day.weekday()]
    if kind == "date":
        return full
    return weekday if (day - here).days < 7 else f"{weekday} {full}"


def _calendar(language: str, site: str, day: date) -> str:
    month = MONTHS[language].split()[day.month - 1]
    if language != "en":
        return f"{day.day}. {month}"
    return f"{month} {day.day}" if site == "Boston" else f"{day.day} {month}"


def _by_story(roots: list[Line]) -> dict[str, list[Line]]:
    stories: dict[str, list[Line]] = {}
    for root in roots:
        stories.setdefault(root.story, []).append(root)
    return stories


def _version(back: int) -> str:
    """Release numbers end at 4.18; before 4.0 came 3.31."""
    return f"4.{19 - back}" if back <= 19 else f"3.{51 - back}"


def _lull(day: date) -> bool:
    """High summer, and the days around Christmas and New Year."""
    return (7, 6) <= (day.month, day.day) <= (8, 14) or (day.month, day.day) >= (12, 21)
