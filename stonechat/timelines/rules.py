"""Who may arrange what: everybody their own reading, and nobody another's."""

from __future__ import annotations

from stonechat.audience.viewer import Viewer
from stonechat.timelines.models import Conversation, Filter, List


def may_arrange(viewer: Viewer) -> bool:
    """Everybody who signed in keeps lists, filters and reading positions."""
    return bool(viewer)


def may_change(viewer: Viewer, own: List | Filter | Conversation) -> bool:
    """What somebody keeps for themselves, only they change."""
    return bool(viewer) and own.account_id == viewer.account_id
