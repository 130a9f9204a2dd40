"""Notifications: singly (v1), in groups (v2), and which are held back."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET, UnsetType

from stonechat.api.entities.accounts import AccountLike, PartialAccountWithAvatar
from stonechat.api.entities.encoding import Entity, Moment, Rendered
from stonechat.api.entities.others import Report


class RelationshipSeveranceEvent(Entity, kw_only=True, frozen=True):
    """Follows that were cut at once, and by what."""

    id: str
    type: str
    purged: bool
    target_name: str
    followers_count: int
    following_count: int
    created_at: Moment


class Appeal(Entity, kw_only=True, frozen=True):
    """An objection to a warning: approved, rejected or pending."""

    text: str
    state: str


class AccountWarning(Entity, kw_only=True, frozen=True):
    """What a moderator did to an account, and said."""

    id: str
    action: str
    text: str
    status_ids: Sequence[str] | None
    target_account: AccountLike
    appeal: Appeal | None
    created_at: Moment


class Notification(Entity, kw_only=True, frozen=True):
    """One thing that concerns me; which of the last keys are there depends on the type."""

    id: str
    type: str
    group_key: str
    created_at: Moment
    account: AccountLike
    status: Rendered | UnsetType = UNSET
    report: Report | UnsetType = UNSET
    event: RelationshipSeveranceEvent | UnsetType = UNSET
    moderation_warning: AccountWarning | UnsetType = UNSET
    filtered: bool | UnsetType = UNSET


class NotificationGroup(Entity, kw_only=True, frozen=True):
    """Several notifications of one kind about one thing; the newest id really is a number."""

    group_key: str
    notifications_count: int
    type: str
    most_recent_notification_id: int
    sample_account_ids: Sequence[str]  # at most 8
    page_min_id: str | UnsetType = UNSET
    page_max_id: str | UnsetType = UNSET
    latest_page_notification_at: Moment | UnsetType = UNSET
    status_id: str | None | UnsetType = UNSET
    report: Report | UnsetType = UNSET
    event: RelationshipSeveranceEvent | UnsetType = UNSET
    moderation_warning: AccountWarning | UnsetType = UNSET


class GroupedNotificationsResults(Entity, kw_only=True, frozen=True):
    """A page of groups, with each account and status in it once."""

    accounts: Sequence[AccountLike]
    statuses: Sequence[Rendered]
    notification_groups: Sequence[NotificationGroup]
    partial_accounts: Sequence[PartialAccountWithAvatar] | UnsetType = UNSET


class PolicySummary(Entity, kw_only=True, frozen=True):
    """How much the policy is holding back."""

    pending_requests_count: int = 0
    pending_notifications_count: int = 0


class NotificationPolicy(Entity, kw_only=True, frozen=True):
    """Whose notifications I want: accept, filter or drop, by kind of sender."""

    for_not_following: str
    for_not_followers: str
    for_new_accounts: str
    for_private_mentions: str
    for_limited_accounts: str
    for_bots: str | UnsetType = UNSET
    summary: PolicySummary


class V1NotificationPolicy(Entity, kw_only=True, frozen=True):
    """The same in the older words: filter, or not."""

    filter_not_following: bool
    filter_not_followers: bool
    filter_new_accounts: bool
    filter_private_mentions: bool
    summary: PolicySummary


class NotificationRequest(Entity, kw_only=True, frozen=True):
    """Somebody whose notifications are held back; `notifications_count` is text."""

    id: str
    created_at: Moment
    updated_at: Moment
    account: AccountLike
    notifications_count: str
    last_status: Rendered | None | UnsetType = UNSET


class UnreadCount(Entity, kw_only=True, frozen=True):
    """How many are newer than my marker."""

    count: int
