"""Announcements: what the organisation wants everybody inside to read."""

from __future__ import annotations

from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.encoding import moment
from stonechat.api.entities.others import Announcement, Reaction
from stonechat.api.rendering import tag
from stonechat.api.responses import Answer
from stonechat.governance import actions, queries
from stonechat.governance.queries import AnnouncementEntry


@endpoint("GET")
def index(request: ApiRequest) -> Answer:
    """What is announced and not over; with what I dismissed on demand."""
    dismissed = request.parameters.flag("with_dismissed", False)
    found = queries.announcements(request.viewer, with_dismissed=dismissed)
    return [entity(one) for one in found]


@endpoint("POST", scope="write:accounts")
def dismiss(request: ApiRequest, id: int) -> Answer:
    """Have read an announcement."""
    actions.dismiss(request.viewer, id)
    return None


@endpoint("PUT", scope="write:favourites")
def react(request: ApiRequest, id: int, name: str) -> Answer:
    """Answer an announcement with an emoji."""
    actions.react(request.viewer, id, name)
    return None


@endpoint("DELETE", scope="write:favourites")
def unreact(request: ApiRequest, id: int, name: str) -> Answer:
    """Take such an answer back."""
    actions.unreact(request.viewer, id, name)
    return None


def entity(entry: AnnouncementEntry) -> Announcement:
    """One announcement."""
    return Announcement(
        id=str(entry.id),
        content=entry.html,
        starts_at=moment(entry.starts_at) if entry.starts_at else None,
        ends_at=moment(entry.ends_at) if entry.ends_at else None,
        all_day=entry.all_day,
        published_at=moment(entry.published_at),
        updated_at=moment(entry.updated_at),
        read=entry.read,
        tags=[tag(name) for name in entry.tags],
        reactions=[Reaction(name=one.name, count=one.count, me=one.me) for one in entry.reactions],
    )
