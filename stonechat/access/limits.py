"""How often something may be tried: counted in the database, so that all processes count as one.

A file of its own kind, since a count is no action: a try that was refused must stay counted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stonechat.access.models import Attempt
from stonechat.core import clock

FAR_ABOVE = 1_000_000  # counts nobody reaches: the column holds two thousand times more


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a limit until `reset` (aware, UTC)."""

    limit: int
    remaining: int
    reset: datetime


class TooMany(Exception):
    """Too often (429); the text says when to come back, `left` what the headers say."""

    def __init__(self, left: Left) -> None:
        self.left = left
        minutes = max(1, math.ceil((left.reset - clock.now()).total_seconds() / 60))
        wait = ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
        super().__init__(_("That was too often. Please try again in %(wait)s.") % {"wait": wait})


def spend(bucket: str, who: str, limit: int, seconds: int) -> Left:
    """Count one try of `who` in this window of so many seconds; raises `TooMany` above the limit.

    Call it before the action and outside its transaction, or a refusal would take the count back.
    """
    window = _window(seconds)
    reset = window + timedelta(seconds=seconds)
    if not settings.STONECHAT_RATE_LIMITS:
        return Left(limit, limit, reset)
    used = use(f"{bucket}:{who}", seconds, at_most=limit)
    left = Left(limit, max(0, limit - used), reset)
    if used > limit:
        raise TooMany(left)
    return left


def use(key: str, seconds: int, at_most: int = FAR_ABOVE) -> int:
    """Count one use in windows aligned to the clock; how many there were, this one included.

    Above `at_most` nothing is written any more, so that a flood costs reads only.
    """
    row = Attempt.objects.filter(key=_hash(key), window=_window(seconds))
    used = row.values_list("count", flat=True).first() or 0
    if used > at_most:
        return used
    with transaction.atomic():
        if not row.update(count=F("count") + 1):
            _begin(_hash(key), _window(seconds))
        return row.values_list("count", flat=True).get()


def _begin(key: str, window: datetime) -> None:
    """The window's first row, or one more use where another process was faster."""
    try:
        with transaction.atomic():
            Attempt.objects.create(key=key, window=window)
    except IntegrityError:
        Attempt.objects.filter(key=key, window=window).update(count=F("count") + 1)


def _window(seconds: int) -> datetime:
    now = int(clock.now().timestamp())
    return datetime.fromtimestamp(now - now % seconds, UTC)


def _hash(key: str) -> str:
    """A keyed hash: the table tells nobody who tried what."""
    return salted_hmac("stonechat.access.limits", key, algorithm="sha256").hexdigest()


def place(address: str) -> str:
    """The network address that a limit counts: of IPv6 the /64, which one household has whole."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return parsed.exploded[:19]
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
