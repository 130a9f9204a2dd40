"""The door itself: `@endpoint` says who may come in, `router` which method goes where.

    @endpoint("GET", scope="read:statuses", public=True)
    def show(request: ApiRequest, id: int) -> Answer:
        return cards.status(request.viewer, id)

An endpoint raises what it has against a request; `errors.ApiErrors` puts that into words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from stonechat.access.queries import Access, viewer_for
from stonechat.access.scopes import covers
from stonechat.api import limits
from stonechat.api.errors import INVALID_TOKEN, OUT_OF_SCOPE, UNCONFIRMED, USER_REQUIRED, ApiError
from stonechat.api.limits import Limit
from stonechat.api.parameters import Parameters, parameters
from stonechat.api.responses import Answer, respond
from stonechat.audience.viewer import Viewer

P = ParamSpec("P")

TOKEN_PARAMETERS = ("access_token", "bearer_token")


class ApiRequest(HttpRequest):
    """A request that an endpoint receives: who asks, by which token, with which parameters."""

    viewer: Viewer
    access: Access | None
    parameters: Parameters


@dataclass(frozen=True)
class Terms:
    """On what terms an endpoint answers; see `endpoint`."""

    method: str
    scope: str = ""
    public: bool = False
    always: bool = False
    app: bool = False
    unconfirmed: bool = False
    limit: Limit | None = None
    deprecated: str = ""

    def allows(self, method: str | None) -> bool:
        return method == self.method or (method == "HEAD" and self.method == "GET")


class Endpoint(Generic[P]):
    """A view of this door, with its terms where tests and documentation can read them."""

    csrf_exempt = True  # a token in a header is not sent by another site's form

    def __init__(self, view: Callable[Concatenate[ApiRequest, P], Answer], terms: Terms) -> None:
        update_wrapper(self, view)
        self.view = view
        self.terms = terms

    def __call__(self, request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not self.terms.allows(request.method):
            raise no_such_method(self.terms.method)
        asking = cast(ApiRequest, request)
        _let_in(asking, self.terms)
        response = respond(self.view(asking, *args, **kwargs))
        if self.terms.deprecated:
            response.headers["Deprecation"] = _since(self.terms.deprecated)
        return response


def endpoint(
    method: str,
    *,
    scope: str = "",
    public: bool = False,
    always: bool = False,
    app: bool = False,
    unconfirmed: bool = False,
    limit: Limit | None = None,
    deprecated: str = "",
) -> Callable[[Callable[Concatenate[ApiRequest, P], Answer]], Endpoint[P]]:
    """Make a view an endpoint. Without further words it asks for a person's token.

    `scope`: what the token must cover; of several, separated by spaces, one is enough.
    `public`: needs no token where the administrator opened reading to everybody.
    `always`: needs no token anywhere, and a bad one does no harm (instance, apps).
    `app`: a token that acts for no person will do (client credentials).
    `unconfirmed`: a person who has not yet confirmed their e-mail address may use it too.
    `limit`: the family of writes that this is counted in.
    `deprecated`: the day since when clients should use something else, YYYY-MM-DD.
    """
    terms = Terms(method, scope, public, always, app, unconfirmed, limit, deprecated)
    return lambda view: Endpoint(view, terms)


def router(**endpoints: Endpoint[Any]) -> Callable[..., HttpResponseBase]:
    """One address with several methods: `router(GET=show, DELETE=destroy)`."""

    def route(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        method = "GET" if request.method == "HEAD" else request.method
        if method not in endpoints:
            raise no_such_method(*endpoints)
        return endpoints[method](request, *args, **kwargs)

    route.csrf_exempt = True  # type: ignore[attr-defined]
    route.endpoints = endpoints  # type: ignore[attr-defined]
    return route


def no_such_method(*allowed: str) -> ApiError:
    """The address exists, but not for this method."""
    sentence = _("This address answers %s only.") % ", ".join(allowed)
    return ApiError(405, sentence, headers={"Allow": ", ".join([*allowed, "OPTIONS"])})


def _let_in(request: ApiRequest, terms: Terms) -> None:
    """Find out who asks, count it, and go on only if the terms allow it."""
    token = _token(request)
    request.access = viewer_for(token) if token else None
    request.viewer = request.access.viewer if request.access else Viewer.anonymous()
    limits.spend(request, request.access)
    if not terms.always:
        _admit(request.access, token, terms)
    parameters(request)  # refuses what cannot be read before the endpoint begins
    if terms.limit is not None:
        limits.spend_family(request, request.access, terms.limit)


def _token(request: HttpRequest) -> str:
    """From the header; clients that cannot set one send it as a parameter."""
    kind, _space, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if kind.lower() == "bearer":
        return str(token).strip()
    sent = parameters(request)
    return next((token for name in TOKEN_PARAMETERS if (token := sent.text(name))), "")


def _admit(access: Access | None, token: str, terms: Terms) -> None:
    if access is None:
        _admit_nobody(token, terms)
        return
    if not _covered(access, terms.scope):
        raise ApiError(403, OUT_OF_SCOPE)
    open_to_apps = terms.app or (terms.public and settings.STONECHAT_OPEN_READING)
    if access.account_id is None and not open_to_apps:
        raise ApiError(422, USER_REQUIRED)
    if not (access.confirmed or terms.unconfirmed or terms.app):
        raise ApiError(403, UNCONFIRMED)


def _admit_nobody(token: str, terms: Terms) -> None:
    """Without a token only what is public may be read, and only where reading is open."""
    if token or not terms.public:
        raise _unauthorized(INVALID_TOKEN)
    if not settings.STONECHAT_OPEN_READING:
        raise _unauthorized(USER_REQUIRED)


def _covered(access: Access, scope: str) -> bool:
    """Of several scopes, one is enough; none asked for is covered by any token."""
    return not scope or any(covers(access.scopes, one) for one in scope.split())


def _unauthorized(sentence: str) -> ApiError:
    challenge = 'Bearer realm="Stonechat", error="invalid_token"'
    return ApiError(401, sentence, headers={"WWW-Authenticate": challenge})


def _since(day: str) -> str:
    """A day as RFC 9745 writes it."""
    return f"@{int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())}"
