"""How programs are let in: the consent page for people, and OAuth's addresses for programs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stonechat.access import actions, granting, scopes
from stonechat.access.granting import Asked, NotGranted
from stonechat.api.door import ApiRequest, endpoint, router
from stonechat.api.entities.oauth import Token
from stonechat.api.errors import ApiError
from stonechat.api.parameters import FALSE
from stonechat.api.responses import Answer, Reply
from stonechat.core import files
from stonechat.core.actions import NotAllowed
from stonechat.people import cards

BY_HAND = "/oauth/authorize/native"
KEPT_NOWHERE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="Stonechat", error="invalid_client"'}


# For people.


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def authorize(request: HttpRequest) -> HttpResponse:
    """/oauth/authorize: may this program act for me? Asked once for what was never allowed."""
    return _to_sign_in(request) if _wants_another_sign_in(request) else _asked_about(request)


@login_required
def _asked_about(request: HttpRequest) -> HttpResponse:
    try:
        asked = granting.asked(list(_pairs(request)))
        return _answered(request, asked)
    except NotGranted as no:
        return _to_program(no.redirect) if no.redirect else _told(request, no)


def _pairs(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """The query as it was sent: a name may come twice, which is refused later."""
    for name, values in request.GET.lists():
        yield from ((name, value) for value in values)


def _answered(request: HttpRequest, asked: Asked) -> HttpResponse:
    assert request.user.is_authenticated
    if request.method == "POST" and request.POST.get("answer") != "yes":
        return _back(asked, granting.deny(asked))
    if request.method == "POST" or granting.already_agreed(asked, request.user):
        return _back(asked, granting.allow(asked, request.user))
    with translation.override(_language(request)):
        return render(request, "access/authorize.html", {"asked": asked})


@never_cache
@login_required
@require_safe
def by_hand(request: HttpRequest) -> HttpResponse:
    """/oauth/authorize/native: the code, to be carried to the program; or that I said no."""
    return render(request, "access/native.html", {"code": request.GET.get("code", "")})


def _wants_another_sign_in(request: HttpRequest) -> bool:
    """Mastodon.py always says it, and a no as Python writes one: False."""
    wish = request.GET.get("force_login", "").lower()
    return request.method != "POST" and wish not in {"", *FALSE}


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, also where somebody is signed in, and back without asking again."""
    query: QueryDict = request.GET.copy()
    query.pop("force_login")
    after = f"{request.path}?{query.urlencode()}"
    sign_in = urlencode({"again": "1", "next": after})
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{sign_in}")


def _back(asked: Asked, uri: str) -> HttpResponse:
    """To the program; or, where it has no address, to a page that shows what it wants to know."""
    if not asked.by_hand:
        return _to_program(uri)
    code = parse_qs(urlsplit(uri).query).get("code", [""])[0]
    return HttpResponseRedirect(f"{BY_HAND}?{urlencode({'code': code})}" if code else BY_HAND)


def _to_program(uri: str) -> HttpResponse:
    """Programs on phones have schemes of their own, which Django's redirect refuses."""
    return HttpResponse(status=302, headers={"Location": uri})


def _told(request: HttpRequest, no: NotGranted) -> HttpResponse:
    """A page for the person, where we cannot be sure who asked."""
    return render(request, "access/refused.html", {"error": no.error, "said": str(no)}, status=400)


def _language(request: HttpRequest) -> str:
    """The program may say in which language to ask; otherwise the reader's."""
    try:
        return translation.get_supported_language_variant(request.GET.get("lang", ""))
    except (LookupError, ValueError):
        return translation.get_language() or settings.LANGUAGE_CODE


# For programs.


@endpoint("POST", always=True)
def token(request: ApiRequest) -> Answer:
    """POST /oauth/token: a code becomes a token, or a program gets one for itself."""
    with _in_oauths_words():
        granted = granting.exchange(_texts(request, granting.EXCHANGING), _authorization(request))
    entity = Token(access_token=granted.token, scope=granted.scope, created_at=granted.created_at)
    return Reply(entity, headers=KEPT_NOWHERE)


@endpoint("POST", always=True)
def revoke(request: ApiRequest) -> Answer:
    """POST /oauth/revoke: a program gives one of its tokens back; an unknown one is fine too."""
    with _in_oauths_words():
        program = granting.program(_texts(request, granting.EXCHANGING), _authorization(request))
        actions.give_back_token(request.viewer, program, request.parameters.text("token", ""))
    return None


@contextmanager
def _in_oauths_words() -> Iterator[None]:
    """Errors as these two addresses say them: a code, and a description beside it."""
    try:
        yield
    except NotGranted as no:
        headers = CHALLENGE if no.status == 401 else None
        raise ApiError(no.status, no.error, headers=headers, error_description=str(no)) from no
    except NotAllowed as no:
        raise ApiError(403, "unauthorized_client", error_description=str(no)) from no


def _texts(request: ApiRequest, names: tuple[str, ...]) -> dict[str, str]:
    given = {name: request.parameters.text(name) for name in names}
    return {name: text for name, text in given.items() if text is not None}


def _authorization(request: ApiRequest) -> str:
    return str(request.META.get("HTTP_AUTHORIZATION", ""))


def _userinfo(request: ApiRequest) -> Answer:
    """/oauth/userinfo: who signed in, in the terms of OpenID Connect."""
    card = cards.card(request.viewer, request.viewer.account_id)
    said = {
        "iss": f"{settings.STONECHAT_URL}/",
        "sub": f"{settings.STONECHAT_URL}/users/{card.username}",
        "name": card.name,
        "preferred_username": card.username,
        "profile": f"{settings.STONECHAT_URL}/@{card.username}",
    }
    if card.avatar:
        said["picture"] = f"{settings.STONECHAT_URL}{settings.MEDIA_URL}{files.signed(card.avatar)}"
    return said


userinfo = endpoint("GET", scope="profile")(_userinfo)
userinfo_posted = endpoint("POST", scope="profile")(_userinfo)


@endpoint("GET", always=True)
def metadata(request: ApiRequest) -> Answer:
    """GET /.well-known/oauth-authorization-server (RFC 8414): what clients look up first."""
    base = settings.STONECHAT_URL
    return {
        "issuer": f"{base}/",
        "service_documentation": "https://docs.joinmastodon.org/",
        "authorization_endpoint": f"{base}/oauth/authorize",
        "token_endpoint": f"{base}/oauth/token",
        "app_registration_endpoint": f"{base}/api/v1/apps",
        "revocation_endpoint": f"{base}/oauth/revoke",
        "userinfo_endpoint": f"{base}/oauth/userinfo",
        "scopes_supported": scopes.ALL,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
    }


urlpatterns = [
    path("oauth/authorize", authorize),
    path("oauth/authorize/", authorize),  # as the client toot writes it
    path("oauth/authorize/native", by_hand),
    path("oauth/token", router(POST=token)),
    path("oauth/revoke", router(POST=revoke)),
    path("oauth/userinfo", router(GET=userinfo, POST=userinfo_posted)),
    path(".well-known/oauth-authorization-server", router(GET=metadata)),
]
