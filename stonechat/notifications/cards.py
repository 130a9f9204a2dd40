"""What a screen or an entity needs of notifications, complete, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from stonechat.audience.viewer import Viewer
from stonechat.notifications import queries
from stonechat.notifications.queries import Entry, GroupEntry, RequestEntry
from stonechat.people.cards import AccountCard
from stonechat.people.cards import cards as account_cards
from stonechat.posts.cards import PostCard
from stonechat.posts.cards import cards as post_cards


@dataclass(frozen=True, slots=True)
class NotificationCard:
    """One thing that concerns the viewer; `post` is None for follows."""

    id: int
    type: str
    group_key: str
    created_at: datetime
    filtered: bool
    account: AccountCard
    post: PostCard | None


@dataclass(frozen=True, slots=True)
class GroupsCard:
    """A page of groups, with each account and each post of it once."""

    groups: Sequence[GroupEntry]
    accounts: dict[int, AccountCard]
    posts: dict[int, PostCard]


@dataclass(frozen=True, slots=True)
class RequestCard:
    """Somebody who waits to be heard, with the last post that concerned the viewer."""

    id: int
    created_at: datetime
    updated_at: datetime
    account: AccountCard
    count: int
    last_post: PostCard | None


def card(viewer: Viewer, notification_id: int) -> NotificationCard:
    """One card; raises `Notification.DoesNotExist`."""
    return cards(viewer, [queries.one(viewer, notification_id)])[0]


def cards(viewer: Viewer, entries: Sequence[Entry]) -> list[NotificationCard]:
    """Cards in the order asked."""
    accounts = account_cards(viewer, [one.origin_id for one in entries])
    posts = _posts(viewer, [one.post_id for one in entries])
    return [
        NotificationCard(
            id=one.id,
            type=one.type,
            group_key=one.group_key,
            created_at=one.created_at,
            filtered=one.filtered,
            account=accounts[one.origin_id],
            post=posts.get(one.post_id or 0),
        )
        for one in entries
    ]


def groups(viewer: Viewer, entries: Sequence[GroupEntry]) -> GroupsCard:
    """Groups in the order asked."""
    people = [origin_id for one in entries for origin_id in one.origin_ids]
    posts = _posts(viewer, [one.newest.post_id for one in entries])
    return GroupsCard(entries, account_cards(viewer, people), posts)


def requests(viewer: Viewer, entries: Sequence[RequestEntry]) -> list[RequestCard]:
    """Requests in the order asked."""
    accounts = account_cards(viewer, [one.origin_id for one in entries])
    posts = _posts(viewer, [one.post_id for one in entries])
    return [
        RequestCard(
            id=one.id,
            created_at=one.created_at,
            updated_at=one.updated_at,
            account=accounts[one.origin_id],
            count=one.count,
            last_post=posts.get(one.post_id or 0),
        )
        for one in entries
    ]


def _posts(viewer: Viewer, ids: Iterable[int | None]) -> dict[int, PostCard]:
    asked = list(dict.fromkeys(id for id in ids if id is not None))
    return {card.id: card for card in post_cards(viewer, asked)} if asked else {}
