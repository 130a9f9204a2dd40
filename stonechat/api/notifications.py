"""Notifications: one by one (v1), in groups (v2), and which are held back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from msgspec import UNSET, UnsetType

from stonechat.api.accounts import address, picture
from stonechat.api.accounts import entity as account
from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.accounts import PartialAccountWithAvatar
from stonechat.api.entities.encoding import Rendered, moment
from stonechat.api.entities.notifications import (
    GroupedNotificationsResults,
    Notification,
    NotificationGroup,
    NotificationPolicy,
    NotificationRequest,
    PolicySummary,
    UnreadCount,
    V1NotificationPolicy,
)
from stonechat.api.paging import cursor, limit, link_header, paged
from stonechat.api.parameters import Parameters
from stonechat.api.rendering import rendered
from stonechat.api.responses import Answer, Body, Reply
from stonechat.audience.viewer import Viewer
from stonechat.core.pages import Cursor, listed
from stonechat.notifications import actions, cards, queries
from stonechat.notifications.cards import NotificationCard, RequestCard
from stonechat.notifications.queries import GroupEntry, PolicyEntry, RequestEntry, Which
from stonechat.people import cards as people_cards
from stonechat.people.cards import AccountCard
from stonechat.timelines.queries import marker

CONTEXT = "notifications"  # what filters call this list
SIZE = 40  # of a page, as Mastodon has it
COUNTED = 100  # unread ones that are counted where the client names no limit, at most 1000
V2_POLICY = "2024-10-08"  # Mastodon 4.3, since which clients use the second version
IN_V1 = {
    "filter_not_following": "for_not_following",
    "filter_not_followers": "for_not_followers",
    "filter_new_accounts": "for_new_accounts",
    "filter_private_mentions": "for_private_mentions",
}


# One by one.


@endpoint("GET", scope="read:notifications")
def index(request: ApiRequest) -> Answer:
    """What concerns me, newest first."""
    sent = request.parameters
    entries = queries.inbox(request.viewer, cursor(sent, SIZE), _which(sent))
    shown = entities(request.viewer, cards.cards(request.viewer, entries), CONTEXT)
    return _beside(request, shown, [one.id for one in entries])


@endpoint("GET", scope="read:notifications")
def show(request: ApiRequest, id: int) -> Answer:
    """One notification."""
    return entities(request.viewer, [cards.card(request.viewer, id)])[0]


@endpoint("POST", scope="write:notifications")
def clear(request: ApiRequest) -> Answer:
    """Empty my inbox."""
    actions.clear(request.viewer)
    return None


@endpoint("POST", scope="write:notifications")
def dismiss(request: ApiRequest, id: int) -> Answer:
    """Take one notification out of my inbox."""
    actions.dismiss(request.viewer, id)
    return None


@endpoint("DELETE", scope="write:notifications")
def destroy(request: ApiRequest, id: int) -> Answer:
    """The same in other words."""
    actions.dismiss(request.viewer, id)
    return None


@endpoint("DELETE", scope="write:notifications")
def destroy_many(request: ApiRequest) -> Answer:
    """Take several notifications out of my inbox."""
    actions.dismiss_many(request.viewer, request.parameters.identities("ids"))
    return None


@endpoint("GET", scope="read:notifications")
def unread_count(request: ApiRequest) -> Answer:
    """How many are newer than my marker."""
    sent, read = request.parameters, marker(request.viewer, "notifications")
    most = limit(sent, COUNTED, 1000)
    return UnreadCount(count=queries.unread(request.viewer, read, _which(sent), most))


def entities(
    viewer: Viewer, shown: Sequence[NotificationCard], context: str = ""
) -> list[Notification]:
    """Notifications in the order given; in the list itself (`CONTEXT`) the viewer's filters take
    out those whose post they hide."""
    posts = rendered(viewer, [card.post for card in shown if card.post], context)
    return [
        entity(card, posts[card.post.id] if card.post else UNSET)
        for card in shown
        if card.post is None or card.post.id in posts
    ]


def entity(card: NotificationCard, status: Rendered | UnsetType = UNSET) -> Notification:
    """One notification, with its post as rendered for the viewer."""
    return Notification(
        id=str(card.id),
        type=card.type,
        group_key=card.group_key,
        created_at=moment(card.created_at),
        account=account(card.account),
        status=status,
        filtered=True if card.filtered else UNSET,
    )


def _which(sent: Parameters) -> Which:
    return Which.of(
        types=sent.texts("types"),
        exclude_types=sent.texts("exclude_types"),
        account_id=sent.identity("account_id"),
        include_filtered=sent.flag("include_filtered", False),
    )


def _beside(request: ApiRequest, body: Body, ids: Sequence[int]) -> Reply:
    """A page that is followed by another one unless it is empty, as clients know it."""
    link = link_header(request, ids[0], ids[-1], full=True) if ids else ""
    return Reply(body, headers={"Link": link} if link else {})


# In groups.


@endpoint("GET", scope="read:notifications")
def groups(request: ApiRequest) -> Answer:
    """What concerns me, with what many did to one post in one line; the limit counts lines."""
    sent = request.parameters
    entries = queries.grouped(
        request.viewer, cursor(sent, SIZE), _which(sent), _grouped_types(sent)
    )
    partial = sent.text("expand_accounts") == "partial_avatars"
    shown = _results(request.viewer, entries, partial, CONTEXT)
    return _beside(request, shown, [one.newest.id for one in entries])


@endpoint("GET", scope="read:notifications")
def group(request: ApiRequest, key: str) -> Answer:
    """One group."""
    return _results(request.viewer, [queries.group(request.viewer, key)])


@endpoint("GET", scope="read:notifications")
def group_accounts(request: ApiRequest, key: str) -> Answer:
    """Everybody in a group, the latest first."""
    page = queries.accounts(request.viewer, key, cursor(request.parameters, SIZE))
    found = people_cards.cards(request.viewer, page.items)
    return paged(request, [account(card) for card in found.values()], page)


@endpoint("POST", scope="write:notifications")
def dismiss_group(request: ApiRequest, key: str) -> Answer:
    """Take a group out of my inbox."""
    actions.dismiss_group(request.viewer, key)
    return None


@endpoint("GET", scope="read:notifications")
def unread_groups_count(request: ApiRequest) -> Answer:
    """How many groups have something newer than my marker."""
    sent, read = request.parameters, marker(request.viewer, "notifications")
    most, together = limit(sent, COUNTED, 1000), _grouped_types(sent)
    count = queries.unread_groups(request.viewer, read, _which(sent), most, together)
    return UnreadCount(count=count)


def _grouped_types(sent: Parameters) -> Sequence[str]:
    return sent.texts("grouped_types") if sent.given("grouped_types") else queries.GROUPABLE


def _results(
    viewer: Viewer, entries: Sequence[GroupEntry], partial: bool = False, context: str = ""
) -> GroupedNotificationsResults:
    found = cards.groups(viewer, entries)
    posts = rendered(viewer, list(found.posts.values()), context)
    shown = [one for one in entries if one.newest.post_id is None or one.newest.post_id in posts]
    named = {id for one in shown for id in one.origin_ids}
    # In the frugal form only the latest account of each group is whole.
    whole = {one.newest.origin_id for one in shown} if partial else named
    rest = [found.accounts[id] for id in found.accounts if id in named - whole]
    return GroupedNotificationsResults(
        accounts=[account(card) for id, card in found.accounts.items() if id in whole],
        partial_accounts=[_partial(card) for card in rest] if partial else UNSET,
        statuses=list(posts.values()),
        notification_groups=[_group(one) for one in shown],
    )


def _group(entry: GroupEntry) -> NotificationGroup:
    newest = entry.newest
    return NotificationGroup(
        group_key=entry.key,
        notifications_count=entry.count,
        type=newest.type,
        most_recent_notification_id=newest.id,
        page_min_id=str(entry.oldest_id),
        page_max_id=str(newest.id),
        latest_page_notification_at=moment(newest.created_at),
        sample_account_ids=[str(id) for id in entry.origin_ids],
        status_id=str(newest.post_id) if newest.post_id else UNSET,
    )


def _partial(card: AccountCard) -> PartialAccountWithAvatar:
    avatar = picture(card, "avatar")
    return PartialAccountWithAvatar(
        id=str(card.id),
        acct=card.username,
        url=address(card),
        avatar=avatar,
        avatar_static=avatar,
        locked=card.locked,
        bot=card.bot,
    )


# What is held back.


@endpoint("GET", scope="read:notifications")
def policy(request: ApiRequest) -> Answer:
    """From whom I want to hear."""
    return _policy(queries.policy(request.viewer))


def _set_policy(request: ApiRequest) -> Answer:
    """Decide from whom I want to hear."""
    sent = request.parameters
    given = {name: verdict for name in queries.VERDICTS if (verdict := sent.text(name))}
    actions.set_policy(request.viewer, **given)
    return _policy(queries.policy(request.viewer))


# Mastodon's routes take both for one thing.
set_policy = endpoint("PATCH", scope="write:notifications")(_set_policy)
put_policy = endpoint("PUT", scope="write:notifications")(_set_policy)


@endpoint("GET", scope="read:notifications", deprecated=V2_POLICY)
def v1_policy(request: ApiRequest) -> Answer:
    """The same in the older words: filter, or not."""
    return _v1_policy(queries.policy(request.viewer))


def _set_v1_policy(request: ApiRequest) -> Answer:
    """The same in the older words: filter, or not."""
    flags = {name: request.parameters.flag(old) for old, name in IN_V1.items()}
    given = {
        name: "filter" if flag else "accept" for name, flag in flags.items() if flag is not None
    }
    actions.set_policy(request.viewer, **given)
    return _v1_policy(queries.policy(request.viewer))


set_v1_policy = endpoint("PATCH", scope="write:notifications", deprecated=V2_POLICY)(_set_v1_policy)
put_v1_policy = endpoint("PUT", scope="write:notifications", deprecated=V2_POLICY)(_set_v1_policy)


@endpoint("GET", scope="read:notifications")
def requests(request: ApiRequest) -> Answer:
    """Who waits for me to hear them."""
    asked: Cursor = cursor(request.parameters, SIZE)
    entries = queries.requests(request.viewer, asked)
    shown = _requests(request.viewer, entries)
    ids = [one.id for one in entries]
    return paged(request, shown, listed([(id, id) for id in ids], replace(asked, min_id=None)))


@endpoint("GET", scope="read:notifications")
def show_request(request: ApiRequest, id: int) -> Answer:
    """One who waits."""
    return _requests(request.viewer, [queries.request(request.viewer, id)])[0]


@endpoint("POST", scope="write:notifications")
def accept_request(request: ApiRequest, id: int) -> Answer:
    """Hear from somebody, now and from now on."""
    actions.accept_request(request.viewer, id)
    return None


@endpoint("POST", scope="write:notifications")
def dismiss_request(request: ApiRequest, id: int) -> Answer:
    """Do not hear from somebody until there is something new."""
    actions.dismiss_request(request.viewer, id)
    return None


@endpoint("POST", scope="write:notifications")
def accept_requests(request: ApiRequest) -> Answer:
    """Hear from several."""
    actions.accept_requests(request.viewer, request.parameters.identities("id"))
    return None


@endpoint("POST", scope="write:notifications")
def dismiss_requests(request: ApiRequest) -> Answer:
    """Do not hear from several."""
    actions.dismiss_requests(request.viewer, request.parameters.identities("id"))
    return None


@endpoint("GET", scope="read:notifications")
def merged(request: ApiRequest) -> Answer:
    """Whether what was accepted stands in the inbox: with us, from the moment of accepting."""
    return {"merged": True}


def _policy(entry: PolicyEntry) -> NotificationPolicy:
    return NotificationPolicy(**entry.verdicts, summary=_summary(entry))


def _v1_policy(entry: PolicyEntry) -> V1NotificationPolicy:
    flags: dict[str, Any] = {old: entry.verdicts[name] != "accept" for old, name in IN_V1.items()}
    return V1NotificationPolicy(**flags, summary=_summary(entry))


def _summary(entry: PolicyEntry) -> PolicySummary:
    return PolicySummary(
        pending_requests_count=entry.requests, pending_notifications_count=entry.notifications
    )


def _requests(viewer: Viewer, entries: Sequence[RequestEntry]) -> list[NotificationRequest]:
    found = cards.requests(viewer, entries)
    posts = rendered(viewer, [card.last_post for card in found if card.last_post])
    return [_request(card, posts[card.last_post.id] if card.last_post else UNSET) for card in found]


def _request(card: RequestCard, status: Rendered | UnsetType) -> NotificationRequest:
    return NotificationRequest(
        id=str(card.id),
        created_at=moment(card.created_at),
        updated_at=moment(card.updated_at),
        account=account(card.account),
        notifications_count=str(card.count),
        last_status=status,
    )
