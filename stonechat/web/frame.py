"""What stands around every page of somebody who signed in, and the rendering of pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from stonechat.audience.viewer import Viewer
from stonechat.notifications.queries import unread
from stonechat.people.cards import AccountCard, cards
from stonechat.people.queries.groups import my_groups
from stonechat.timelines.queries import marker
from stonechat.web.requests import WebRequest

MOST_COUNTED = 100  # of what is new; a badge says 99+ beyond


@dataclass(frozen=True, slots=True)
class Frame:
    """The navigation: who I am (None for nobody) and which groups I am in."""

    me: AccountCard | None
    groups: list[AccountCard]
    organisation: str
    unread: int = 0

    @property
    def open(self) -> bool:
        """Whether the place may be read without signing in."""
        return bool(settings.STONECHAT_OPEN_READING)

    @property
    def first_name(self) -> str:
        """What one is greeted with."""
        return self.me.name.split()[0] if self.me else ""


def frame(viewer: Viewer) -> Frame:
    """Five queries."""
    groups = [group.account_id for group in my_groups(viewer)]
    wanted = [viewer.account_id, *groups] if viewer else []
    found = cards(viewer, wanted)
    me = found.pop(viewer.account_id, None)
    return Frame(me, list(found.values()), settings.STONECHAT_NAME, _unread(viewer))


def _unread(viewer: Viewer) -> int:
    """Notifications since the viewer last marked them read, as far as a badge counts."""
    return unread(viewer, marker(viewer, "notifications"), limit=MOST_COUNTED) if viewer else 0


def page(request: WebRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A whole page."""
    return render(request, template, {"frame": frame(request.viewer), **context}, status=status)


def part(request: WebRequest, template: str, **context: Any) -> HttpResponse:
    """A piece that htmx puts into a page that stands already."""
    return render(request, template, context)
