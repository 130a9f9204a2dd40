"""Work that goes out for people: does the page that a profile links to link back?"""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urldefrag

from django.conf import settings

from stonechat.audience.viewer import Viewer
from stonechat.core import clock, fetch, text
from stonechat.core.jobs import job, later
from stonechat.people import queries
from stonechat.people.actions import mark_verified
from stonechat.people.events import ProfileChanged

_SYSTEM = Viewer.system(because="link verification")


def look_for_links_back(event: ProfileChanged) -> None:
    """What follows from a changed profile: its links are looked at, one job each."""
    account = queries.accounts(_SYSTEM, [event.account_id])
    for row in account[0].fields if account else []:
        if not row["verified_at"] and _is_link(row["value"]):
            later(verify_link, account_id=event.account_id, url=row["value"])


def _is_link(value: str) -> bool:
    return [type(token) for token in text.parse(value)] == [text.Link]


@job
def verify_link(account_id: int, url: str) -> None:
    """Mark a profile's link as verified where its page names the profile with `rel="me"`.

    A page that cannot be reached, or may not be, stays unverified: nobody waits for it."""
    try:
        answer = fetch.get(url)
    except (fetch.Forbidden, fetch.Unreachable):
        return
    found = queries.accounts(_SYSTEM, [account_id])
    names_us = _mine(answer.body.decode(errors="replace"))
    if found and answer.status == 200 and _page(found[0].username) in names_us:
        mark_verified(_SYSTEM, account_id, url, clock.now())


def _page(username: str) -> str:
    return f"{settings.STONECHAT_URL}/@{username}".lower()


def _mine(markup: str) -> set[str]:
    parser = _Links()
    parser.feed(markup)
    return parser.found


class _Links(HTMLParser):
    """Collects where `<a>` and `<link>` with `rel="me"` lead, in small letters."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in {"a", "link"} and "me" in given.get("rel", "").lower().split():
            self.found.add(urldefrag(given.get("href", "")).url.rstrip("/").lower())
