"""A small world to ask about: made through the API itself, so that it holds what clients make."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from stonechat.access import actions as access
from stonechat.access.models import Application
from stonechat.audience.viewer import Viewer
from stonechat.governance import actions as house
from stonechat.people.models import User

SYSTEM = Viewer.system(because="test")
SCOPES = "read write follow push profile"
BY_HAND = "urn:ietf:wg:oauth:2.0:oob"
WRITTEN = re.compile(r"\{(\w+):(\d+)\}")


@dataclass
class World:
    """Tokens and signed-in browsers by person, and the ids of what there is by kind."""

    tokens: dict[str, str] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, id: object) -> str:
        self.ids.setdefault(kind, []).append(str(id))
        return str(id)

    def filled(self, text: str) -> str:
        """A text with the ids of this world in place of `{post:3}`."""
        return WRITTEN.sub(self._id, text)

    def _id(self, written: re.Match[str]) -> str:
        known = self.ids.get(written[1])
        return known[int(written[2]) % len(known)] if known else written[0]

    def ask(self, who: str, method: str, path: str, **fields: Any) -> Any:
        """What the API answers; it must agree."""
        answer = Client().generic(
            method,
            path,
            json.dumps(fields),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.tokens[who]}"},
        )
        assert answer.status_code < 300, f"{method} {path}: {answer.content.decode()}"
        return json.loads(answer.content)


def build(cast: dict[str, Viewer], group_id: int, picture: Any, lead: Callable[[], None]) -> World:
    """What the cast says and keeps, in one of everything at least."""
    world = World()
    program = _register(world)
    for name, viewer in cast.items():
        _let_in(world, name, viewer, program)
    world.add("group", group_id)
    world.add("announcement", house.publish(SYSTEM, "The canteen is closed").pk)
    world.ids["tag"] = ["hull", "Grüße", "larkspur"]
    world.ids["handle"] = [*cast, "team", "nobody"]
    _say(world, picture)
    _react(world)
    _keep(world)
    lead()
    _look(world)
    lead()
    return world


def _register(world: World) -> Application:
    """A client program, and a token by which it acts for nobody."""
    made, secret = access.register_application(
        Viewer.anonymous(), name="Tusk", redirect_uris=[BY_HAND], scopes=SCOPES.split(), website=""
    )
    world.add("client", made.client_id)
    world.add("secret", secret)
    world.tokens["program"] = access.issue_token(SYSTEM, None, "read write", made)
    return made


def _let_in(world: World, name: str, viewer: Viewer, program: Application) -> None:
    user = User.objects.get(account_id=viewer.account_id)
    world.tokens[name] = access.issue_token(SYSTEM, user.pk, SCOPES, program)
    world.browsers[name] = Client(raise_request_exception=False)
    world.browsers[name].force_login(user)
    world.add("account", viewer.account_id)


def _say(world: World, picture: Any) -> None:
    def say(who: str, text: str, **more: Any) -> str:
        status = world.ask(who, "POST", "/api/v1/statuses", status=text, **more)
        if status.get("poll"):
            world.add("poll", status["poll"]["id"])
        return world.add("scheduled" if "params" in status else "post", status["id"])

    first = say("alice", "Hello @bob, see #hull https://example.org/a")
    say("bob", "An answer", in_reply_to_id=first)
    world.add("quoted", first)
    for visibility in ("unlisted", "private", "direct"):
        say("alice", f"For {visibility} @carol #Grüße", visibility=visibility)
    say("alice", "To @team", visibility="private")
    poll = {"options": ["yes", "no"], "expires_in": 3600}
    say("alice", "Shall we?", poll=poll)
    say("bob", "And we?", poll={**poll, "multiple": True})
    shown = world.add("media", picture("alice"))
    drawn = say("alice", "With a picture", media_ids=[shown])
    (media,) = world.ask("alice", "GET", f"/api/v1/statuses/{drawn}")["media_attachments"]
    world.add("file", media["url"].partition("/media/")[2])
    for _ in range(3):
        world.add("media", picture("alice"))
    world.add("quoting", say("bob", "He said so", quoted_status_id=first))
    say("bob", "@alice in private", visibility="direct")
    say("alice", "Later", scheduled_at="2100-01-01T00:00:00Z")
    world.ask("alice", "PUT", f"/api/v1/statuses/{first}", status="Hello @bob, again #larkspur")
    gone = say("alice", "Not meant")
    world.ask("alice", "DELETE", f"/api/v1/statuses/{gone}")


def _react(world: World) -> None:
    first = world.ids["post"][0]
    for who, mark in (("bob", "reblog"), ("carol", "favourite"), ("bob", "favourite")):
        world.ask(who, "POST", f"/api/v1/statuses/{first}/{mark}")
    for mark in ("bookmark", "favourite", "pin", "mute"):
        world.ask("alice", "POST", f"/api/v1/statuses/{first}/{mark}")
    world.ask("carol", "PATCH", "/api/v1/accounts/update_credentials", locked=True)
    bob, carol = world.ids["account"][1:3]
    world.ask("alice", "POST", f"/api/v1/accounts/{bob}/follow")
    world.ids["asking"] = world.ids["account"][:2]
    for who in ("alice", "bob"):
        world.ask(who, "POST", f"/api/v1/accounts/{carol}/follow")
    world.ask("alice", "PATCH", "/api/v2/notifications/policy", for_not_following="filter")
    world.ask("carol", "POST", "/api/v1/statuses", status="Do you know me, @alice?")
    world.ask("alice", "POST", f"/api/v1/accounts/{bob}/note", comment="Knows Hull")
    for number in range(8):  # a thread that is more than one line
        answered = world.ids["post"][1 + number // 2]
        said = {"status": f"Answer {number} @bob", "in_reply_to_id": answered}
        world.add("post", world.ask("alice", "POST", "/api/v1/statuses", **said)["id"])


def _keep(world: World) -> None:
    bob, first = world.ids["account"][1], world.ids["post"][0]
    list_id = world.add("list", world.ask("alice", "POST", "/api/v1/lists", title="Hull")["id"])
    world.ask("alice", "POST", f"/api/v1/lists/{list_id}/accounts", account_ids=[bob])
    words = [{"keyword": "rain", "whole_word": True}]
    asked = {"title": "Weather", "context": ["home"], "keywords_attributes": words}
    kept = world.ask("alice", "POST", "/api/v2/filters", **asked)
    filter_id = world.add("filter", kept["id"])
    world.add("keyword", kept["keywords"][0]["id"])
    path = f"/api/v2/filters/{filter_id}/statuses"
    world.add("filtered", world.ask("alice", "POST", path, status_id=first)["id"])
    for tag in world.ids["tag"]:
        world.ask("alice", "POST", f"/api/v1/tags/{tag}/follow")
    featured = world.ask("alice", "POST", "/api/v1/featured_tags", name="hull")
    world.add("featured", featured["id"])
    world.ask("alice", "POST", "/api/v1/markers", home={"last_read_id": first})


def _look(world: World) -> None:
    """The ids that only reading tells."""
    for told in world.ask("alice", "GET", "/api/v1/notifications"):
        world.add("notification", told["id"])
        world.add("key", told.get("group_key", "x"))
    for asking in world.ask("alice", "GET", "/api/v1/notifications/requests"):
        world.add("request", asking["id"])
    for talk in world.ask("alice", "GET", "/api/v1/conversations"):
        world.add("conversation", talk["id"])
    assert world.ids["notification"], "nobody was told of anything"
    assert world.ids["conversation"], "nobody was written to"
    assert world.ids["request"], "nobody asks to be heard"
