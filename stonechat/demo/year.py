"""A year at Marlhaven up to `now`, as a chronological stream of happenings; pure and repeatable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from stonechat.demo.cast import GUESTS
from stonechat.demo.crowd import Crowd
from stonechat.demo.happenings import Happening, Joined, Said
from stonechat.demo.machines import Failure, builds, papers
from stonechat.demo.placing import Placing
from stonechat.demo.script import STORIES, read, walk

LENGTH = timedelta(days=366)
UNDATED = {"stock", "series", "builds", "fresh"}


def year(now: datetime, seed: int = 1) -> Iterator[Happening]:
    """Everything from a year ago until `now` (aware), oldest first, the same for the same input."""
    now = now.astimezone(UTC).replace(microsecond=0)
    happenings = [*_spoken(Placing(now, seed)), *_reported(Placing(now, seed))]
    said = sorted((h for h in happenings if isinstance(h, Said)), key=lambda h: h.at)
    crowd = Crowd(now, Random(f"{seed}:crowd"), said)
    happenings += [h for h in crowd.arrivals(now - LENGTH, _guests_from(said)) if h.at <= now]
    happenings += crowd.reactions()
    # A stable sort: what was made first stays first where two moments are equal.
    yield from sorted(happenings, key=_order)


def _spoken(placing: Placing) -> Iterator[Happening]:
    for name in STORIES:
        if name not in UNDATED:
            yield from placing.story(name)
    yield from placing.stock()
    yield from placing.series()
    yield from placing.fresh()


def _reported(placing: Placing) -> Iterator[Happening]:
    """Machine posts up to now, and what the people who broke a build answered."""
    answers = read("builds")
    names = [line.author for line in answers]
    waiting = iter(answers)
    for report in builds(placing.now, placing.rng("anvil"), names):
        if isinstance(report, Failure):
            yield report.said
            answer = next(waiting)
            for line in walk([answer]):
                line.audience = report.said.audience
            moment = report.said.at + timedelta(minutes=placing.rng(answer.key).randint(2, 25))
            yield from placing.tree(answer, moment, report.said.key)
        elif report.at <= placing.now:
            yield report
    yield from (p for p in papers(placing.now, placing.rng("papertray")) if p.at <= placing.now)


def _guests_from(said: list[Said]) -> datetime:
    """A little before a guest first speaks."""
    return min(h.at for h in said if h.author in GUESTS) - timedelta(hours=1)


def _order(happening: Happening) -> tuple[datetime, int]:
    """By time; at the same moment groups come before follows, and posts before what is about them."""
    rank = 0 if isinstance(happening, Joined) else 1 if isinstance(happening, Said) else 2
    return happening.at, rank
