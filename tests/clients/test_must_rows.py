"""Every method of Mastodon's API that clients use in ordinary work answers, over a real connection.

The rows are those that observed clients call to sign in, read home, post, and in daily use. Not
here yet: GET /api/v1/streaming (WebSocket and events) and /api/v1/push/subscription, because the
room that pushes news to clients is built later.
"""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests

from stonechat.access import queries as access_queries
from tests.clients.things import Wire, things

pytestmark = [pytest.mark.server, pytest.mark.once]

POST = {"status": "Said over the wire"}
WORDS = {"keyword": "gravel", "whole_word": True}

# A row, and what is sent with it; {names} stand for the ids of what `things` has made.
FIRST = [
    ("GET /.well-known/oauth-authorization-server", {}),
    ("GET /.well-known/nodeinfo", {}),
    ("GET /nodeinfo/2.0", {}),
    ("GET /health", {}),
    ("GET /api/v1/streaming/health", {}),
    ("GET /api/v1/apps/verify_credentials", {}),
    ("GET /api/v2/instance", {}),
    ("GET /api/v1/instance", {}),
    ("GET /api/v1/accounts/verify_credentials", {}),
    ("GET /api/v1/preferences", {}),
    ("GET /api/v1/custom_emojis", {}),
    ("GET /api/v1/timelines/home", {"limit": 20}),
    ("GET /api/v1/timelines/public", {"local": "true"}),
    ("GET /api/v1/timelines/tag/granite", {}),
    ("POST /api/v1/markers", {"home": {"last_read_id": "{own}"}}),
    ("GET /api/v1/markers", {"timeline[]": ["home", "notifications"]}),
    ("POST /api/v1/statuses", POST),
    ("GET /api/v1/statuses/{post}", {}),
    ("PUT /api/v1/statuses/{own}", {"status": "Said again"}),
    ("DELETE /api/v1/statuses/{doomed}", {}),
    ("GET /api/v1/statuses/{post}/context", {}),
    ("POST /api/v1/statuses/{post}/favourite", {}),
    ("POST /api/v1/statuses/{post}/unfavourite", {}),
    ("POST /api/v1/statuses/{post}/reblog", {}),
    ("POST /api/v1/statuses/{post}/unreblog", {}),
    ("POST /api/v1/statuses/{post}/bookmark", {}),
    ("POST /api/v1/statuses/{post}/unbookmark", {}),
    ("POST /api/v2/media", {"file": "stones.png"}),
    ("POST /api/v1/media", {"file": "stones.png"}),
    ("GET /api/v1/media/{media}", {}),
    ("PUT /api/v1/media/{media}", {"description": "Grey"}),
    ("GET /api/v1/notifications", {"exclude_types[]": ["follow_request"]}),
    ("GET /api/v1/notifications/{told}", {}),
    ("POST /api/v1/notifications/{told_too}/dismiss", {}),
    ("GET /api/v1/accounts/{bert}", {}),
    ("GET /api/v1/accounts/{bert}/statuses", {"exclude_replies": "true"}),
    ("GET /api/v1/accounts/lookup", {"acct": "bert"}),
    ("GET /api/v1/accounts/search", {"q": "be"}),
    ("GET /api/v1/accounts/relationships", {"id[]": ["{bert}", "{cleo}"]}),
    ("POST /api/v1/accounts/{dora}/follow", {"reblogs": False}),
    ("POST /api/v1/accounts/{dora}/unfollow", {}),
    ("GET /api/v2/search", {"q": "stone", "resolve": "true", "limit": 5}),
    ("GET /api/v1/filters", {}),
    ("GET /api/v2/filters", {}),
    ("GET /api/v1/lists", {}),
    ("GET /api/v1/announcements", {}),
    ("GET /api/v1/followed_tags", {"limit": 200}),
    ("GET /api/v1/follow_requests", {"limit": 80}),
]
DAILY = [
    ("POST /api/v1/follow_requests/{dora}/authorize", {}),
    ("POST /api/v1/follow_requests/{erik}/reject", {}),
    ("GET /api/v1/accounts/{me}/followers", {}),
    ("GET /api/v1/accounts/{me}/following", {}),
    ("POST /api/v1/accounts/{dora}/block", {}),
    ("GET /api/v1/blocks", {}),
    ("POST /api/v1/accounts/{dora}/unblock", {}),
    ("POST /api/v1/accounts/{dora}/mute", {"duration": 3600}),
    ("GET /api/v1/mutes", {}),
    ("POST /api/v1/accounts/{dora}/unmute", {}),
    ("POST /api/v1/accounts/{dora}/note", {"comment": "Plays the horn"}),
    ("POST /api/v1/accounts/{cleo}/remove_from_followers", {}),
    ("GET /api/v1/favourites", {}),
    ("GET /api/v1/bookmarks", {}),
    ("GET /api/v1/statuses/{own}/favourited_by", {}),
    ("GET /api/v1/statuses/{own}/reblogged_by", {}),
    ("GET /api/v1/statuses/{own}/history", {}),
    ("GET /api/v1/statuses/{own}/source", {}),
    ("POST /api/v1/statuses/{own}/pin", {}),
    ("POST /api/v1/statuses/{own}/unpin", {}),
    ("POST /api/v1/statuses/{own}/mute", {}),
    ("POST /api/v1/statuses/{own}/unmute", {}),
    ("GET /api/v1/polls/{poll}", {}),
    ("POST /api/v1/polls/{poll}/votes", {"choices": ["1"]}),
    ("GET /api/v1/scheduled_statuses", {}),
    ("GET /api/v1/scheduled_statuses/{waiting}", {}),
    ("PUT /api/v1/scheduled_statuses/{waiting}", {"scheduled_at": "2190-05-05T10:00:00.000Z"}),
    ("DELETE /api/v1/scheduled_statuses/{waiting}", {}),
    ("GET /api/v1/conversations", {}),
    ("POST /api/v1/conversations/{talk}/read", {}),
    ("DELETE /api/v1/conversations/{talk}", {}),
    ("POST /api/v1/lists", {"title": "Masons"}),
    ("GET /api/v1/lists/{list}", {}),
    ("PUT /api/v1/lists/{list}", {"title": "Stonemasons", "exclusive": True}),
    ("POST /api/v1/lists/{list}/accounts", {"account_ids": ["{cleo}"]}),
    ("GET /api/v1/lists/{list}/accounts", {"limit": 0}),
    ("DELETE /api/v1/lists/{list}/accounts", {"account_ids": ["{cleo}"]}),
    ("GET /api/v1/timelines/list/{list}", {}),
    ("DELETE /api/v1/lists/{list}", {}),
    ("POST /api/v2/filters", {"title": "Noise", "context": ["home"], "filter_action": "hide"}),
    ("GET /api/v2/filters/{filter}", {}),
    ("PUT /api/v2/filters/{filter}", {"title": "Din", "keywords_attributes": [WORDS]}),
    ("GET /api/v2/filters/{filter}/keywords", {}),
    ("POST /api/v2/filters/{filter}/keywords", WORDS),
    ("GET /api/v2/filters/keywords/{keyword}", {}),
    ("PUT /api/v2/filters/keywords/{keyword}", {"keyword": "grit"}),
    ("DELETE /api/v2/filters/keywords/{keyword}", {}),
    ("GET /api/v2/filters/{filter}/statuses", {}),
    ("POST /api/v2/filters/{filter}/statuses", {"status_id": "{post}"}),
    ("GET /api/v2/filters/statuses/{kept}", {}),
    ("DELETE /api/v2/filters/statuses/{kept}", {}),
    ("DELETE /api/v2/filters/{filter}", {}),
    ("GET /api/v2/notifications", {"supported_types[]": ["mention"], "limit": 20}),
    ("GET /api/v2/notifications/unread_count", {}),
    ("GET /api/v1/notifications/unread_count", {}),
    ("GET /api/v2/notifications/{group}", {}),
    ("GET /api/v2/notifications/{group}/accounts", {}),
    ("POST /api/v2/notifications/{group}/dismiss", {}),
    ("GET /api/v2/notifications/policy", {}),
    ("PATCH /api/v2/notifications/policy", {"for_new_accounts": "accept"}),
    ("GET /api/v1/notifications/requests", {}),
    ("GET /api/v1/notifications/requests/{asking}", {}),
    ("POST /api/v1/notifications/requests/{asking}/accept", {}),
    ("POST /api/v1/notifications/requests/{asking_too}/dismiss", {}),
    ("POST /api/v1/notifications/requests/accept", {"id": ["{asking}"]}),
    ("POST /api/v1/notifications/requests/dismiss", {"id": ["{asking_too}"]}),
    ("GET /api/v1/notifications/requests/merged", {}),
    ("POST /api/v1/notifications/clear", {}),
    ("PATCH /api/v1/accounts/update_credentials", {"source": {"privacy": "public"}}),
    ("GET /api/v1/profile", {}),
    ("PATCH /api/v1/profile", {"note": "Counts stones"}),
    ("DELETE /api/v1/profile/avatar", {}),
    ("DELETE /api/v1/profile/header", {}),
    ("GET /api/v1/featured_tags", {}),
    ("POST /api/v1/featured_tags", {"name": "slate"}),
    ("DELETE /api/v1/featured_tags/{featured}", {}),
    ("GET /api/v1/featured_tags/suggestions", {}),
    ("GET /api/v1/tags/granite", {}),
    ("POST /api/v1/tags/granite/follow", {}),
    ("POST /api/v1/tags/granite/unfollow", {}),
    ("GET /api/v1/accounts/{bert}/featured_tags", {}),
    ("GET /api/v1/accounts/{cleo}/lists", {}),
    ("GET /api/v1/accounts/{bert}/endorsements", {}),
    ("GET /api/v1/accounts", {"id[]": ["{bert}"]}),
    ("GET /api/v1/statuses", {"id[]": ["{post}"]}),
    ("GET /api/v1/accounts/familiar_followers", {"id[]": ["{bert}"]}),
    ("POST /api/v1/reports", {"account_id": "{bert}", "status_ids": ["{post}"]}),
    ("GET /api/v1/trends/tags", {}),
    ("GET /api/v1/trends/statuses", {}),
    ("GET /api/v1/trends/links", {}),
    ("GET /api/v2/suggestions", {}),
    ("PUT /api/v1/announcements/{announced}/reactions/%F0%9F%AA%A8", {}),
    ("DELETE /api/v1/announcements/{announced}/reactions/%F0%9F%AA%A8", {}),
    ("POST /api/v1/announcements/{announced}/dismiss", {}),
    ("GET /api/v1/instance/rules", {}),
    ("GET /api/v1/instance/extended_description", {}),
    ("GET /api/v1/instance/privacy_policy", {}),
    ("POST /api/v1/statuses", {**POST, "quoted_status_id": "{post}"}),
    ("GET /api/v1/statuses/{own}/quotes", {}),
    ("POST /api/v1/statuses/{own}/quotes/{quoting}/revoke", {}),
    ("PUT /api/v1/statuses/{own}/interaction_policy", {"quote_approval_policy": "nobody"}),
]


@pytest.fixture(scope="module")
def made(wire: Wire, instance: Any, tokens: Any, eventually: Any) -> dict[str, str]:
    return things(wire, instance, tokens, eventually)


@pytest.mark.parametrize(("row", "sent"), FIRST + DAILY, ids=[row for row, _ in FIRST + DAILY])
def test_a_row_answers(wire: Wire, made: dict[str, str], picture: Any, row: str, sent: Any) -> None:
    method, path = row.format_map(made).split()
    if "file" in sent:
        answer = wire.send(method, path, files={"file": picture.read_bytes()})
    else:
        answer = wire.send(method, path, _filled(sent, made))
    assert answer.status_code == 200, answer.text


def _filled(sent: Any, made: dict[str, str]) -> Any:
    """Its {names} replaced by ids."""
    if isinstance(sent, dict):
        return {name: _filled(value, made) for name, value in sent.items()}
    if isinstance(sent, list):
        return [_filled(value, made) for value in sent]
    return sent.format_map(made) if isinstance(sent, str) else sent


def test_signing_in(instance: Any, program: Any, sign_in: Any, zoe: Any) -> None:
    """POST /api/v1/apps, GET and POST /oauth/authorize, POST /oauth/token, POST /oauth/revoke."""
    granted = sign_in(zoe)
    assert (granted["token_type"], "refresh_token" in granted) == ("Bearer", False)
    mine = Wire(instance.url, granted["access_token"])
    assert mine.send("GET", "/oauth/userinfo").json()["preferred_username"] == "zoe"
    given_back = {"token": mine.token, **program}
    assert requests.post(f"{instance.url}/oauth/revoke", data=given_back, timeout=30).json() == {}
    time.sleep(access_queries.BELIEVED)  # the other worker may believe it that long
    assert mine.send("GET", "/api/v1/accounts/verify_credentials").status_code == 401


def test_joining(instance: Any, program: Any) -> None:
    """POST /oauth/token by the program itself, POST /api/v1/accounts, emails/confirmations."""
    asked = {"grant_type": "client_credentials", "scope": "read write", **program}
    token = requests.post(f"{instance.url}/oauth/token", json=asked, timeout=30).json()
    member = {"username": "nils", "email": "nils@example.org", "password": "seven stones in a wall"}
    joined = Wire(instance.url, token["access_token"]).ask(
        "POST", "v1/accounts", {**member, "agreement": True, "locale": "en"}
    )
    assert Wire(instance.url, joined["access_token"]).ask("POST", "v1/emails/confirmations") == {}


def test_a_browser_may_ask_from_another_site(instance: Any) -> None:
    """What Phanpy's browser asks before it posts: the preflight needs no token."""
    asked = {
        "Origin": "https://client.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,idempotency-key",
    }
    answer = requests.options(f"{instance.url}/api/v1/statuses", headers=asked, timeout=30)
    assert answer.ok
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "idempotency-key" in answer.headers["Access-Control-Allow-Headers"].lower()
