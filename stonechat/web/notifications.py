"""What concerns me: grouped by act and post, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from stonechat.audience.viewer import Viewer
from stonechat.notifications import cards, queries
from stonechat.notifications.queries import GroupEntry, Which
from stonechat.people.cards import AccountCard
from stonechat.posts.cards import PostCard
from stonechat.timelines.actions import move_markers
from stonechat.timelines.queries import marker
from stonechat.web.frame import page, part
from stonechat.web.requests import PAGE, WebRequest, cursor, number

KINDS = {"mentions": ("mention", "quote"), "follows": ("follow", "follow_request")}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page: who did what to which post, and how many others did so."""

    id: int
    type: str
    at: datetime
    who: list[AccountCard]
    count: int
    post: PostCard | None
    new: bool

    @property
    def others(self) -> int:
        """How many are not named."""
        return self.count - 1


@require_safe
def notifications(request: WebRequest) -> HttpResponse:
    """/notifications, and ?kind=mentions for those alone."""
    kind = request.GET.get("kind", "")
    which = Which.of(types=KINDS.get(kind, ()))
    entries = queries.grouped(request.viewer, cursor(request), which)
    older = f"?kind={kind}&max_id={entries[-1].newest.id}" if len(entries) >= PAGE else ""
    context: dict[str, Any] = {
        "lines": _lines(request.viewer, entries),
        "older": older,
        "kind": kind,
    }
    if request.htmx:
        return part(request, "notifications/_lines.html", **context)
    return page(request, "notifications/notifications.html", **context)


def _lines(viewer: Viewer, entries: list[GroupEntry]) -> list[Line]:
    read, found = marker(viewer, "notifications"), cards.groups(viewer, entries)
    return [
        Line(
            id=one.newest.id,
            type=one.newest.type,
            at=one.newest.created_at,
            who=[found.accounts[id] for id in one.origin_ids if id in found.accounts],
            count=one.count,
            post=found.posts.get(one.newest.post_id or 0),
            new=one.newest.id > read,
        )
        for one in entries
    ]


@require_POST
def read_all(request: WebRequest) -> HttpResponse:
    """POST /notifications/read, with the newest that the page showed."""
    newest = number(request.POST.get("newest", ""))
    if newest is not None:
        move_markers(request.viewer, {"notifications": newest})
    return redirect("notifications")
