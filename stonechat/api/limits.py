"""How often a client may ask: reading is counted in this process, writing by `access.limits`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from stonechat.access.limits import Left, TooMany, place
from stonechat.access.limits import spend as spend_in_database
from stonechat.core import clock

if TYPE_CHECKING:
    from stonechat.access.queries import Access


@dataclass(frozen=True)
class Limit:
    """At most so many requests in so many seconds; the numbers are Mastodon's."""

    name: str
    most: int
    seconds: int


# Reading, counted per process.
BY_TOKEN = Limit("token", 300, 300)
BY_PERSON = Limit("person", 1500, 300)
BY_ADDRESS = Limit("address", 300, 300)
PAGING = Limit("paging", 300, 900)
# Writing: an endpoint names its family, which is counted in the database.
POSTING = Limit("posting", 300, 10_800)
FOLLOWING = Limit("following", 400, 86_400)
REPORTING = Limit("reporting", 400, 86_400)
UPLOADING = Limit("uploading", 30, 1_800)
DELETING = Limit("deleting", 30, 1_800)
SIGNING_UP = Limit("signing-up", 5, 1_800)
REGISTERING = Limit("registering", 5, 600)

PAGING_PARAMETERS = ("max_id=", "min_id=", "since_id=")


class ProcessCounts:
    """Uses per key, in windows aligned to the clock; a window that is over is forgotten.

    Each of `workers` processes sees its share of the requests, so one use here stands for as many.
    """

    def __init__(self) -> None:
        self.workers = 1
        self._windows: dict[Limit, tuple[int, dict[str, int]]] = {}

    def use(self, limit: Limit, key: str) -> Left:
        """Count one request; raises `TooMany` above the limit."""
        window, counts = self._current(limit)
        counts[key] = counts.get(key, 0) + 1
        used = counts[key] * self.workers
        reset = datetime.fromtimestamp((window + 1) * limit.seconds, UTC)
        left = Left(limit.most, max(0, limit.most - used), reset)
        if used > limit.most:
            raise TooMany(left)
        return left

    def forget(self) -> None:
        """Start anew, as a new process does."""
        self._windows.clear()

    def _current(self, limit: Limit) -> tuple[int, dict[str, int]]:
        window = int(clock.now().timestamp()) // limit.seconds
        kept = self._windows.get(limit)
        if kept is None or kept[0] != window:
            kept = self._windows[limit] = (window, {})
        return kept


reading = ProcessCounts()


def share(workers: int) -> None:
    """Say, before the fork, between how many processes the reading limits are divided."""
    reading.workers = workers


def spend(request: HttpRequest, access: Access | None) -> None:
    """Count a request by token and person, or by address; raises `TooMany`."""
    if settings.STONECHAT_RATE_LIMITS:
        lefts = [reading.use(limit, key) for limit, key in _readings(request, access)]
        keep(request, min(lefts, key=lambda left: left.remaining))


def spend_family(request: HttpRequest, access: Access | None, family: Limit) -> None:
    """Count a write for all processes and nodes at once; raises `TooMany`."""
    if settings.STONECHAT_RATE_LIMITS:
        who = _who(request, access)
        keep(request, spend_in_database(f"api:{family.name}", who, family.most, family.seconds))


def keep(request: HttpRequest, left: Left) -> None:
    """Remember for `show` what the limit that was counted last left."""
    request.__dict__["left"] = left


def show(request: HttpRequest, response: HttpResponseBase) -> None:
    """Tell the client where it stands; nothing while limits are off."""
    left: Left | None = request.__dict__.get("left")
    if left is not None:
        response.headers["X-RateLimit-Limit"] = str(left.limit)
        response.headers["X-RateLimit-Remaining"] = str(left.remaining)
        response.headers["X-RateLimit-Reset"] = left.reset.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _readings(request: HttpRequest, access: Access | None) -> list[tuple[Limit, str]]:
    if access is None:
        return [(BY_ADDRESS, _who(request, access))]
    counted = [(BY_TOKEN, str(access.token_id))]
    if access.account_id is not None:
        counted.append((BY_PERSON, str(access.account_id)))
    if any(name in request.META.get("QUERY_STRING", "") for name in PAGING_PARAMETERS):
        counted.append((PAGING, _who(request, access)))
    return counted


def _who(request: HttpRequest, access: Access | None) -> str:
    """A person by their account; a client that acts for nobody by its network address."""
    if access is not None and access.account_id is not None:
        return str(access.account_id)
    return place(request.META.get("REMOTE_ADDR", ""))
