"""What can happen in the demo year, as plain values without a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Poll:
    """The choices of a poll and when it closes."""

    options: tuple[str, ...]
    closes: datetime


@dataclass(frozen=True)
class Picture:
    """A drawn scene (`faces.scene`) and the words for those who cannot see it."""

    scene: str
    alt: str


@dataclass(frozen=True)
class Said:
    """A post; audience is organisation, unlisted, followers, direct or `group:<username>`."""

    key: str
    author: str
    at: datetime
    text: str
    audience: str
    language: str
    reply_to: str | None = None
    quote: str | None = None
    poll: Poll | None = None
    picture: Picture | None = None
    intent: str = ""


@dataclass(frozen=True)
class Edited:
    key: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Pinned:
    key: str
    at: datetime


@dataclass(frozen=True)
class Liked:
    who: str
    key: str
    at: datetime


@dataclass(frozen=True)
class PassedOn:
    who: str
    key: str
    at: datetime


@dataclass(frozen=True)
class Bookmarked:
    who: str
    key: str
    at: datetime


@dataclass(frozen=True)
class Voted:
    """`choices` are positions among the poll's options, from 0."""

    who: str
    key: str
    choices: tuple[int, ...]
    at: datetime


@dataclass(frozen=True)
class Followed:
    who: str
    whom: str
    at: datetime


@dataclass(frozen=True)
class Joined:
    who: str
    group: str
    at: datetime


Happening = Said | Edited | Pinned | Liked | PassedOn | Bookmarked | Voted | Followed | Joined
