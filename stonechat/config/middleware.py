"""The one entry of MIDDLEWARE: two chains, one for programs and one for people, picked by path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

from stonechat.config import plain_page
from stonechat.config.doors import HEALTH, POPUP_PATHS, comes_through_a_proxy, is_api

GetResponse = Callable[[HttpRequest], HttpResponseBase]

API = ("stonechat.api.errors.ApiErrors",)
WEB = (
    "stonechat.web.middleware.ContentSecurity",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "stonechat.web.middleware.Viewing",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "stonechat.web.middleware.DomainErrors",
)


class Chain:
    """Middleware one inside the other, as Django builds it, with the hooks each one has."""

    def __init__(self, names: Sequence[str], get_response: GetResponse) -> None:
        self.call = get_response
        self._view: list[Any] = []
        self._template: list[Any] = []
        self._exception: list[Any] = []
        for name in reversed(names):
            self._wrap(import_string(name))

    def _wrap(self, middleware: Callable[[GetResponse], Any]) -> None:
        try:
            layer = middleware(self.call)
        except MiddlewareNotUsed:
            return
        self.call = cast(GetResponse, convert_exception_to_response(layer))
        self._view[:0] = _hook(layer, "process_view")
        self._template += _hook(layer, "process_template_response")
        self._exception += _hook(layer, "process_exception")

    def before_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        """What a layer answers in the view's place, such as the sign-in page."""
        return _first(hook(request, *view) for hook in self._view)

    def after_template(self, request: HttpRequest, response: Any) -> Any:
        """The response, after each layer has changed it."""
        for hook in self._template:
            response = hook(request, response)
        return response

    def on_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """What a layer makes of an error of the view."""
        return _first(hook(request, error) for hook in self._exception)


def _hook(layer: object, name: str) -> list[Any]:
    return [getattr(layer, name)] if hasattr(layer, name) else []


def _first(answers: Any) -> HttpResponseBase | None:
    return next((answer for answer in answers if answer is not None), None)


class ByDoor:
    """Sends each request through the chain of its door."""

    def __init__(self, get_response: GetResponse) -> None:
        self._api = Chain(API, get_response)
        self._web = Chain(WEB, get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        refusal = _refusal(request)
        if refusal is not None:
            return refusal
        response = self._chain(request).call(request)
        if request.path.startswith(POPUP_PATHS):
            response.headers.pop("Cross-Origin-Opener-Policy", None)
        return response

    def _chain(self, request: HttpRequest) -> Chain:
        return self._api if is_api(request.path) else self._web

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        return self._chain(request).before_view(request, *view)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        return self._chain(request).after_template(request, response)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        return self._chain(request).on_exception(request, error)


def by_door(get_response: GetResponse) -> ByDoor:
    """The middleware that settings name."""
    return ByDoor(get_response)


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """A request that came the wrong way ends here, whatever it asks for."""
    if settings.STONECHAT_CLIENT_TESTS and comes_through_a_proxy(_header_names(request)):
        return plain_page.passed_on(request)
    if request.path == HEALTH:
        return None
    try:
        request.get_host()
    except DisallowedHost:
        return plain_page.wrong_address(request, _came_by(request))
    if settings.STONECHAT_URL.startswith("https:") and not request.is_secure():
        return plain_page.not_encrypted(request)
    return None


def _header_names(request: HttpRequest) -> list[str]:
    names = [name for name in request.META if name.startswith("HTTP_")]
    return [name.removeprefix("HTTP_").lower().replace("_", "-") for name in names]


def _came_by(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.META.get('HTTP_HOST', '')}"
