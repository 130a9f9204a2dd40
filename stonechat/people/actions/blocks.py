"""Keeping somebody away (block), and not hearing from somebody (mute)."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.actions import Refused, action, require
from stonechat.core.events import happened
from stonechat.people import events, queries, rules
from stonechat.people.actions import _ties
from stonechat.people.models import Block, Mute

LONGEST_MUTE = 10 * 365 * 86_400  # seconds; whoever means longer means for ever


@action
def block(viewer: Viewer, target_id: int) -> None:
    """Neither reads or reaches the other from now on; follows and requests are cut both ways."""
    target = queries.account(viewer, target_id)
    require(rules.may_block(viewer, target), _("You cannot block yourself."))
    _row, new = Block.objects.get_or_create(
        account_id=viewer.account_id, target_id=target_id, defaults={"created_at": clock.now()}
    )
    if _ties.cut(viewer.account_id, target_id):
        happened(events.Unfollowed(viewer.account_id, target_id))
    if _ties.cut(target_id, viewer.account_id):
        happened(events.FollowRejected(viewer.account_id, target_id))
    if new:
        happened(events.Blocked(viewer.account_id, target_id))


@action
def unblock(viewer: Viewer, target_id: int) -> None:
    """Take a block back; follows do not come back with it."""
    queries.account(viewer, target_id)
    require(bool(viewer), _("Sign in first."))
    if Block.objects.filter(account_id=viewer.account_id, target_id=target_id).delete()[0]:
        happened(events.Unblocked(viewer.account_id, target_id))


@action
def mute(viewer: Viewer, target_id: int, *, duration: int = 0, notifications: bool = True) -> None:
    """Hear nothing from somebody for `duration` seconds, 0 for ever; again, with other options.

    `notifications` says whether what they do to the viewer is silent too."""
    target = queries.account(viewer, target_id)
    require(rules.may_block(viewer, target), _("You cannot mute yourself."))
    if not 0 <= duration <= LONGEST_MUTE:
        raise Refused(_("Write the duration in seconds, 0 for ever."), field="duration")
    until = clock.now() + timedelta(seconds=duration) if duration else None
    Mute.objects.update_or_create(
        account_id=viewer.account_id,
        target_id=target_id,
        defaults={"notifications": notifications, "until": until},
        create_defaults={
            "notifications": notifications,
            "until": until,
            "created_at": clock.now(),
        },
    )
    happened(events.Muted(viewer.account_id, target_id))


@action
def unmute(viewer: Viewer, target_id: int) -> None:
    """Hear from somebody again."""
    queries.account(viewer, target_id)
    require(bool(viewer), _("Sign in first."))
    if Mute.objects.filter(account_id=viewer.account_id, target_id=target_id).delete()[0]:
        happened(events.Unmuted(viewer.account_id, target_id))
