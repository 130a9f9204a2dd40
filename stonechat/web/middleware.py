"""What every request of this door passes: who asks, in which language, what an error says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from stonechat.access.queries import viewer_for_user
from stonechat.audience.viewer import Viewer
from stonechat.web import errors
from stonechat.web.requests import WebRequest

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Nothing from elsewhere, nothing inline, nothing evaluated.
POLICY = {
    "default-src": "'none'",
    **{f"{kind}-src": "'self'" for kind in ("style", "script", "img", "font", "connect", "media")},
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
# A browser holds a form to `form-action` through all redirects, and these forms may end in the
# address of a client program, whose scheme nobody knows beforehand.
LEADING_AWAY = ("/oauth/", "/sign-in")


class Viewing:
    """Sets `request.viewer`, and speaks the language and the time zone of who signed in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user: Any = request.user
        asking = cast(WebRequest, request)
        if not user.is_authenticated:
            asking.viewer = Viewer.anonymous()
            return self.get_response(request)
        asking.viewer = viewer_for_user(user)
        with _as_they_are_used_to(user):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", user.locale)
        return response


@contextmanager
def _as_they_are_used_to(user: Any) -> Iterator[None]:
    with translation.override(user.locale), timezone.override(_zone(user.time_zone)):
        yield


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


class DomainErrors:
    """Turns what rooms raise into pages; what nobody foresaw goes on to handler500."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Asked by Django for what a view raised."""
        fault = errors.fault_of(error)
        return None if fault is None else errors.show(request, fault)


class ContentSecurity:
    """Sends the policy with every answer that has none of its own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", _policy(request.path))
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _policy(path: str) -> str:
    away = path.startswith(LEADING_AWAY)
    kept = {name: value for name, value in POLICY.items() if not (away and name == "form-action")}
    return "; ".join(f"{name} {value}" for name, value in kept.items())
