"""Announcements and reports as a client asks for them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from stonechat.governance import queries
from stonechat.governance.actions import publish, set_rules


@pytest.fixture
def ask(program, token, alice):
    """`ask("GET", address)` asks as alice and gives (status, JSON)."""

    def send(method: str, address: str, scopes: str = "read write", **body: Any):
        answer = program.generic(
            method,
            address,
            json.dumps(body) if body else b"",
            content_type="application/json",
            headers={"Authorization": token(scopes, alice.account_id)},
        )
        return answer.status_code, json.loads(answer.content)

    return send


def test_an_announcement_in_mastodons_words(ask, olga):
    row = publish(olga, "Tea at four #tea")
    status, [shown] = ask("GET", "/api/v1/announcements")
    assert status == 200
    assert (shown["id"], shown["read"], shown["all_day"]) == (str(row.pk), False, False)
    assert shown["content"].startswith("<p>Tea at four")
    assert (shown["starts_at"], shown["ends_at"]) == (None, None)
    assert [one["name"] for one in shown["tags"]] == ["tea"]
    for name in ("mentions", "statuses", "emojis", "reactions"):
        assert shown[name] == []


def test_dismissing(ask, olga):
    address = "/api/v1/announcements"
    row = publish(olga, "Tea")
    assert ask("POST", f"{address}/{row.pk}/dismiss", "write:accounts") == (200, {})
    assert ask("GET", address) == (200, [])
    [shown] = ask("GET", f"{address}?with_dismissed=true")[1]
    assert shown["read"] is True
    assert ask("POST", f"{address}/1/dismiss")[0] == 404


def test_answering(ask, olga):
    row = publish(olga, "Tea")
    address = f"/api/v1/announcements/{row.pk}/reactions"
    assert ask("PUT", f"{address}/{quote('🎉')}", "write:favourites") == (200, {})
    assert ask("PUT", f"{address}/tea")[0] == 422
    [shown] = ask("GET", "/api/v1/announcements")[1]
    assert shown["reactions"] == [{"name": "🎉", "count": 1, "me": True}]
    assert ask("DELETE", f"{address}/{quote('🎉')}", "write:favourites") == (200, {})
    assert ask("GET", "/api/v1/announcements")[1][0]["reactions"] == []


def test_reporting(ask, bob, olga, say):
    set_rules(olga, [("Be kind", "")])
    rule, post = str(queries.rules()[0].id), say(bob, "Rubbish")
    status, made = ask(
        "POST",
        "/api/v1/reports",
        "write:reports",
        account_id=str(bob.account_id),
        status_ids=[str(post.pk)],
        comment="Look",
        rule_ids=[rule],
    )
    assert status == 200
    assert (made["category"], made["comment"]) == ("violation", "Look")
    assert (made["status_ids"], made["rule_ids"]) == ([str(post.pk)], [rule])
    assert made["target_account"]["username"] == "bob"
    assert (made["action_taken"], made["action_taken_at"], made["forwarded"]) == (
        False,
        None,
        False,
    )


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"account_id": "1"}, 404),
        ({"account_id": "me", "status_ids": ["1"]}, 404),
        ({"account_id": "bob", "status_ids": ["1"]}, 404),
        ({"account_id": "bob", "category": "ugly"}, 422),
        ({"account_id": "bob", "comment": "x" * 1001}, 422),
    ],
)
def test_reports_that_are_refused(ask, bob, body, status):
    known = {"bob": str(bob.account_id)}
    sent = {**body, "account_id": known.get(body.get("account_id"), body.get("account_id", ""))}
    assert ask("POST", "/api/v1/reports", **sent)[0] == status
