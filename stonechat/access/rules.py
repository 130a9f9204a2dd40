"""Who may register a program, hold a token, or join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.people.models import Invitation, User
from stonechat.people.rules import may_administer

if TYPE_CHECKING:
    from oauth2_provider.models import AccessToken


def may_register_application(viewer: Viewer) -> bool:
    """Anybody, signed in or not: a program can do nothing until a person agrees."""
    return not viewer.is_system


def may_issue_token(viewer: Viewer, user: User | None) -> bool:
    """For oneself; for others, or for a program that acts for nobody, only the product does."""
    if viewer.is_system:
        return True
    return user is not None and user.is_active and user.account_id == viewer.account_id


def may_revoke_token(viewer: Viewer, token: AccessToken) -> bool:
    """Whoever it acts for, and administrators."""
    mine = token.user is not None and token.user.account_id == viewer.account_id
    return mine or may_administer(viewer)


def may_give_back(application_id: int, token: AccessToken) -> bool:
    """A program gives back its own tokens only."""
    return bool(token.application_id == application_id)


def may_sign_up(invitation: Invitation | None) -> bool:
    """Everybody where sign-up is open; where it is by invitation, whoever brings a good one."""
    if settings.STONECHAT_SIGNUP == "invite":
        return invitation is not None and is_good(invitation)
    return bool(settings.STONECHAT_SIGNUP == "open")


def is_good(invitation: Invitation) -> bool:
    """Neither used nor expired."""
    return invitation.used_by_id is None and invitation.expires_at > clock.now()


def may_invite(viewer: Viewer) -> bool:
    """Administrators, while codes are of any use."""
    return settings.STONECHAT_SIGNUP == "invite" and may_administer(viewer)


def may_sign_in(user: User) -> bool:
    """Neither deactivated, nor suspended, nor deleted."""
    account = user.account
    return user.is_active and account.suspended_at is None and account.deleted_at is None
