"""Posts that wait for their time. They are not posts yet, so nothing can show them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core import clock, ids
from stonechat.core.actions import Refused, action, require
from stonechat.core.events import happened
from stonechat.posts import queries, rules
from stonechat.posts.actions._words import PollWords, words
from stonechat.posts.actions._writing import attachable
from stonechat.posts.events import PostScheduled, ScheduleCancelled, ScheduleChanged
from stonechat.posts.models import Idempotency, Scheduled

SOONEST = timedelta(minutes=5)  # Mastodon's bound
AT_MOST = 300  # its bound of waiting posts a person


@action
def schedule(viewer: Viewer, due_at: datetime, *, key: str = "", **asked: Any) -> Scheduled:
    """Keep a post until `due_at`; `asked` are the arguments of `publish`, as JSON."""
    require(rules.may_publish(viewer), _("Sign in to post."))
    if key and (before := _scheduled_before(viewer, key)):
        return before
    _check(viewer, due_at, asked)
    row = Scheduled.objects.create(
        id=ids.draw(Scheduled),
        author_id=viewer.account_id,
        due_at=due_at,
        words=asked,
        created_at=clock.now(),
    )
    happened(PostScheduled(viewer.account_id, scheduled_id=row.pk))
    if key:
        Idempotency.objects.create(
            account_id=viewer.account_id, key=key, scheduled=row, created_at=clock.now()
        )
    return row


@action
def reschedule(viewer: Viewer, scheduled_id: int, due_at: datetime) -> Scheduled:
    """Give a waiting post another time."""
    row = queries.scheduled_one(viewer, scheduled_id)
    require(rules.may_publish(viewer), _("Sign in to post."))
    _check_time(due_at)
    row.due_at = due_at
    row.save(update_fields=["due_at"])
    happened(ScheduleChanged(viewer.account_id, scheduled_id=row.pk))
    return row


@action
def cancel(viewer: Viewer, scheduled_id: int) -> None:
    """Let a waiting post never leave."""
    row = queries.scheduled_one(viewer, scheduled_id)
    require(rules.may_publish(viewer), _("Sign in to post."))
    happened(ScheduleCancelled(viewer.account_id, scheduled_id=row.pk))
    row.delete()


def _check(viewer: Viewer, due_at: datetime, asked: dict[str, Any]) -> None:
    """Say now what publishing would refuse later."""
    _check_time(due_at)
    if Scheduled.objects.filter(author_id=viewer.account_id).count() >= AT_MOST:
        raise Refused(_("You have exceeded the limit of %d scheduled posts") % AT_MOST)
    words(viewer, text=asked["text"], spoiler=asked.get("spoiler", ""))
    attachable(viewer, asked.get("media_ids") or [])
    if asked.get("poll"):
        PollWords(**asked["poll"]).check()


def _check_time(due_at: datetime) -> None:
    if due_at < clock.now() + SOONEST:
        raise Refused(
            _("Validation failed: Scheduled at must be at least 5 minutes in the future"),
            "scheduled_at",
        )


def _scheduled_before(viewer: Viewer, key: str) -> Scheduled | None:
    first = Idempotency.objects.filter(account_id=viewer.account_id, key=key)
    found = first.select_related("scheduled").filter(scheduled__isnull=False).first()
    return found.scheduled if found else None
