"""Timelines: what I follow, what everybody said, a tag, and what I keep."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from stonechat.core.text import fold
from stonechat.people.cards import cards
from stonechat.people.queries import suggestions
from stonechat.posts import queries as posts
from stonechat.timelines import queries
from stonechat.web.feeds import feed, feed_page, listed_feed
from stonechat.web.requests import WebRequest, cursor, may_be_open

SUGGESTED = 3


@may_be_open
@require_safe
def home(request: WebRequest) -> HttpResponseBase:
    """/: what I follow; for nobody, in an open place, what everybody said."""
    if not request.viewer:
        return redirect("everyone")
    shown = feed(request, queries.home(request.viewer, cursor(request)))
    return feed_page(request, "timelines/home.html", shown, suggested=_suggested(request))


def _suggested(request: WebRequest) -> list[tuple[object, str]]:
    """Whom to follow, and why; not where only posts are asked for."""
    found = [] if request.htmx else suggestions(request.viewer, SUGGESTED)
    named = cards(request.viewer, [one.account_id for one in found])
    return [(named[one.account_id], one.reason) for one in found if one.account_id in named]


@may_be_open
@require_safe
def everyone(request: WebRequest) -> HttpResponse:
    """/all: what was said to the whole organisation."""
    shown = feed(request, queries.public(request.viewer, cursor(request)))
    return feed_page(request, "timelines/everyone.html", shown)


@may_be_open
@require_safe
def tag(request: WebRequest, name: str) -> HttpResponse:
    """/tags/NAME."""
    shown = feed(request, queries.tag(request.viewer, fold(name), cursor(request)))
    return feed_page(request, "timelines/tag.html", shown, name=name)


@require_safe
def bookmarks(request: WebRequest) -> HttpResponse:
    """/bookmarks: what I keep; nobody else can see which."""
    shown = listed_feed(request, posts.bookmarks(request.viewer, cursor(request)))
    return feed_page(request, "timelines/bookmarks.html", shown)
