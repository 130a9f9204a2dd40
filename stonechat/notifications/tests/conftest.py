"""What a test of an inbox looks at: (why, by whom, about which post), newest first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stonechat.audience.viewer import Viewer
from stonechat.core.pages import Cursor
from stonechat.notifications import queries
from stonechat.posts.models import Post

Line = tuple[str, int, int | None]


@pytest.fixture
def inbox(lead: Callable[[], None]) -> Callable[[Viewer], list[Line]]:
    """Everything somebody finds once the leader has done its work."""

    def look(viewer: Viewer) -> list[Line]:
        lead()
        entries = queries.inbox(viewer, Cursor(limit=40))
        return [(one.type, one.origin_id, one.post_id) for one in entries]

    return look


@pytest.fixture
def line() -> Callable[..., Line]:
    """`line("mention", alice, post)` is what `inbox` shows."""

    def make(kind: str, origin: Viewer, post: Post | None = None) -> Line:
        return (kind, origin.account_id, post.pk if post else None)

    return make
