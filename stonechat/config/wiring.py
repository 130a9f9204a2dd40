"""Three tables: who may refuse (BEFORE), what follows (AFTER), what a room adds below (PARTS)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from stonechat.access import events as access
from stonechat.access.jobs import ask_by_mail
from stonechat.access.reactions import end_access
from stonechat.core.events import Event, Intent
from stonechat.governance import events as house
from stonechat.notifications import events as inbox
from stonechat.notifications import reactions as notifications
from stonechat.people import events as people
from stonechat.people.jobs import look_for_links_back
from stonechat.posts import events as post
from stonechat.posts import reactions as posts
from stonechat.timelines import events as reading
from stonechat.timelines.reactions import file_conversation, forget_reading

BEFORE: dict[type[Intent], list[Callable[[Any], None]]] = {
    post.PublishingPost: [],
}

AFTER: dict[type[Event], list[Callable[[Any], None]]] = {
    people.AccountCreated: [],
    people.ProfileChanged: [look_for_links_back],
    people.PasswordSet: [],
    people.RoleChanged: [],
    people.AccountSuspended: [end_access],
    people.AccountRestored: [],
    people.AccountDeleted: [end_access, forget_reading],
    people.Followed: [notifications.tell],
    people.FollowAccepted: [notifications.tell],
    people.FollowRejected: [notifications.forget],
    people.Unfollowed: [notifications.forget],
    people.Blocked: [],
    people.Unblocked: [],
    people.Muted: [],
    people.Unmuted: [],
    people.NoteWritten: [],
    people.Endorsed: [],
    people.Unendorsed: [],
    people.GroupMade: [],
    people.Joined: [],
    people.JoinAsked: [],
    people.JoinAccepted: [],
    people.Left: [],
    people.HostChanged: [],
    people.NormsChanged: [],
    people.BarrierRaised: [],
    people.BarrierLifted: [],
    people.SegmentMade: [],
    people.SegmentJoined: [],
    people.SegmentLeft: [],
    access.ApplicationRegistered: [],
    access.TokenIssued: [],
    access.TokenRevoked: [],
    access.ConfirmationAsked: [ask_by_mail],
    access.AddressConfirmed: [],
    access.InvitationMade: [],
    access.SignedIn: [],
    post.PostPublished: [
        posts.look_up_link,
        posts.await_end_of_poll,
        notifications.tell,
        file_conversation,
    ],
    post.PostEdited: [
        posts.look_up_link,
        posts.await_end_of_poll,
        notifications.tell,
        file_conversation,
    ],
    post.PostDeleted: [posts.move_files, notifications.forget, file_conversation],
    post.PostBoosted: [notifications.tell],
    post.BoostUndone: [notifications.forget],
    post.PostFavourited: [notifications.tell],
    post.FavouriteUndone: [notifications.forget],
    post.PostPinned: [],
    post.PinUndone: [],
    post.PostQuoted: [],
    post.QuoteRevoked: [],
    post.QuotePolicyChanged: [],
    post.PollClosed: [notifications.tell],
    post.PostBookmarked: [],
    post.BookmarkUndone: [],
    post.ThreadMuted: [],
    post.ThreadUnmuted: [],
    post.PollVoted: [],
    post.CardFetched: [],
    post.MediaUploaded: [posts.make_clip_ready],
    post.MediaDescribed: [],
    post.MediaRemoved: [],
    post.PostScheduled: [posts.await_departure],
    post.ScheduleChanged: [posts.await_departure],
    post.ScheduleCancelled: [],
    post.TagFeatured: [],
    post.TagUnfeatured: [],
    inbox.Told: [],
    inbox.InboxCleared: [],
    inbox.RequestsAccepted: [],
    inbox.NotificationPolicySet: [],
    house.ReportMade: [],
    house.RulesSet: [],
    house.AnnouncementPublished: [],
    house.AnnouncementWithdrawn: [],
    house.AnnouncementDismissed: [],
    house.AnnouncementReacted: [],
    reading.ListMade: [],
    reading.ListChanged: [],
    reading.ListRemoved: [],
    reading.TagFollowed: [],
    reading.TagUnfollowed: [],
    reading.MarkerMoved: [],
    reading.ConversationRead: [],
    reading.ConversationUnread: [],
    reading.ConversationHidden: [],
    reading.FilterMade: [],
    reading.FilterChanged: [],
    reading.FilterRemoved: [],
}

PARTS: list[Any] = []
