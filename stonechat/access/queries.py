"""From a token to the one who asks, and which programs and browsers a person has let in."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from oauth2_provider.models import AccessToken

from stonechat.access.secrets import digest
from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import walled
from stonechat.core import clock
from stonechat.people.models import User


@dataclass(frozen=True, slots=True)
class Access:
    """What a token stands for; one of a program that acts for nobody has no account and user."""

    viewer: Viewer
    scopes: frozenset[str]
    account_id: int | None
    user_id: int | None
    application_id: int | None
    token_id: int
    confirmed: bool = True  # has the person shown that their e-mail address is theirs?


# How long what a token stands for is believed without asking the database, in seconds. It is as
# long as a process may believe anything after another one revoked the token.
BELIEVED = 1.0
MOST = 10_000  # entries; some 500 bytes each

_believed: dict[str, tuple[float, Access]] = {}


def viewer_for(token: str) -> Access | None:
    """Who asks with this token; None for one unknown, expired, revoked or of a shut account.

    Answers come from this process's memory for up to `BELIEVED` seconds of wall clock.
    """
    checksum = digest(token)
    until, access = _believed.get(checksum, (0.0, None))
    if access is not None and time.monotonic() < until:
        return access
    access = _looked_up(checksum)
    if access is not None:
        _believe(checksum, access)
    return access


def viewer_for_user(user: User) -> Viewer:
    """The viewer of somebody who signed in with a browser."""
    return _person(user.account_id)


def forget(checksum: str) -> None:
    """Ask the database about this token again."""
    _believed.pop(checksum, None)


def forget_all() -> None:
    """Ask the database about every token again."""
    _believed.clear()


def _believe(checksum: str, access: Access) -> None:
    if len(_believed) >= MOST:
        _believed.clear()
    _believed[checksum] = (time.monotonic() + BELIEVED, access)


_COLUMNS = (
    "id",
    "scope",
    "user_id",
    "application_id",
    "user__account_id",
    "user__confirmed_at",
    "user__is_active",
    "user__account__suspended_at",
    "user__account__deleted_at",
)


def _looked_up(checksum: str) -> Access | None:
    tokens = AccessToken.objects.filter(token_checksum=checksum, expires__gt=clock.now())
    row = tokens.values(*_COLUMNS).first()
    if row is None or _is_shut(row):
        return None
    account_id = row["user__account_id"]
    return Access(
        viewer=Viewer.anonymous() if account_id is None else _person(account_id),
        scopes=frozenset(row["scope"].split()),
        account_id=account_id,
        user_id=row["user_id"],
        application_id=row["application_id"],
        token_id=row["id"],
        confirmed=row["user_id"] is None or row["user__confirmed_at"] is not None,
    )


def _is_shut(row: dict[str, Any]) -> bool:
    """Whether the person behind a token may not come in any more."""
    gone = row["user__account__suspended_at"] or row["user__account__deleted_at"]
    return row["user_id"] is not None and bool(gone or not row["user__is_active"])


def _person(account_id: int) -> Viewer:
    return Viewer.person(account_id, walled=walled(account_id))
