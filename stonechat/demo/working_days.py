"""When people at the four sites work: holidays, hours, and stepping to the next or last of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from stonechat.demo.cast import SITES

OPENS, CLOSES = time(8, 0), time(17, 30)
DAY = timedelta(days=1)


@cache
def easter(year: int) -> date:
    """Easter Sunday, Gregorian (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def nth(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th such weekday of a month; -1 is the last (Monday is 0)."""
    if n > 0:
        first = date(year, month, 1)
        return first + DAY * ((weekday - first.weekday()) % 7 + 7 * (n - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - DAY
    return last - DAY * ((last.weekday() - weekday) % 7)


def feast(name: str, year: int) -> date:
    """A day that moves, by the name that the stories use for it."""
    return {
        "easter": easter(year),
        "mlk": nth(year, 1, 0, 3),
        "springforward": nth(year, 3, 6, -1),
        "ukaugust": nth(year, 8, 0, -1),
        "labor": nth(year, 9, 0, 1),
        "fallback": nth(year, 10, 6, -1),
        "thanksgiving": nth(year, 11, 3, 4),
    }[name]


@cache
def holidays(country: str, year: int) -> frozenset[date]:
    """Public holidays that fall on weekdays or not, without substitute days."""
    fixed, after_easter, moving = {
        "DE": ("1-1 5-1 10-3 10-31 12-24 12-25 12-26 12-31", (-2, 1, 39, 50), ()),
        "DK": ("1-1 6-5 12-24 12-25 12-26 12-31", (-3, -2, 1, 39, 50), ()),
        "GB": ("1-1 12-25 12-26", (-2, 1), ((5, 0, 1), (5, 0, -1), (8, 0, -1))),
        "US": (
            "1-1 6-19 7-4 12-24 12-25",
            (),
            ((1, 0, 3), (2, 0, 3), (5, 0, -1), (9, 0, 1), (11, 3, 4)),
        ),
    }[country]
    days = [date(year, *map(int, day.split("-"))) for day in fixed.split()]
    days += [easter(year) + DAY * n for n in after_easter]
    days += [nth(year, *rule) for rule in moving]
    return frozenset(days)


@cache
def works(site: str, day: date) -> bool:
    return day.weekday() < 5 and day not in holidays(SITES[site][0], day.year)


@cache
def _zone(site: str) -> ZoneInfo:
    return ZoneInfo(SITES[site][1])


def local(site: str, moment: datetime) -> datetime:
    return moment.astimezone(_zone(site))


def at(site: str, day: date, minute: int) -> datetime:
    """The moment, in UTC, when clocks at a site show this minute of the day."""
    clock = time(minute // 60, minute % 60)
    return datetime.combine(day, clock, tzinfo=_zone(site)).astimezone(UTC)


def next_working_day(site: str, day: date) -> date:
    while not works(site, day):
        day += DAY
    return day


def last_working_day(site: str, day: date) -> date:
    while not works(site, day):
        day -= DAY
    return day


def during_work(site: str, moment: datetime) -> datetime:
    """This moment if the site is at work, else one shortly after it next opens."""
    here = local(site, moment)
    if works(site, here.date()) and OPENS <= here.time() <= CLOSES:
        return moment
    day = here.date() if here.time() < OPENS else here.date() + DAY
    # A different minute for every moment, so that a morning does not begin with a volley.
    return at(site, next_working_day(site, day), 8 * 60 + 2 + here.minute * 5 // 4)


def awake_before(site: str, now: datetime, hours: float, *, weekend: bool = False) -> datetime:
    """`hours` of waking time before now: office hours, or 9 to 19 on days off."""
    left, moment, step = timedelta(hours=hours), now, timedelta(minutes=5)
    while left > timedelta(0):
        moment -= step
        left -= step if _awake(site, moment, weekend) else timedelta(0)
    while not _awake(site, moment, weekend):
        moment -= step
    return moment


def _awake(site: str, moment: datetime, weekend: bool) -> bool:
    here = local(site, moment)
    if weekend:
        return not works(site, here.date()) and 9 <= here.hour < 19
    return works(site, here.date()) and OPENS <= here.time() <= CLOSES
