"""Tags: their pages, following them, showing them on a profile."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from msgspec import UNSET

from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.encoding import date
from stonechat.api.entities.tags import FeaturedTag, History, Tag
from stonechat.api.paging import cursor, paged
from stonechat.api.responses import Answer
from stonechat.audience.viewer import Viewer
from stonechat.posts import actions as posts
from stonechat.timelines import actions, queries
from stonechat.timelines.cards import (
    Day,
    FeaturedTagCard,
    TagCard,
    featured_tag_cards,
    tag_cards,
)

SIZE = 100  # of a page of followed tags, as Mastodon has it


def entities(viewer: Viewer, folded: list[str]) -> list[Tag]:
    """Tags by identity, in the order asked."""
    return [entity(viewer, card) for card in tag_cards(viewer, folded)]


def entity(viewer: Viewer, card: TagCard) -> Tag:
    """A tag; one that nobody used has an empty id, as in Mastodon."""
    return Tag(
        id=str(card.id) if card.id else "",
        name=card.name,
        url=f"{settings.STONECHAT_URL}/tags/{card.name}",
        history=history(card.days),
        following=card.following if viewer else UNSET,
        featuring=card.featuring if viewer else UNSET,
    )


def history(days: Iterable[Day]) -> list[History]:
    """Seven days, today first."""
    return [
        History(day=str(int(day.begins.timestamp())), uses=str(day.posts), accounts=str(day.people))
        for day in days
    ]


def one(viewer: Viewer, name: str) -> Tag:
    """The tag of a name; words that no tag can be are not found."""
    return entities(viewer, [queries.named(name)])[0]


@endpoint("GET", scope="read", public=True)
def show(request: ApiRequest, name: str) -> Answer:
    """One tag; an unknown one has an empty history."""
    return one(request.viewer, name)


@endpoint("POST", scope="write:follows")
def follow(request: ApiRequest, name: str) -> Answer:
    """Let its posts come home."""
    actions.follow_tag(request.viewer, name)
    return one(request.viewer, name)


@endpoint("POST", scope="write:follows")
def unfollow(request: ApiRequest, name: str) -> Answer:
    """Let them come home no longer."""
    actions.unfollow_tag(request.viewer, name)
    return one(request.viewer, name)


@endpoint("POST", scope="write:accounts")
def feature(request: ApiRequest, name: str) -> Answer:
    """Show it on my profile."""
    if queries.featured_id(request.viewer, name) is None:
        posts.feature_tag(request.viewer, name)
    return one(request.viewer, name)


@endpoint("POST", scope="write:accounts")
def unfeature(request: ApiRequest, name: str) -> Answer:
    """Show it there no longer."""
    shown = queries.featured_id(request.viewer, name)
    if shown is not None:
        posts.unfeature_tag(request.viewer, shown)
    return one(request.viewer, name)


@endpoint("GET", scope="read:follows")
def followed(request: ApiRequest) -> Answer:
    """The tags that I follow."""
    found = queries.followed_tags(request.viewer, cursor(request.parameters, SIZE))
    return paged(request, entities(request.viewer, found.items), found)


# On profiles.


def featured_entity(card: FeaturedTagCard) -> FeaturedTag:
    """A tag on a profile."""
    return FeaturedTag(
        id=str(card.id),
        name=card.name,
        url=f"{settings.STONECHAT_URL}/tags/{card.name}",
        statuses_count=str(card.posts),
        last_status_at=date(card.last_at) if card.last_at else None,
    )


@endpoint("GET", scope="read:accounts", public=True)
def featured_by(request: ApiRequest, id: int) -> Answer:
    """What somebody shows."""
    return [featured_entity(card) for card in featured_tag_cards(request.viewer, id)]


@endpoint("GET", scope="read:accounts")
def featured(request: ApiRequest) -> Answer:
    """What I show."""
    me = request.viewer.account_id
    return [featured_entity(card) for card in featured_tag_cards(request.viewer, me)]


@endpoint("POST", scope="write:accounts")
def feature_by_name(request: ApiRequest) -> Answer:
    """Show a tag on my profile."""
    row = posts.feature_tag(request.viewer, request.parameters.text("name", required=True))
    shown = featured_tag_cards(request.viewer, request.viewer.account_id)
    return next(featured_entity(card) for card in shown if card.id == row.pk)


@endpoint("DELETE", scope="write:accounts")
def unfeature_by_id(request: ApiRequest, id: int) -> Answer:
    """Show it there no longer."""
    posts.unfeature_tag(request.viewer, id)
    return None


@endpoint("GET", scope="read:accounts")
def feature_suggestions(request: ApiRequest) -> Answer:
    """Tags that I use most and do not show yet."""
    return entities(request.viewer, queries.tags_to_feature(request.viewer))
