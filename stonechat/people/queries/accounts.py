"""One account, several, and what hangs on them; whoever is not seen is not found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Lower

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import people
from stonechat.core import clock
from stonechat.core.statements import Statement
from stonechat.people.models import Account, Kind, User

LEVELS = 8  # of an org chart that are read at once, from a person upwards
_HANDLE = re.compile(r"@?([A-Za-z0-9_.-]{1,40})(?:@([^@\s\0]{1,253}))?")


@dataclass(frozen=True, slots=True)
class Named:
    """What a handle in a text stands for; `group_id` is None for people and bots."""

    id: int
    username: str
    kind: str
    suspended: bool
    group_id: int | None


def account(viewer: Viewer, account_id: int) -> Account:
    """One account; raises `Account.DoesNotExist` where this viewer may not know of it."""
    if viewer and not KNOWN(viewer.account_id, [account_id]):
        raise Account.DoesNotExist
    return (Account.objects.all() if viewer else people(viewer)).get(pk=account_id)


def _known(viewer_id: int, ids: list[int]) -> QuerySet[Any, Any]:
    return people(Viewer.person(viewer_id)).filter(pk__in=ids).values_list("pk")


KNOWN = Statement(_known)


def by_handle(viewer: Viewer, acct: str) -> Account:
    """`bob`, `@bob`, `bob@our.host`; raises `Account.DoesNotExist` for unknown and unseen ones."""
    return people(viewer).get(username__iexact=_ours(acct) or "")


def accounts(viewer: Viewer, ids: Iterable[int]) -> list[Account]:
    """Those of these that are seen, in the order asked for."""
    asked = list(dict.fromkeys(ids))
    found: dict[int, Account] = people(viewer).in_bulk(asked)
    return [found[one] for one in asked if one in found]


def handles_seen(viewer: Viewer, handles: Iterable[str]) -> dict[str, Named]:
    """Who these handles (with or without our domain) stand for, by handle as given.

    Two queries; what is unknown, elsewhere or not seen is left out, which looks the same."""
    wanted = {handle: name.lower() for handle in handles if (name := _ours(handle))}
    if not wanted:
        return {}
    rows = Account.objects.annotate(low=Lower("username")).filter(low__in=set(wanted.values()))
    columns = ("low", "id", "username", "kind", "suspended_at", "hosted__id")
    written = {row[0]: _named(*row[1:]) for row in rows.values_list(*columns)}
    seen = _seen(viewer, [one.id for one in written.values()])
    found = {low: one for low, one in written.items() if one.id in seen}
    return {handle: found[low] for handle, low in wanted.items() if low in found}


def _seen(viewer: Viewer, ids: list[int]) -> set[int]:
    if viewer:
        return {row[0] for row in KNOWN(viewer.account_id, ids)}
    return set(people(viewer).filter(pk__in=ids).values_list("pk", flat=True))


def _named(
    account_id: int, username: str, kind: str, suspended_at: datetime | None, group_id: int | None
) -> Named:
    return Named(account_id, username, kind, suspended_at is not None, group_id)


def _ours(handle: str) -> str | None:
    """The username in a handle; None for one of another server, or for no handle at all."""
    match = _HANDLE.fullmatch(handle.strip())
    if match is None:
        return None
    here = urlsplit(settings.STONECHAT_URL)
    ours = {None, here.netloc.lower(), (here.hostname or "").lower()}
    return match[1] if (match[2] and match[2].lower()) in ours else None


def user(viewer: Viewer) -> User:
    """The viewer's own user; raises `User.DoesNotExist` for whoever does not sign in."""
    return User.objects.select_related("account").get(account_id=viewer.account_id or 0)


def managers(viewer: Viewer, account_id: int) -> list[int]:
    """The ids of whom somebody reports to, the nearest first, as far as the viewer sees them."""
    up = ["__".join(["manager"] * level) + "_id" for level in range(1, LEVELS + 1)]
    chain = people(viewer).values_list(*up).get(pk=account_id)
    known = list(dict.fromkeys(one for one in chain if one not in (None, account_id)))
    seen = set(people(viewer).filter(pk__in=known).values_list("pk", flat=True))
    return [one for one in known if one in seen]


def reports(viewer: Viewer, account_id: int) -> list[int]:
    """The ids of those who report to somebody directly, by name."""
    rows = _standing(people(viewer)).filter(manager_id=account_id)
    return list(rows.order_by("display_name", "username").values_list("pk", flat=True))


def reports_count(viewer: Viewer, account_id: int) -> int:
    """How many `reports` would list."""
    return _standing(people(viewer)).filter(manager_id=account_id).count()


def head_count() -> int:
    """How many people have an account here: what the server tells everybody about itself."""
    return _standing(Account.objects.filter(kind=Kind.PERSON)).count()


def active_last_month() -> int:
    """How many of them have posted within thirty days."""
    since = clock.now() - timedelta(days=30)
    rows = Account.objects.filter(kind=Kind.PERSON, last_status_at__gte=since)
    return _standing(rows).count()


def _standing(rows: QuerySet[Account]) -> QuerySet[Account]:
    return rows.filter(suspended_at=None, deleted_at=None)
