"""Direct exchanges, one row for each who takes part."""

from __future__ import annotations

from dataclasses import dataclass

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import posts
from stonechat.core.pages import Cursor, newest_first, page
from stonechat.timelines.models import Conversation


@dataclass(frozen=True, slots=True)
class Exchange:
    """A conversation by ids; `post_id` is what was said last."""

    id: int
    unread: bool
    post_id: int


def conversations(viewer: Viewer, cursor: Cursor) -> list[Exchange]:
    """The viewer's exchanges by their last post, newest first.

    One whose last post they may no longer read (a new block, a barrier) is left out.
    """
    mine = Conversation.objects.filter(
        account_id=viewer.account_id, hidden=False, last_post__in=posts(viewer)
    )
    rows = page(mine, cursor, by="last_post_id").values_list("pk", "unread", "last_post_id")
    return [Exchange(*row) for row in newest_first(list(rows), cursor)]


def conversation(viewer: Viewer, conversation_id: int) -> Conversation:
    """One of the viewer's exchanges, if they may still read it."""
    mine = Conversation.objects.filter(account_id=viewer.account_id, last_post__in=posts(viewer))
    return mine.get(pk=conversation_id)
