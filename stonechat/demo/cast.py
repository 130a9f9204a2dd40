"""Who works at Marlhaven, the fictional company of the demo: people, guests, groups, systems."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SITES = {
    "Hamburg": ("DE", "Europe/Berlin"),
    "Aarhus": ("DK", "Europe/Copenhagen"),
    "Hull": ("GB", "Europe/London"),
    "Boston": ("US", "America/New_York"),
}


@dataclass(frozen=True)
class Person:
    """One colleague; `manager` is a username, `zone` names the firm of a guest."""

    username: str
    name: str
    title: str
    unit: str
    manager: str
    site: str
    language: str
    level: str
    bio: str
    segment: str = ""
    zone: str = ""

    @property
    def country(self) -> str:
        return SITES[self.site][0]

    @property
    def time_zone(self) -> str:
        return SITES[self.site][1]

    @property
    def email(self) -> str:
        host = "nordhafen-bank.example" if self.zone else "marlhaven.example"
        return f"{self.username}@{host}"


@dataclass(frozen=True)
class Group:
    """A group; `units`, `sites` and `people` say who belongs to it from the start."""

    username: str
    name: str
    purpose: str
    access: str
    owner: str
    units: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class System:
    """A program that posts as it works."""

    username: str
    name: str
    note: str


@cache
def people() -> dict[str, Person]:
    """The 61 people by username, the managing director first."""
    rows = files("stonechat.demo.stories").joinpath("roster.txt").read_text(encoding="utf-8")
    found: dict[str, Person] = {}
    place: list[str] = []
    for row in rows.splitlines():
        cells = [cell.strip() for cell in row.lstrip("%").split("|")]
        if row.startswith("%"):
            place = cells
        elif row.strip():
            found[cells[0]] = _person(cells, place)
    return found


def _person(cells: list[str], place: list[str]) -> Person:
    """A row of the roster, under the place and unit that the line above it has set."""
    username, name, title, language, level, bio = cells
    site, unit, lead, *segment = place
    boss = LEADS_OF_LEADS.get(username, "aoife") if username == lead else lead
    return Person(username, name, title, unit, boss, site, language, level, bio, *segment)


GUESTS = {
    person.username: person
    for person in (
        Person(
            "henrike",
            "Henrike Sandmann",
            "Relationship manager, Nordhafen Bank",
            "Nordhafen Bank",
            "yusuf",
            "Hamburg",
            "de",
            "guest",
            "From Nordhafen Bank, here until the instant pilot is through.",
            zone="Nordhafen Bank",
        ),
        Person(
            "matthias",
            "Matthias Boek",
            "Payments engineer, Nordhafen Bank",
            "Nordhafen Bank",
            "yusuf",
            "Hamburg",
            "de",
            "guest",
            "The other end of the file transfer.",
            zone="Nordhafen Bank",
        ),
    )
}

LEADS_OF_LEADS = {"freja": "torben", "samuel": "torben"}
"""Leads of a unit who do not report to the managing director."""

BARRIERS = (("index-research", "rates-desk"),)
"""Pairs of segments that may not read or reach each other (the index must not leak to the desk)."""

WALKERS = (
    *("mara", "wenke", "lone", "signe", "uwe", "deirdre", "beth", "owen", "claire", "hanne"),
    *("ruth", "finn", "ines", "jens", "nele", "katharina", "luis", "birgit", "karla"),
)
"""Who walks on Wednesdays, whatever their unit or site."""

SYSTEMS = {
    system.username: system
    for system in (
        System(
            "anvil",
            "Anvil",
            "The build server. Builds every push, says when main breaks and when it is mended. "
            "Looked after by Platform.",
        ),
        System(
            "papertray",
            "Papertray",
            "The document store. Says when a document is approved, changed or due for review. "
            "Looked after by Compliance.",
        ),
    )
}

GROUPS = {
    group.username: group
    for group in (
        Group(
            "payments",
            "Payments",
            "Everything between a port fee and a bank: files, returns, cut-offs and the people "
            "who swear at them.",
            "open",
            "yusuf",
            units=("Payments",),
            people=("wenke", "freja", "emeka", "priya", "rasmus", "tobias", "henrike", "matthias"),
        ),
        Group(
            "release",
            "Release train",
            "What leaves on which day, what missed it and why. Thursdays at one, Aarhus time.",
            "open",
            "freja",
            units=("Payments", "Platform", "Portal", "Engineering"),
            people=("signe", "lukas", "nele", "emeka"),
        ),
        Group(
            "hull",
            "Hull office",
            "Keys, parking, heating, biscuits. Also work, now and then.",
            "open",
            "deirdre",
            sites=("Hull",),
            people=("aoife", "mara", "emeka"),
        ),
        Group(
            "tea",
            "Tea and harbour walks",
            "Half an hour outside on Wednesdays, then tea. No agenda, all sites.",
            "open",
            "sofie",
            people=WALKERS,
        ),
        Group(
            "everyone",
            "All hands",
            "For everybody at all four sites: what leaders decide, and what you ask them.",
            "open",
            "aoife",
            sites=("Hamburg", "Aarhus", "Hull", "Boston"),
        ),
        Group(
            "a11y",
            "Accessibility",
            "Making the portal work for everybody. Bring a page, leave with a list.",
            "open",
            "mathilde",
            units=("Design", "Portal"),
            people=("mara", "lukas", "ruth", "arne"),
        ),
        Group(
            "audit",
            "Audit room",
            "Preparing and answering audits. Ask to join, say which control you own.",
            "ask",
            "priya",
            people=("priya", "annegret", "nadia", "tobias", "arne", "torben", "margit"),
        ),
        Group(
            "skerry",
            "Project Skerry",
            "Not to be named outside this group. Ask Margit before adding anybody.",
            "hidden",
            "margit",
            people=("aoife", "margit", "annegret", "torben"),
        ),
    )
}


def colleague(username: str) -> Person:
    """A person or guest by username; a KeyError names a handle nobody has."""
    return people().get(username) or GUESTS[username]


def members(group: Group) -> list[str]:
    """Usernames in the group from its first day, the owner first."""
    named = [u for u in group.people if u != group.owner]
    by_place = [
        p.username
        for p in people().values()
        if (p.unit in group.units or p.site in group.sites)
        and p.username not in (group.owner, *named)
    ]
    return [group.owner, *named, *by_place]
