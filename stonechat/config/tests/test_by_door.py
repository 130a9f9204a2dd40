"""One entry of MIDDLEWARE, two chains: what programs get, what people get, and who is sent away."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import override_settings

from stonechat.config import middleware


def _noting(name):
    """A layer that writes down when it is asked."""

    class Noting:
        def __init__(self, get_response):
            self.get_response = get_response

        def __call__(self, request):
            request.order.append(f"{name} in")
            response = self.get_response(request)
            request.order.append(f"{name} out")
            return response

        def process_view(self, request, view, args, kwargs):
            request.order.append(f"{name} view")

        def process_exception(self, request, error):
            request.order.append(f"{name} error")

    return Noting


def _view(_request):
    return HttpResponse()


def _other_view(_request):
    return HttpResponse()


def _absent(get_response):
    raise MiddlewareNotUsed


@pytest.fixture
def noted(monkeypatch):
    """A chain of two layers and one that does not want to be used."""
    layers = {"outer": _noting("outer"), "inner": _noting("inner"), "absent": _absent}
    monkeypatch.setattr(middleware, "import_string", layers.__getitem__)
    return middleware.Chain(["outer", "absent", "inner"], lambda _request: HttpResponse("seen"))


def test_layers_lie_inside_each_other(noted, rf):
    request = rf.get("/")
    request.order = []
    assert noted.call(request).content == b"seen"
    assert request.order == ["outer in", "inner in", "inner out", "outer out"]


def test_hooks_come_in_djangos_order(noted, rf):
    request = rf.get("/")
    request.order = []
    assert noted.before_view(request, None, (), {}) is None
    assert noted.on_exception(request, ValueError()) is None
    assert request.order == ["outer view", "inner view", "inner error", "outer error"]


@pytest.fixture
def door():
    """The real chains around a view that says which user it saw."""
    return middleware.by_door(lambda request: HttpResponse(str(getattr(request, "user", "nobody"))))


def test_programs_have_no_session(door, rf):
    request = rf.get("/api/v1/instance")
    assert door(request).content == b"nobody"
    assert not hasattr(request, "session")


@pytest.mark.parametrize(
    "path", ["/oauth/token", "/oauth/revoke", "/.well-known/x", "/nodeinfo/2.0"]
)
def test_programs_come_in_by_these_too(door, rf, path):
    assert door(rf.post(path)).content == b"nobody"


def test_people_have_a_session_and_safe_headers(door, rf):
    request = rf.get("/home")
    response = door(request)
    assert response.content == str(AnonymousUser()).encode()
    assert hasattr(request, "session")
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/oauth/authorize", "/sign-in"])
def test_a_window_to_sign_in_keeps_its_opener(door, rf, path):
    assert "Cross-Origin-Opener-Policy" not in door(rf.get(path))


def test_pages_ask_for_a_sign_in_unless_they_say_otherwise(door, rf):
    request = rf.get("/home")
    door(request)
    closed = door.process_view(request, _view, (), {})
    opened = door.process_view(request, login_not_required(_other_view), (), {})
    assert closed.status_code == 302
    assert opened is None


def test_a_form_of_another_site_is_refused(door, rf, db):
    request = rf.post("/posts")
    request._dont_enforce_csrf_checks = False
    door(request)
    refused = door.process_view(request, login_not_required(_other_view), (), {})
    assert refused.status_code == 403


def test_a_foreign_name_is_told_which_setting_to_change(door, rf):
    page = door(rf.get("/home", headers={"host": "192.168.1.5:8000"}))
    assert page.status_code == 400
    assert b"STONECHAT_URL=http://192.168.1.5:8000 stonechat serve --host 0.0.0.0" in page.content


def test_a_foreign_name_is_written_as_text(door, rf):
    page = door(rf.get("/home", headers={"host": "<script>alert(1)</script>"}))
    assert page.status_code == 400
    assert b"<script" not in page.content


def test_programs_are_told_in_json(door, rf):
    answer = door(rf.get("/api/v1/instance", headers={"host": "evil.example"}))
    assert answer.status_code == 400
    assert "STONECHAT_URL" in json.loads(answer.content)["error"]


def test_a_load_balancer_asks_for_health_by_any_name(door, rf):
    assert door(rf.get("/health", headers={"host": "10.0.0.7"})).status_code == 200


def test_plain_http_is_told_of_the_proxys_header(door, rf):
    with override_settings(STONECHAT_URL="https://chat.example.org"):
        plain, safe = door(rf.get("/home")), door(rf.get("/home", secure=True))
    assert plain.status_code == 400
    assert b"X-Forwarded-Proto" in plain.content
    assert safe.status_code == 200


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Forwarded-Host", "Forwarded"])
def test_no_proxy_stands_before_a_server_for_client_tests(door, rf, name):
    request = rf.get("/api/v1/instance", headers={name: "x"})
    with override_settings(STONECHAT_CLIENT_TESTS=True):
        assert door(request).status_code == 403
        assert door(rf.get("/api/v1/instance")).status_code == 200
    assert door(request).status_code == 200
