"""Who is let in, with which token, scope and method."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import RequestFactory

from stonechat.api.door import ApiRequest, Endpoint, endpoint, router
from stonechat.api.entities.others import List
from stonechat.api.errors import ApiErrors
from stonechat.api.responses import Answer, Reply

Token = Callable[..., str]


@endpoint("GET", scope="read:statuses")
def show(request: ApiRequest) -> Answer:
    return {"account": str(request.viewer.account_id), "q": request.parameters.text("q")}


def ask(view: Any, method: str = "GET", authorization: str = "", **more: Any) -> Any:
    """The answer of one view, as the middleware puts it."""
    headers = {"Authorization": authorization} if authorization else {}
    request = RequestFactory().generic(method, "/api/x", headers=headers, **more)
    try:
        return view(request)
    except Exception as error:
        return ApiErrors(view).process_exception(request, error)


def with_terms(**terms: Any) -> Endpoint[[]]:
    @endpoint("GET", **terms)
    def view(request: ApiRequest) -> Answer:
        return None

    return view


def test_a_token_in_the_header(token: Token):
    response = ask(show, authorization=token(), QUERY_STRING="q=x")
    assert (response.status_code, response.content) == (200, b'{"account":"7","q":"x"}')


@pytest.mark.parametrize("name", ["access_token", "bearer_token"])
def test_a_token_among_the_parameters(token: Token, name: str):
    query = f"{name}={token().removeprefix('Bearer ')}"
    assert ask(show, QUERY_STRING=query.replace(" ", "+")).status_code == 200


def test_no_token():
    response = ask(show)
    assert response.status_code == 401
    assert response.content == b'{"error":"The access token is invalid"}'
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer \xff", "bearer  x"])
def test_an_unknown_token(header: str):
    assert ask(show, authorization=header).status_code == 401
    assert ask(with_terms(public=True), authorization=header).status_code == 401
    assert ask(with_terms(always=True), authorization=header).status_code == 200


@pytest.mark.parametrize(
    ("granted", "needed", "enough"),
    [
        ("read", "read:statuses", True),
        ("read:statuses", "read:statuses", True),
        ("read:statuses", "read", False),
        ("read:accounts", "read:statuses", False),
        ("write", "read:statuses", False),
        ("write", "write:statuses", True),
        ("follow", "write:blocks", True),
        ("follow", "read:mutes", True),
        ("follow", "read:statuses", False),
        ("profile", "profile read:accounts", True),
        ("read", "profile read:accounts", True),
        ("push", "profile read:accounts", False),
        ("push", "", True),
        ("admin:read", "admin:read:reports", True),
        ("read", "admin:read:reports", False),
    ],
)
def test_scopes(token: Token, granted: str, needed: str, enough: bool):
    response = ask(with_terms(scope=needed), authorization=token(granted))
    assert response.status_code == (200 if enough else 403)
    if not enough:
        assert b"This action is outside the authorized scopes" in response.content


def test_a_token_of_a_program_that_acts_for_nobody(token: Token, settings: Any):
    settings.STONECHAT_OPEN_READING = False
    program = token("read", account_id=None)
    response = ask(with_terms(scope="read:lists"), authorization=program)
    assert response.status_code == 422
    assert response.content == b'{"error":"This method requires an authenticated user"}'
    assert ask(with_terms(public=True), authorization=program).status_code == 422
    assert ask(with_terms(app=True), authorization=program).status_code == 200


def test_open_reading_lets_everybody_read_what_is_public(token: Token, settings: Any):
    settings.STONECHAT_OPEN_READING = True
    assert ask(with_terms(public=True)).status_code == 200
    assert ask(with_terms()).status_code == 401
    anybody = token("read", account_id=None)
    assert ask(with_terms(public=True), authorization=anybody).status_code == 200


def test_closed_reading_asks_for_a_person(settings: Any):
    settings.STONECHAT_OPEN_READING = False
    response = ask(with_terms(public=True))
    assert response.status_code == 401
    assert response.content == b'{"error":"This method requires an authenticated user"}'
    assert ask(with_terms(always=True)).status_code == 200


def test_a_person_who_has_not_confirmed_their_address(token: Token):
    fresh = token(confirmed=False)
    response = ask(show, authorization=fresh)
    assert response.status_code == 403
    assert b"missing a confirmed e-mail address" in response.content
    assert ask(with_terms(unconfirmed=True), authorization=fresh).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_another_method(token: Token, method: str):
    response = ask(show, method, authorization=token())
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, OPTIONS"


def test_head_is_get_without_a_body(token: Token):
    assert ask(show, "HEAD", authorization=token()).status_code == 200
    assert ask(router(GET=show), "HEAD", authorization=token()).status_code == 200


def test_a_router_picks_by_method(token: Token):
    @endpoint("DELETE", scope="write:lists")
    def destroy(request: ApiRequest, id: int) -> Answer:
        return Reply(List(id=str(id), title="gone"), 202, {"Link": "<x>"})

    def route(request: Any) -> Any:
        return router(GET=show, DELETE=destroy)(request, id=3)

    response = ask(route, "DELETE", authorization=token())
    assert (response.status_code, response.headers["Link"]) == (202, "<x>")
    assert b'"id":"3"' in response.content
    refused = ask(route, "POST", authorization=token())
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, DELETE, OPTIONS")


def test_an_empty_success_is_an_empty_object(token: Token):
    response = ask(with_terms(), authorization=token())
    assert (response.status_code, response.content) == (200, b"{}")
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"


def test_a_deprecated_endpoint_says_since_when(token: Token):
    response = ask(with_terms(deprecated="2022-11-14"), authorization=token())
    assert response.headers["Deprecation"] == "@1668384000"


def test_a_body_that_cannot_be_read_is_refused_before_the_endpoint_begins(token: Token):
    @endpoint("POST")
    def create(request: ApiRequest) -> Answer:
        raise AssertionError("must not begin")

    response = ask(
        create, "POST", authorization=token(), data=b"{", content_type="application/json"
    )
    assert response.status_code == 400
