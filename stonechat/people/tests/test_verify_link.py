"""Verifying that the page which a profile links to links back."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from stonechat.audience.viewer import Viewer
from stonechat.core import clock, jobs
from stonechat.core.actions import NotAllowed
from stonechat.core.models import Job
from stonechat.people.actions import edit_profile, mark_verified
from stonechat.people.cards import card
from stonechat.people.events import ProfileChanged
from stonechat.people.jobs import look_for_links_back

PAGES = {
    "/me": '<html><a class="x" rel="nofollow ME" href="http://localhost:8000/@Alice/">me</a>',
    "/head": '<link rel="me" href="http://localhost:8000/@alice">',
    "/stranger": '<a rel="me" href="http://localhost:8000/@bob">',
    "/mention": '<a href="http://localhost:8000/@alice">',
}


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path in PAGES else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGES.get(self.path, PAGES["/me"]).encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site(settings: Any) -> Iterator[str]:
    """A web site on loopback, which the fetcher may reach for once."""
    settings.STONECHAT_FETCH_ALLOW = ["127.0.0.1/32"]
    server = HTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def verified(alice: Viewer) -> list[bool]:
    return [field.verified_at is not None for field in card(alice, alice.account_id).fields]


def look(alice: Viewer) -> None:
    """What the leader does when the profile has changed. (On PostgreSQL the journal shows it only
    after a commit, which a test never makes.)"""
    look_for_links_back(ProfileChanged(alice.account_id, alice.account_id))
    jobs.run_due()


def link(alice: Viewer, *urls: str) -> None:
    fields = [{"name": f"Page {at}", "value": url} for at, url in enumerate(urls)]
    edit_profile(alice, fields=fields)


def test_pages_that_link_back_are_verified(alice: Viewer, bob: Viewer, site: str):
    link(alice, f"{site}/me", f"{site}/head", f"{site}/stranger", f"{site}/mention")
    look(alice)
    assert verified(alice) == [True, True, False, False]
    assert card(alice, alice.account_id).revision == 3


def test_what_cannot_be_reached_stays_unverified(alice: Viewer, site: str, settings: Any):
    link(alice, f"{site}/gone", "Hamburg")
    look(alice)
    settings.STONECHAT_FETCH_ALLOW = []
    link(alice, f"{site}/me")
    look(alice)
    assert verified(alice) == [False]
    assert not Job.objects.exists()


def test_a_link_stays_verified_while_it_stays(alice: Viewer, site: str):
    link(alice, f"{site}/me")
    look(alice)
    link(alice, "https://example.org", f"{site}/me")
    assert verified(alice) == [False, True]


def test_people_do_not_verify_themselves(alice: Viewer):
    with pytest.raises(NotAllowed):
        mark_verified(alice, alice.account_id, "https://example.org", clock.now())
