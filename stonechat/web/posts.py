"""Posts: writing, reading one with its thread, marking, changing and taking back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stonechat.core.actions import Refused
from stonechat.posts import actions, queries
from stonechat.posts.cards import PostCard, card, cards
from stonechat.web import composing, errors
from stonechat.web.composing import Typed, composer
from stonechat.web.frame import page, part
from stonechat.web.requests import WebRequest, back, may_be_open, number
from stonechat.web.threads import tree

SHOWN = require_http_methods(["GET", "HEAD", "POST"])

MARKS: dict[str, Callable[..., Any]] = {
    "favourite": actions.favourite,
    "unfavourite": actions.unfavourite,
    "boost": actions.boost,
    "unboost": actions.unboost,
    "bookmark": actions.bookmark,
    "unbookmark": actions.unbookmark,
    "pin": actions.pin,
    "unpin": actions.unpin,
    "mute": actions.mute_thread,
    "unmute": actions.unmute_thread,
}


@require_safe
def write(request: WebRequest) -> HttpResponse:
    """/write: the composer; htmx puts it in the place of the question on the home page."""
    asked = request.GET
    typed = Typed(
        text=asked.get("text", ""),
        intent=asked.get("intent", "update"),
        audience=asked.get("audience", "organisation"),
        quoted=number(asked.get("quote", "")),
        key=uuid4().hex,
    )
    return _composer(request, typed)


@login_not_required
@require_POST
def publish(request: WebRequest) -> HttpResponse:
    """POST /posts. Whoever was signed out meanwhile gets their words back with the error."""
    if not request.viewer:
        return errors.show(request, errors.signed_out())
    typed = composing.typed_in(request)
    try:
        composing.take_files(request, typed)
        post_id = composing.publish(request.viewer, typed)
    except composing.FAULTS as error:
        return _composer(request, typed, error)
    return _there(card(request.viewer, post_id)) if typed.in_reply_to else redirect("home")


def _composer(request: WebRequest, typed: Typed, error: Exception | None = None) -> HttpResponse:
    shown = composer(request.viewer, typed, composing.sentence(error) if error else "")
    if request.htmx:
        return part(request, "posts/_composer.html", composer=shown, inline=True)
    return page(request, "posts/write.html", status=422 if error else 200, composer=shown)


def address(shown: PostCard) -> str:
    """A post's own page."""
    return f"/@{shown.author.username}/{shown.id}"


def _there(shown: PostCard) -> HttpResponse:
    return redirect(f"{address(shown)}#p{shown.id}")


@may_be_open
@require_safe
def post(request: WebRequest, username: str, post_id: int) -> HttpResponseBase:
    """/@NAME/ID: the post, what it answers above it, what answers it below."""
    shown = card(request.viewer, post_id)
    if shown.boost_of or shown.author.username != username:
        return redirect(address(shown.words))
    above, below = queries.context(request.viewer, post_id)
    found = {one.id: one for one in cards(request.viewer, [*above, *below])}
    return page(
        request,
        "posts/post.html",
        card=shown,
        above=[found[one] for one in above if one in found],
        tree=tree(found[one] for one in below if one in found),
        composer=_reply(request, shown),
    )


def _reply(request: WebRequest, to: PostCard) -> composing.Composer | None:
    """An answer begins with the name of whom it answers, so that they are told."""
    if not request.viewer:
        return None
    named = {to.author.username, *(one.username for one in to.named)}
    me = request.viewer.account_id
    named -= {one.username for one in to.named if one.id == me}
    named -= {to.author.username} if to.author.id == me else set()
    text = "".join(f"@{name} " for name in sorted(named, key=lambda n: n != to.author.username))
    return composer(request.viewer, Typed(text=text, in_reply_to=to.id, key=uuid4().hex))


@require_POST
def mark(request: WebRequest, post_id: int, name: str) -> HttpResponse:
    """POST /posts/ID/favourite and the like; htmx gets the row of buttons again."""
    if name not in MARKS:
        raise Http404
    MARKS[name](request.viewer, post_id)
    shown = card(request.viewer, post_id)
    if request.htmx:
        return part(request, "posts/_acts.html", card=shown, at=request.POST.get("at", ""))
    return back(request, address(shown))


@require_POST
def vote(request: WebRequest, post_id: int) -> HttpResponse:
    """POST /posts/ID/vote."""
    shown = card(request.viewer, post_id)
    if shown.poll is None:
        raise Http404
    picked = [number(one) for one in request.POST.getlist("choice")]
    actions.vote(request.viewer, shown.poll.id, [one for one in picked if one is not None])
    if request.htmx:
        return part(request, "posts/_poll.html", card=card(request.viewer, post_id))
    return back(request, address(shown))


@SHOWN
def delete(request: WebRequest, post_id: int) -> HttpResponse:
    """/posts/ID/delete: asks once, then takes it back."""
    shown = _own(request, post_id)
    if request.method != "POST":
        return page(request, "posts/delete.html", card=shown)
    actions.delete(request.viewer, post_id)
    return redirect("home")


@SHOWN
def edit(request: WebRequest, post_id: int) -> HttpResponse:
    """/posts/ID/edit: a new version beside the old ones; its files and its poll stay."""
    shown = _own(request, post_id)
    said, sent = shown.said, request.POST
    text, spoiler = sent.get("text", said.text), sent.get("spoiler", said.spoiler)
    if request.method != "POST":
        return page(request, "posts/edit.html", card=shown, text=text, spoiler=spoiler)
    try:
        composing.correct(request.viewer, shown, text, spoiler)
    except Refused as error:
        why = composing.sentence(error)
        return page(
            request, "posts/edit.html", 422, card=shown, text=text, spoiler=spoiler, error=why
        )
    return redirect(address(shown))


def _own(request: WebRequest, post_id: int) -> PostCard:
    """Others' posts have no such page."""
    shown = card(request.viewer, post_id)
    if shown.said.author_id != request.viewer.account_id or shown.boost_of:
        raise Http404
    return shown


@may_be_open
@require_safe
def history(request: WebRequest, post_id: int) -> HttpResponse:
    """/posts/ID/history: every version, the newest first."""
    shown = card(request.viewer, post_id)
    versions = queries.versions(request.viewer, post_id)[::-1]
    return page(request, "posts/history.html", card=shown, versions=versions)
