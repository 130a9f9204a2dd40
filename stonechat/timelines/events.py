"""What somebody changes in how they read: signals, for nobody else's eyes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stonechat.core.events import Event
from stonechat.core.models import Fact


@dataclass(frozen=True)
class ReadingEvent(Event):
    """Abstract: somebody arranged their own reading."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None


@dataclass(frozen=True)
class ListMade(ReadingEvent):
    """Somebody made a list."""

    list_id: int


@dataclass(frozen=True)
class ListChanged(ReadingEvent):
    """A list's title or policy, or who is in it, is another now."""

    list_id: int


@dataclass(frozen=True)
class ListRemoved(ReadingEvent):
    """Somebody threw a list away."""

    list_id: int


@dataclass(frozen=True)
class TagFollowed(ReadingEvent):
    """A tag's posts come home."""

    tag_id: int


@dataclass(frozen=True)
class TagUnfollowed(ReadingEvent):
    """A tag's posts come home no longer."""

    tag_id: int


@dataclass(frozen=True)
class MarkerMoved(ReadingEvent):
    """Somebody read on."""

    marker_id: int


@dataclass(frozen=True)
class ConversationRead(ReadingEvent):
    """Somebody has read an exchange to its end."""

    conversation_id: int


@dataclass(frozen=True)
class ConversationUnread(ReadingEvent):
    """Somebody wants to read an exchange again."""

    conversation_id: int


@dataclass(frozen=True)
class ConversationHidden(ReadingEvent):
    """Somebody put an exchange away until something is said in it."""

    conversation_id: int


@dataclass(frozen=True)
class FilterMade(ReadingEvent):
    """Somebody does not want to see certain words or posts."""

    filter_id: int


@dataclass(frozen=True)
class FilterChanged(ReadingEvent):
    """A filter, its words or its posts are others now."""

    filter_id: int


@dataclass(frozen=True)
class FilterRemoved(ReadingEvent):
    """Somebody wants to see those words and posts again."""

    filter_id: int
