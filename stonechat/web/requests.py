"""What a view of this door is handed: Django's request, and who is asking."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from stonechat.audience.viewer import Viewer
from stonechat.core.pages import Cursor

PAGE = 20  # posts, as many as the client API gives by default
LARGEST = 2**63 - 1

View = Callable[..., HttpResponseBase]


class WebRequest(HttpRequest):
    """A request after the middleware: `viewer` is nobody where nobody signed in."""

    viewer: Viewer
    htmx: HtmxDetails


def may_be_open(view: View) -> View:
    """A page to read without signing in, where the administrator opened the whole place."""

    @login_not_required
    @wraps(view)
    def read(request: WebRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.viewer and not settings.STONECHAT_OPEN_READING:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return read


def cursor(request: HttpRequest) -> Cursor:
    """Where in a list the page asked for begins."""
    return Cursor(limit=PAGE, max_id=number(request.GET.get("max_id", "")))


def number(typed: str) -> int | None:
    """An id that somebody sent; None for anything that is no id."""
    value = int(typed) if typed.isdecimal() and len(typed) < 20 else None
    return value if value is not None and value <= LARGEST else None


def back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """To the page that the button stood on, as long as it is one of ours."""
    page = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(page if ours else otherwise)
