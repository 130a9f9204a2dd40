"""Filters: what somebody does not want to read, and why a post was caught."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET, UnsetType

from stonechat.api.entities.encoding import Entity, Moment


class FilterKeyword(Entity, kw_only=True, frozen=True):
    """A word or phrase of a filter."""

    id: str
    keyword: str
    whole_word: bool


class FilterStatus(Entity, kw_only=True, frozen=True):
    """A single post that a filter catches."""

    id: str
    status_id: str


class Filter(Entity, kw_only=True, frozen=True):
    """A filter; inside a `FilterResult` its keywords and statuses are left out.

    `context` holds some of home, notifications, public, thread, account; `filter_action` is one
    of warn, hide, blur.
    """

    id: str
    title: str
    context: Sequence[str]
    expires_at: Moment | None
    filter_action: str
    keywords: Sequence[FilterKeyword] | UnsetType = UNSET
    statuses: Sequence[FilterStatus] | UnsetType = UNSET


class FilterResult(Entity, kw_only=True, frozen=True):
    """Which filter caught a post, by which words or as which post."""

    filter: Filter
    keyword_matches: Sequence[str] | None = None
    status_matches: Sequence[str] | None = None


class V1Filter(Entity, kw_only=True, frozen=True):
    """One keyword of a filter, in the older words; `id` is the keyword's."""

    id: str
    phrase: str
    context: Sequence[str]
    expires_at: Moment | None
    irreversible: bool
    whole_word: bool
