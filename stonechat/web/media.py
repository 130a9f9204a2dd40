"""Stored files: an address is a capability, checked here; the dispatcher sends the bytes."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from stonechat.core import clock, files
from stonechat.posts import queries
from stonechat.posts.cards import MediaCard
from stonechat.web.requests import WebRequest

# What lies outside `posts`: pictures of people and of linked pages, whose cards were seen.
OTHERS = ("avatar/", "header/", "cards/")
MIMES = {".webp": "image/webp", ".jpg": "image/jpeg", ".png": "image/png", ".gif": "image/gif"}
DAY = "private, max-age=86400"  # as long as the signature is good at least


@login_not_required
@require_safe
def media(request: WebRequest, name: str) -> HttpResponse:
    """/media/NAME?SIGNATURE: 404 for a wrong or old signature, and for what is gone."""
    if not files.verify(name, request.META.get("QUERY_STRING", ""), clock.now()):
        raise Http404
    response = HttpResponse(headers=_headers(request, name))
    response["X-Stonechat-File"] = str(files.path(name))
    return response


def _headers(request: WebRequest, name: str) -> dict[str, str]:
    common = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}
    return {**common, "Cache-Control": DAY, **_of_file(request, name)}


def _of_file(request: WebRequest, name: str) -> dict[str, str]:
    suffix = name[name.rfind(".") :]
    if name.startswith(OTHERS):
        return {"Content-Type": MIMES.get(suffix, "application/octet-stream")}
    try:
        row = _row(request, name)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    if name == row.preview:
        return {"Content-Type": MIMES.get(suffix, "application/octet-stream")}
    if row.kind != "unknown":
        return {"Content-Type": row.mime}
    attached = f"attachment; filename*=UTF-8''{quote(row.name)}"
    return {"Content-Type": row.mime, "Content-Disposition": attached}


def _row(request: WebRequest, name: str) -> MediaCard:
    """With a browser's session the post is asked for as well; client programs have none."""
    if request.viewer:
        return MediaCard.of(queries.media_at(request.viewer, name))
    return MediaCard.of(queries.media_by_address(name))
