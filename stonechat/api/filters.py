"""Filters: words and posts that I do not want to see; in both versions of Mastodon's API."""

from __future__ import annotations

from collections.abc import Iterable

from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.encoding import moment
from stonechat.api.entities.filters import (
    Filter,
    FilterKeyword,
    FilterResult,
    FilterStatus,
    V1Filter,
)
from stonechat.api.parameters import Parameters
from stonechat.api.responses import Answer
from stonechat.timelines import actions
from stonechat.timelines.actions import UNCHANGED, KeywordChange
from stonechat.timelines.cards import (
    FilterCard,
    FilterPostCard,
    KeywordCard,
    filter_card,
    filter_cards,
    filter_post_card,
    filter_post_cards,
    keyword_card,
    keyword_cards,
)
from stonechat.timelines.queries import Match

DEPRECATED = "2022-11-14"  # the first version, since Mastodon 4.0


# From cards to entities.


def entity(card: FilterCard) -> Filter:
    """A whole filter."""
    return Filter(
        id=str(card.id),
        title=card.title,
        context=card.contexts,
        expires_at=moment(card.expires_at) if card.expires_at else None,
        filter_action=card.act,
        keywords=[keyword(one) for one in card.keywords],
        statuses=[filtered_post(one) for one in card.posts],
    )


def keyword(card: KeywordCard) -> FilterKeyword:
    """One keyword."""
    return FilterKeyword(id=str(card.id), keyword=card.keyword, whole_word=card.whole_word)


def filtered_post(card: FilterPostCard) -> FilterStatus:
    """One post that a filter names."""
    return FilterStatus(id=str(card.id), status_id=str(card.post_id))


def results(matches: Iterable[Match]) -> list[FilterResult]:
    """Why a post was caught."""
    return [_result(match) for match in matches]


def _result(match: Match) -> FilterResult:
    caught = match.filter
    return FilterResult(
        filter=Filter(
            id=str(caught.id),
            title=caught.title,
            context=caught.contexts,
            expires_at=moment(caught.expires_at) if caught.expires_at else None,
            filter_action=caught.act,
        ),
        keyword_matches=match.keywords or None,
        status_matches=[str(id) for id in match.posts] or None,
    )


# Filters.


@endpoint("GET", scope="read:filters")
def index(request: ApiRequest) -> Answer:
    """My filters."""
    return [entity(card) for card in filter_cards(request.viewer)]


@endpoint("GET", scope="read:filters")
def show(request: ApiRequest, id: int) -> Answer:
    """One of them."""
    return entity(filter_card(request.viewer, id))


@endpoint("POST", scope="write:filters")
def create(request: ApiRequest) -> Answer:
    """Make one."""
    sent = request.parameters
    made = actions.make_filter(
        request.viewer,
        title=sent.text("title", ""),
        context=sent.texts("context"),
        act=sent.text("filter_action") or "warn",
        seconds=sent.number("expires_in"),
        keywords=_changes(sent),
    )
    return entity(filter_card(request.viewer, made.pk))


@endpoint("PUT", scope="write:filters")
def update(request: ApiRequest, id: int) -> Answer:
    """Change what is given; an empty `expires_in` is never."""
    sent = request.parameters
    actions.change_filter(
        request.viewer,
        id,
        title=sent.text("title"),
        context=sent.texts("context") if sent.given("context") else None,
        act=sent.text("filter_action") or None,
        seconds=_seconds(sent),
        keywords=_changes(sent),
    )
    return entity(filter_card(request.viewer, id))


@endpoint("DELETE", scope="write:filters")
def destroy(request: ApiRequest, id: int) -> Answer:
    """Throw one away."""
    actions.remove_filter(request.viewer, id)
    return None


def _seconds(sent: Parameters) -> int | None:
    return sent.number("expires_in") if sent.given("expires_in") else UNCHANGED


def _changes(sent: Parameters) -> list[KeywordChange]:
    return [
        KeywordChange(
            keyword=row.text("keyword"),
            whole_word=row.flag("whole_word"),
            id=row.identity("id"),
            remove=row.flag("_destroy", False),
        )
        for row in sent.rows("keywords_attributes")
    ]


# Their keywords.


@endpoint("GET", scope="read:filters")
def keywords(request: ApiRequest, id: int) -> Answer:
    """The keywords of a filter."""
    return [keyword(one) for one in filter_card(request.viewer, id).keywords]


@endpoint("POST", scope="write:filters")
def add_keyword(request: ApiRequest, id: int) -> Answer:
    """One more."""
    sent = request.parameters
    row = actions.add_keyword(request.viewer, id, sent.text("keyword", ""), sent.flag("whole_word"))
    return keyword(keyword_card(request.viewer, row.pk))


@endpoint("GET", scope="read:filters")
def show_keyword(request: ApiRequest, id: int) -> Answer:
    """One keyword."""
    return keyword(keyword_card(request.viewer, id))


@endpoint("PUT", scope="write:filters")
def update_keyword(request: ApiRequest, id: int) -> Answer:
    """Another word in its place."""
    sent = request.parameters
    actions.change_keyword(request.viewer, id, sent.text("keyword", ""), sent.flag("whole_word"))
    return keyword(keyword_card(request.viewer, id))


@endpoint("DELETE", scope="write:filters")
def destroy_keyword(request: ApiRequest, id: int) -> Answer:
    """One less."""
    actions.remove_keyword(request.viewer, id)
    return None


# Their posts.


@endpoint("GET", scope="read:filters")
def statuses(request: ApiRequest, id: int) -> Answer:
    """The posts that a filter names."""
    return [filtered_post(one) for one in filter_post_cards(request.viewer, id)]


@endpoint("POST", scope="write:filters")
def add_status(request: ApiRequest, id: int) -> Answer:
    """One more."""
    post_id = request.parameters.identity("status_id", required=True)
    row = actions.filter_post(request.viewer, id, post_id)
    return filtered_post(filter_post_card(request.viewer, row.pk))


@endpoint("GET", scope="read:filters")
def show_status(request: ApiRequest, id: int) -> Answer:
    """One of them."""
    return filtered_post(filter_post_card(request.viewer, id))


@endpoint("DELETE", scope="write:filters")
def destroy_status(request: ApiRequest, id: int) -> Answer:
    """One less."""
    actions.unfilter_post(request.viewer, id)
    return None


# The first version: one keyword is one filter.


def entity_v1(card: KeywordCard) -> V1Filter:
    """A keyword as a filter."""
    return V1Filter(
        id=str(card.id),
        phrase=card.keyword,
        context=card.contexts,
        expires_at=moment(card.expires_at) if card.expires_at else None,
        irreversible=card.act == "hide",
        whole_word=card.whole_word,
    )


@endpoint("GET", scope="read:filters", deprecated=DEPRECATED)
def index_v1(request: ApiRequest) -> Answer:
    """My keywords."""
    return [entity_v1(card) for card in keyword_cards(request.viewer)]


@endpoint("GET", scope="read:filters", deprecated=DEPRECATED)
def show_v1(request: ApiRequest, id: int) -> Answer:
    """One of them."""
    return entity_v1(keyword_card(request.viewer, id))


@endpoint("POST", scope="write:filters", deprecated=DEPRECATED)
def create_v1(request: ApiRequest) -> Answer:
    """A filter with one keyword."""
    sent = request.parameters
    phrase = sent.text("phrase", "")
    made = actions.make_filter(
        request.viewer,
        title=phrase,
        context=sent.texts("context"),
        act=_act(sent) or "warn",
        seconds=sent.number("expires_in"),
        keywords=[KeywordChange(phrase, sent.flag("whole_word"))],
    )
    return entity_v1(filter_card(request.viewer, made.pk).keywords[0])


@endpoint("PUT", scope="write:filters", deprecated=DEPRECATED)
def update_v1(request: ApiRequest, id: int) -> Answer:
    """Another word, other contexts."""
    sent = request.parameters
    actions.change_by_keyword(
        request.viewer,
        id,
        keyword=sent.text("phrase", ""),
        whole_word=sent.flag("whole_word"),
        context=sent.texts("context"),
        act=_act(sent),
        seconds=_seconds(sent),
    )
    return entity_v1(keyword_card(request.viewer, id))


@endpoint("DELETE", scope="write:filters", deprecated=DEPRECATED)
def destroy_v1(request: ApiRequest, id: int) -> Answer:
    """One keyword less."""
    actions.remove_keyword(request.viewer, id)
    return None


def _act(sent: Parameters) -> str | None:
    irreversible = sent.flag("irreversible")
    return None if irreversible is None else {True: "hide", False: "warn"}[irreversible]
