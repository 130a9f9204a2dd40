"""Timelines: home, public, tag and list."""

from __future__ import annotations

from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.encoding import encode
from stonechat.api.paging import cursor, link_header
from stonechat.api.rendering import statuses
from stonechat.api.responses import Reply
from stonechat.core.text import fold
from stonechat.timelines import queries


def page(request: ApiRequest, ids: list[int], context: str = "", full: bool = True) -> Reply:
    """Posts with links to the pages beside them; `ids` are the cursors, seen or not.

    `context` is where the viewer's filters are told that these posts stand.
    """
    body = encode(statuses(request.viewer, ids, context))
    link = link_header(request, ids[0], ids[-1], full) if ids else ""
    return Reply(body, headers={"Link": link} if link else {})


@endpoint("GET", scope="read:statuses")
def home(request: ApiRequest) -> Reply:
    """What I follow."""
    return page(request, queries.home(request.viewer, cursor(request.parameters)), "home")


@endpoint("GET", scope="read:statuses", public=True)
def public(request: ApiRequest) -> Reply:
    """What was said to the whole organisation."""
    sent = request.parameters
    if sent.flag("remote", False):
        return page(request, [])
    media = sent.flag("only_media", False)
    return page(request, queries.public(request.viewer, cursor(sent), only_media=media), "public")


@endpoint("GET", scope="read:statuses", public=True)
def tag(request: ApiRequest, name: str) -> Reply:
    """Posts with a tag."""
    sent = request.parameters
    if sent.flag("remote", False):
        return page(request, [])
    ids = queries.tag(
        request.viewer,
        fold(name),
        cursor(sent),
        any_of=_folded(sent.texts("any")),
        all_of=_folded(sent.texts("all")),
        none_of=_folded(sent.texts("none")),
        only_media=sent.flag("only_media", False),
    )
    return page(request, ids, "public")


def _folded(names: list[str]) -> tuple[str, ...]:
    """At most four, as Mastodon takes."""
    return tuple(fold(name) for name in names[:4])


@endpoint("GET", scope="read:lists")
def in_list(request: ApiRequest, list_id: int) -> Reply:
    """What the people of one of my lists say."""
    return page(request, queries.in_list(request.viewer, list_id, cursor(request.parameters)))


@endpoint("GET", scope="read:statuses", public=True)
def of_account(request: ApiRequest, id: int) -> Reply:
    """What somebody said."""
    sent, asked = request.parameters, cursor(request.parameters)
    ids = queries.account(
        request.viewer,
        id,
        asked,
        only_media=sent.flag("only_media", False),
        exclude_replies=sent.flag("exclude_replies", False),
        exclude_reblogs=sent.flag("exclude_reblogs", False),
        pinned=sent.flag("pinned", False),
        tagged=fold(sent.text("tagged", "")),
    )
    return page(request, ids, "account", full=len(ids) == asked.limit)
