"""Search: posts by their words, people by name, unit and title, topics by how they begin."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from stonechat.people import queries as people
from stonechat.timelines import queries as timelines
from stonechat.web.feeds import Feed, feed
from stonechat.web.frame import page, part
from stonechat.web.people import persons
from stonechat.web.requests import WebRequest, cursor, may_be_open

MOST = 40
LONGEST = 200  # letters of a question


@may_be_open
@require_safe
def search(request: WebRequest) -> HttpResponse:
    """/search?q=…&kind=posts, people or topics."""
    q = request.GET.get("q", "").strip()[:LONGEST].replace("\0", "")
    kind = request.GET.get("kind", "posts")
    found = KINDS.get(kind, _posts)(request, q) if q else {}
    if request.htmx and "feed" in found:
        return part(request, "posts/_feed.html", **found)
    return page(request, "search/search.html", q=q, kind=kind, **found)


def _posts(request: WebRequest, q: str) -> dict[str, Any]:
    if q.startswith("#"):
        return _topics(request, q)
    shown: Feed = feed(request, timelines.search(request.viewer, q, cursor(request)))
    return {"feed": shown, "some": persons(request, people.search(request.viewer, q, limit=3))}


def _people(request: WebRequest, q: str) -> dict[str, Any]:
    return {"persons": persons(request, people.search(request.viewer, q, limit=MOST))}


def _topics(request: WebRequest, q: str) -> dict[str, Any]:
    return {"topics": timelines.tags_like(request.viewer, q.removeprefix("#"), limit=MOST)}


KINDS = {"posts": _posts, "people": _people, "topics": _topics}
