"""Tokens: what a program shows to act for a person, or for itself."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from oauth2_provider.models import AccessToken, set_token_value
from oauthlib.common import generate_token

from stonechat.access import queries, rules
from stonechat.access.events import TokenIssued, TokenRevoked
from stonechat.access.models import Application
from stonechat.access.scopes import unknown
from stonechat.access.secrets import digest
from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.actions import Refused, action, require
from stonechat.core.events import happened
from stonechat.people.models import User

# Mastodon's tokens do not expire; ours have to, and do so when nobody will remember them.
LASTING = timedelta(days=3650)
LENGTH = 43  # characters of 62 kinds: 256 bits


@action
def issue_token(
    viewer: Viewer,
    user_id: int | None,
    scopes: str,
    application: Application | None = None,
    value: str | None = None,
) -> str:
    """A new token, in plain for this once; `value` where it is already known.

    `scopes` are separated by spaces. Without a user the program acts for nobody but itself.
    """
    user = User.objects.get(pk=user_id) if user_id is not None else None
    require(rules.may_issue_token(viewer, user), _("A token is only for its own person to give."))
    if wrong := unknown(scopes.split()):
        raise Refused(_("There is no scope %s.") % ", ".join(wrong), field="scopes")
    plain = value or generate_token(LENGTH)
    token = _stored(plain, user, scopes, application)
    happened(
        TokenIssued(
            actor_id=viewer.account_id,
            token_id=token.pk,
            user_id=user_id,
            application_id=token.application_id,
        )
    )
    return plain


def _stored(
    plain: str, user: User | None, scopes: str, application: Application | None
) -> AccessToken:
    """The row, with the checksum alone; a token given before with the same value is replaced."""
    AccessToken.objects.filter(token_checksum=digest(plain)).delete()
    _forget(digest(plain))
    token = AccessToken(
        user=user, application=application, scope=scopes, expires=clock.now() + LASTING
    )
    set_token_value(token, plain)
    token.save()
    return token


@action
def revoke_token(viewer: Viewer, token_id: int) -> None:
    """End one token; raises `DoesNotExist` for one that there is not."""
    token = AccessToken.objects.select_related("user").get(pk=token_id)
    require(rules.may_revoke_token(viewer, token), _("This is somebody else's token."))
    _end(viewer, token)


@action
def revoke_application(viewer: Viewer, application_id: int) -> int:
    """Withdraw all that the viewer allowed a program; how many tokens ended."""
    require(bool(viewer), _("Sign in to say which programs may act for you."))
    tokens = AccessToken.objects.filter(
        application_id=application_id, user__account_id=viewer.account_id
    )
    ended = list(tokens)
    for token in ended:
        _end(viewer, token)
    return len(ended)


@action
def give_back_token(viewer: Viewer, application_id: int, value: str) -> None:
    """End a token at the wish of its program; an unknown one is as good as ended."""
    token = AccessToken.objects.filter(token_checksum=digest(value)).first()
    # Mastodon's own words.
    require(
        token is None or rules.may_give_back(application_id, token),
        "You are not authorized to revoke this token",
    )
    if token is not None:
        _end(viewer, token)


def _end(viewer: Viewer, token: AccessToken) -> None:
    happened(
        TokenRevoked(
            actor_id=viewer.account_id,
            token_id=token.pk,
            user_id=token.user_id,
            application_id=token.application_id,
        )
    )
    _forget(token.token_checksum)
    token.delete()


def _forget(checksum: str) -> None:
    """At once for this request, and again when nobody can read the old row any more."""
    queries.forget(checksum)
    transaction.on_commit(partial(queries.forget, checksum))
