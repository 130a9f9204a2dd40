"""Rate limits: counted by token, person or address, told in headers, shared by processes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory

from stonechat.access.limits import TooMany
from stonechat.api import limits
from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.errors import ApiErrors
from stonechat.api.limits import Limit, ProcessCounts
from stonechat.api.responses import Answer
from stonechat.core import clock

START = datetime(2030, 1, 1, tzinfo=UTC)
TWO = Limit("two", 2, 60)


@pytest.fixture(autouse=True)
def _at_the_start_of_a_window(settings: Any) -> Iterator[None]:
    settings.STONECHAT_RATE_LIMITS = True
    with clock.set_to(START):
        yield


def test_a_window_ends():
    counts = ProcessCounts()
    assert [counts.use(TWO, "a").remaining for _ in range(2)] == [1, 0]
    with pytest.raises(TooMany):
        counts.use(TWO, "a")
    assert counts.use(TWO, "b").remaining == 1
    with clock.set_to(START + timedelta(seconds=60)):
        assert counts.use(TWO, "a").remaining == 1


def test_several_processes_share_a_limit():
    counts = ProcessCounts()
    counts.workers = 2
    assert counts.use(TWO, "a").remaining == 0
    with pytest.raises(TooMany):
        counts.use(TWO, "a")


def test_every_answer_tells_where_one_stands(program: Client):
    headers = program.get("/api/v1/instance/rules").headers
    assert headers["X-RateLimit-Limit"] == "300"
    assert headers["X-RateLimit-Remaining"] == "299"
    assert headers["X-RateLimit-Reset"] == "2030-01-01T00:05:00.000000Z"


def test_too_many(program: Client):
    for _ in range(300):
        limits.reading.use(limits.BY_ADDRESS, "127.0.0.1")
    response = program.get("/api/v1/instance/rules")
    assert response.status_code == 429
    assert response.json() == {"error": "Too many requests"}
    assert response.headers["X-RateLimit-Remaining"] == "0"


def test_a_token_is_not_held_back_by_its_neighbours(program: Client, token: Any):
    for _ in range(300):
        limits.reading.use(limits.BY_ADDRESS, "127.0.0.1")
    response = program.get("/api/v1/domain_blocks", headers={"Authorization": token()})
    assert response.status_code == 200
    assert response.headers["X-RateLimit-Remaining"] == "299"


def test_pages_are_counted_on_their_own(program: Client, token: Any):
    for _ in range(200):
        limits.reading.use(limits.PAGING, "7")
    address = "/api/v1/domain_blocks"
    first = program.get(address, headers={"Authorization": token()})
    further = program.get(f"{address}?max_id=5", headers={"Authorization": token()})
    assert first.headers["X-RateLimit-Remaining"] == "299"
    assert further.headers["X-RateLimit-Remaining"] == "99"


def test_no_limits_no_headers(program: Client, settings: Any):
    settings.STONECHAT_RATE_LIMITS = False
    assert "X-RateLimit-Limit" not in program.get("/api/v1/instance/rules").headers


@endpoint("POST", limit=TWO)
def write(request: ApiRequest) -> Answer:
    return None


@pytest.mark.django_db
def test_a_family_of_writes_is_counted_for_all_processes(token: Any):
    authorization = token()

    def ask() -> Any:
        limits.reading.forget()  # as another process would begin
        request = RequestFactory().post("/api/x", headers={"Authorization": authorization})
        door = ApiErrors(write)
        try:
            return door(request)
        except TooMany as error:
            return door.process_exception(request, error)

    responses = [ask() for _ in range(3)]
    assert [response.status_code for response in responses] == [200, 200, 429]
    assert [response.headers.get("X-RateLimit-Remaining") for response in responses[:2]] == [
        "1",
        "0",
    ]
