"""No door shows anything to somebody it was not for.

Every address of the resolver is filled with ids that the author can open. First somebody for
whom the post is must get it; then everybody else must get neither its text nor a number nor a
picture. An address whose parameters this table cannot fill fails: a new one cannot be forgotten.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from PIL import Image

from stonechat.access import actions as access
from stonechat.audience.viewer import Viewer
from stonechat.core import files
from stonechat.people.models import User
from stonechat.posts import actions as posts
from stonechat.posts.models import Media, Post
from stonechat.web.urls import FACE

CANARY = "kestrel-7f3"
OUTSIDERS = ["carol", "dave", "erin", "gina", "nobody"]
# Written as a regular expression, which no table of parameters can fill.
DRAWN = {f"^{FACE.removeprefix('^')}": "/avatars/person-AB-1.svg"}
WRITES = ["post", "put", "patch", "delete"]


@dataclass
class Scene:
    """What alice said to her followers, and a token for each of the cast."""

    post: Post
    poll: Post
    picture: Media
    account_id: int
    tokens: dict[str, str]

    def parameters(self, route: str) -> dict[str, Any] | None:
        """Values for the parameters of a route; None where nobody has said which."""
        names = [] if route in DRAWN else re.findall(r"<(?:\w+:)?(\w+)>", route)
        filled = {name: self.value(route, name) for name in names}
        return None if None in filled.values() else filled

    def value(self, route: str, name: str) -> Any:
        for pattern, values in self.table():
            if re.match(pattern, route) and name in values:
                return values[name]
        return None

    def table(self) -> list[tuple[str, dict[str, Any]]]:
        """By the beginning of the route; the first that has the name counts."""
        post, account = self.post.pk, self.account_id
        return [
            (r"api/v1/statuses", {"id": post, "quoting_id": post}),
            (
                r"api/v1/(accounts|follow_requests|suggestions)",
                {"id": account, "account_id": account},
            ),
            (r"api/v1/polls", {"id": self.poll.poll.pk}),
            (r"api/v1/media", {"id": self.picture.pk}),
            (r"api/v[12]/notifications", {"id": 1, "group_key": "favourite-1-1", "key": "x-1"}),
            (r"confirm/", {"code": "no-such-code"}),
            (r"api/v1_alpha", {"id": "x"}),
            (r"api/v1/annual_reports", {"year": 2025}),
            (r"api/v[12]/admin", {"rest": "accounts"}),
            (r"api/", {"id": 1, "list_id": 1, "name": "larkspur", "filter_id": 1, "keyword_id": 1}),
            (r"media/", {"name": self.picture.file}),
            (r"icons-", {"digest": "x"}),
            (r"posts/", {"post_id": post, "name": "favourite"}),
            (r"", {"id": post, "post_id": post, "username": "alice", "name": "larkspur"}),
        ]


def routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    """Every address of the resolver, as it is written in the tables."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern)


def address(route: str, values: dict[str, Any]) -> str:
    return DRAWN.get(route) or "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(values[m[1]]), route)


@pytest.fixture
def scene(
    alice: Viewer, bob: Viewer, carol: Viewer, dave: Viewer, erin: Viewer, gina: Viewer
) -> Scene:
    picture = posts.upload(alice, _picture(), description=f"A {CANARY}")
    cast = {"alice": alice, "bob": bob, "carol": carol, "dave": dave, "erin": erin, "gina": gina}
    return Scene(
        post=posts.publish(
            alice,
            text=f"The {CANARY} flew #larkspur",
            audience="followers",
            media_ids=[picture.pk],
        ),
        poll=posts.publish(
            alice,
            text="Which?",
            audience="followers",
            poll=posts.PollWords([CANARY, "none"], 3600),
        ),
        picture=Media.objects.get(pk=picture.pk),
        account_id=alice.account_id,
        tokens={name: _token(viewer) for name, viewer in cast.items()},
    )


def _picture() -> ContentFile[bytes]:
    buffer = BytesIO()
    Image.new("RGB", (8, 8), "red").save(buffer, "PNG")
    return ContentFile(buffer.getvalue(), "red.png")


def _token(viewer: Viewer) -> str:
    user = User.objects.get(account_id=viewer.account_id)
    scopes = "read write follow push"
    return access.issue_token(Viewer.system(because="test"), user.pk, scopes=scopes)


def ask(scene: Scene, who: str, method: str, url: str) -> tuple[int, str]:
    """What one of the cast gets: by token from the API, by session from the pages."""
    client = Client(raise_request_exception=False)
    headers = {}
    if who != "nobody" and url.startswith("/api/"):
        headers["Authorization"] = f"Bearer {scene.tokens[who]}"
    elif who != "nobody":
        client.force_login(User.objects.get(account__username=who))
    response = getattr(client, method)(url, headers=headers)
    body = b"".join(response) if response.streaming else response.content
    return response.status_code, body.decode(errors="replace")


def test_the_table_fills_every_address(scene: Scene) -> None:
    everything = list(routes())
    assert len(everything) > 60
    assert [route for route in everything if scene.parameters(route) is None] == []


# Where bob, who follows alice, must find what she said.
SHOWN = [
    "api/v1/timelines/home",
    "api/v1/timelines/tag/<name:name>",
    "api/v1/statuses/<id:id>",
    "api/v1/statuses/<id:id>/history",
    "api/v1/statuses/<id:id>/source",
    "api/v1/accounts/<id:id>/statuses",
    "api/v1/polls/<id:id>",
    "",
    "tags/<tag:name>",
    "@<handle:username>",
    "@<handle:username>/<post:post_id>",
    "posts/<post:post_id>/history",
]


@pytest.mark.parametrize("route", SHOWN)
def test_whom_it_is_for_gets_it(scene: Scene, route: str) -> None:
    status, body = ask(scene, "bob", "get", address(route, scene.parameters(route) or {}))
    assert status == 200
    assert CANARY in body


def test_the_shown_addresses_exist() -> None:
    assert set(SHOWN) <= set(routes())


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_else_gets_anything(scene: Scene, who: str) -> None:
    found = []
    for route in routes():
        url = address(route, scene.parameters(route) or {})
        status, body = ask(scene, who, "get", url)
        if broken(status) or gives_away(body):
            found.append((route, status))
    assert found == []


def broken(status: int) -> bool:
    """503 is how a server without a translator answers."""
    return status >= 500 and status != 503


def gives_away(body: str) -> bool:
    """The words, the description or the file; in JSON also any number above none about them."""
    return CANARY in body or "/media/pictures/" in body or numbers_tell(body)


def numbers_tell(body: str) -> bool:
    try:
        return any(int(uses) for uses in _uses(json.loads(body)))
    except ValueError:
        return False


def _uses(value: Any) -> Iterator[str]:
    """Every `uses` and `accounts` of a tag's history, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _uses(inner)
            if key == "history" and isinstance(inner, list):
                for day in inner:
                    yield from (day["uses"], day["accounts"])
    elif isinstance(value, list):
        for inner in value:
            yield from _uses(inner)


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("method", WRITES)
def test_nobody_else_can_act_on_it(scene: Scene, who: str, method: str) -> None:
    before = Post.objects.filter(author_id=scene.account_id, deleted_at=None).count()
    told = []
    for route in routes():
        if "<" not in route or ("statuses" not in route and "posts" not in route):
            continue
        url = address(route, scene.parameters(route) or {})
        status, body = ask(scene, who, method, url)
        if status < 300 or broken(status) or gives_away(body):
            told.append((route, status))
    assert [t for t in told if "accounts/" not in t[0]] == []
    assert Post.objects.filter(author_id=scene.account_id, deleted_at=None).count() == before


@pytest.mark.parametrize("who", ["alice", "bob", *OUTSIDERS])
def test_a_picture_opens_only_for_whom_it_is_for(scene: Scene, who: str) -> None:
    """Even with an address that somebody passed on: a browser's session is asked for the post."""
    status, _ = ask(scene, who, "get", f"/media/{files.signed(scene.picture.file)}")
    may = who in {"alice", "bob"}
    # A client program fetches pictures without token or cookie: the address is the capability.
    assert status == (200 if may or who == "nobody" else 404)
    assert ask(scene, who, "get", f"/media/{scene.picture.file}")[0] == 404


def test_a_picture_is_only_in_the_cards_of_whom_it_is_for(scene: Scene) -> None:
    _, body = ask(scene, "bob", "get", f"/api/v1/statuses/{scene.post.pk}")
    assert scene.picture.file in body
