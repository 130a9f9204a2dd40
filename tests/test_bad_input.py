"""Whatever a program sends that cannot be, it gets the documented status and a clear sentence,
and nothing is stored."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from stonechat.access import actions as access
from stonechat.access.models import Attempt
from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.people.models import User
from stonechat.posts import actions as posts
from stonechat.posts.actions import PollWords
from stonechat.posts.models import Media, Post
from tests.served import served

FORM = "application/x-www-form-urlencoded"
STATUSES = "/api/v1/statuses"
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Sent:
    """A request as it goes over the wire; by default as alice, in JSON."""

    path: str
    body: Any = None
    method: str = "POST"
    who: str = "alice"
    kind: str = "application/json"

    @property
    def bytes(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        if self.kind == MULTIPART_CONTENT:
            return encode_multipart(BOUNDARY, self.body)
        return b"" if self.body is None else json.dumps(self.body).encode()


@dataclass
class Scene:
    """What there is that can be asked for wrongly, and a token for each of the cast."""

    tokens: dict[str, str]
    secret: Post
    picture: Media
    of_carol: Media
    poll: Post
    over: Post
    account_id: int

    def send(self, sent: Sent) -> tuple[int, dict[str, Any]]:
        token = self.tokens.get(sent.who)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = Client(raise_request_exception=False).generic(
            sent.method, sent.path, sent.bytes, content_type=sent.kind, headers=headers
        )
        return answer.status_code, json.loads(answer.content)


@pytest.fixture
def scene(
    alice: Viewer,
    bob: Viewer,
    carol: Viewer,
    dave: Viewer,
    erin: Viewer,
    settings: Any,
    tmp_path: Path,
) -> Scene:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "stonechat.core.files.Disk", "OPTIONS": {"location": tmp_path}},
    }
    cast = {"alice": alice, "bob": bob, "carol": carol, "dave": dave, "erin": erin}
    tokens = {name: issued(viewer) for name, viewer in cast.items()}
    asked = PollWords(options=["yes", "no"], seconds=300)
    with clock.set_to(clock.now() - timedelta(hours=1)):
        over = posts.publish(alice, text="Shall we?", poll=asked)
    return Scene(
        tokens={**tokens, "a reader": issued(bob, "read"), "revoked": revoked(bob)},
        secret=posts.publish(alice, text="For those who follow me", audience="followers"),
        picture=posts.upload(alice, SimpleUploadedFile("a.png", PNG)),
        of_carol=posts.upload(carol, SimpleUploadedFile("c.png", PNG)),
        poll=posts.publish(alice, text="Shall we now?", poll=asked),
        over=over,
        account_id=alice.account_id or 0,
    )


SYSTEM = Viewer.system(because="test")


def drawn() -> bytes:
    """A picture of one colour."""
    file = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(file, "PNG")
    return file.getvalue()


PNG = drawn()


def issued(viewer: Viewer, scopes: str = "read write follow push") -> str:
    user = User.objects.get(account_id=viewer.account_id)
    token: str = access.issue_token(SYSTEM, user.pk, scopes)
    return token


def revoked(viewer: Viewer) -> str:
    from oauth2_provider.models import AccessToken

    token = issued(viewer)
    access.revoke_token(SYSTEM, AccessToken.objects.latest("pk").pk)
    return token


def stored(folder: Path) -> dict[str, int]:
    """How many rows every table has (but what limits count), and how many files there are."""
    tables = [model for model in apps.get_models() if model is not Attempt]
    rows = {model._meta.label: model._default_manager.count() for model in tables}
    return {**rows, "files": sum(path.is_file() for path in folder.rglob("*"))}


def status(**fields: Any) -> Sent:
    return Sent(STATUSES, {"status": "Hello", **fields})


def poll(**fields: Any) -> Sent:
    return status(poll={"options": ["a", "b"], "expires_in": 3600, **fields})


def upload(name: str, content: bytes, kind: str = "image/png", path: str = "/api/v2/media") -> Sent:
    file = SimpleUploadedFile(name, content, content_type=kind)
    return Sent(path, {"file": file}, kind=MULTIPART_CONTENT)


def raw(body: bytes, kind: str = "application/json") -> Sent:
    return Sent(STATUSES, body, kind=kind)


def votes(of: Post, *choices: Any) -> Sent:
    return Sent(f"/api/v1/polls/{of.poll.pk}/votes", {"choices": list(choices)}, who="bob")


DEEP = b'{"status":' + b"[" * 10_000 + b"]" * 10_000 + b"}"

# What is sent, the status of the answer, and words that its sentence holds.
Case = tuple[Callable[[Scene], Sent], int, str]
CASES: dict[str, Case] = {
    # Posting.
    "unknown visibility": (lambda s: status(visibility="world"), 422, "Visibility"),
    "501 characters": (lambda s: status(status="x" * 501), 422, "limit of 500"),
    "501 of both": (lambda s: status(status="x" * 500, spoiler_text="y"), 422, "limit of 500"),
    "nothing said": (lambda s: status(status=" \n"), 422, "blank"),
    "5 attachments": (lambda s: status(media_ids=[s.picture.pk] * 5), 422, "more than 4"),
    "media of another": (lambda s: status(media_ids=[str(s.of_carol.pk)]), 422, "yourself"),
    "media that is none": (lambda s: status(media_ids=["x"]), 422, "yourself"),
    "a time that is none": (lambda s: status(scheduled_at="tomorrow"), 422, "invalid"),
    "a time in the past": (lambda s: status(scheduled_at="2001-01-01T00:00Z"), 422, "5 minutes"),
    "a reply to nothing": (lambda s: status(in_reply_to_id="1"), 404, "not found"),
    "a reply to what is unseen": (
        lambda s: Sent(STATUSES, {"status": "Hm", "in_reply_to_id": s.secret.pk}, who="carol"),
        404,
        "not found",
    ),
    "a quote of what is unseen": (
        lambda s: Sent(STATUSES, {"status": "Hm", "quoted_status_id": s.secret.pk}, who="dave"),
        404,
        "not found",
    ),
    "a mention out of reach": (
        lambda s: Sent(STATUSES, {"status": "Hello @alice"}, who="dave"),
        422,
        "@alice",
    ),
    "a group of others": (
        lambda s: Sent(STATUSES, {"status": "x", "visibility": "group"}, who="bob"),
        422,
        "isibility",
    ),
    # Polls.
    "one option": (lambda s: poll(options=["a"]), 422, "options"),
    "five options": (lambda s: poll(options=list("abcde")), 422, "options"),
    "an empty option": (lambda s: poll(options=["a", " "]), 422, "option"),
    "an option of 51": (lambda s: poll(options=["a", "b" * 51]), 422, "50"),
    "the same option twice": (lambda s: poll(options=["a", "a"]), 422, "differ"),
    "a poll of a minute": (lambda s: poll(expires_in=60), 422, "5 minutes"),
    "a poll for ever": (lambda s: poll(expires_in=2**62), 422, "month"),
    "a poll before now": (lambda s: poll(expires_in=-1), 422, "5 minutes"),
    "a poll of words": (lambda s: status(poll="yes or no"), 422, "poll"),
    "a vote too late": (lambda s: votes(s.over, 0), 422, "already ended"),
    "a vote for nothing": (lambda s: votes(s.poll), 422, "hoose"),
    "a vote for the third of two": (lambda s: votes(s.poll, 2), 422, "does not exist"),
    "a vote for two of one": (lambda s: votes(s.poll, 0, 1), 422, "one option"),
    "a vote for a word": (lambda s: votes(s.poll, "yes"), 422, "whole number"),
    "a vote below zero": (lambda s: votes(s.poll, -1), 422, "does not exist"),
    # Files.
    "a text called .png": (lambda s: upload("a.png", b"just words"), 422, "failed"),
    "a page called .png": (lambda s: upload("a.png", b"<script>1</script>"), 422, "failed"),
    "half a picture": (lambda s: upload("a.png", PNG[:40]), 422, "failed"),
    "an empty file": (lambda s: upload("a.png", b""), 422, "not taken"),
    "a program": (lambda s: upload("a.png", b"\x7fELF" + b"\x00" * 60), 422, "failed"),
    "no file": (lambda s: Sent("/api/v2/media", {"description": "x"}), 400, "file"),
    "a file of text": (lambda s: Sent("/api/v2/media", {"file": "x"}), 422, "multipart"),
    "a focus of words": (
        lambda s: Sent(f"/api/v1/media/{s.picture.pk}", {"focus": "left"}, "PUT"),
        422,
        "focus",
    ),
    # What no reader of bodies can read.
    "malformed JSON": (lambda s: raw(b'{"status": "Hello'), 400, "not valid JSON"),
    "a list": (lambda s: raw(b'["Hello"]'), 400, "JSON object"),
    "not a number": (lambda s: raw(b'{"status": NaN}'), 400, "not valid JSON"),
    "10,000 deep": (lambda s: raw(DEEP), 400, "deep"),
    "a form 10,000 deep": (lambda s: raw(b"a" + b"[b]" * 10_000 + b"=1", FORM), 400, "deep"),
    "unpaired surrogate": (lambda s: raw(b'{"status": "a\\ud800b"}'), 400, "not valid JSON"),
    "surrogate in UTF-8": (lambda s: raw(b'{"status": "a\xed\xa0\x80b"}'), 400, "not valid"),
    "not UTF-8": (lambda s: raw(b"status=%ff%fe", FORM), 400, "UTF-8"),
    "NUL": (lambda s: raw(b'{"status": "a\\u0000b"}'), 422, "NUL"),
    "NUL in a form": (lambda s: raw(b"status=a%00b", FORM), 422, "NUL"),
    "NUL in a key": (lambda s: raw(b'{"sta\\u0000tus": "x"}'), 422, "blank"),
    "a form without a boundary": (lambda s: raw(b"--x", "multipart/form-data"), 400, "read"),
    "1,001 parameters": (lambda s: raw(b"a=1&" * 1001, FORM), 400, "too many"),
    # Types.
    "a status that is a list": (lambda s: status(status=["a", "b"]), 422, "single value"),
    "a status that is a mapping": (lambda s: status(status={"a": 1}), 422, "single value"),
    "ids that are mappings": (lambda s: status(media_ids={"a": 1}), 422, "media_ids"),
    "options that are mappings": (lambda s: poll(options=[{"a": 1}, "b"]), 422, "single value"),
    "seconds that are words": (lambda s: poll(expires_in="long"), 422, "whole number"),
    "seconds beyond 64 bits": (lambda s: poll(expires_in=2**64), 422, "whole number"),
    # Ids and pages.
    "an id that is no number": (lambda s: Sent(f"{STATUSES}/x", None, "GET"), 404, "not found"),
    "an id beyond 64 bits": (lambda s: Sent(f"{STATUSES}/{2**64}", None, "GET"), 404, "not found"),
    "an id of 65 bits": (lambda s: Sent(f"{STATUSES}/{2**63}", None, "GET"), 404, "not found"),
    "an id below zero": (lambda s: Sent(f"{STATUSES}/-1", None, "GET"), 404, "not found"),
    "an id in full width": (lambda s: Sent(f"{STATUSES}/１", None, "GET"), 404, "not found"),
    "a reply to no number": (lambda s: status(in_reply_to_id="x"), 404, "not found"),
    "a reply beyond 64 bits": (lambda s: status(in_reply_to_id=2**64), 404, "not found"),
    "a limit that is no number": (
        lambda s: Sent("/api/v1/timelines/home?limit=many", None, "GET"),
        422,
        "whole number",
    ),
    "a limit below zero": (
        lambda s: Sent("/api/v1/timelines/home?limit=-1", None, "GET"),
        400,
        "must not be negative",
    ),
    # Who asks.
    "no token": (lambda s: Sent(STATUSES, {"status": "x"}, who="nobody"), 401, "access token"),
    "a revoked token": (lambda s: Sent(STATUSES, {"status": "x"}, who="revoked"), 401, "invalid"),
    "without the scope": (
        lambda s: Sent(STATUSES, {"status": "x"}, who="a reader"),
        403,
        "outside the authorized scopes",
    ),
    "another method": (lambda s: Sent(STATUSES, None, "DELETE"), 405, "GET, POST"),
    "an address that is none": (lambda s: Sent("/api/v1/nothing"), 404, "not found"),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_with_a_sentence_and_nothing_is_stored(
    scene: Scene, tmp_path: Path, name: str
) -> None:
    make, expected, words = CASES[name]
    before = stored(tmp_path)
    got, body = scene.send(make(scene))
    assert got == expected, body
    assert words in body["error"]
    assert stored(tmp_path) == before


def test_a_handle_behind_a_wall_is_plain_text_exactly_as_an_unknown_one(scene: Scene) -> None:
    got, said = scene.send(Sent(STATUSES, {"status": "Hello @erin"}))
    other, unknown = scene.send(Sent(STATUSES, {"status": "Hello @nils"}))
    assert (got, other) == (200, 200)
    assert said["mentions"] == unknown["mentions"] == []
    assert said["content"] == unknown["content"].replace("nils", "erin")
    assert "<a" not in said["content"]


def test_the_key_of_a_refused_request_is_free_for_the_mended_one(scene: Scene) -> None:
    client, bearer = Client(), f"Bearer {scene.tokens['bob']}"
    key = {"Idempotency-Key": "k", "Authorization": bearer}
    wrong = client.post(STATUSES, {"status": "x" * 501}, headers=key)
    right = client.post(STATUSES, {"status": "x"}, headers=key)
    again = client.post(STATUSES, {"status": "x"}, headers=key)
    assert (wrong.status_code, right.status_code) == (422, 200)
    assert right.json()["id"] == again.json()["id"]


@pytest.mark.server
@pytest.mark.once
def test_100_megabytes_are_refused_while_they_are_sent() -> None:
    with served(workers=1) as instance:
        token = instance.token("zoe")
        for path in ("/api/v2/media", STATUSES):
            head, sentence = sent_without_end(instance.url, path, token, 100 * MEBIBYTE)
            assert " 413 " in head
            assert "too large" in json.loads(sentence)["error"]
        assert not list((instance.data / "media").rglob("*.*"))
        assert instance.answers()


def sent_without_end(url: str, path: str, token: str, size: int) -> tuple[str, bytes]:
    """Send so many bytes; the head and the body of the answer."""
    at = urlsplit(url)
    with socket.create_connection((at.hostname or "", at.port or 0), timeout=30) as wire:
        head = [f"POST {path} HTTP/1.1", f"Host: {at.netloc}", "Connection: close"]
        head += [f"Authorization: Bearer {token}"]
        head += [f"Content-Length: {size}", f"Content-Type: {MULTIPART_CONTENT}", "", ""]
        wire.sendall("\r\n".join(head).encode())
        try:
            for _ in range(size // MEBIBYTE):
                wire.sendall(b"x" * MEBIBYTE)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has heard enough
        answer = wire.makefile("rb").read()
    first, _, rest = answer.partition(b"\r\n\r\n")
    return first.decode(), rest
