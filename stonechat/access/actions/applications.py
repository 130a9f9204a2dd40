"""Client programs make themselves known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from oauth2_provider.generators import generate_client_secret

from stonechat.access import rules
from stonechat.access.events import ApplicationRegistered
from stonechat.access.models import FORBIDDEN_SCHEMES, Application
from stonechat.access.scopes import DEFAULT, unknown
from stonechat.audience.viewer import Viewer
from stonechat.core.actions import Refused, action, require
from stonechat.core.events import happened


@action
def register_application(
    viewer: Viewer,
    name: str,
    redirect_uris: Sequence[str],
    scopes: Sequence[str] = (DEFAULT,),
    website: str = "",
    public: bool = False,
) -> tuple[Application, str]:
    """A program and its secret in plain, which nobody can read again.

    A `public` program (one that cannot keep a secret) must use PKCE instead.
    """
    require(
        rules.may_register_application(viewer), _("Only people and programs register programs.")
    )
    _check_application(name, redirect_uris, scopes, website)
    secret = generate_client_secret()
    application = Application.objects.create(
        name=name,
        redirect_uris="\n".join(redirect_uris),
        scopes=" ".join(scopes),
        website=website,
        client_secret=secret,
        client_type=Application.CLIENT_PUBLIC if public else Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
    )
    happened(ApplicationRegistered(actor_id=viewer.account_id, application_id=application.pk))
    return application, secret


# The sentences for programs are Mastodon's, which clients show or compare: not translated.


def _check_application(
    name: str, redirect_uris: Sequence[str], scopes: Sequence[str], website: str
) -> None:
    invalid = "Validation failed: "
    if not name.strip():
        raise Refused(invalid + "Application name can't be blank")
    if len(name) > 255:  # the column
        raise Refused(invalid + "Application name is too long (maximum is 255 characters)")
    if not redirect_uris:
        raise Refused(invalid + "Redirect URI can't be blank")
    for uri in redirect_uris:
        if fault := _fault_of(uri):
            raise Refused(f"{invalid}Redirect URI {fault}")
    if unknown(scopes):
        raise Refused(invalid + "Scopes doesn't match configured on the server.")
    if website and not _is_url(website):
        raise Refused(invalid + "Application website must be a valid URL")


def _fault_of(uri: str) -> str:
    """What is wrong with an address to come back to; an empty text when nothing is."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return "must be a valid URI."
    if parts.scheme in FORBIDDEN_SCHEMES:
        return "is forbidden by the server."
    if not parts.scheme or not re.fullmatch(r"[!-~]{1,2000}", uri):
        return "must be an absolute URI."
    if parts.fragment:
        return "cannot contain a fragment."
    needs_host = parts.scheme in ("http", "https")
    return "must be an absolute URI." if needs_host and not parts.hostname else ""


def _is_url(website: str) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(website)
    except ValidationError:
        return False
    return True
