"""Lists, markers, conversations, tags, filters, search and trends, as client programs ask."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.people import actions as people
from stonechat.posts import actions as posts
from stonechat.posts.models import LinkCard, Post
from stonechat.timelines.models import Marker

Say = Callable[..., Post]
Ask = Callable[..., Any]


@pytest.fixture
def asking(program: Client, token: Callable[..., str]) -> Callable[..., Ask]:
    """`asking(bob)("POST", "v1/lists", {"title": "Office"})` is what bob's program is answered."""

    def program_of(viewer: Viewer | None, scopes: str = "read write") -> Ask:
        def ask(method: str, path: str, body: object = None, status: int = 200) -> Any:
            # The token is believed for a second, so each request comes with a fresh one.
            headers = {"Authorization": token(scopes, viewer.account_id)} if viewer else {}
            sent: dict[str, Any] = {"headers": headers}
            if body is not None:
                sent |= {"data": json.dumps(body), "content_type": "application/json"}
            answer = getattr(program, method.lower())(f"/api/{path}", **sent)
            assert answer.status_code == status, answer.content
            ask.last = answer  # type: ignore[attr-defined]
            return answer.json()

        return ask

    return program_of


@pytest.fixture
def bobs(asking: Callable[..., Ask], bob: Viewer) -> Ask:
    return asking(bob)


def ids(found: list[dict[str, Any]]) -> list[int]:
    return [int(one["id"]) for one in found]


def test_lists(bobs: Ask, alice: Viewer, carol: Viewer, say: Say) -> None:
    made = bobs("POST", "v1/lists", {"title": "Office"})
    assert made == {
        "id": made["id"],
        "title": "Office",
        "replies_policy": "list",
        "exclusive": False,
    }
    one = f"v1/lists/{made['id']}"
    assert bobs("PUT", one, {"exclusive": True})["exclusive"] is True
    assert bobs("POST", f"{one}/accounts", {"account_ids": [str(alice.account_id)]}) == {}
    assert ids(bobs("GET", f"{one}/accounts")) == [alice.account_id]
    assert bobs("GET", f"v1/accounts/{alice.account_id}/lists") == [bobs("GET", one)]
    post = say(alice, "Hello").pk
    assert ids(bobs("GET", f"v1/timelines/list/{made['id']}")) == [post]
    assert bobs("GET", "v1/timelines/home") == []
    assert bobs("DELETE", f"{one}/accounts?account_ids[]={alice.account_id}") == {}
    assert bobs("GET", f"{one}/accounts?limit=0") == []
    stranger = {"account_ids": [str(carol.account_id)]}
    assert bobs("POST", f"{one}/accounts", stranger, 404) == {"error": "Record not found"}
    bobs("POST", f"{one}/accounts", {}, 400)
    bobs("POST", "v1/lists", {"title": ""}, 422)
    bobs("PUT", one, {"replies_policy": "all"}, 422)
    assert bobs("DELETE", one) == {}
    assert bobs("GET", "v1/lists") == []


def test_lists_are_paged_by_their_rows(
    bobs: Ask, bob: Viewer, member: Callable[..., Viewer]
) -> None:
    made = bobs("POST", "v1/lists", {"title": "Office"})["id"]
    for name in ("one", "two", "three"):
        person = member(name).account_id
        people.follow(bob, person)
        bobs("POST", f"v1/lists/{made}/accounts", {"account_ids": [person]})
    page = bobs("GET", f"v1/lists/{made}/accounts?limit=2")
    assert [one["username"] for one in page] == ["three", "two"]
    following = bobs.last.headers["Link"].split(">")[0].split("/api/")[1]  # type: ignore[attr-defined]
    assert [one["username"] for one in bobs("GET", following)] == ["one"]


def test_markers(bobs: Ask) -> None:
    assert bobs("GET", "v1/markers?timeline[]=home&timeline[]=notifications") == {}
    moved = bobs("POST", "v1/markers", {"home": {"last_read_id": "17"}})
    assert list(moved) == ["home"]
    assert (moved["home"]["last_read_id"], moved["home"]["version"]) == ("17", 1)
    bobs("POST", "v1/markers", {"notifications": {"last_read_id": 4}})
    assert list(bobs("GET", "v1/markers?timeline[]=notifications&timeline[]=else")) == [
        "notifications"
    ]
    assert bobs("POST", "v1/markers", {}) == {}
    bobs("POST", "v1/markers", {"home": {"last_read_id": "x"}}, 422)
    bobs("POST", "v1/markers", {"home": "17"}, 422)
    assert Marker.objects.count() == 2


def test_conversations(
    asking: Callable[..., Ask], alice: Viewer, bob: Viewer, say: Say, lead: Callable[[], None]
) -> None:
    hers, bobs = asking(alice), asking(bob)
    post = say(alice, "@bob, a word?", audience="direct")
    lead()
    [shown] = bobs("GET", "v1/conversations")
    assert shown["unread"] is True
    assert shown["last_status"]["id"] == str(post.pk)
    assert [one["username"] for one in shown["accounts"]] == ["alice"]
    assert "max_id" not in bobs.last.headers["Link"]  # type: ignore[attr-defined]
    one = f"v1/conversations/{shown['id']}"
    assert bobs("POST", f"{one}/read")["unread"] is False
    assert bobs("POST", f"{one}/unread")["unread"] is True
    hers("POST", f"{one}/read", status=404)
    assert bobs("DELETE", one) == {}
    assert bobs("GET", "v1/conversations") == []


def test_tags(bobs: Ask, asking: Callable[..., Ask], alice: Viewer, bob: Viewer, say: Say) -> None:
    unknown = bobs("GET", "v1/tags/hull")
    assert unknown["id"] == ""
    assert unknown["following"] is False
    assert [day["uses"] for day in unknown["history"]] == ["0"] * 7
    say(alice, "Off to #Hull")
    shown = bobs("POST", "v1/tags/HULL/follow")
    assert (shown["name"], shown["following"]) == ("Hull", True)
    assert shown["history"][0] == {**shown["history"][0], "uses": "1", "accounts": "1"}
    assert [tag["name"] for tag in bobs("GET", "v1/followed_tags")] == ["Hull"]
    assert bobs("POST", "v1/tags/hull/unfollow")["following"] is False
    for _twice in range(2):
        assert bobs("POST", "v1/tags/hull/feature")["featuring"] is True
    assert [tag["statuses_count"] for tag in bobs("GET", "v1/featured_tags")] == ["0"]
    for _twice in range(2):
        assert bobs("POST", "v1/tags/hull/unfeature")["featuring"] is False
    bobs("GET", "v1/tags/2027", status=404)
    asking(None)("GET", "v1/tags/hull", status=401)


def test_featured_tags(
    bobs: Ask, asking: Callable[..., Ask], alice: Viewer, bob: Viewer, say: Say
) -> None:
    say(bob, "Off to #Hull")
    assert [tag["name"] for tag in bobs("GET", "v1/featured_tags/suggestions")] == ["Hull"]
    made = bobs("POST", "v1/featured_tags", {"name": "Hull"})
    assert (made["name"], made["statuses_count"]) == ("Hull", "1")
    assert asking(alice)("GET", f"v1/accounts/{bob.account_id}/featured_tags") == [made]
    for n in range(9):
        bobs("POST", "v1/featured_tags", {"name": f"tag{n}"})
    bobs("POST", "v1/featured_tags", {"name": "eleventh"}, 422)
    bobs("POST", "v1/featured_tags", {}, 400)
    assert bobs("DELETE", f"v1/featured_tags/{made['id']}") == {}
    bobs("DELETE", f"v1/featured_tags/{made['id']}", status=404)


FILTER = {
    "title": "Tired",
    "context": ["home"],
    "filter_action": "hide",
    "expires_in": "",
    "keywords_attributes": [{"keyword": "tariff", "whole_word": True}],
}


def test_filters(bobs: Ask, alice: Viewer, say: Say) -> None:
    made = bobs("POST", "v2/filters", FILTER)
    word = made["keywords"][0]
    assert made == {
        "id": made["id"],
        "title": "Tired",
        "context": ["home"],
        "expires_at": None,
        "filter_action": "hide",
        "keywords": [{"id": word["id"], "keyword": "tariff", "whole_word": True}],
        "statuses": [],
    }
    one, keyword = f"v2/filters/{made['id']}", f"v2/filters/keywords/{word['id']}"
    gone = {"keywords_attributes": [{"id": word["id"], "_destroy": "1"}]}
    assert bobs("PUT", keyword, {"keyword": "toll"}) == {**word, "keyword": "toll"}
    assert bobs("PUT", one, gone)["keywords"] == []
    added = bobs("POST", f"{one}/keywords", {"keyword": "tax"})
    assert bobs("GET", f"{one}/keywords") == [added]
    assert bobs("GET", f"v2/filters/keywords/{added['id']}") == added
    post = say(alice, "Hello").pk
    marked = bobs("POST", f"{one}/statuses", {"status_id": str(post)})
    assert marked["status_id"] == str(post)
    assert bobs("GET", f"v2/filters/statuses/{marked['id']}") == marked
    assert bobs("GET", f"{one}/statuses") == [marked]
    assert bobs("DELETE", f"v2/filters/statuses/{marked['id']}") == {}
    assert bobs("DELETE", f"v2/filters/keywords/{added['id']}") == {}
    assert bobs("PUT", one, {"expires_in": 3600})["expires_at"].endswith("Z")
    assert bobs("GET", "v2/filters") == [bobs("GET", one)]
    assert bobs("DELETE", one) == {}
    bobs("POST", "v2/filters", {**FILTER, "context": []}, 422)
    bobs("POST", "v2/filters", {**FILTER, "filter_action": "shred"}, 422)
    bobs("GET", one, status=404)


def test_filters_of_the_first_version(bobs: Ask) -> None:
    made = bobs("POST", "v1/filters", {"phrase": "tariff", "context": ["home", "public"]})
    assert made == {
        "id": made["id"],
        "phrase": "tariff",
        "context": ["home", "public"],
        "expires_at": None,
        "irreversible": False,
        "whole_word": True,
    }
    assert bobs.last.headers["Deprecation"].startswith("@")  # type: ignore[attr-defined]
    changed = {"phrase": "toll", "context": ["home"], "irreversible": True, "whole_word": False}
    one = f"v1/filters/{made['id']}"
    assert bobs("PUT", one, changed) == {**made, **changed}
    assert bobs("GET", "v2/filters")[0]["filter_action"] == "hide"
    assert bobs("GET", "v1/filters") == [bobs("GET", one)]
    assert bobs("DELETE", one) == {}
    assert bobs("GET", "v1/filters") == []


def test_what_a_filter_hides_is_not_at_home_but_marked_elsewhere(
    bobs: Ask, alice: Viewer, say: Say
) -> None:
    caught, other = say(alice, "The tariff is out").pk, say(alice, "Hello").pk
    made = bobs("POST", "v2/filters", FILTER)
    assert ids(bobs("GET", "v1/timelines/home")) == [other]
    assert f"min_id={other}" in bobs.last.headers["Link"]  # type: ignore[attr-defined]
    shown = {int(one["id"]): one["filtered"] for one in bobs("GET", "v1/timelines/public")}
    whole = {name: made[name] for name in ("id", "title", "context", "expires_at", "filter_action")}
    assert shown == {
        other: [],
        caught: [{"filter": whole, "keyword_matches": ["tariff"], "status_matches": None}],
    }


def test_search(bobs: Ask, asking: Callable[..., Ask], alice: Viewer, say: Say) -> None:
    post = say(alice, "Alice in #Aliceland")
    found = bobs("GET", "v2/search?q=alice")
    assert [one["username"] for one in found["accounts"]] == ["alice"]
    assert [one["name"] for one in found["hashtags"]] == ["Aliceland"]
    assert ids(found["statuses"]) == [post.pk]
    only = bobs("GET", "v2/search?q=alice&type=hashtags")
    assert (only["accounts"], only["statuses"], len(only["hashtags"])) == ([], [], 1)
    assert bobs("GET", "v2/search?q=alice&type=statuses&offset=1")["statuses"] == []
    assert len(bobs("GET", "v2/search?q=alice&offset=1")["statuses"]) == 1
    there = bobs("GET", f"v2/search?resolve=true&q=http://localhost:8000/@alice/{post.pk}")
    assert ids(there["statuses"]) == [post.pk]
    assert len(bobs("GET", "v2/search?q=@alice@localhost:8000")["accounts"]) == 1
    bobs("GET", "v2/search", status=400)
    bobs("GET", "v2/search?q=x&type=birds", status=422)
    asking(None)("GET", "v2/search?q=alice", status=401)


def test_search_by_strangers(
    asking: Callable[..., Ask], alice: Viewer, say: Say, settings: Any
) -> None:
    settings.STONECHAT_OPEN_READING = True
    post = say(alice, "Hello there").pk
    strangers = asking(None)
    assert ids(strangers("GET", "v2/search?q=hello")["statuses"]) == [post]
    assert "resolve remote" in strangers("GET", "v2/search?q=x&resolve=true", status=401)["error"]
    paging = strangers("GET", "v2/search?q=x&type=statuses&offset=1", status=401)
    assert "pagination" in paging["error"]


def test_trends(
    bobs: Ask, alice: Viewer, bob: Viewer, carol: Viewer, olga: Viewer, say: Say
) -> None:
    link = LinkCard.objects.create(url="https://example.org/x", title="X", fetched_at=clock.now())
    for person in (alice, bob, carol):
        Post.objects.filter(pk=say(person, "#wide https://example.org/x").pk).update(card=link)
    post = say(alice, "Good news").pk
    for person in (bob, carol, olga):
        posts.favourite(person, post)
    assert [one["name"] for one in bobs("GET", "v1/trends/tags")] == ["wide"]
    assert bobs("GET", "v1/trends") == bobs("GET", "v1/trends/tags")
    assert bobs("GET", "v1/trends/tags?offset=1") == []
    assert ids(bobs("GET", "v1/trends/statuses")) == [post]
    [shared] = bobs("GET", "v1/trends/links")
    assert (shared["url"], shared["history"][0]["accounts"]) == ("https://example.org/x", "3")


@pytest.mark.parametrize(
    "path",
    ["v1/lists", "v1/markers", "v1/conversations", "v1/followed_tags", "v2/filters", "v1/filters"],
)
def test_what_is_mine_asks_for_my_token(asking: Callable[..., Ask], bob: Viewer, path: str) -> None:
    asking(None)("GET", path, status=401)
    asking(bob, "write")("GET", path, status=403)


@pytest.mark.parametrize("path", ["v1/timelines/home", "v1/conversations", "v2/search?q=shelf"])
def test_pages_ask_a_fixed_number_of_queries(
    bobs: Ask, alice: Viewer, bob: Viewer, say: Say, lead: Callable[[], None], path: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    bobs("POST", "v2/filters", {**FILTER, "filter_action": "warn"})
    for n in range(3):
        say(alice, f"@bob shelf tariff {n}", audience="direct")
    lead()
    bobs("GET", path)
    with django_assert_max_num_queries(60) as one:
        bobs("GET", path + ("&" if "?" in path else "?") + "limit=1")
    with django_assert_max_num_queries(60) as three:
        bobs("GET", path)
    assert len(one) == len(three)
