"""What happens in the governance of the house. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stonechat.core.events import Event
from stonechat.core.models import Fact


@dataclass(frozen=True)
class ReportMade(Event):
    """Somebody asks the monitors to look at an account, or at some of its posts."""

    actor_id: int | None
    report_id: int


@dataclass(frozen=True)
class RulesSet(Event):
    """The rules of the house were written anew."""

    actor_id: int | None


@dataclass(frozen=True)
class AnnouncementPublished(Event):
    """Something is announced to everybody inside."""

    actor_id: int | None
    announcement_id: int


@dataclass(frozen=True)
class AnnouncementWithdrawn(Event):
    """An announcement is shown no longer."""

    actor_id: int | None
    announcement_id: int


@dataclass(frozen=True)
class AnnouncementDismissed(Event):
    """The actor has read an announcement."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
    announcement_id: int


@dataclass(frozen=True)
class AnnouncementReacted(Event):
    """The actor answered an announcement with an emoji, or took that back."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
    announcement_id: int
