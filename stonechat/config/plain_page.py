"""Answers that must work when nothing else does: one page or one JSON error, no database."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine, Template
from django.utils import translation
from django.utils.translation import gettext as _

from stonechat.config.doors import is_api

TEMPLATE = Path(__file__).with_name("plain_page.html")


@dataclass(frozen=True)
class Words:
    """What such an answer says; `command` is something to type."""

    title: str
    paragraphs: tuple[str, ...]
    command: str = ""


def answer(request: HttpRequest, status: int, words: Callable[[], Words]) -> HttpResponse:
    """A page in the reader's language, or JSON where programs come in."""
    with translation.override(translation.get_language_from_request(request)):
        said = words()
        if is_api(request.path):
            return _json(status, said)
        return _page(status, said)


def _json(status: int, said: Words) -> HttpResponse:
    body = json.dumps({"error": " ".join([said.title, *said.paragraphs, said.command]).strip()})
    # A client in a browser may read the reason, as it may read all answers of the API.
    return HttpResponse(
        body, "application/json", status, headers={"Access-Control-Allow-Origin": "*"}
    )


def _page(status: int, said: Words) -> HttpResponse:
    context = {**vars(said), "language": translation.get_language()}
    page = HttpResponse(_template().render(Context(context)), status=status)
    page["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    page["Cache-Control"] = "no-store"
    return page


@cache
def _template() -> Template:
    return Engine().from_string(TEMPLATE.read_text())


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """413: the body is longer than its address takes."""
    megabytes = most // 1_000_000
    return answer(
        request,
        413,
        lambda: Words(
            _("That is too large."),
            (_("At most %(megabytes)s MB can be sent here.") % {"megabytes": megabytes},),
        ),
    )


def too_busy(request: HttpRequest) -> HttpResponse:
    """503: the queue before Django is full."""
    page = answer(
        request,
        503,
        lambda: Words(_("Too much is going on."), (_("Try again in a few seconds."),)),
    )
    page["Retry-After"] = "5"
    return page


def wrong_address(request: HttpRequest, came_by: str) -> HttpResponse:
    """400: somebody came by a name or a scheme that is not ours; says which setting to change."""
    names = {"ours": settings.STONECHAT_URL, "came_by": came_by}
    return answer(
        request,
        400,
        lambda: Words(
            _("This Stonechat has another address."),
            (
                _("It answers at %(ours)s, and you came by %(came_by)s.") % names,
                _(
                    "To reach it by the second one, its administrator starts it as below; "
                    "--host 0.0.0.0 lets other machines in, such as a phone."
                ),
            ),
            f"STONECHAT_URL={came_by} stonechat serve --host 0.0.0.0",
        ),
    )


def not_encrypted(request: HttpRequest) -> HttpResponse:
    """400: plain http, where the address is https; the proxy in front may have kept it quiet."""
    return answer(
        request,
        400,
        lambda: Words(
            _("This Stonechat is reached by https only."),
            (
                _("Its address is %(ours)s.") % {"ours": settings.STONECHAT_URL},
                _(
                    "If you did come by https, the proxy before it does not say so: let it send "
                    "the header X-Forwarded-Proto, from an address that STONECHAT_PROXIES names."
                ),
                _("To use it without https, set STONECHAT_URL to an address with http://."),
            ),
        ),
    )


def passed_on(request: HttpRequest) -> HttpResponse:
    """403: a proxy stands before a server that is open for tests."""
    return answer(
        request,
        403,
        lambda: Words(
            _("This server is open for the tests of client programs."),
            (
                _(
                    "It answers no request that a proxy passed on. For real use, unset "
                    "STONECHAT_CLIENT_TESTS."
                ),
            ),
        ),
    )
