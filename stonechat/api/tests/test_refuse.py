"""Errors in JSON, whatever went wrong and wherever, and the headers of every answer."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from stonechat.api.errors import ApiError, ApiErrors
from stonechat.core.actions import NotAllowed, Refused


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (ApiError(409, "Conflict"), 409, "Conflict"),
        (NotAllowed("it is not yours"), 403, "it is not yours"),
        (Refused("Choose two"), 422, "Choose two"),
        (ObjectDoesNotExist("secret"), 404, "Record not found"),
        (Http404("secret"), 404, "Record not found"),
        (RequestDataTooBig("x"), 413, "The request is too large. Send less at once."),
    ],
)
def test_what_an_exception_becomes(error: Exception, status: int, sentence: str):
    response = answered(error)
    assert response.status_code == status
    assert json.loads(response.content) == {"error": sentence}
    assert response.headers["Content-Type"].startswith("application/json")


def answered(error: Exception) -> Any:
    request = RequestFactory().get("/api/v1/x")
    return ApiErrors(lambda _request: HttpResponse()).process_exception(request, error)


def test_further_keys_and_fields():
    assert json.loads(answered(ApiError(422, "No", details={"a": []})).content) == {
        "error": "No",
        "details": {"a": []},
    }
    assert json.loads(answered(Refused("Too long", field="title")).content) == {
        "error": "Too long",
        "details": {"title": [{"error": "ERR_INVALID", "description": "Too long"}]},
    }


def test_the_unexpected_is_logged_and_not_told(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.ERROR):
        response = answered(ZeroDivisionError("secret"))
    assert response.status_code == 500
    assert b"secret" not in response.content
    assert "ZeroDivisionError" in caplog.text


def test_suspicious_requests_cannot_be_read():
    assert answered(SuspiciousOperation("x")).status_code == 400


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_unknown_addresses_are_json(program: Client, method: str):
    response = program.generic(method, "/api/v1/nowhere")
    assert response.status_code == 404
    assert response.json() == {"error": "Record not found"}


@pytest.mark.parametrize("id", ["abc", "-1", "9" * 19, "9" * 30, "%00"])
def test_ids_in_addresses_that_no_row_can_have(program: Client, id: str):
    assert program.post(f"/api/v1/statuses/{id}/translate").status_code == 404


def test_known_addresses_refuse_other_methods_in_json(program: Client):
    response = program.put("/api/v2/instance")
    assert response.status_code == 405
    assert "GET" in response.json()["error"]


def test_every_answer_may_be_read_by_any_page(program: Client):
    for path in ("/api/v1/instance/rules", "/api/v1/nowhere", "/health"):
        headers = program.get(path).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Link" in headers["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in headers
        assert headers["X-Request-Id"]


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/api/v1/statuses", "GET, POST, PUT, DELETE, PATCH, OPTIONS"),
        ("/oauth/token", "POST, OPTIONS"),
        ("/oauth/userinfo", "GET, POST, OPTIONS"),
        ("/nodeinfo/2.0", "GET, OPTIONS"),
    ],
)
def test_a_preflight_needs_no_token(program: Client, path: str, methods: str):
    wanted = "authorization,idempotency-key"
    response = program.options(path, headers={"Access-Control-Request-Headers": wanted})
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Methods"] == methods
    assert response.headers["Access-Control-Allow-Headers"] == wanted


def test_a_request_id_of_a_proxy_is_kept_if_it_is_plain(program: Client):
    kept = program.get("/health", headers={"X-Request-Id": "abc-1"}).headers["X-Request-Id"]
    replaced = program.get("/health", headers={"X-Request-Id": "a b\tc"}).headers["X-Request-Id"]
    assert kept == "abc-1"
    assert len(replaced) == 36


def test_what_somebody_signed_in_reads_is_kept_nowhere(program: Client, token: Any):
    mine = program.get("/api/v1/domain_blocks", headers={"Authorization": token()})
    assert mine.headers["Cache-Control"] == "private, no-store"
    assert "Authorization" in mine.headers["Vary"]
    assert "Cache-Control" not in program.get("/api/v1/instance/rules").headers


def test_a_page_that_is_no_json_becomes_json():
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<h1>Bad Request</h1>", status=400)

    response = ApiErrors(page)(RequestFactory().get("/api/x"))
    assert isinstance(response, HttpResponse)
    assert json.loads(response.content) == {"error": "Bad Request"}
