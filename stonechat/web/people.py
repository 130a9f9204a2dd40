"""People, machines and groups: a profile with what was said, following, and the directory."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from stonechat.core.pages import Cursor
from stonechat.people import actions, queries
from stonechat.people.cards import AccountCard, card, cards
from stonechat.people.queries.groups import group_facts
from stonechat.posts.cards import cards as post_cards
from stonechat.timelines import queries as timelines
from stonechat.web.feeds import feed
from stonechat.web.frame import page, part
from stonechat.web.requests import WebRequest, back, cursor, may_be_open, number

PEOPLE = 30  # to a page of the directory
FACES = 6  # of a group's members, in its reading line

# What each tab of a profile asks of the timeline.
TABS: dict[str, dict[str, Any]] = {
    "posts": {"exclude_replies": True},
    "replies": {},
    "media": {"only_media": True},
}


@may_be_open
@require_safe
def profile(request: WebRequest, username: str, tab: str = "posts") -> HttpResponseBase:
    """/@NAME, and /@NAME/replies, /@NAME/media; a group's page is its account's."""
    account = queries.by_handle(request.viewer, username)
    if account.username != username:
        return redirect(f"/@{account.username}")
    who = card(request.viewer, account.pk)
    ids = timelines.account(request.viewer, who.id, cursor(request), **TABS[tab])
    shown = feed(request, ids, "account")
    if request.htmx:
        return part(request, "posts/_feed.html", feed=shown)
    about = _group(request, who) if who.group else _person(request, who)
    return page(
        request,
        "people/profile.html",
        who=who,
        feed=shown,
        tab=tab,
        **_between(request, who),
        **about,
    )


def _between(request: WebRequest, who: AccountCard) -> dict[str, Any]:
    """How the viewer and they stand to each other."""
    found = queries.relationships(request.viewer, [who.id])
    return {"own": request.viewer.account_id == who.id, "tie": found[0] if found else None}


def _person(request: WebRequest, who: AccountCard) -> dict[str, Any]:
    """The way up the organisation, and whom both know; pinned posts stand first."""
    viewer = request.viewer
    above = queries.managers(viewer, who.id)[:3][::-1]
    familiar = queries.familiar_followers(viewer, [who.id]).get(who.id, []) if viewer else []
    known = cards(viewer, [*above, *familiar[:3]])
    pinned = timelines.account(viewer, who.id, Cursor(), pinned=True)
    return {
        "above": [known[one] for one in above if one in known],
        "reports": queries.reports_count(viewer, who.id),
        "familiar": [known[one] for one in familiar[:3] if one in known],
        "pinned": [] if request.GET.get("max_id") else post_cards(viewer, pinned),
    }


def _group(request: WebRequest, who: AccountCard) -> dict[str, Any]:
    facts = group_facts(request.viewer, who.id)
    ids = queries.followers(request.viewer, who.id, Cursor(limit=FACES)).items
    return {"facts": facts, "members": list(cards(request.viewer, ids).values())}


@require_POST
def follow(request: WebRequest, username: str) -> HttpResponse:
    """POST /@NAME/follow; joins where it is a group."""
    actions.follow(request.viewer, queries.by_handle(request.viewer, username).pk)
    return _followed(request, username)


@require_POST
def unfollow(request: WebRequest, username: str) -> HttpResponse:
    """POST /@NAME/unfollow; leaves where it is a group."""
    actions.unfollow(request.viewer, queries.by_handle(request.viewer, username).pk)
    return _followed(request, username)


def _followed(request: WebRequest, username: str) -> HttpResponse:
    if not request.htmx:
        return back(request, f"/@{username}")
    who = card(request.viewer, queries.by_handle(request.viewer, username).pk)
    small = request.POST.get("size") == "small"
    return part(request, "people/_follow.html", who=who, small=small, **_between(request, who))


@may_be_open
@require_safe
def directory(request: WebRequest) -> HttpResponse:
    """/people: everybody who wants to be found, by their newest post."""
    offset = min(number(request.GET.get("offset", "")) or 0, 10_000)
    ids = queries.directory(request.viewer, offset=offset, limit=PEOPLE)
    more = f"?offset={offset + PEOPLE}" if len(ids) == PEOPLE else ""
    context: dict[str, Any] = {"persons": persons(request, ids), "more": more}
    if request.htmx:
        return part(request, "people/_persons.html", **context)
    return page(request, "people/directory.html", **context)


@require_safe
def suggested(request: WebRequest) -> HttpResponse:
    """/people/suggested: whom to follow, and why; the margin of the home page asks for three."""
    found = queries.suggestions(request.viewer, 3 if request.htmx else PEOPLE)
    named = cards(request.viewer, [one.account_id for one in found])
    whom = [(named[one.account_id], one.reason) for one in found if one.account_id in named]
    if request.htmx:
        return part(request, "people/_suggested.html", suggested=whom)
    return page(request, "people/suggested.html", suggested=whom)


def persons(request: WebRequest, ids: list[int]) -> list[dict[str, Any]]:
    """Rows of a list of people: who, and how we stand."""
    found = cards(request.viewer, ids)
    ties = {tie.id: tie for tie in queries.relationships(request.viewer, ids)}
    me = request.viewer.account_id
    return [
        {"who": found[one], "tie": ties.get(one), "own": one == me} for one in ids if one in found
    ]
