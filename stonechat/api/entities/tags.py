"""Hashtags: in a post, on their own page, on a profile."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET, UnsetType

from stonechat.api.entities.encoding import Entity


class History(Entity, kw_only=True, frozen=True):
    """One day's use; all texts: UNIX seconds of the day, number of uses, number of people."""

    day: str
    uses: str
    accounts: str


class ShallowTag(Entity, kw_only=True, frozen=True):
    """A tag inside a post; `name` without the #."""

    name: str
    url: str


class Tag(ShallowTag, kw_only=True, frozen=True):
    """A tag with its last seven days, newest first."""

    id: str
    history: Sequence[History]
    following: bool | UnsetType = UNSET
    featuring: bool | UnsetType = UNSET


class FeaturedTag(Entity, kw_only=True, frozen=True):
    """A tag on somebody's profile; `statuses_count` is text, `last_status_at` a date."""

    id: str
    name: str
    url: str
    statuses_count: str
    last_status_at: str | None = None
