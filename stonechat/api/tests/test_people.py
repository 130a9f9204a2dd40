"""Accounts and what is between them, as client programs ask and are answered."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from stonechat.audience.viewer import Viewer
from stonechat.people import actions
from stonechat.people.models import Group

JSON = "application/json"
ASKED = "/api/v1/accounts"


class Program:
    """A client program with one person's token; answers are JSON, read."""

    def __init__(self, client: Client, bearer: str) -> None:
        self.client, self.bearer = client, bearer
        self.last: Any = None

    def __call__(self, method: str, path: str, status: int = 200, **sent: Any) -> Any:
        send = getattr(self.client, method.lower())
        self.last = send(path, headers={"Authorization": self.bearer}, **sent)
        assert self.last.status_code == status, self.last.content
        return self.last.json()

    def body(self, method: str, path: str, values: Any, status: int = 200) -> Any:
        return self(method, path, status, data=json.dumps(values), content_type=JSON)


@pytest.fixture
def acting(program: Client, token: Callable[..., str]) -> Callable[..., Program]:
    """`acting(bob)` is a program with bob's token."""
    return lambda viewer, scopes="read write follow": Program(
        program, token(scopes, account_id=viewer.account_id)
    )


@pytest.fixture
def bobs(acting: Callable[..., Program], bob: Viewer) -> Program:
    return acting(bob)


def named(accounts: list[dict[str, Any]]) -> list[str]:
    return [one["username"] for one in accounts]


# My own account.


def test_credentials_are_the_account_with_what_only_i_see(bobs: Program):
    mine = bobs("GET", f"{ASKED}/verify_credentials")
    assert (mine["username"], mine["acct"], mine["url"]) == (
        "bob",
        "bob",
        "http://localhost:8000/@bob",
    )
    assert mine["created_at"].endswith("T00:00:00.000Z")
    assert mine["source"]["privacy"] == "public"
    assert mine["source"]["follow_requests_count"] == 0
    assert (mine["role"]["permissions"], mine["following_count"]) == ("0", 1)
    assert "/avatars/" in mine["avatar"]
    assert "suspended" not in mine


def test_only_what_is_sent_changes(bobs: Program):
    sent = {
        "note": "Ships\n\nand #Hull",
        "locked": "true",
        "source": {"privacy": "private", "language": "da"},
        "fields_attributes": {"0": {"name": "Site", "value": "https://example.org"}},
    }
    mine = bobs.body("PATCH", f"{ASKED}/update_credentials", sent)
    assert (mine["display_name"], mine["locked"]) == ("Bob", True)
    assert mine["note"].startswith("<p>Ships</p><p>and <a")
    assert mine["source"]["note"] == "Ships\n\nand #Hull"
    assert (mine["source"]["privacy"], mine["source"]["language"]) == ("private", "da")
    assert 'rel="me' in mine["fields"][0]["value"]
    assert mine["source"]["fields"][0]["value"] == "https://example.org"
    again = bobs.body("PATCH", f"{ASKED}/update_credentials", {"note": "", "locked": None})
    assert (again["note"], again["locked"]) == ("", True)


def test_pictures_come_as_multipart(bobs: Program, settings: Any, tmp_path: Any):
    disk = {"BACKEND": "stonechat.core.files.Disk", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": disk}
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(file, "PNG")
    picture = SimpleUploadedFile("me.png", file.getvalue(), "image/png")
    mine = multipart(bobs, {"avatar": picture, "avatar_description": "Me"})
    assert mine["avatar"].startswith("http://localhost:8000/media/avatar/")
    assert mine["avatar_description"] == "Me"
    profile = bobs("GET", "/api/v1/profile")
    assert (profile["avatar"], profile["header"]) == (mine["avatar"], None)
    gone = bobs("DELETE", "/api/v1/profile/avatar")
    assert "/avatars/" in gone["avatar"]
    assert bobs("DELETE", "/api/v1/profile/header")["username"] == "bob"


def multipart(program: Program, values: dict[str, Any]) -> Any:
    body = encode_multipart(BOUNDARY, values)
    path = f"{ASKED}/update_credentials"
    return program("PATCH", path, data=body, content_type=MULTIPART_CONTENT)


def test_the_profile_is_as_i_typed_it(bobs: Program):
    sent = {"note": "Ships & #Hull", "show_media": False, "bot": True}
    profile = bobs.body("PATCH", "/api/v1/profile", sent)
    assert (profile["note"], profile["bot"]) == ("Ships & #Hull", True)
    assert (profile["show_media"], profile["show_featured"]) == (False, True)
    assert bobs("GET", "/api/v1/profile") == profile


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("note", {"note": "x" * 501}),
        ("fields", {"fields_attributes": [{"name": "a", "value": "b"}] * 5}),
        ("privacy", {"source": {"privacy": "everyone"}}),
    ],
)
def test_what_is_wrong_is_refused_by_field(bobs: Program, field: str, sent: dict[str, Any]):
    answer = bobs.body("PATCH", f"{ASKED}/update_credentials", sent, status=422)
    assert list(answer["details"]) == [field]


@pytest.mark.parametrize("sent", [{"avatar": "text"}, {"source": "public"}, {"note": ["a"]}])
def test_wrong_types_are_refused(bobs: Program, sent: dict[str, Any]):
    assert bobs.body("PATCH", f"{ASKED}/update_credentials", sent, status=422)["error"]


def test_preferences(bobs: Program):
    bobs.body("PATCH", f"{ASKED}/update_credentials", {"source": {"sensitive": "1"}})
    assert bobs("GET", "/api/v1/preferences") == {
        "posting:default:visibility": "public",
        "posting:default:sensitive": True,
        "posting:default:language": None,
        "posting:default:quote_policy": "public",
        "reading:expand:media": "default",
        "reading:expand:spoilers": False,
        "reading:autoplay:gifs": False,
    }


# Others.


def test_an_account_by_id_by_ids_and_by_handle(bobs: Program, alice: Viewer, bob: Viewer):
    one = bobs("GET", f"{ASKED}/{alice.account_id}")
    assert (one["username"], one["followers_count"]) == ("alice", 1)
    ids = f"id[]={bob.account_id}&id[]=1&id[]=x&id[]={alice.account_id}"
    assert named(bobs("GET", f"{ASKED}?{ids}")) == ["bob", "alice"]
    for acct in ("alice", "@alice", "alice@localhost"):
        assert bobs("GET", f"{ASKED}/lookup?acct={acct}") == one
    too_many = "&".join(f"id[]={number}" for number in range(41))
    bobs("GET", f"{ASKED}?{too_many}", 422)


@pytest.mark.parametrize("path", ["/1", "/lookup?acct=nobody", "/lookup", "/1/followers"])
def test_the_unknown_are_not_found(bobs: Program, path: str):
    assert bobs("GET", ASKED + path, 404) == {"error": "Record not found"}


def test_the_unseen_are_not_found_by_any_method(
    acting: Callable[..., Program], alice: Viewer, erin: Viewer
):
    erins = acting(erin)
    assert erins("GET", f"{ASKED}/{alice.account_id}", 404)
    assert erins("GET", f"{ASKED}/lookup?acct=alice", 404)
    assert erins("GET", f"{ASKED}?id[]={alice.account_id}") == []
    assert erins("GET", f"{ASKED}/relationships?id={alice.account_id}") == []
    for verb in ("follow", "unfollow", "block", "unblock", "mute", "unmute", "note", "endorse"):
        erins("POST", f"{ASKED}/{alice.account_id}/{verb}", 404)


def test_a_suspended_account_is_blank(bobs: Program, alice: Viewer, olga: Viewer):
    actions.suspend(olga, alice.account_id)
    one = bobs("GET", f"{ASKED}/{alice.account_id}")
    assert (one["suspended"], one["display_name"], one["fields"]) == (True, "", [])
    path = f"{ASKED}/relationships?id[]={alice.account_id}"
    assert bobs("GET", path) == []
    assert len(bobs("GET", f"{path}&with_suspended=true")) == 1


def test_search(bobs: Program, alice: Viewer):
    assert named(bobs("GET", f"{ASKED}/search?q=ali&resolve=true")) == ["alice"]
    assert named(bobs("GET", f"{ASKED}/search?q=bob&following=true")) == []
    assert bobs("GET", f"{ASKED}/search?q=") == []
    bobs("GET", f"{ASKED}/search?q=a&limit=-1", 400)


def test_lists_of_people_are_paged_by_their_header(
    bobs: Program, alice: Viewer, carol: Viewer, bob: Viewer
):
    actions.follow(carol, alice.account_id)
    path = f"{ASKED}/{alice.account_id}/followers?limit=1"
    assert named(bobs("GET", path)) == ["carol"]
    links = bobs.last.headers["Link"]
    following = links.split(";")[0].strip("<>").removeprefix("http://localhost:8000")
    assert named(bobs("GET", following)) == ["bob"]
    assert 'rel="next"' in links
    assert "min_id=" in links
    mine = bobs("GET", f"{ASKED}/{bob.account_id}/following")
    assert named(mine) == ["alice"]
    assert 'rel="next"' not in bobs.last.headers["Link"]


def test_the_directory(bobs: Program, alice: Viewer):
    assert named(bobs("GET", "/api/v1/directory?order=new&local=true")) == ["bob", "alice"]
    assert named(bobs("GET", "/api/v1/directory?offset=1&limit=1&order=new")) == ["alice"]
    bobs("GET", "/api/v1/directory?order=best", 422)


# Between me and others.


def test_following(acting: Callable[..., Program], alice: Viewer, carol: Viewer):
    program, path = acting(carol), f"{ASKED}/{alice.account_id}"
    sent = {"reblogs": False, "notify": True, "languages": ["de"]}
    now = program.body("POST", f"{path}/follow", sent)
    assert (now["id"], now["following"], now["requested"]) == (str(alice.account_id), True, False)
    assert (now["showing_reblogs"], now["notifying"], now["languages"]) == (False, True, ["de"])
    assert program("POST", f"{path}/follow")["languages"] == ["de"]
    assert program("POST", f"{path}/unfollow")["following"] is False


def test_nobody_follows_themselves(bobs: Program, bob: Viewer):
    assert bobs("POST", f"{ASKED}/{bob.account_id}/follow", 403)["error"]


def test_a_group_is_joined_by_following(bobs: Program, team: Group):
    assert bobs("POST", f"{ASKED}/{team.account_id}/follow")["requested"] is True
    assert bobs("GET", f"{ASKED}/{team.account_id}")["group"] is True


def test_requests_are_answered_by_account(
    acting: Callable[..., Program], alice: Viewer, bob: Viewer, carol: Viewer
):
    actions.edit_profile(alice, locked=True)
    actions.unfollow(bob, alice.account_id)
    asking = acting(bob)("POST", f"{ASKED}/{alice.account_id}/follow")
    assert (asking["following"], asking["requested"]) == (False, True)
    actions.follow(carol, alice.account_id)
    program, path = acting(alice), "/api/v1/follow_requests"
    assert named(program("GET", f"{path}?limit=80")) == ["carol", "bob"]
    assert "since_id=" in program.last.headers["Link"]
    assert program("POST", f"{path}/{bob.account_id}/authorize")["followed_by"] is True
    assert program("POST", f"{path}/{carol.account_id}/reject")["followed_by"] is False
    program("POST", f"{path}/{carol.account_id}/reject", 404)
    assert program("GET", path) == []
    removed = program("POST", f"{ASKED}/{bob.account_id}/remove_from_followers")
    assert removed["followed_by"] is False


def test_blocking_and_muting(bobs: Program, alice: Viewer, carol: Viewer):
    path = f"{ASKED}/{alice.account_id}"
    blocked = bobs("POST", f"{path}/block")
    assert (blocked["blocking"], blocked["following"]) == (True, False)
    assert named(bobs("GET", "/api/v1/blocks")) == ["alice"]
    assert bobs("POST", f"{path}/unblock")["blocking"] is False
    muted = bobs.body("POST", f"{path}/mute", {"duration": 60, "notifications": False})
    assert (muted["muting"], muted["muting_notifications"]) == (True, False)
    assert len(muted["muting_expires_at"]) == len("2026-01-01T00:00:00Z")
    (listed,) = bobs("GET", "/api/v1/mutes")
    assert listed["username"] == "alice"
    assert listed["mute_expires_at"].endswith("Z")
    assert bobs("POST", f"{path}/unmute")["muting"] is False
    bobs.body("POST", f"{path}/mute", {"duration": "soon"}, status=422)


def test_notes_and_endorsements(bobs: Program, alice: Viewer, bob: Viewer):
    path = f"{ASKED}/{alice.account_id}"
    assert bobs.body("POST", f"{path}/note", {"comment": "Ferries"})["note"] == "Ferries"
    assert bobs("POST", f"{path}/note")["note"] == ""
    assert bobs("POST", f"{path}/endorse")["endorsed"] is True
    for shown in ("/api/v1/endorsements", f"{ASKED}/{bob.account_id}/endorsements"):
        assert named(bobs("GET", shown)) == ["alice"]
    assert bobs("POST", f"{path}/unpin")["endorsed"] is False


def test_relationships_keep_the_order_asked(bobs: Program, alice: Viewer, carol: Viewer):
    ids = f"id[]={carol.account_id}&id[]=1&id[]={alice.account_id}"
    found = bobs("GET", f"{ASKED}/relationships?{ids}")
    assert [one["following"] for one in found] == [False, True]
    assert bobs("GET", f"{ASKED}/relationships?id={alice.account_id}") == found[1:]
    assert bobs("GET", f"{ASKED}/relationships") == []


def test_familiar_followers(
    acting: Callable[..., Program], alice: Viewer, bob: Viewer, carol: Viewer
):
    actions.follow(carol, bob.account_id)
    found = acting(carol)("GET", f"{ASKED}/familiar_followers?id[]={alice.account_id}")
    assert [one["id"] for one in found] == [str(alice.account_id)]
    assert named(found[0]["accounts"]) == ["bob"]


def test_suggestions(acting: Callable[..., Program], alice: Viewer, bob: Viewer, carol: Viewer):
    actions.follow(carol, bob.account_id)
    program = acting(carol)
    (one,) = program("GET", "/api/v2/suggestions")
    assert (one["source"], one["sources"]) == ("past_interactions", ["friends_of_friends"])
    assert one["account"]["username"] == "alice"
    assert named(program("GET", "/api/v1/suggestions")) == ["alice"]
    assert program.last.headers["Deprecation"].startswith("@")
    assert program("DELETE", f"/api/v1/suggestions/{alice.account_id}") == {}
    assert program("GET", "/api/v2/suggestions") == []


# The door.


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/blocks"),
        ("GET", "/api/v1/preferences"),
        ("GET", "/api/v2/suggestions"),
        ("POST", f"{ASKED}/1/follow"),
        ("PATCH", f"{ASKED}/update_credentials"),
    ],
)
def test_a_token_needs_the_scope(
    acting: Callable[..., Program], bob: Viewer, method: str, path: str
):
    answer = acting(bob, "write:media")(method, path, 403)
    assert answer == {"error": "This action is outside the authorized scopes"}


def test_nobody_reads_people_without_a_token(program: Client, alice: Viewer, settings: Any):
    path = f"{ASKED}/{alice.account_id}"
    assert program.get(path).status_code == 401
    settings.STONECHAT_OPEN_READING = True
    assert program.get(path).json()["username"] == "alice"
    assert program.get("/api/v1/blocks").status_code == 401
