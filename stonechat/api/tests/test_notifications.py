"""Notifications as a client asks for them: singly, in groups, and held back."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from stonechat.core.pages import Cursor
from stonechat.notifications import queries
from stonechat.people import actions as people
from stonechat.posts import actions as posts
from stonechat.timelines.actions import KeywordChange, make_filter

V1, V2 = "/api/v1/notifications", "/api/v2/notifications"


@pytest.fixture
def ask(program, token, alice):
    """`ask("GET", address)` asks as alice and gives (status, JSON, headers)."""

    def send(method: str, address: str, *, viewer: Any = alice, scopes: str = "", **body: Any):
        scopes = scopes or ("read:notifications" if method == "GET" else "write:notifications")
        answer = program.generic(
            method,
            address,
            json.dumps(body) if body else b"",
            content_type="application/json",
            headers={"Authorization": token(scopes, viewer.account_id)},
        )
        return answer.status_code, json.loads(answer.content), answer.headers

    return send


@pytest.fixture
def liked(alice, bob, carol, say, lead):
    """A post of alice's that bob and carol like; carol then mentions alice."""
    post = say(alice, "Hello")
    for fan in (bob, carol):
        posts.favourite(fan, post.pk)
    say(carol, "Hello @alice")
    lead()
    return post


def test_a_notification_in_mastodons_words(ask, carol, liked):
    status, [mention, *_rest], _headers = ask("GET", V1)
    assert status == 200
    assert set(mention) == {"id", "type", "group_key", "created_at", "account", "status"}
    assert mention["type"] == "mention"
    assert mention["group_key"] == f"ungrouped-{mention['id']}"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", mention["created_at"])
    assert mention["account"]["username"] == "carol"
    assert mention["status"]["content"].startswith("<p>Hello")
    assert ask("GET", f"{V1}/{mention['id']}")[1] == mention


def test_a_follow_has_no_status(ask, liked):
    [follow] = ask("GET", f"{V1}?types[]=follow")[1]
    assert (follow["account"]["username"], "status" in follow) == ("bob", False)


def test_pages_follow_their_links(ask, liked):
    everything = [one["id"] for one in ask("GET", V1)[1]]
    seen, address = [], f"{V1}?limit=2"
    while True:
        _status, page, headers = ask("GET", address)
        if not page:
            break
        seen += [one["id"] for one in page]
        [address] = re.findall(r"<http://[^/]+(/[^>]+)>; rel=\"next\"", headers["Link"])
    assert seen == everything
    assert len(everything) == 4


def test_unread_ones_are_newer_than_the_marker(ask, alice, liked):
    assert ask("GET", f"{V1}/unread_count")[1] == {"count": 4}
    assert ask("GET", f"{V1}/unread_count?limit=2")[1] == {"count": 2}
    assert ask("GET", f"{V2}/unread_count")[1] == {"count": 3}


def test_taking_out(ask, liked):
    mention, like, other, _follow = [one["id"] for one in ask("GET", V1)[1]]
    assert ask("POST", f"{V1}/{mention}/dismiss")[:2] == (200, {})
    assert ask("POST", f"{V1}/{mention}/dismiss")[:2] == (404, {"error": "Record not found"})
    assert ask("DELETE", f"{V1}/{like}")[:2] == (200, {})
    assert ask("DELETE", f"{V1}/destroy_multiple?ids[]={other}&ids[]=x")[:2] == (200, {})
    assert [one["type"] for one in ask("GET", V1)[1]] == ["follow"]
    assert ask("POST", f"{V1}/clear")[:2] == (200, {})
    assert ask("GET", V1)[:2] == (200, [])


def test_groups_in_mastodons_words(ask, alice, bob, carol, liked):
    _status, page, headers = ask("GET", V2)
    mention, likes, follow = page["notification_groups"]
    assert [one["type"] for one in (mention, likes, follow)] == ["mention", "favourite", "follow"]
    assert likes["notifications_count"] == 2
    assert likes["status_id"] == str(liked.pk)
    assert likes["sample_account_ids"] == [str(carol.account_id), str(bob.account_id)]
    assert likes["page_max_id"] == str(likes["most_recent_notification_id"])
    assert int(likes["page_min_id"]) < likes["most_recent_notification_id"]
    assert "status_id" not in follow
    assert {one["username"] for one in page["accounts"]} == {"bob", "carol"}
    assert len(page["statuses"]) == 2
    assert "partial_accounts" not in page
    assert f"max_id={follow['most_recent_notification_id']}" in headers["Link"]


def test_a_frugal_page_has_one_whole_account_a_group(ask, liked):
    asked = f"{V2}?types[]=favourite&expand_accounts=partial_avatars"
    page = ask("GET", asked)[1]
    assert [one["username"] for one in page["accounts"]] == ["carol"]
    assert [one["acct"] for one in page["partial_accounts"]] == ["bob"]


def test_one_group(ask, liked):
    [likes] = ask("GET", f"{V2}?types[]=favourite")[1]["notification_groups"]
    key = likes["group_key"]
    assert ask("GET", f"{V2}/{key}")[1]["notification_groups"] == [likes]
    _status, page, headers = ask("GET", f"{V2}/{key}/accounts?limit=1")
    assert [one["username"] for one in page] == ["carol"]
    assert 'rel="next"' in headers["Link"]
    assert ask("POST", f"{V2}/{key}/dismiss")[:2] == (200, {})
    assert ask("GET", f"{V2}/{key}")[0] == 404


def test_the_policy_in_both_versions(ask, alice):
    status, policy, _headers = ask("PATCH", f"{V2}/policy", for_not_following="filter")
    assert status == 200
    assert policy["for_not_following"] == "filter"
    assert policy["for_bots"] == "accept"
    assert policy["summary"] == {"pending_requests_count": 0, "pending_notifications_count": 0}
    assert ask("GET", f"{V2}/policy")[1] == policy
    old = ask("PUT", f"{V1}/policy", filter_private_mentions=True, filter_not_following=False)[1]
    assert (old["filter_private_mentions"], old["filter_not_following"]) == (True, False)
    assert ask("GET", f"{V2}/policy")[1]["for_private_mentions"] == "filter"
    assert ask("PATCH", f"{V2}/policy", for_bots="hide")[0] == 422


def test_requests(ask, alice, carol, say, lead):
    ask("PATCH", f"{V2}/policy", for_not_following="filter")
    post = say(carol, "@alice")
    lead()
    assert ask("GET", V1)[1] == []
    assert [one["filtered"] for one in ask("GET", f"{V1}?include_filtered=true")[1]] == [True]
    _status, [request], headers = ask("GET", f"{V1}/requests")
    assert request["notifications_count"] == "1"
    assert (request["account"]["username"], request["last_status"]["id"]) == ("carol", str(post.pk))
    assert 'rel="prev"' in headers["Link"]
    address = f"{V1}/requests/{request['id']}"
    assert ask("GET", address)[1] == request
    assert ask("POST", f"{address}/accept")[:2] == (200, {})
    assert ask("POST", f"{address}/dismiss")[0] == 404
    assert ask("GET", f"{V1}/requests/merged")[1] == {"merged": True}
    assert [one["type"] for one in ask("GET", V1)[1]] == ["mention"]


def test_several_requests(ask, alice, bob, carol, say, lead):
    lead()
    ask("PATCH", f"{V2}/policy", for_not_following="filter")
    for other in (bob, carol):
        say(other, "@alice")
    lead()
    second, first = [one["id"] for one in ask("GET", f"{V1}/requests")[1]]
    assert ask("POST", f"{V1}/requests/dismiss", id=[first])[:2] == (200, {})
    assert ask("POST", f"{V1}/requests/accept", id=[second, "x"])[:2] == (200, {})
    assert ask("GET", f"{V1}/requests")[1] == []
    assert [one["type"] for one in ask("GET", V1)[1]] == ["mention", "follow"]


def test_scopes_and_strangers(ask, program, alice, bob, liked):
    [newest, *_rest] = queries.inbox(alice, Cursor())
    assert ask("GET", V1, scopes="write")[0] == 403
    assert ask("POST", f"{V1}/clear", scopes="read")[0] == 403
    assert ask("GET", f"{V1}/{newest.id}", viewer=bob)[0] == 404
    assert program.get(V1).status_code == 401


def test_nothing_from_behind_a_wall(ask, alice, carol, system, liked):
    people.create_segment(system, "trading")
    people.seat(system, carol.account_id, "trading")
    people.raise_barrier(system, "research", "trading")
    for address in (V1, V2):
        assert b"carol" not in json.dumps(ask("GET", address)[1]).encode()
    assert ask("GET", f"{V2}/unread_count")[1] == {"count": 2}


@pytest.mark.parametrize(("act", "left"), [("hide", 3), ("warn", 4)])
def test_filters_hide_what_they_are_told_to(ask, alice, liked, act, left):
    make_filter(
        alice,
        title="Mentions of me",
        context=["notifications"],
        act=act,
        keywords=[KeywordChange(keyword="@alice", whole_word=False)],
    )
    assert len(ask("GET", V1)[1]) == left
    page = ask("GET", V2)[1]
    assert len(page["notification_groups"]) == left - 1
    assert len(page["statuses"]) == left - 2
