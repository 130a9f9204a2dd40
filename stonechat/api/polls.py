"""Polls: look and vote."""

from __future__ import annotations

from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.errors import ApiError
from stonechat.api.rendering import poll
from stonechat.api.responses import Answer
from stonechat.posts import actions, queries
from stonechat.posts.cards.attachments import polls


@endpoint("GET", scope="read:statuses", public=True)
def show(request: ApiRequest, id: int) -> Answer:
    """One poll."""
    found = queries.poll(request.viewer, id)
    return poll(request.viewer, polls(request.viewer, [found.post_id])[found.post_id])


@endpoint("POST", scope="write:statuses")
def vote(request: ApiRequest, id: int) -> Answer:
    """Cast my ballot."""
    if not request.parameters.given("choices"):
        raise ApiError(422, "The chosen vote option does not exist")
    voted = actions.vote(request.viewer, id, request.parameters.numbers("choices"))
    return poll(request.viewer, polls(request.viewer, [voted.post_id])[voted.post_id])
