"""Who may do what with notifications: an inbox is its owner's alone."""

from __future__ import annotations

from stonechat.audience.viewer import Viewer


def may_keep_inbox(viewer: Viewer) -> bool:
    """Everybody who signed in has an inbox of their own."""
    return bool(viewer)
