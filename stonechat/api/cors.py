"""Cross-origin rules: any page may speak to this door, with a token and never with cookies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

EXPOSED = (
    "Link, Mastodon-Async-Refresh, X-RateLimit-Limit, X-RateLimit-Remaining, "
    "X-RateLimit-Reset, X-Request-Id"
)
EVERY_METHOD = "GET, POST, PUT, DELETE, PATCH, OPTIONS"
# The first prefix that fits says which methods a page may use.
METHODS = (
    ("/api/", EVERY_METHOD),
    ("/oauth/userinfo", "GET, POST, OPTIONS"),
    ("/oauth/", "POST, OPTIONS"),
    ("/", "GET, OPTIONS"),
)
REMEMBERED_SECONDS = "7200"  # the longest that Chromium keeps a preflight


def is_preflight(request: HttpRequest) -> bool:
    """OPTIONS never needs a token, whether a browser or a person asks."""
    return request.method == "OPTIONS"


def preflight(request: HttpRequest) -> HttpResponse:
    """What a browser wants to know before it sends a token to another origin."""
    methods = next(methods for prefix, methods in METHODS if request.path.startswith(prefix))
    response = HttpResponse(content_type="text/plain")
    response.headers["Access-Control-Allow-Methods"] = methods
    # "*" would not cover Authorization, so the headers that were asked for are said back.
    asked = request.headers.get("Access-Control-Request-Headers", "")
    response.headers["Access-Control-Allow-Headers"] = asked or "Authorization, Content-Type"
    response.headers["Access-Control-Max-Age"] = REMEMBERED_SECONDS
    return response


def expose(response: HttpResponseBase) -> None:
    """Let pages of any origin read the answer and the headers they page and wait by."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
