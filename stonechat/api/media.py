"""Media: upload, look, describe, throw away."""

from __future__ import annotations

from django.utils.translation import gettext as _

from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.media import MediaAttachment
from stonechat.api.errors import ApiError
from stonechat.api.limits import UPLOADING
from stonechat.api.parameters import Parameters
from stonechat.api.rendering import media
from stonechat.api.responses import Answer, Reply
from stonechat.posts import actions, queries
from stonechat.posts.cards import MediaCard


def _entity(row: object) -> MediaAttachment:
    return media(MediaCard.of(row))  # type: ignore[arg-type]


@endpoint("POST", scope="write:media", limit=UPLOADING)
def create(request: ApiRequest) -> Answer:
    """Upload; 202 while a clip is being made ready."""
    sent = request.parameters
    sent.require("file")
    file = sent.file("file")
    if file is None:
        raise ApiError(422, _("Send the file as multipart/form-data."))
    row = actions.upload(
        request.viewer,
        file,
        description=sent.text("description", ""),
        focus=_focus(sent),
        thumbnail=sent.file("thumbnail"),
    )
    return Reply(_entity(row), status=200 if row.state == "ready" else 202)


@endpoint("GET", scope="write:media")
def show(request: ApiRequest, id: int) -> Answer:
    """206 while it is being made ready, 422 when it could not be."""
    row = queries.upload(request.viewer, id)
    if row.state == "failed":
        raise ApiError(422, _("This file could not be processed. Try another format."))
    return Reply(_entity(row), status=200 if row.state == "ready" else 206)


@endpoint("PUT", scope="write:media")
def update(request: ApiRequest, id: int) -> Answer:
    """Describe, move the focus, choose another preview."""
    sent = request.parameters
    row = actions.describe(
        request.viewer,
        id,
        description=sent.text("description"),
        focus=_focus(sent),
        thumbnail=sent.file("thumbnail"),
    )
    return _entity(row)


@endpoint("DELETE", scope="write:media")
def destroy(request: ApiRequest, id: int) -> Answer:
    """Throw an unused upload away."""
    actions.remove_upload(request.viewer, id)
    return None


def _focus(sent: Parameters) -> tuple[float, float] | None:
    """ "x,y", each from -1 to 1."""
    text = sent.text("focus")
    if not text:
        return None
    try:
        x, y = (float(part) for part in text.split(","))
        return (x, y)
    except ValueError as error:
        raise ApiError(422, _("focus must be two numbers from -1 to 1, such as 0.0,0.5")) from error
