"""Timelines: what I follow, what everybody said, a tag, and what I keep."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from stonechat.core.text import fold
from stonechat.posts import queries as posts
from stonechat.timelines import queries
from stonechat.web.feeds import feed, feed_page, listed_feed
from stonechat.web.requests import WebRequest, cursor, may_be_open


@may_be_open
@require_safe
def home(request: WebRequest) -> HttpResponseBase:
    """/: what I follow; for nobody, in an open place, what everybody said."""
    if not request.viewer:
        return redirect("everyone")
    shown = feed(request, queries.home(request.viewer, cursor(request)), "home")
    return feed_page(request, "timelines/home.html", shown)


@may_be_open
@require_safe
def everyone(request: WebRequest) -> HttpResponse:
    """/all: what was said to the whole organisation."""
    shown = feed(request, queries.public(request.viewer, cursor(request)), "public")
    return feed_page(request, "timelines/everyone.html", shown)


@may_be_open
@require_safe
def tag(request: WebRequest, name: str) -> HttpResponse:
    """/tags/NAME."""
    shown = feed(request, queries.tag(request.viewer, fold(name), cursor(request)), "public")
    return feed_page(request, "timelines/tag.html", shown, name=name)


@require_safe
def bookmarks(request: WebRequest) -> HttpResponse:
    """/bookmarks: what I keep; nobody else can see which."""
    shown = listed_feed(request, posts.bookmarks(request.viewer, cursor(request)))
    return feed_page(request, "timelines/bookmarks.html", shown)


@require_safe
def conversations(request: WebRequest) -> HttpResponse:
    """/conversations: what was said to a few, by the newest word of each."""
    found = queries.conversations(request.viewer, cursor(request))
    shown = feed(request, [one.post_id for one in found])
    return feed_page(request, "timelines/conversations.html", shown)
