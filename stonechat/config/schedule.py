"""What runs by the clock: (name, how often, job); the leader enqueues each when it is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from stonechat.access import jobs as access

SCHEDULE: list[tuple[str, timedelta, Callable[..., None]]] = [
    ("clear_access", timedelta(days=1), access.clear_access),
]
