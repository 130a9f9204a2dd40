"""Why not, in JSON: what exceptions become, and the last hand on every response of this door."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from uuid import uuid4

from django.core.exceptions import (
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import Http404, HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from stonechat.access.limits import TooMany
from stonechat.api import cors, limits
from stonechat.api.responses import respond
from stonechat.core.actions import NotAllowed, Refused

# Mastodon's own words, which clients compare; not translated.
NOT_FOUND = "Record not found"
INVALID_TOKEN = "The access token is invalid"  # noqa: S105
OUT_OF_SCOPE = "This action is outside the authorized scopes"
USER_REQUIRED = "This method requires an authenticated user"
NOT_ALLOWED = "This action is not allowed"
UNCONFIRMED = "Your login is missing a confirmed e-mail address"
TOO_MANY = "Too many requests"

_log = logging.getLogger(__name__)
_REQUEST_ID = re.compile(r"[\w-]{1,64}")


class ApiError(Exception):
    """An answer other than success; `extra` are further keys of the body."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        headers: Mapping[str, str] | None = None,
        **extra: object,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers
        self.body: dict[str, object] = {"error": message, **extra}


def answer(request: HttpRequest, error: Exception) -> HttpResponseBase:
    """The response for an exception; what nobody expected is logged with its request id."""
    if isinstance(error, ApiError):
        return respond(error.body, error.status, error.headers)
    if isinstance(error, TooMany):
        limits.keep(request, error.left)
        return respond({"error": TOO_MANY}, 429)
    if isinstance(error, Refused):
        return respond(_refusal(error), 422)
    status, sentence = _known(error)
    if status == 500:
        _log.error("%s %s [%s]", request.method, request.path, request_id(request), exc_info=error)
    return respond({"error": sentence}, status)


def _refusal(error: Refused) -> dict[str, object]:
    """A field that is known is named, as Mastodon names those of its forms."""
    body: dict[str, object] = {"error": str(error)}
    if error.field:
        body["details"] = {error.field: [{"error": "ERR_INVALID", "description": str(error)}]}
    return body


def _known(error: Exception) -> tuple[int, str]:
    match error:
        case Http404() | ObjectDoesNotExist():
            return 404, NOT_FOUND
        case NotAllowed():
            return 403, str(error)
        case PermissionDenied():
            return 403, NOT_ALLOWED
        case RequestDataTooBig():
            return 413, _("The request is too large. Send less at once.")
        case SuspiciousOperation() | MultiPartParserError() | UnreadablePostError():
            return 400, _("The request could not be read. Check its body and its content type.")
        case _:
            return 500, _("Something went wrong on the server. Please try again later.")


def request_id(request: HttpRequest) -> str:
    """What this request is called in our log: the proxy's id where it sent a plain one."""
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    if not _REQUEST_ID.fullmatch(given):
        given = request.META["HTTP_X_REQUEST_ID"] = str(uuid4())
    return str(given)


class ApiErrors:
    """The middleware of the api chain: errors are JSON, and every answer has its headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if cors.is_preflight(request):
            return _dressed(request, cors.preflight(request))
        # Mastodon knows every address with a slash at its end, and Mastodon.py writes some so.
        request.path_info = request.path_info.rstrip("/")
        return _dressed(request, _in_json(self.get_response(request)))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase:
        """What a view raised; Django asks this before anybody outside the door hears of it."""
        return answer(request, error)


def _in_json(response: HttpResponseBase) -> HttpResponseBase:
    """Errors that Django answered itself, with a page (an unknown address), say it in JSON."""
    json = response.headers.get("Content-Type", "").startswith("application/json")
    if response.status_code < 400 or json:
        return response
    sentence = {404: NOT_FOUND, 403: NOT_ALLOWED}.get(response.status_code, response.reason_phrase)
    return respond({"error": sentence}, response.status_code)


def _dressed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    cors.expose(response)
    response.headers["X-Request-Id"] = request_id(request)
    limits.show(request, response)
    if getattr(request, "access", None) is not None:
        response.headers.setdefault("Cache-Control", "private, no-store")
    patch_vary_headers(response, ["Authorization"])
    return response
