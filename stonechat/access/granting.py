"""How a program is let in: what it asks, what a person answers, and the token that follows.

In the words of OAuth 2 as Mastodon speaks it; the doors show and send what these functions say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import transaction
from django.utils.functional import Promise
from oauth2_provider.models import AccessToken
from oauthlib.common import Request, add_params_to_uri
from oauthlib.oauth2.rfc6749 import errors

from stonechat.access import actions, cards, scopes
from stonechat.access.models import OUT_OF_BAND, Application
from stonechat.access.oauth import Server, Validator
from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.people.models import Account, User

Pairs = Sequence[tuple[str, str]]

# Mastodon's words, which clients show or compare; not translated.
DESCRIPTIONS = {
    "access_denied": "The resource owner or authorization server denied the request.",
    "invalid_client": (
        "Client authentication failed due to unknown client, no client authentication included, "
        "or unsupported authentication method."
    ),
    "invalid_grant": (
        "The provided authorization grant is invalid, expired, revoked, does not match the "
        "redirection URI used in the authorization request, or was issued to another client."
    ),
    "invalid_scope": "The requested scope is invalid, unknown, or malformed.",
    "unsupported_grant_type": (
        "The authorization grant type is not supported by the authorization server."
    ),
    "unsupported_response_type": ("The authorization server does not support this response type."),
    "unauthorized_client": "You are not authorized to revoke this token",
}

# What oauthlib gets to see: whatever else a client sends must not set anything inside it.
ASKING = (
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
)
EXCHANGING = (
    "grant_type",
    "client_id",
    "client_secret",
    "code",
    "redirect_uri",
    "code_verifier",
    "scope",
    "username",
    "password",
)


class NotGranted(Exception):
    """The server says no, in OAuth's words: `error` is the code, the text describes it.

    `redirect` is where to send the browser, which may only be once we know the program.
    """

    def __init__(self, error: errors.OAuth2Error, redirect: str = "") -> None:
        super().__init__(DESCRIPTIONS.get(error.error) or error.description or error.error)
        self.error: str = error.error
        self.status: int = error.status_code
        self.redirect = redirect


@dataclass(frozen=True)
class Asked:
    """A program asks for leave to act for whoever sits at the browser."""

    application: cards.ApplicationCard
    scopes: tuple[str, ...]
    redirect_uri: str
    state: str
    pairs: Pairs

    @property
    def meanings(self) -> list[Promise]:
        """What the program will be able to do, in words."""
        return scopes.meanings(self.scopes)

    @property
    def by_hand(self) -> bool:
        """Whether the person carries the code to the program themselves."""
        return self.redirect_uri == OUT_OF_BAND


@dataclass(frozen=True)
class Granted:
    """A token in plain, once."""

    token: str
    scope: str
    created_at: int  # UNIX seconds


def asked(pairs: Pairs) -> Asked:
    """The request in the query of an authorization page; raises `NotGranted`."""
    known = [(name, value) for name, value in pairs if name in ASKING]
    if any("\0" in value for _name, value in known):
        raise NotGranted(errors.InvalidRequestFatalError("Text must not contain NUL characters."))
    try:
        granted, about = Server(Validator()).validate_authorization_request(_uri(known))
    except errors.OAuth2Error as error:
        raise NotGranted(error, _back(error)) from error
    except ValueError as error:
        raise NotGranted(errors.InvalidRequestFatalError(str(error))) from error
    return Asked(
        application=cards.of(about["request"].client),
        scopes=tuple(granted),
        redirect_uri=about["redirect_uri"],
        state=about["state"] or "",
        pairs=known,
    )


def _back(error: errors.OAuth2Error) -> str:
    """Where an error is told to the program; nowhere while program and address are not sure."""
    if isinstance(error, errors.FatalClientError) or error.redirect_uri in (None, OUT_OF_BAND):
        return ""
    description = DESCRIPTIONS.get(error.error) or error.description
    said = [("error", error.error), ("error_description", description)]
    return _with(error.redirect_uri, said, error.state)


def already_agreed(request: Asked, user: User) -> bool:
    """Whether this person lets the same program do all this now."""
    tokens = AccessToken.objects.filter(
        user=user, application_id=request.application.id, expires__gt=clock.now()
    )
    granted = [row.split() for row in tokens.values_list("scope", flat=True)]
    return any(all(scopes.covers(one, needed) for needed in request.scopes) for one in granted)


def allow(request: Asked, user: User) -> str:
    """Where the browser goes with the code that lets the program act for this person."""
    try:
        headers, _body, _status = Server(Validator()).create_authorization_response(
            _uri(request.pairs), scopes=list(request.scopes), credentials={"user": user}
        )
    except errors.OAuth2Error as error:
        raise NotGranted(error, _back(error)) from error
    return str(headers["Location"])


def deny(request: Asked) -> str:
    """Where the browser goes to say that the person said no."""
    said = [("error", "access_denied"), ("error_description", DESCRIPTIONS["access_denied"])]
    return _with(request.redirect_uri, said, request.state)


def exchange(parameters: Mapping[str, str], authorization: str = "") -> Granted:
    """A token for a code, or for a program itself: all or nothing.

    `authorization` is the header of that name.
    """
    body = [(name, parameters[name]) for name in EXCHANGING if name in parameters]
    try:
        with transaction.atomic():
            headers = {"HTTP_AUTHORIZATION": authorization} if authorization else {}
            _headers, answer, status = Server(Validator()).create_token_response(
                "/oauth/token", "POST", body, headers
            )
            said = json.loads(answer)
            if status != 200:
                raise _as_said(said, status)
    except errors.OAuth2Error as error:
        raise NotGranted(error) from error
    return Granted(said["access_token"], said["scope"], int(clock.now().timestamp()))


def _as_said(said: Mapping[str, str], status: int) -> errors.OAuth2Error:
    """An error that oauthlib answered in place of raising it."""
    description = said.get("error_description", "")
    return errors.CustomOAuth2Error(said["error"], description=description, status_code=status)


def first_token(account: Account, application_id: int | None, granted: Sequence[str]) -> Granted:
    """The token of somebody who just joined, for the program through which they did."""
    viewer = Viewer.person(account.pk)
    scope, program = " ".join(granted), Application.objects.filter(pk=application_id).first()
    token = actions.issue_token(viewer, account.user.pk, scope, program)
    return Granted(token, scope, int(clock.now().timestamp()))


def program(parameters: Mapping[str, str], authorization: str = "") -> int:
    """The application that shows its id and secret; raises `NotGranted`."""
    body = [
        (name, parameters[name]) for name in ("client_id", "client_secret") if name in parameters
    ]
    headers = {"HTTP_AUTHORIZATION": authorization} if authorization else {}
    request = Request("/oauth/revoke", "POST", body, headers)
    validator = Validator()
    known = (
        validator.authenticate_client(request)
        if validator.client_authentication_required(request)
        else validator.authenticate_client_id(request.client_id, request)
    )
    if not known:
        raise NotGranted(errors.InvalidClientError())
    return int(request.client.pk)


def _uri(pairs: Pairs) -> str:
    return "/oauth/authorize?" + urlencode(list(pairs))


def _with(uri: str, said: Pairs, state: str | None) -> str:
    return str(add_params_to_uri(uri, [*said, ("state", state)] if state else said))
