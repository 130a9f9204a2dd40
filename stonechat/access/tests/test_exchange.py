"""The token address: codes and credentials in, tokens out, each code once."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from oauth2_provider.models import AccessToken, Grant, RefreshToken

from stonechat.access.queries import viewer_for
from stonechat.access.secrets import digest
from stonechat.core import clock
from stonechat.core.models import Fact
from stonechat.people.models import User

pytestmark = pytest.mark.django_db


def test_a_code_becomes_a_token(
    program: Any, ann: User, code_from: Callable[..., str], trade: Callable[..., Any]
) -> None:
    answer = trade(program, code_from(program))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    said = answer.json()
    assert set(said) == {"access_token", "token_type", "scope", "created_at"}
    assert (said["token_type"], said["scope"]) == ("Bearer", "read write")
    assert isinstance(said["created_at"], int)
    access = viewer_for(said["access_token"])
    assert access is not None
    assert (access.account_id, access.user_id) == (ann.account_id, ann.pk)
    assert access.application_id == program.application.pk
    assert access.scopes == {"read", "write"}


def test_the_token_is_hashed_at_rest_and_said_in_the_journal(
    program: Any, ann: User, code_from: Callable[..., str], trade: Callable[..., Any]
) -> None:
    token = trade(program, code_from(program)).json()["access_token"]
    row = AccessToken.objects.get()
    assert (row.token, row.token_checksum) == ("", digest(token))
    fact = Fact.objects.get(name="token.issued")
    assert fact.actor_id == ann.account_id
    assert fact.data["token_id"] == row.pk
    assert not RefreshToken.objects.exists()


def test_with_pkce(
    program: Any,
    code_from: Callable[..., str],
    trade: Callable[..., Any],
    pkce: dict[str, str],
    verifier: str,
) -> None:
    code = code_from(program, **pkce)
    assert trade(program, code, code_verifier=verifier).status_code == 200


def test_a_wrong_or_missing_verifier_gets_nothing(
    program: Any,
    code_from: Callable[..., str],
    trade: Callable[..., Any],
    pkce: dict[str, str],
    verifier: str,
) -> None:
    code = code_from(program, **pkce)
    wrong = trade(program, code, code_verifier=verifier[::-1])
    assert (wrong.status_code, wrong.json()["error"]) == (400, "invalid_grant")
    missing = trade(program, code)
    assert (missing.status_code, missing.json()["error"]) == (400, "invalid_request")
    assert not AccessToken.objects.exists()


def test_a_program_without_secret_needs_the_verifier_alone(
    register: Callable[..., Any],
    code_from: Callable[..., str],
    trade: Callable[..., Any],
    pkce: dict[str, str],
    verifier: str,
) -> None:
    program = register("read write", public=True)
    program.secret = ""
    code = code_from(program, **pkce)
    assert trade(program, code, code_verifier=verifier).status_code == 200


def test_a_code_works_once(
    program: Any, code_from: Callable[..., str], trade: Callable[..., Any]
) -> None:
    code = code_from(program)
    assert trade(program, code).status_code == 200
    again = trade(program, code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert "authorization grant is invalid" in again.json()["error_description"]
    assert AccessToken.objects.count() == 1


def test_a_code_gets_old(
    program: Any, code_from: Callable[..., str], trade: Callable[..., Any]
) -> None:
    code = code_from(program)
    Grant.objects.update(expires=clock.now() - timedelta(seconds=1))
    assert trade(program, code).json()["error"] == "invalid_grant"


def test_a_code_is_for_its_program_and_its_address(
    program: Any,
    register: Callable[..., Any],
    code_from: Callable[..., str],
    trade: Callable[..., Any],
) -> None:
    code = code_from(program)
    assert trade(register(), code).json()["error"] == "invalid_grant"
    elsewhere = trade(program, code, redirect_uri="https://client.example/other")
    assert (elsewhere.status_code, elsewhere.json()["error"]) == (400, "invalid_grant")


def test_credentials_may_come_in_the_header(
    client: Client, program: Any, code_from: Callable[..., str]
) -> None:
    pair = f"{program.application.client_id}:{program.secret}"
    basic = "Basic " + base64.b64encode(pair.encode()).decode()
    sent = {
        "grant_type": "authorization_code",
        "code": code_from(program),
        "redirect_uri": "https://client.example/back",
    }
    answer = client.post("/oauth/token", sent, headers={"Authorization": basic})
    assert answer.status_code == 200


@pytest.mark.parametrize("content_type", ["application/json", "application/x-www-form-urlencoded"])
def test_the_body_may_be_json_or_a_form(client: Client, program: Any, content_type: str) -> None:
    sent = {"grant_type": "client_credentials", **program.credentials}
    body = (
        json.dumps(sent)
        if content_type == "application/json"
        else "&".join(f"{key}={value}" for key, value in sent.items())
    )
    assert client.post("/oauth/token", body, content_type=content_type).status_code == 200


def test_a_program_gets_a_token_for_itself(client: Client, program: Any, ann: User) -> None:
    sent = {"grant_type": "client_credentials", "scope": "read", "user": str(ann.pk)}
    said = client.post("/oauth/token", sent | program.credentials).json()
    access = viewer_for(said["access_token"])
    assert access is not None
    assert (access.account_id, access.user_id) == (None, None)
    assert not access.viewer
    assert access.application_id == program.application.pk


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "unknown"}, 401, "invalid_client"),
        ({"client_id": "", "client_secret": ""}, 401, "invalid_client"),
        (
            {"grant_type": "password", "username": "ann", "password": "x"},
            400,
            "unsupported_grant_type",
        ),
        ({"grant_type": "refresh_token"}, 400, "unsupported_grant_type"),
        ({"grant_type": "implicit"}, 400, "unsupported_grant_type"),
        ({"grant_type": ""}, 400, "unsupported_grant_type"),
        ({"scope": "follow"}, 400, "invalid_scope"),
    ],
)
def test_errors_have_oauths_names(
    client: Client, program: Any, ann: User, changed: dict[str, str], status: int, error: str
) -> None:
    sent = {"grant_type": "client_credentials", **program.credentials}
    answer = client.post("/oauth/token", sent | changed)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["error_description"]
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize("header", ["Basic", "Basic !!!", "Basic AGE6Yg==", "Basic /w=="])
def test_a_spoilt_header_is_an_unknown_program(client: Client, program: Any, header: str) -> None:
    sent = {"grant_type": "client_credentials"}
    answer = client.post("/oauth/token", sent, headers={"Authorization": header})
    assert answer.json()["error"] == "invalid_client"


def test_passwords_are_for_client_tests_only(
    client: Client, program: Any, ann: User, password: str, settings: Any
) -> None:
    settings.STONECHAT_CLIENT_TESTS = True
    sent = {"grant_type": "password", "username": "ann@example.org", "scope": "read"}
    wrong = client.post("/oauth/token", sent | program.credentials | {"password": "no"})
    assert (wrong.status_code, wrong.json()["error"]) == (400, "invalid_grant")
    right = client.post("/oauth/token", sent | program.credentials | {"password": password})
    assert right.status_code == 200
    access = viewer_for(right.json()["access_token"])
    assert access is not None
    assert access.account_id == ann.account_id


def test_clients_find_the_addresses(client: Client) -> None:
    said = client.get("/.well-known/oauth-authorization-server").json()
    assert said["issuer"] == "http://localhost:8000/"
    assert said["token_endpoint"] == "http://localhost:8000/oauth/token"
    assert said["code_challenge_methods_supported"] == ["S256"]
    assert "write:statuses" in said["scopes_supported"]


def test_userinfo_is_for_the_scope_profile(
    client: Client,
    register: Callable[..., Any],
    code_from: Callable[..., str],
    trade: Callable[..., Any],
) -> None:
    program = register("profile read")
    token = trade(program, code_from(program, scope="profile")).json()["access_token"]
    for ask in (client.get, client.post):
        said = ask("/oauth/userinfo", headers={"Authorization": f"Bearer {token}"}).json()
        assert said["preferred_username"] == "ann"
        assert said["profile"] == "http://localhost:8000/@ann"
    token = trade(program, code_from(program, scope="read")).json()["access_token"]
    answer = client.get("/oauth/userinfo", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 403
