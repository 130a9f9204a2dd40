"""Lists of accounts whose cursor is the row that puts them there; newest first, as account ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Subquery, Value, When
from django.db.models import IntegerField as Number
from django.db.models.expressions import Combinable, OuterRef
from django.db.models.functions import Coalesce

from stonechat.audience.models import Audience
from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import people, posts
from stonechat.core import clock
from stonechat.core.pages import Cursor, Listed, listed, page
from stonechat.people.models import Account, Block, Endorsement, Follow, Kind, Membership, Mute
from stonechat.people.queries.accounts import account


@dataclass(frozen=True, slots=True)
class Muted:
    """Somebody the viewer muted; `until` is None for ever."""

    account_id: int
    until: datetime | None


def followers(viewer: Viewer, account_id: int, cursor: Cursor) -> Listed[int]:
    """Who follows somebody; of a group, its members. Empty where they keep it to themselves."""
    target = account(viewer, account_id)
    if _kept(viewer, target):
        return Listed([])
    if target.kind == Kind.GROUP:
        return _page(_members(viewer, account_id), cursor, "account_id")
    return _page(_followers(viewer, account_id), cursor, "account_id")


def following(viewer: Viewer, account_id: int, cursor: Cursor) -> Listed[int]:
    """Whom somebody follows. Empty where they keep it to themselves."""
    if _kept(viewer, account(viewer, account_id)):
        return Listed([])
    return _page(_following(viewer, account_id), cursor, "target_id")


def blocks(viewer: Viewer, cursor: Cursor) -> Listed[int]:
    """Whom the viewer blocks."""
    rows = Block.objects.filter(account_id=viewer.account_id, target__in=people(viewer))
    return _page(rows, cursor, "target_id")


def mutes(viewer: Viewer, cursor: Cursor) -> Listed[Muted]:
    """Whom the viewer does not want to hear from, now."""
    rows = Mute.objects.filter(lasting(), account_id=viewer.account_id, target__in=people(viewer))
    found = page(rows, cursor).values_list("id", "target_id", "until")
    return listed([(row_id, Muted(target_id, until)) for row_id, target_id, until in found], cursor)


def lasting() -> Q:
    """A mute that has not run out."""
    return Q(until=None) | Q(until__gt=clock.now())


def follow_requests(viewer: Viewer, cursor: Cursor) -> Listed[int]:
    """Who asks to follow the viewer."""
    return _page(_requests(viewer), cursor, "account_id")


def follow_requests_count(viewer: Viewer) -> int:
    """How many `follow_requests` lists in all."""
    return _requests(viewer).count()


def endorsements(viewer: Viewer, account_id: int, cursor: Cursor) -> Listed[int]:
    """Whom somebody shows on their profile."""
    if account(viewer, account_id).suspended_at:
        return Listed([])
    rows = Endorsement.objects.filter(account_id=account_id, target__in=people(viewer))
    return _page(rows, cursor, "target_id")


def join_requests(viewer: Viewer, group_account: int, cursor: Cursor) -> Listed[int]:
    """Who asks to be let into a group; empty for whoever is not one of its hosts."""
    mine = Membership.objects.filter(account_id=viewer.account_id, accepted=True, host=True)
    rows = Membership.objects.filter(
        group__account_id=group_account,
        group__in=mine.values("group_id"),
        accepted=False,
        account__in=people(viewer),
    )
    return _page(rows, cursor, "account_id")


def counted(viewer: Viewer) -> dict[str, Combinable]:
    """The counts of accounts, as annotations of a query over them.

    Stored numbers count everybody; somebody with a wall before them gets what the lists above
    would hold for them, in the same statement."""
    if not viewer.walled or viewer.is_system:
        return {name: F(stored) for name, stored in STORED.items()}
    who = OuterRef("pk")
    fans = Coalesce(_count(_followers(viewer, who), "target_id"), 0)
    members = Coalesce(_count(_members(viewer, who), "group__account_id"), 0)
    return {
        "shown_statuses": Coalesce(_count(_spoken(viewer, who), "author_id"), 0),
        "shown_followers": Case(When(kind=Kind.GROUP, then=members), default=fans),
        "shown_following": Coalesce(_count(_following(viewer, who), "account_id"), Value(0)),
    }


STORED = {
    "shown_statuses": "statuses_count",
    "shown_followers": "followers_count",
    "shown_following": "following_count",
}


def _kept(viewer: Viewer, account: Account) -> bool:
    """Whether an account shows nobody whom it follows and who follows it."""
    hidden = account.hide_collections and viewer.account_id != account.pk
    return hidden or account.suspended_at is not None


def _page(rows: QuerySet[Any], cursor: Cursor, item: str) -> Listed[int]:
    return listed(list(page(rows, cursor).values_list("id", item)), cursor)


def _followers(viewer: Viewer, of: Any) -> QuerySet[Follow]:
    return Follow.objects.filter(target_id=of, accepted=True, account__in=people(viewer))


def _following(viewer: Viewer, of: Any) -> QuerySet[Follow]:
    return Follow.objects.filter(account_id=of, accepted=True, target__in=people(viewer))


def _members(viewer: Viewer, of: Any) -> QuerySet[Membership]:
    return Membership.objects.filter(
        group__account_id=of, accepted=True, account__in=people(viewer)
    )


def _spoken(viewer: Viewer, by: Any) -> QuerySet[Any]:
    """As stored: what everybody inside could list."""
    open_to_all = [Audience.ORGANISATION, Audience.UNLISTED]
    return posts(viewer).filter(author_id=by, audience__in=open_to_all)


def _requests(viewer: Viewer) -> QuerySet[Follow]:
    return Follow.objects.filter(
        target_id=viewer.account_id, accepted=False, account__in=people(viewer)
    )


def _count(rows: QuerySet[Any], by: str) -> Subquery:
    """How many rows there are for each, as one column of the outer query."""
    counts = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Subquery(counts, output_field=Number())
