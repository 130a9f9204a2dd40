"""Tokens end: given back by their program, withdrawn by their person, or with the account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from oauth2_provider.models import AccessToken, Grant

from stonechat.access import actions
from stonechat.access.models import Session
from stonechat.access.queries import viewer_for
from stonechat.audience.viewer import Viewer
from stonechat.core.actions import NotAllowed
from stonechat.core.models import Fact
from stonechat.people import actions as people
from stonechat.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(ann: User, program: Any) -> str:
    """Ann's for the program, and already asked with."""
    me = Viewer.person(ann.account_id)
    token = actions.issue_token(me, ann.pk, "read", program.application)
    assert viewer_for(token) is not None
    return token


def test_a_program_gives_its_token_back(client: Client, program: Any, token: str) -> None:
    answer = client.post("/oauth/revoke", {"token": token, **program.credentials})
    assert (answer.status_code, answer.json()) == (200, {})
    assert viewer_for(token) is None
    asking = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/apps/verify_credentials", headers=asking).status_code == 401
    assert Fact.objects.filter(name="token.revoked").count() == 1


def test_an_unknown_token_is_as_good_as_ended(client: Client, program: Any) -> None:
    for sent in ({"token": "unknown"}, {}):
        answer = client.post("/oauth/revoke", {**sent, **program.credentials})
        assert (answer.status_code, answer.json()) == (200, {})


def test_the_token_of_another_program_stays(
    client: Client, register: Callable[..., Any], token: str
) -> None:
    answer = client.post("/oauth/revoke", {"token": token, **register().credentials})
    assert (answer.status_code, answer.json()["error"]) == (403, "unauthorized_client")
    assert viewer_for(token) is not None


def test_a_program_shows_its_secret(client: Client, program: Any, token: str) -> None:
    for wrong in ({"client_secret": "wrong"}, {"client_secret": ""}, {"client_id": "unknown"}):
        answer = client.post("/oauth/revoke", {"token": token, **program.credentials, **wrong})
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert viewer_for(token) is not None


def test_a_person_withdraws_a_token_or_all_of_a_program(
    ann: User, program: Any, token: str, olga: Viewer
) -> None:
    me = Viewer.person(ann.account_id)
    other = actions.issue_token(me, ann.pk, "read write", program.application)
    actions.revoke_token(me, AccessToken.objects.latest("pk").pk)
    assert viewer_for(other) is None
    assert actions.revoke_application(olga, program.application.pk) == 0
    assert actions.revoke_application(me, program.application.pk) == 1
    assert viewer_for(token) is None


def test_others_do_not(token: str, bob: Viewer, olga: Viewer) -> None:
    token_id = AccessToken.objects.get().pk
    for viewer in (bob, Viewer.anonymous()):
        with pytest.raises(NotAllowed):
            actions.revoke_token(viewer, token_id)
    with pytest.raises(NotAllowed):
        actions.revoke_application(Viewer.anonymous(), 1)
    actions.revoke_token(olga, token_id)
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize("shut", [people.suspend, people.delete])
def test_all_ends_with_the_account(
    shut: Callable[..., None],
    browser: Client,
    ann: User,
    olga: Viewer,
    token: str,
    code_from: Callable[..., str],
    program: Any,
    lead: Callable[[], None],
) -> None:
    code_from(program, scope="read write push")
    assert Session.objects.filter(user_id=ann.pk).count() == 1
    shut(olga, ann.account_id)
    assert browser.get(program.address())["Location"].startswith("/sign-in")
    lead()
    assert viewer_for(token) is None
    assert not AccessToken.objects.exists()
    assert not Grant.objects.exists()
    assert not Session.objects.filter(user_id=ann.pk).exists()
