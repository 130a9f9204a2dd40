"""From what happened to the inboxes: who may hear of it, who wants to, and one fact about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import reachable, who_may_see
from stonechat.core import clock, ids
from stonechat.core.events import happened
from stonechat.core.statements import Statement
from stonechat.notifications.events import Told
from stonechat.notifications.models import Notification, Request, Type, Verdict
from stonechat.notifications.queries.inbox import muting
from stonechat.notifications.reactions.wanting import verdicts
from stonechat.people.models import Account, Kind
from stonechat.posts.models import Post, ThreadMute

SPAN = 12 * 60 * 60  # seconds within which likes of one post become one group, as in Mastodon


@dataclass(frozen=True, slots=True)
class Line:
    """What would stand in one inbox: why, and which post is shown."""

    account_id: int
    type: str
    post_id: int | None


@dataclass(frozen=True, slots=True)
class News:
    """Something that `origin_id` did, when, and whom it may concern.

    `post` is what they must be able to see for it, and whose thread they must not have muted.
    """

    origin_id: int
    at: datetime
    lines: Sequence[Line]
    post: Post | None


def deliver(news: News) -> None:
    """Write it into the inboxes of those who may hear of it and were not told before."""
    heard = _hearing(news) if news.lines else set()
    known = _told_before(news) if heard else set()
    new = [one for one in news.lines if one.account_id in heard and _key(one) not in known]
    if not new:
        return
    found = verdicts(news.origin_id, news.post, {(one.account_id, one.type) for one in new})
    said = {one: found.get((one.account_id, one.type), "") for one in new}
    kept = [one for one in new if said[one] != Verdict.DROP]
    _write(news, kept, {one for one in kept if said[one] == Verdict.FILTER})


def group_key(kind: str, post_id: int | None, at: datetime, notification_id: int) -> str:
    """What stands together in an inbox."""
    half_day = int(at.timestamp()) // SPAN
    if kind in {Type.FAVOURITE, Type.REBLOG}:
        return f"{kind}-{post_id}-{half_day}"
    return f"{kind}-{half_day}" if kind == Type.FOLLOW else f"ungrouped-{notification_id}"


def _key(line: Line) -> tuple[int, str, int | None]:
    return (line.account_id, line.type, line.post_id)


def _hearing(news: News) -> set[int]:
    """Everybody here who may see the post and be reached, and has not asked for quiet."""
    asked = sorted({line.account_id for line in news.lines})
    values = (news.origin_id, clock.now(), asked)
    if news.post is None:
        return {account_id for (account_id,) in HEARING(*values)}
    return {one for (one,) in HEARING_OF_POST(*values, news.post.pk, news.post.root_id)}


def _hearing_of_post(
    origin_id: int, now: datetime, asked: list[int], post_id: int, thread: int
) -> QuerySet[Account, tuple[int]]:
    quiet = ThreadMute.objects.filter(account_id=OuterRef("pk"), post_id=thread)
    return _heard(who_may_see(post_id).filter(~Exists(quiet)), origin_id, now, asked)


def _hearing_of_nothing(
    origin_id: int, now: datetime, asked: list[int]
) -> QuerySet[Account, tuple[int]]:
    standing = Account.objects.filter(suspended_at=None, deleted_at=None)
    return _heard(standing, origin_id, now, asked)


def _heard(
    rows: QuerySet[Account], origin_id: int, now: datetime, asked: list[int]
) -> QuerySet[Account, tuple[int]]:
    reached = reachable(Viewer.column("pk")).filter(pk=origin_id)
    muted = muting(now).filter(account_id=OuterRef("pk"), target_id=origin_id)
    told = rows.filter(Exists(reached), ~Exists(muted), pk__in=asked)
    return told.exclude(kind=Kind.GROUP).values_list("pk")


HEARING, HEARING_OF_POST = Statement(_hearing_of_nothing), Statement(_hearing_of_post)


def _told_before(news: News) -> set[tuple[int, str, int | None]]:
    told = Notification.objects.filter(
        origin_id=news.origin_id,
        account_id__in={line.account_id for line in news.lines},
        type__in={line.type for line in news.lines},
    )
    posts = {line.post_id for line in news.lines if line.post_id is not None}
    rows = told.filter(post_id__in=posts) if posts else told.filter(post=None)
    return set(rows.values_list("account_id", "type", "post_id"))


def _write(news: News, lines: list[Line], held: set[Line]) -> None:
    first = ids.draw(Notification) if lines else 0
    rows = [
        Notification(
            id=first + place,
            account_id=line.account_id,
            type=line.type,
            origin_id=news.origin_id,
            post_id=line.post_id,
            group_key=group_key(line.type, line.post_id, news.at, first + place),
            filtered=line in held,
            created_at=news.at,
        )
        for place, line in enumerate(lines)
    ]
    Notification.objects.bulk_create(rows)
    _ask_for(news.origin_id, [row.account_id for row in rows if row.filtered])
    _say([row for row in rows if not row.filtered])


def _ask_for(origin_id: int, accounts: list[int]) -> None:
    """Show these people that somebody waits, again where they had dismissed it."""
    now = clock.now()
    rows = [
        Request(account_id=one, origin_id=origin_id, created_at=now, updated_at=now)
        for one in sorted(set(accounts))
    ]
    Request.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["account", "origin"],
        update_fields=["updated_at", "dismissed"],
    )


def _say(rows: list[Notification]) -> None:
    if rows:
        accounts, told = [row.account_id for row in rows], [row.pk for row in rows]
        happened(Told(None, account_ids=accounts, notification_ids=told))
