"""How large this server is, as far as whoever asks may know."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from stonechat.audience.viewer import Viewer
from stonechat.people.queries import active_last_month, head_count
from stonechat.posts.queries import post_count


@dataclass(frozen=True)
class Numbers:
    """People, those active during the last month, and posts."""

    people: int = 0
    active: int = 0
    posts: int = 0


def numbers(viewer: Viewer) -> Numbers:
    """Nothing where reading is closed: a count tells what the rows would."""
    if not viewer and not settings.STONECHAT_OPEN_READING:
        return Numbers()
    return Numbers(head_count(), active_last_month(), post_count())
