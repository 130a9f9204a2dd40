"""Markers: how far I have read."""

from __future__ import annotations

from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.encoding import moment
from stonechat.api.entities.others import Marker, Markers
from stonechat.api.errors import ApiError
from stonechat.api.responses import Answer
from stonechat.audience.viewer import Viewer
from stonechat.timelines import actions
from stonechat.timelines.cards import MarkerCard, marker_cards

TIMELINES = ["home", "notifications"]


def entities(viewer: Viewer, timelines: list[str]) -> Markers:
    """Those asked for, as far as they are set."""
    asked = [timeline for timeline in timelines if timeline in TIMELINES]
    found = marker_cards(viewer, asked)
    return Markers(**{timeline: entity(card) for timeline, card in found.items()})


def entity(card: MarkerCard) -> Marker:
    """One position."""
    return Marker(
        last_read_id=str(card.last_read_id),
        version=card.version,
        updated_at=moment(card.updated_at),
    )


@endpoint("GET", scope="read:statuses")
def index(request: ApiRequest) -> Answer:
    """My positions in the timelines asked for."""
    return entities(request.viewer, request.parameters.texts("timeline"))


@endpoint("POST", scope="write:statuses")
def move(request: ApiRequest) -> Answer:
    """Set positions."""
    sent = {name: request.parameters.mapping(name) for name in TIMELINES}
    read = {name: one.number("last_read_id") for name, one in sent.items()}
    positions = {name: id for name, id in read.items() if id is not None}
    try:
        actions.move_markers(request.viewer, positions)
    except actions.Raced as error:
        raise ApiError(409, str(error)) from error
    return entities(request.viewer, list(positions))
