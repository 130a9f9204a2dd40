"""Trends: what many people speak of this week."""

from __future__ import annotations

from msgspec.structs import asdict

from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.media import TrendsLink
from stonechat.api.paging import limit, offset
from stonechat.api.rendering import link_card, statuses
from stonechat.api.responses import Answer
from stonechat.api.tags import entities as tag_entities
from stonechat.api.tags import history
from stonechat.timelines import queries
from stonechat.timelines.cards import days


@endpoint("GET", public=True)
def tags(request: ApiRequest) -> Answer:
    """Tags that most people used."""
    sent = request.parameters
    found = queries.trending_tags(request.viewer, limit=limit(sent, 10), offset=offset(sent))
    return tag_entities(request.viewer, found)


@endpoint("GET", public=True, deprecated="2022-03-30")
def tags_by_older_name(request: ApiRequest) -> Answer:
    """The same, at its address before 3.5."""
    return tags.view(request)


@endpoint("GET", public=True)
def posts(request: ApiRequest) -> Answer:
    """Posts that most people liked, passed on or answered."""
    sent = request.parameters
    found = queries.trending_posts(request.viewer, limit=limit(sent), offset=offset(sent))
    return statuses(request.viewer, found)


@endpoint("GET", public=True)
def links(request: ApiRequest) -> Answer:
    """Links that most people shared."""
    sent = request.parameters
    found = queries.trending_links(request.viewer, limit=limit(sent, 10), offset=offset(sent))
    return [
        TrendsLink(**asdict(link_card(one.link)), history=history(days(one.history)))
        for one in found
    ]
