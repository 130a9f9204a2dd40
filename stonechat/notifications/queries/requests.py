"""What a policy holds back: from whom one wants to hear, and who waits to be heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from stonechat.audience.viewer import Viewer
from stonechat.core.pages import Cursor, newest_first, page
from stonechat.notifications.models import Notification, Policy, Request
from stonechat.notifications.queries.inbox import Which, shown

VERDICTS = (
    "for_not_following",
    "for_not_followers",
    "for_new_accounts",
    "for_private_mentions",
    "for_limited_accounts",
    "for_bots",
)


@dataclass(frozen=True)
class PolicyEntry:
    """accept, filter or drop by the name of each case, and how much waits."""

    verdicts: Mapping[str, str]
    requests: int
    notifications: int


@dataclass(frozen=True, slots=True)
class RequestEntry:
    """Somebody who waits to be heard, with as much as the viewer could list of them."""

    id: int
    created_at: datetime
    updated_at: datetime
    origin_id: int
    count: int
    post_id: int | None


def policy(viewer: Viewer) -> PolicyEntry:
    """The viewer's policy; everything is accepted by whoever never set one."""
    row = Policy.objects.filter(account_id=viewer.account_id).first() or Policy()
    verdicts = {name: getattr(row, name) for name in VERDICTS}
    if not _unanswered(viewer).exists():  # most people hold nobody back, and this is asked often
        return PolicyEntry(verdicts, 0, 0)
    waits = _waiting(viewer).aggregate(people=Count("pk"), all=Coalesce(Sum("number"), 0))
    return PolicyEntry(verdicts, waits["people"], waits["all"])


def requests(viewer: Viewer, cursor: Cursor) -> list[RequestEntry]:
    """A page of those who wait, newest first."""
    rows = page(_waiting(viewer), cursor).values_list(*COLUMNS)
    return newest_first([RequestEntry(*row) for row in rows], cursor)


def request(viewer: Viewer, request_id: int) -> RequestEntry:
    """One of them; raises `Request.DoesNotExist`."""
    return RequestEntry(*_waiting(viewer).values_list(*COLUMNS).get(pk=request_id))


COLUMNS = ("pk", "created_at", "updated_at", "origin_id", "number", "last_post_id")


def _waiting(viewer: Viewer) -> QuerySet[Request]:
    """Requests not yet answered behind which something can be seen."""
    everything = shown(viewer, Which(filtered=True))
    held = everything.filter(filtered=True, origin_id=OuterRef("origin_id"))
    latest = held.exclude(post=None).order_by("-pk").values("post_id")[:1]
    counted = _unanswered(viewer).annotate(number=_count(held), last_post_id=Subquery(latest))
    return counted.filter(number__gt=0)


def _unanswered(viewer: Viewer) -> QuerySet[Request]:
    return Request.objects.filter(account_id=viewer.account_id, accepted=False, dismissed=False)


def _count(held: QuerySet[Notification]) -> Any:
    number = held.order_by().values("origin_id").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
