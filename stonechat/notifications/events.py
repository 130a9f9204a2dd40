"""What can happen to an inbox. All signals: whom one hears from is nobody else's business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stonechat.core.events import Event
from stonechat.core.models import Fact


@dataclass(frozen=True)
class Told(Event):
    """Something reached inboxes: `notification_ids` lists, in the same order, what each got."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
    account_ids: list[int]
    notification_ids: list[int]


@dataclass(frozen=True)
class InboxCleared(Event):
    """The actor took notifications, or the wish to be heard, out of their inbox."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None


@dataclass(frozen=True)
class RequestsAccepted(Event):
    """The actor wants to hear from these people; what waited is in the inbox now."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
    origin_ids: list[int]


@dataclass(frozen=True)
class NotificationPolicySet(Event):
    """The actor decided anew from whom they want to hear."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
