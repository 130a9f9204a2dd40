"""What somebody arranged for themselves: lists, markers, filters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stonechat.audience.viewer import Viewer
from stonechat.timelines import queries
from stonechat.timelines.models import Filter, FilterKeyword, FilterPost, List


@dataclass(frozen=True, slots=True)
class ListCard:
    """A list; `replies_policy` is followed, list or none."""

    id: int
    title: str
    replies_policy: str
    exclusive: bool


def list_cards(viewer: Viewer) -> list[ListCard]:
    """The viewer's lists."""
    return [_list(one) for one in queries.lists(viewer)]


def list_cards_with(viewer: Viewer, account_id: int) -> list[ListCard]:
    """The viewer's lists that hold somebody."""
    return [_list(one) for one in queries.lists_with(viewer, account_id)]


def list_card(viewer: Viewer, list_id: int) -> ListCard:
    """One of the viewer's lists."""
    return _list(queries.one_list(viewer, list_id))


def _list(one: List) -> ListCard:
    return ListCard(one.pk, one.title, one.replies_policy, one.exclusive)


@dataclass(frozen=True, slots=True)
class MarkerCard:
    """How far the viewer has read; `version` counts the moves."""

    last_read_id: int
    version: int
    updated_at: datetime


def marker_cards(viewer: Viewer, timelines: list[str]) -> dict[str, MarkerCard]:
    """The viewer's markers of these timelines, as far as they are set."""
    found = queries.markers(viewer, timelines)
    return {
        timeline: MarkerCard(one.last_read_id, one.version, one.updated_at)
        for timeline, one in found.items()
    }


@dataclass(frozen=True, slots=True)
class KeywordCard:
    """A keyword, with what it needs to stand alone in the older API."""

    id: int
    keyword: str
    whole_word: bool
    contexts: tuple[str, ...]
    act: str
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class FilterPostCard:
    """One post that a filter names."""

    id: int
    post_id: int


@dataclass(frozen=True, slots=True)
class FilterCard:
    """A whole filter; `act` is warn, hide or blur."""

    id: int
    title: str
    contexts: tuple[str, ...]
    act: str
    expires_at: datetime | None
    keywords: tuple[KeywordCard, ...]
    posts: tuple[FilterPostCard, ...]


def filter_cards(viewer: Viewer) -> list[FilterCard]:
    """The viewer's filters."""
    return [_filter(one) for one in queries.filters(viewer)]


def filter_card(viewer: Viewer, filter_id: int) -> FilterCard:
    """One of the viewer's filters."""
    return _filter(queries.one_filter(viewer, filter_id))


def keyword_cards(viewer: Viewer) -> list[KeywordCard]:
    """Every keyword of the viewer's filters."""
    return [_keyword(row, row.filter) for row in queries.keywords(viewer)]


def keyword_card(viewer: Viewer, keyword_id: int) -> KeywordCard:
    """One keyword of the viewer's."""
    row = queries.keywords(viewer).get(pk=keyword_id)
    return _keyword(row, row.filter)


def filter_post_cards(viewer: Viewer, filter_id: int) -> list[FilterPostCard]:
    """The single posts that one of the viewer's filters names."""
    return list(filter_card(viewer, filter_id).posts)


def filter_post_card(viewer: Viewer, filter_post_id: int) -> FilterPostCard:
    """One of them, by its own id."""
    return _post(queries.filtered_posts(viewer).get(pk=filter_post_id))


def _filter(one: Filter) -> FilterCard:
    return FilterCard(
        id=one.pk,
        title=one.title,
        contexts=tuple(one.context.split()),
        act=one.act,
        expires_at=one.expires_at,
        keywords=tuple(_keyword(row, one) for row in one.keywords.all()),
        posts=tuple(_post(row) for row in one.posts.all()),
    )


def _keyword(row: FilterKeyword, of: Filter) -> KeywordCard:
    contexts = tuple(of.context.split())
    return KeywordCard(row.pk, row.keyword, row.whole_word, contexts, of.act, of.expires_at)


def _post(row: FilterPost) -> FilterPostCard:
    return FilterPostCard(row.pk, row.post_id)
