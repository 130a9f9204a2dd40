"""What people do with posts."""

from stonechat.posts.actions._words import PollWords
from stonechat.posts.actions.deleting import delete
from stonechat.posts.actions.editing import edit, set_quote_policy
from stonechat.posts.actions.marks import (
    bookmark,
    boost,
    favourite,
    feature_tag,
    mute_thread,
    pin,
    unbookmark,
    unboost,
    unfavourite,
    unfeature_tag,
    unmute_thread,
    unpin,
)
from stonechat.posts.actions.polls import vote
from stonechat.posts.actions.publishing import publish
from stonechat.posts.actions.quotes import revoke_quote
from stonechat.posts.actions.scheduling import cancel, reschedule, schedule
from stonechat.posts.actions.uploads import describe, remove_upload, upload

__all__ = [
    "PollWords",
    "bookmark",
    "boost",
    "cancel",
    "delete",
    "describe",
    "edit",
    "favourite",
    "feature_tag",
    "mute_thread",
    "pin",
    "publish",
    "remove_upload",
    "reschedule",
    "revoke_quote",
    "schedule",
    "set_quote_policy",
    "unbookmark",
    "unboost",
    "unfavourite",
    "unfeature_tag",
    "unmute_thread",
    "unpin",
    "upload",
    "vote",
]
