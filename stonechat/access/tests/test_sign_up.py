"""Joining by oneself, through a program or a page, and showing that an address is one's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from stonechat.access import actions
from stonechat.access.queries import viewer_for
from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.actions import NotAllowed
from stonechat.people.models import Account, Invitation, User

pytestmark = pytest.mark.django_db

NEW = {
    "username": "nia",
    "email": "nia@example.org",
    "password": "seven stones in a wall",
    "agreement": "true",
    "locale": "de",
}


@pytest.fixture
def as_program(register: Callable[..., Any], system: Viewer) -> dict[str, str]:
    program = register("read write")
    token = actions.issue_token(system, None, "read write", program.application)
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture(autouse=True)
def _open(settings: Any) -> None:
    settings.STONECHAT_SIGNUP = "open"


def test_a_program_gets_a_token_at_once_that_waits_for_the_mail(
    client: Client, as_program: dict[str, str], lead: Any, mailoutbox: list[Any]
) -> None:
    answer = client.post("/api/v1/accounts", NEW, headers=as_program)
    assert answer.status_code == 200, answer.content
    access = viewer_for(answer.json()["access_token"])
    assert access is not None
    assert not access.confirmed
    assert access.scopes == {"read", "write"}
    user = User.objects.get(email="nia@example.org")
    assert (user.account_id, user.locale) == (access.account_id, "de")
    assert user.check_password(NEW["password"])
    lead()
    link = re.search(r"http://localhost:8000(/confirm/\S+)", mailoutbox[0].body)
    assert link is not None
    mine = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    assert client.get("/api/v1/emails/check_confirmation", headers=mine).json() is False
    assert client.get(link[1]).status_code == 200
    user.refresh_from_db()
    assert user.confirmed_at is None, "looking at the page confirms nothing"
    assert client.post(link[1])["Location"] == "/sign-in"
    user.refresh_from_db()
    assert user.confirmed_at is not None


def test_everything_that_is_wrong_is_said_at_once(
    client: Client, as_program: dict[str, str], ann: User
) -> None:
    sent = {"username": "ANN", "email": "no address", "password": "short", "locale": "!"}
    answer = client.post("/api/v1/accounts", sent, headers=as_program)
    assert answer.status_code == 422
    said = answer.json()
    assert said["error"].startswith("Validation failed: Username has already been taken")
    codes = {field: faults[0]["error"] for field, faults in said["details"].items()}
    assert codes == {
        "username": "ERR_TAKEN",
        "email": "ERR_INVALID",
        "password": "ERR_TOO_SHORT",
        "agreement": "ERR_ACCEPTED",
        "locale": "ERR_INCLUSION",
    }
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"username": ""}, "username", "ERR_BLANK"),
        ({"username": "n" * 31}, "username", "ERR_TOO_LONG"),
        ({"username": "nia!"}, "username", "ERR_INVALID"),
        ({"username": "admin"}, "username", "ERR_INVALID"),
        ({"email": ""}, "email", "ERR_BLANK"),
        ({"email": "ANN@example.org"}, "email", "ERR_TAKEN"),
        ({"password": ""}, "password", "ERR_BLANK"),
        ({"password": "password1234567890"[:10]}, "password", "ERR_INVALID"),
        ({"password": "x" * 201}, "password", "ERR_TOO_LONG"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "ERR_INVALID"),
    ],
)
def test_each_field_has_its_codes(
    client: Client,
    as_program: dict[str, str],
    ann: User,
    changed: dict[str, str],
    field: str,
    code: str,
) -> None:
    answer = client.post("/api/v1/accounts", NEW | changed, headers=as_program)
    assert answer.status_code == 422, answer.content
    assert answer.json()["details"][field][0]["error"] == code
    assert not Account.objects.filter(username="nia").exists()


def test_where_joining_is_closed_nobody_joins(
    client: Client, as_program: dict[str, str], settings: Any
) -> None:
    settings.STONECHAT_SIGNUP = "closed"
    answer = client.post("/api/v1/accounts", NEW, headers=as_program)
    assert (answer.status_code, answer.json()) == (403, {"error": "This action is not allowed"})
    assert client.get("/sign-up").status_code == 404
    assert client.post("/sign-up", NEW).status_code == 404
    assert not User.objects.exists()


def test_client_tests_are_confirmed_at_once_with_any_password(
    client: Client, as_program: dict[str, str], settings: Any
) -> None:
    settings.STONECHAT_CLIENT_TESTS = True
    sent = NEW | {"password": "password"}
    said = client.post("/api/v1/accounts", sent, headers=as_program).json()
    access = viewer_for(said["access_token"])
    assert access is not None
    assert access.confirmed


def test_an_invitation_lets_one_person_in(
    client: Client, as_program: dict[str, str], settings: Any, olga: Viewer, bob: Viewer
) -> None:
    settings.STONECHAT_SIGNUP = "invite"
    with pytest.raises(NotAllowed):
        actions.invite(bob)
    code = actions.invite(olga)
    assert not Invitation.objects.filter(code_hash=code).exists()
    for wrong in ({}, {"invite_code": "wrong"}):
        answer = client.post("/api/v1/accounts", NEW | wrong, headers=as_program)
        assert answer.status_code == 403
    sent = NEW | {"invite_code": code}
    assert client.post("/api/v1/accounts", sent, headers=as_program).status_code == 200
    assert Invitation.objects.get().used_by == User.objects.get(email="nia@example.org")
    again = sent | {"username": "nib", "email": "nib@example.org"}
    assert client.post("/api/v1/accounts", again, headers=as_program).status_code == 403


def test_an_invitation_gets_old(settings: Any, olga: Viewer) -> None:
    settings.STONECHAT_SIGNUP = "invite"
    code = actions.invite(olga)
    sent: dict[str, Any] = {key: NEW[key] for key in ("username", "email", "password")}
    with clock.set_to(clock.now() + timedelta(days=15)), pytest.raises(NotAllowed):
        actions.sign_up(Viewer.anonymous(), **sent, agreement=True, invite_code=code)


def test_the_page_does_the_same_and_keeps_what_was_typed(client: Client, ann: User) -> None:
    wrong = client.post("/sign-up", NEW | {"username": "ann", "password": "short"})
    assert wrong.status_code == 422
    assert b"Somebody has this name already" in wrong.content
    assert b"too short" in wrong.content
    assert b'value="nia@example.org"' in wrong.content
    right = client.post("/sign-up", NEW)
    assert right.status_code == 200
    assert b"nia@example.org" in right.content
    assert User.objects.get(email="nia@example.org").confirmed_at is None


def test_five_in_half_an_hour_from_one_place(client: Client, noon: datetime) -> None:
    for _try in range(5):
        assert client.post("/sign-up", NEW | {"password": "short"}).status_code == 422
    assert client.post("/sign-up", NEW).status_code == 429


def test_the_mail_can_be_had_again_also_at_another_address(
    client: Client, ann: User, lead: Any, mailoutbox: list[Any]
) -> None:
    token = actions.issue_token(Viewer.person(ann.account_id), ann.pk, "read write")
    mine = {"Authorization": f"Bearer {token}"}
    assert client.post("/api/v1/emails/confirmations", headers=mine).status_code == 403
    User.objects.update(confirmed_at=None)
    actions.issue_token(Viewer.person(ann.account_id), ann.pk, "read write", value=token)
    assert client.post("/api/v1/emails/confirmations", headers=mine).status_code == 200
    sent = {"email": "ann.other@example.org"}
    assert client.post("/api/v1/emails/confirmations", sent, headers=mine).status_code == 200
    bad = {"email": "no address"}
    assert client.post("/api/v1/emails/confirmations", bad, headers=mine).status_code == 422
    lead()
    assert {mail.to[0] for mail in mailoutbox} == {"ann.other@example.org"}


@pytest.mark.parametrize("code", ["x", "WzEsImEiXQ:1:x", "ü"])
def test_a_spoilt_link_says_so(client: Client, code: str) -> None:
    answer = client.post(f"/confirm/{code}")
    assert answer.status_code == 422
    assert b"too old or was cut short" in answer.content
