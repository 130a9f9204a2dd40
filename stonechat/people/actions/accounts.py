"""Accounts come, change their standing, and go; their handle stays taken for ever."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from stonechat.audience.models import Seat, Segment
from stonechat.audience.viewer import Viewer
from stonechat.core import clock, files, ids
from stonechat.core.actions import Refused, action, prepared_by, require
from stonechat.core.events import happened
from stonechat.people import events, queries, rules
from stonechat.people.actions import _checks, _ties
from stonechat.people.actions._profile import Written, write
from stonechat.people.models import Account, Block, Kind, Mute, Note, Role, User, Zone


@dataclass(frozen=True)
class _New:
    """Everything about an account that needs no row, checked before the transaction opens."""

    username: str
    kind: str
    written: Written
    directory: dict[str, Any]
    manager: str | None
    segments: tuple[str, ...]
    user: dict[str, Any] | None


def _new(
    viewer: Viewer,
    *,
    username: str,
    email: str | None = None,
    password: str | None = None,
    kind: str = "person",
    display_name: str = "",
    note: str = "",
    confirmed: bool = True,
    role: str = "member",
    locale: str = "en",
    time_zone: str = "UTC",
    unit: str = "",
    title: str = "",
    manager: str | None = None,
    level: int | None = None,
    country: str = "",
    zone: str = "inside",
    segments: Iterable[str] = (),
) -> _New:
    """An account of kind person or bot; with an e-mail address somebody can sign in to it.

    `manager` is a username; a segment in `segments` that is not there yet is created. Made by
    administrators, or by the system (`because="sign-up"` keeps reserved handles back). Raises
    `Refused` with the field that is wrong."""
    reserved_too = rules.may_take_any_name(viewer)
    return _New(
        username=_checks.username(username, reserved_too=reserved_too),
        kind=_checks.one_of(kind, [Kind.PERSON, Kind.BOT], "kind"),
        written=write(viewer, {"display_name": display_name, "note": note}),
        directory={
            "unit": _checks.line(unit, 80, "unit"),
            "title": _checks.line(title, 120, "title"),
            "level": level,
            "country": _checks.line(country, 2, "country").upper(),
            "zone": _checks.one_of(zone, Zone.values, "zone"),
        },
        manager=manager,
        segments=tuple(_checks.line(name, 80, "segments") for name in segments),
        user=_user(username, email, password, role, locale, time_zone, confirmed)
        if email
        else None,
    )


def _user(
    username: str,
    email: str,
    password: str | None,
    role: str,
    locale: str,
    time_zone: str,
    confirmed: bool,
) -> dict[str, Any]:
    return {
        "email": _checks.email(email),
        "password": _checks.hashed(password, email=email, handle=username),
        "role": _checks.one_of(role, Role.values, "role"),
        "locale": _checks.locale(locale),
        "time_zone": _checks.time_zone(time_zone),
        "confirmed_at": clock.now() if confirmed else None,
    }


@prepared_by(_new)
def create_account(viewer: Viewer, new: _New) -> Account:
    require(rules.may_administer(viewer), _("Only administrators make accounts."))
    account = _insert(viewer, new)
    if new.user:
        _checks.free_email(new.user["email"])
        User.objects.create(account=account, created_at=account.created_at, **new.user)
    for name in new.segments:
        _seat(viewer, account, name)
    happened(events.AccountCreated(viewer.account_id, account.pk))
    return account


def _insert(viewer: Viewer, new: _New) -> Account:
    # The id is drawn first: on PostgreSQL that holds the lock under which the handle is free.
    account_id = ids.draw(Account)
    _checks.free_username(new.username)
    return Account.objects.create(
        id=account_id,
        username=new.username,
        kind=new.kind,
        manager=_manager(new.manager) if new.manager else None,
        created_at=clock.now(),
        **new.written.columns,
        **new.directory,
    )


def _manager(username: str) -> Account:
    found = Account.objects.filter(username__iexact=username, deleted_at=None).first()
    if found is None:
        reason = _("There is no %(name)s whom they could report to.") % {"name": username}
        raise Refused(reason, field="manager")
    return found


def _seat(viewer: Viewer, account: Account, name: str) -> None:
    segment, made = Segment.objects.get_or_create(name=name)
    if made:
        happened(events.SegmentMade(viewer.account_id, segment.pk))
    Seat.objects.get_or_create(segment=segment, account=account)
    happened(events.SegmentJoined(viewer.account_id, segment.pk, account.pk))


def _hash(viewer: Viewer, account_id: int, password: str | None) -> tuple[int, str]:
    """Let somebody sign in with this password from now on; None takes their password away."""
    user = User.objects.filter(account__in=[queries.account(viewer, account_id)]).first()
    given = _checks.hashed(password, email=user.email if user else "")
    return account_id, given


@prepared_by(_hash)
def set_password(viewer: Viewer, given: tuple[int, str]) -> None:
    account_id, hashed = given
    account = queries.account(viewer, account_id)
    require(rules.may_set_password(viewer, account), _("You can only set your own password."))
    _signing_in(account).update(password=hashed)
    happened(events.PasswordSet(viewer.account_id, account_id))


@action
def set_role(viewer: Viewer, account_id: int, role: str) -> None:
    """Make somebody a member, monitor or administrator; one administrator always stays."""
    require(rules.may_administer(viewer), _("Only administrators give roles."))
    account = queries.account(viewer, account_id)
    _checks.one_of(role, Role.values, "role")
    others = User.objects.filter(role=Role.ADMIN, is_active=True).exclude(account=account)
    user = _signing_in(account).first()
    if user and user.role == Role.ADMIN != role and not others.exists():
        raise Refused(_("Make somebody else an administrator first."), field="role")
    _signing_in(account).update(role=role)
    happened(events.RoleChanged(viewer.account_id, account_id, role))


def _signing_in(account: Account) -> QuerySet[User]:
    users = User.objects.filter(account=account)
    if not users.exists():
        raise Refused(_("Nobody signs in to this account: give it an e-mail address first."))
    return users


@action
def suspend(viewer: Viewer, account_id: int) -> None:
    """Shut an account: it cannot act, and what it said is not shown until it is restored."""
    account = queries.account(viewer, account_id)
    require(rules.may_suspend(viewer, account), _("Only another administrator can do this."))
    if account.suspended_at is None:
        _stand(account, suspended_at=clock.now())
        happened(events.AccountSuspended(viewer.account_id, account_id))


@action
def restore(viewer: Viewer, account_id: int) -> None:
    """Open a suspended account again, with all it said."""
    account = queries.account(viewer, account_id)
    require(rules.may_suspend(viewer, account), _("Only another administrator can do this."))
    if account.suspended_at is not None:
        _stand(account, suspended_at=None)
        happened(events.AccountRestored(viewer.account_id, account_id))


def _stand(account: Account, suspended_at: datetime | None) -> None:
    Account.objects.filter(pk=account.pk).update(suspended_at=suspended_at)
    _ties.changed(account.pk)


@action
def delete(viewer: Viewer, account_id: int) -> None:
    """Turn an account into a tombstone: its words, pictures, ties and its way in are gone."""
    account = queries.account(viewer, account_id)
    require(rules.may_delete(viewer, account), _("You can only delete your own account."))
    _ties.cut_all(account_id)
    between = Q(account_id=account_id) | Q(target_id=account_id)
    for table in (Block, Mute, Note):
        table.objects.filter(between).delete()
    Seat.objects.filter(account_id=account_id).delete()
    _bury(account)
    happened(events.AccountDeleted(viewer.account_id, account_id))


def _bury(account: Account) -> None:
    pictures = [name for name in (account.avatar, account.header) if name]
    Account.objects.filter(pk=account.pk).update(deleted_at=clock.now(), **_EMPTY)
    Account.objects.filter(manager=account).update(manager=account.manager_id)
    _ties.changed(account.pk)
    User.objects.filter(account=account).update(
        is_active=False,
        email=f"{account.pk}@deleted.invalid",
        password=make_password(None),
        preferences={},
    )
    for name in pictures:
        transaction.on_commit(lambda name=name: files.remove(name))  # type: ignore[misc]


_EMPTY: dict[str, Any] = {
    "display_name": "",
    "note": "",
    "note_html": "",
    "fields": [],
    "avatar": "",
    "avatar_description": "",
    "header": "",
    "header_description": "",
    "unit": "",
    "title": "",
    "manager": None,
    "level": None,
    "country": "",
}
