"""What everybody else does about a post: like, pass on, bookmark, vote; and who follows whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from random import Random

from stonechat.demo.cast import BARRIERS, GROUPS, GUESTS, SYSTEMS, colleague, members, people
from stonechat.demo.happenings import (
    Bookmarked,
    Followed,
    Happening,
    Joined,
    Liked,
    PassedOn,
    Said,
    Voted,
)
from stonechat.demo.working_days import during_work

LEADERS = ("aoife", "hanne", "torben")
# Whom Mara, the main sign-in of the demo, follows beyond her unit: enough for a full home.
MARA_FOLLOWS = [
    "wenke",
    "tobias",
    "freja",
    "jens",
    "asger",
    "ditte",
    "nadia",
    "malthe",
    "emeka",
    "katharina",
    "devika",
    "signe",
    "ida",
    "mathilde",
    "ruth",
    "samira",
    "lukas",
    "hetty",
    "luis",
    "callum",
    "beth",
    "ines",
    "samuel",
    "priya",
    "annegret",
    "nele",
    "uwe",
    "karla",
    "bilal",
    "rasmus",
    "lone",
    "deirdre",
    "gareth",
    "finn",
    "claire",
    "owen",
    "grace",
    "bjarne",
    "henning",
    "sabine",
    "elif",
    "aoife",
    "hanne",
    "torben",
    "anvil",
    "papertray",
]


def apart(one: str, other: str) -> bool:
    """Whether a barrier stands between two people."""
    pair = {p.segment for u in (one, other) if (p := people().get(u)) and p.segment}
    return any(set(wall) == pair for wall in BARRIERS)


@dataclass
class Crowd:
    """Reads the posts of the year and reacts; every choice comes from `rng`."""

    now: datetime
    rng: Random
    said: list[Said]
    _followers: dict[str, list[tuple[datetime, str]]] = field(default_factory=dict)

    def arrivals(self, start: datetime, guests_from: datetime) -> Iterator[Happening]:
        """Who joins which group and who follows whom, most of it on the first day."""
        for name, names in self.rooms().items():
            for who in names:
                when = guests_from if who in GUESTS else start
                yield Joined(who, name, when)
        yield from self._follows(start + timedelta(minutes=30), guests_from)

    def rooms(self) -> dict[str, list[str]]:
        """Members of each group but its owner: those it is for, and whoever writes in it."""
        rooms = {g.username: [u for u in members(g) if u != g.owner] for g in GROUPS.values()}
        for said in self.said:
            kind, _, group = said.audience.partition(":")
            if kind == "group" and said.author not in (GROUPS[group].owner, *rooms[group]):
                rooms[group].append(said.author)
        return rooms

    def _follows(self, start: datetime, guests_from: datetime) -> Iterator[Followed]:
        for who in people():
            for whom in sorted(self._chosen(who)):
                late = self.rng.random() < 0.2 and who != "mara"
                days = self.rng.uniform(5, 340) if late else self.rng.uniform(0, 0.5)
                when = start + timedelta(days=days)
                self._followers.setdefault(whom, []).append((when, who))
                yield Followed(who, whom, when)
        for guest in GUESTS:
            yield Followed("yusuf", guest, guests_from + timedelta(hours=2))

    def _chosen(self, who: str) -> set[str]:
        """Own unit, manager and leaders; half the site; some of the rest; systems for engineers."""
        me = people()[who]
        chosen = {me.manager, *LEADERS}
        for other in people().values():
            near = 1.0 if other.unit == me.unit else 0.4 if other.site == me.site else 0.08
            if self.rng.random() < near + (0.2 if other.level in ("lead", "head") else 0):
                chosen.add(other.username)
        if me.unit in ("Payments", "Platform", "Portal", "Engineering", "Data"):
            chosen.update(u for u in SYSTEMS if self.rng.random() < 0.7)
        if who == "mara":
            chosen.update(MARA_FOLLOWS)
        return {u for u in chosen - {who} if not apart(who, u)}

    def reactions(self) -> Iterator[Happening]:
        """Likes, boosts, bookmarks and votes, each after its post and not after now."""
        rooms = {name: [GROUPS[name].owner, *names] for name, names in self.rooms().items()}
        for said in self.said:
            readers = self._readers(said, rooms)
            for done in (*self._likes(said, readers), *self._passed(said, readers)):
                if done.at <= self.now:
                    yield done
            if said.poll:
                yield from (v for v in self._votes(said, readers) if v.at <= self.now)

    def _readers(self, said: Said, rooms: dict[str, list[str]]) -> list[str]:
        """Who would come across it: the group, or who follows the author by then."""
        kind, _, group = said.audience.partition(":")
        if kind == "direct" or (kind == "group" and group == "skerry"):
            return []
        following = [u for when, u in self._followers.get(said.author, []) if when < said.at]
        names = rooms[group] if kind == "group" else following
        here = (u for u in names if u not in GUESTS and u not in SYSTEMS)
        return [u for u in here if u != said.author and not apart(u, said.author)]

    def _likes(self, said: Said, readers: list[str]) -> Iterator[Liked | Bookmarked]:
        mean = 0.65 if said.reply_to else 2.4
        mean *= {"machine": 0.08, "thanks": 2.0, "announce": 1.6}.get(said.intent, 1.0)
        mean *= 1.8 if said.picture else 1.0
        count = min(len(readers), int(self.rng.expovariate(1 / mean)))
        for who in self.rng.sample(readers, count):
            yield Liked(who, said.key, self._later(who, said.at))
        keeps = 0.3 if said.intent in ("fyi", "answer", "ask") else 0.05
        if readers and said.intent != "machine" and self.rng.random() < keeps:
            who = (
                "mara"
                if "mara" in readers and self.rng.random() < 0.3
                else self.rng.choice(readers)
            )
            yield Bookmarked(who, said.key, self._later(who, said.at))

    def _passed(self, said: Said, readers: list[str]) -> Iterator[PassedOn]:
        """Boosts, of what is open to the organisation and by a person."""
        if said.audience != "organisation" or said.intent == "machine" or not readers:
            return
        chance = 0.02 if said.reply_to else 0.5 if said.intent in ("announce", "thanks") else 0.13
        if self.rng.random() < chance:
            for who in self.rng.sample(
                readers, min(len(readers), self.rng.choice((1, 1, 1, 2, 3)))
            ):
                yield PassedOn(who, said.key, self._later(who, said.at))

    def _votes(self, said: Said, readers: list[str]) -> Iterator[Voted]:
        assert said.poll is not None
        weights = [3, 2, 2, 1][: len(said.poll.options)]
        for who in readers:
            when = self._later(who, said.at)
            if self.rng.random() < 0.6 and when < said.poll.closes:
                choice = self.rng.choices(range(len(weights)), weights)[0]
                yield Voted(who, said.key, (choice,), when)

    def _later(self, who: str, moment: datetime) -> datetime:
        after = moment + timedelta(minutes=1 + 35 * self.rng.lognormvariate(0, 1.1))
        if after > self.now - timedelta(hours=20):
            return after
        return during_work(_site(who), after)


@cache
def _site(who: str) -> str:
    return colleague(who).site
