"""The post, its versions, and everything that hangs on it."""

from stonechat.posts.models.attachments import LinkCard, Media
from stonechat.posts.models.marks import Bookmark, Favourite, Pin, ThreadMute
from stonechat.posts.models.polls import Ballot, Poll
from stonechat.posts.models.posts import Intent, Mention, Post, QuotePolicy, QuoteState, Version
from stonechat.posts.models.tags import FeaturedTag, Tag, Tagging
from stonechat.posts.models.waiting import Idempotency, Scheduled

__all__ = [
    "Ballot",
    "Bookmark",
    "Favourite",
    "FeaturedTag",
    "Idempotency",
    "Intent",
    "LinkCard",
    "Media",
    "Mention",
    "Pin",
    "Poll",
    "Post",
    "QuotePolicy",
    "QuoteState",
    "Scheduled",
    "Tag",
    "Tagging",
    "ThreadMute",
    "Version",
]
