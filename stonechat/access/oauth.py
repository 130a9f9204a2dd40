"""The OAuth 2 server: oauthlib's rules over django-oauth-toolkit's tables.

Settings name `Scopes` and `Validator`; `granting` speaks with the `Server`. A file of its own
kind, because it is the seam to two libraries.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from oauth2_provider.models import Grant
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.scopes import BaseScopes
from oauthlib.common import Request
from oauthlib.oauth2 import AuthorizationEndpoint, TokenEndpoint
from oauthlib.oauth2.rfc6749 import errors
from oauthlib.oauth2.rfc6749.grant_types import (
    AuthorizationCodeGrant,
    ClientCredentialsGrant,
    ResourceOwnerPasswordCredentialsGrant,
)
from oauthlib.oauth2.rfc6749.tokens import BearerToken

from stonechat.access import actions, scopes
from stonechat.access.models import Application
from stonechat.access.queries import viewer_for_user
from stonechat.audience.viewer import Viewer


class Scopes(BaseScopes):
    """A program may be given what it registered for, and whatever lies inside that."""

    def get_all_scopes(self) -> dict[str, Any]:
        return dict(scopes.MEANINGS)

    def get_available_scopes(
        self, application: Application | None = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        registered = application.scopes.split() if application else scopes.ALL
        return [scope for scope in scopes.ALL if scopes.covers(registered, scope)]

    def get_default_scopes(self, *args: Any, **kwargs: Any) -> list[str]:
        return [scopes.DEFAULT]


class Validator(OAuth2Validator):
    """The toolkit's answers to oauthlib's questions, but tokens are issued by our action."""

    def _load_application(self, client_id: str | None, request: Request) -> Any:
        """No id holds a NUL character, which one database refuses to be asked about."""
        return super()._load_application(client_id, request) if "\0" not in str(client_id) else None

    def is_pkce_required(self, client_id: str, request: Request) -> bool:
        """Of a program that has no secret, which anybody could pass for."""
        return bool(request.client.client_type == Application.CLIENT_PUBLIC)

    def validate_grant_type(self, *args: Any, **kwargs: Any) -> bool:
        """`Server` has no grant that not every program may use."""
        return True

    def validate_code(
        self, client_id: str, code: str, client: Any, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        """With the row locked: of two who bring one code at once, one gets a token."""
        Grant.objects.select_for_update().filter(code=code).first()
        return bool(super().validate_code(client_id, code, client, request))

    def confirm_redirect_uri(self, *args: Any, **kwargs: Any) -> bool:
        """An address other than the one of the beginning spoils the code, as Mastodon says it."""
        if not super().confirm_redirect_uri(*args, **kwargs):
            raise errors.InvalidGrantError
        return True

    def _save_bearer_token(self, token: dict[str, Any], request: Request, *args: Any) -> None:
        """The place that the library names for storing tokens in one's own way."""
        user = None if request.grant_type == "client_credentials" else request.user
        viewer = viewer_for_user(user) if user else Viewer.system(because="client credentials")
        actions.issue_token(
            viewer,
            user.pk if user else None,
            token["scope"],
            request.client,
            value=token["access_token"],
        )


class Server(AuthorizationEndpoint, TokenEndpoint):
    """Codes and client credentials. No implicit grant, no device codes, no refresh tokens."""

    def __init__(self, validator: Validator) -> None:
        bearer = BearerToken(validator)
        code = AuthorizationCodeGrant(validator)
        code.refresh_token = False
        code.custom_validators.post_auth.append(_refuse_plain_challenge)
        grants = {
            "authorization_code": code,
            "client_credentials": ClientCredentialsGrant(validator),
        }
        if settings.STONECHAT_CLIENT_TESTS:
            grants["password"] = ResourceOwnerPasswordCredentialsGrant(validator)
            grants["password"].refresh_token = False
        AuthorizationEndpoint.__init__(self, "code", bearer, {"code": code})
        TokenEndpoint.__init__(self, "authorization_code", bearer, grants)


def _refuse_plain_challenge(request: Request) -> dict[str, Any]:
    """A challenge in plain protects nothing from whoever reads the first request."""
    if request.code_challenge and request.code_challenge_method != "S256":
        raise errors.UnsupportedCodeChallengeMethodError(request=request)
    return {}
