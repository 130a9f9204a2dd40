"""What runs by the clock: (name, how often, job); the leader enqueues each when it is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from stonechat.access import jobs as access
from stonechat.core import journal
from stonechat.posts import jobs as posts

SCHEDULE: list[tuple[str, timedelta, Callable[..., None]]] = [
    ("forget_signals", timedelta(hours=1), journal.forget_signals),
    ("clear_unused", timedelta(hours=1), posts.clear_unused),
    ("clear_access", timedelta(days=1), access.clear_access),
]
