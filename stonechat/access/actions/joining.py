"""Joining by oneself, with a code where one is needed, and showing that an address is one's own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from stonechat.access import queries, rules
from stonechat.access.actions._faults import Invalid, faults, faults_of_address
from stonechat.access.events import AddressConfirmed, ConfirmationAsked, InvitationMade, SignedIn
from stonechat.access.secrets import digest, read_address
from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.actions import NotAllowed, Refused, action, prepared_by, require
from stonechat.core.events import happened
from stonechat.people.actions import create_account
from stonechat.people.models import Account, Invitation, User
from stonechat.people.rules import SIGN_UP

INVITED_FOR = timedelta(days=14)
CLOSED = "This action is not allowed"  # Mastodon's own words


@dataclass(frozen=True)
class _Joining:
    """Somebody who wants an account, checked; the password is hashed already."""

    username: str
    email: str
    password: str
    invite_code: str
    locale: str
    time_zone: str


def _joining(
    viewer: Viewer,
    *,
    username: str,
    email: str,
    password: str,
    agreement: bool,
    invite_code: str = "",
    locale: str = "en",
    time_zone: str = "UTC",
) -> _Joining:
    """An account for somebody who has none, to be confirmed by mail; raises `Invalid`.

    The client libraries' own suites cannot read mail, so with STONECHAT_CLIENT_TESTS it is
    confirmed at once.
    """
    if settings.STONECHAT_SIGNUP == "closed":
        raise NotAllowed(CLOSED)
    if found := faults(username, email, password, agreement, locale):
        raise Invalid(found)
    hashed = make_password(password)
    return _Joining(username, email, hashed, invite_code, locale, time_zone)


@prepared_by(_joining)
def sign_up(viewer: Viewer, new: _Joining) -> Account:
    codes = Invitation.objects.select_for_update()  # of two who bring one code, one joins
    invitation = codes.filter(code_hash=digest(new.invite_code)).first()
    require(rules.may_sign_up(invitation), _("Joining needs a code. Ask an administrator for one."))
    account = create_account(
        Viewer.system(because=SIGN_UP),
        username=new.username,
        email=new.email,
        confirmed=settings.STONECHAT_CLIENT_TESTS,
        locale=new.locale,
        time_zone=new.time_zone,
    )
    users = User.objects.filter(account_id=account.pk)
    users.update(password=new.password)
    _welcome(users.get(), invitation)
    return account


def _welcome(user: User, invitation: Invitation | None) -> None:
    if invitation is not None:
        Invitation.objects.filter(pk=invitation.pk).update(used_by=user)
    if user.confirmed_at is None:
        happened(ConfirmationAsked(actor_id=user.account_id, user_id=user.pk))


@action
def ask_for_confirmation(viewer: Viewer, email: str = "") -> None:
    """Send the mail once more, to another address where one is given."""
    user = User.objects.filter(account_id=viewer.account_id).first()
    # Mastodon's own words.
    require(
        user is not None and user.confirmed_at is None,
        "This method is only available while the e-mail is awaiting confirmation",
    )
    assert user is not None
    if email:
        _change_address(user, email.strip().lower())
    happened(ConfirmationAsked(actor_id=viewer.account_id, user_id=user.pk))


def _change_address(user: User, email: str) -> None:
    if email == user.email:
        return
    if found := list(faults_of_address(email)):
        raise Invalid(found)
    User.objects.filter(pk=user.pk).update(email=email)


@action
def confirm_address(viewer: Viewer, code: str) -> User:
    """Whoever has the code has read the mail; raises `Refused` for one that is not good."""
    user = _addressed(code)
    require(user is None or rules.may_sign_in(user), _("This account is shut."))
    if user is None:
        raise Refused(_("This link is too old or was cut short. Sign in to have a new one sent."))
    if user.confirmed_at is None:
        User.objects.filter(pk=user.pk).update(confirmed_at=clock.now())
        happened(AddressConfirmed(actor_id=user.account_id, user_id=user.pk))
        transaction.on_commit(queries.forget_all)
    return user


def _addressed(code: str) -> User | None:
    user_id, email = read_address(code) or (0, "")
    return User.objects.select_related("account").filter(pk=user_id, email=email).first()


@action
def invite(viewer: Viewer) -> str:
    """A code with which one person may join, in plain for this once."""
    require(rules.may_invite(viewer), _("Only administrators invite, while joining needs a code."))
    code = secrets.token_urlsafe(12)
    invitation = Invitation.objects.create(
        code_hash=digest(code),
        made_by=User.objects.filter(account_id=viewer.account_id).first(),
        created_at=clock.now(),
        expires_at=clock.now() + INVITED_FOR,
    )
    happened(InvitationMade(actor_id=viewer.account_id, invitation_id=invitation.pk))
    return code


@action
def note_sign_in(viewer: Viewer) -> None:
    """Say that the viewer came in through a browser."""
    require(bool(viewer), _("Nobody signed in."))
    happened(SignedIn(actor_id=viewer.account_id))
