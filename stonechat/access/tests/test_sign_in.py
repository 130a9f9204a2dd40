"""Coming in through a browser, and going out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from stonechat.access.models import Session
from stonechat.audience.viewer import Viewer
from stonechat.core.models import Fact, Job, Secret
from stonechat.people import actions as people
from stonechat.people.models import User

pytestmark = pytest.mark.django_db


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("name", ["ann@example.org", "Ann@Example.org", "@ann", "ann", " ANN "])
def test_by_address_or_handle(client: Client, ann: User, password: str, name: str) -> None:
    answer = client.post("/sign-in", {"name": name, "password": password})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(client)
    assert Session.objects.get().user_id == ann.pk
    fact = Fact.objects.get(name="signed.in")
    assert (fact.kind, fact.actor_id) == ("signal", ann.account_id)


@pytest.mark.parametrize(
    ("name", "password"),
    [("ann", "wrong"), ("nobody", "wrong"), ("nobody@example.org", "wrong"), ("@", "wrong")],
)
def test_a_wrong_pair_is_told_and_the_name_kept(
    client: Client, ann: User, name: str, password: str
) -> None:
    answer = client.post("/sign-in", {"name": name, "password": password, "next": "/later"})
    assert answer.status_code == 422
    assert b"did not match" in answer.content
    assert f'value="{name}"'.encode() in answer.content
    assert b'value="/later"' in answer.content
    assert password.encode() not in answer.content
    assert not is_in(client)


def test_an_unknown_name_costs_a_hash_like_a_known_one(
    client: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(User, "set_password", lambda user, raw: hashed.append(raw))
    client.post("/sign-in", {"name": "nobody", "password": "wrong"})
    assert hashed == ["wrong"]


@pytest.mark.parametrize("sent", [{}, {"name": "ann"}, {"name": "a\0b", "password": "x"}])
def test_half_a_form_is_shown_again(client: Client, ann: User, sent: dict[str, str]) -> None:
    assert client.post("/sign-in", sent).status_code == 422


@pytest.mark.parametrize(
    ("wanted", "gone_to"),
    [
        ("/oauth/authorize?a=b&c=d", "/oauth/authorize?a=b&c=d"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_way_on_stays_on_this_server(
    client: Client, ann: User, password: str, wanted: str, gone_to: str
) -> None:
    sent = {"name": "ann", "password": password, "next": wanted}
    assert client.post("/sign-in", sent)["Location"] == gone_to
    assert client.get("/sign-in", {"next": wanted})["Location"] == gone_to


def test_who_is_in_is_asked_only_again(browser: Client, program: Any) -> None:
    assert browser.get("/sign-in").status_code == 302
    assert browser.get("/sign-in", {"again": "1", "next": "/x"}).status_code == 200


def test_shut_accounts_stay_out(client: Client, ann: User, password: str, olga: Viewer) -> None:
    people.suspend(olga, ann.account_id)
    assert client.post("/sign-in", {"name": "ann", "password": password}).status_code == 422
    people.restore(olga, ann.account_id)
    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert client.post("/sign-in", {"name": "ann", "password": password}).status_code == 422
    assert not is_in(client)


def test_whoever_is_unconfirmed_gets_the_mail_again(
    client: Client, ann: User, password: str, lead: Any, mailoutbox: list[Any]
) -> None:
    User.objects.update(confirmed_at=None)
    answer = client.post("/sign-in", {"name": "ann", "password": password})
    assert answer.status_code == 422
    assert not is_in(client)
    lead()
    assert [mail.to for mail in mailoutbox] == [["ann@example.org"]]
    assert not Job.objects.exists()


def test_ten_tries_in_five_minutes(
    client: Client, ann: User, password: str, noon: datetime
) -> None:
    for _try in range(10):
        assert client.post("/sign-in", {"name": "ann", "password": "no"}).status_code == 422
    answer = client.post("/sign-in", {"name": "ANN", "password": password})
    assert answer.status_code == 429
    assert b"too often" in answer.content
    assert client.post("/sign-in", {"name": "bob", "password": "no"}).status_code == 422


def test_out_by_a_button_only(browser: Client) -> None:
    assert browser.get("/sign-out").status_code == 405
    assert is_in(browser)
    assert browser.post("/sign-out")["Location"] == "/sign-in"
    assert not is_in(browser)


def test_another_site_signs_nobody_in(ann: User, password: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post("/sign-in", {"name": "ann", "password": password}).status_code == 403


def test_the_demo_company_offers_some_of_its_people(ann: User) -> None:
    client = Client(HTTP_HOST="localhost:8000")
    assert b"demo company" not in client.get("/sign-in").content
    assert client.post("/sign-in/demo", {"username": "ann"}).status_code == 404
    Secret.objects.create(name="demo", value="ann")
    assert b'value="ann"' in client.get("/sign-in").content
    assert client.post("/sign-in/demo", {"username": "olga"}).status_code == 404
    answer = client.post("/sign-in/demo", {"username": "ann", "next": "/x"})
    assert (answer.status_code, answer["Location"]) == (302, "/x")
    assert is_in(client)


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"HTTP_HOST": "chat.example"},
        {"HTTP_HOST": "localhost", "REMOTE_ADDR": "192.0.2.1"},
        {"HTTP_HOST": "localhost", "REMOTE_ADDR": ""},
        {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_FOR": "192.0.2.1"},
        {"HTTP_HOST": "localhost", "HTTP_FORWARDED": "for=192.0.2.1"},
    ],
)
def test_but_only_to_whoever_sits_at_the_machine(
    ann: User, elsewhere: dict[str, Any], settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(**elsewhere)
    Secret.objects.create(name="demo", value="ann")
    assert b"demo company" not in client.get("/sign-in").content
    assert client.post("/sign-in/demo", {"username": "ann"}).status_code == 404
