"""What can happen to a post. Ids only; trail facts stay, signals are gone after a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stonechat.core.events import Event, Intent
from stonechat.core.models import Fact


@dataclass(frozen=True)
class PublishingPost(Intent):
    """Somebody is about to publish or edit: policies and leak detection may refuse."""

    actor_id: int
    text: str
    spoiler: str
    audience: str
    group_id: int | None
    media_ids: list[int]


@dataclass(frozen=True)
class PostEvent(Event):
    """Abstract: something happened to one post."""

    actor_id: int | None
    post_id: int


@dataclass(frozen=True)
class PostPublished(PostEvent):
    """A post left: everyone who may see it can."""


@dataclass(frozen=True)
class PostEdited(PostEvent):
    """A post has a new version; the older ones stay."""


@dataclass(frozen=True)
class PostDeleted(PostEvent):
    """A post became a tombstone."""


@dataclass(frozen=True)
class PostBoosted(PostEvent):
    """Somebody passed a post on; `boost_id` is the wrapper."""

    boost_id: int


@dataclass(frozen=True)
class BoostUndone(PostEvent):
    """A boost was taken back."""

    boost_id: int


@dataclass(frozen=True)
class PostFavourited(PostEvent):
    """Somebody likes a post."""


@dataclass(frozen=True)
class FavouriteUndone(PostEvent):
    """Somebody took a like back."""


@dataclass(frozen=True)
class PostPinned(PostEvent):
    """A post stands first on its author's profile."""


@dataclass(frozen=True)
class PinUndone(PostEvent):
    """A post no longer stands first."""


@dataclass(frozen=True)
class PostQuoted(PostEvent):
    """`quoting_id` quotes the post."""

    quoting_id: int


@dataclass(frozen=True)
class QuoteRevoked(PostEvent):
    """The author withdrew their post from `quoting_id`."""

    quoting_id: int


@dataclass(frozen=True)
class QuotePolicyChanged(PostEvent):
    """Who may quote a post was changed."""


@dataclass(frozen=True)
class PollClosed(PostEvent):
    """A poll's time is over."""


@dataclass(frozen=True)
class PostBookmarked(PostEvent):
    """Somebody keeps a post for themselves."""

    kind: ClassVar[str] = Fact.SIGNAL


@dataclass(frozen=True)
class BookmarkUndone(PostEvent):
    """Somebody no longer keeps a post."""

    kind: ClassVar[str] = Fact.SIGNAL


@dataclass(frozen=True)
class ThreadMuted(PostEvent):
    """Somebody wants to hear no more of a thread."""

    kind: ClassVar[str] = Fact.SIGNAL


@dataclass(frozen=True)
class ThreadUnmuted(PostEvent):
    """Somebody wants to hear of a thread again."""

    kind: ClassVar[str] = Fact.SIGNAL


@dataclass(frozen=True)
class PollVoted(PostEvent):
    """Somebody voted; a signal, so that the journal keeps no ballots."""

    kind: ClassVar[str] = Fact.SIGNAL


@dataclass(frozen=True)
class CardFetched(PostEvent):
    """The page a post links to was looked up."""

    kind: ClassVar[str] = Fact.SIGNAL


@dataclass(frozen=True)
class MediaUploaded(Event):
    """Somebody uploaded a file; nobody else can see it yet."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
    media_id: int


@dataclass(frozen=True)
class MediaDescribed(Event):
    """The description or focus of an upload was changed."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
    media_id: int


@dataclass(frozen=True)
class MediaRemoved(Event):
    """An upload was thrown away before it was used."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
    media_id: int


@dataclass(frozen=True)
class PostScheduled(Event):
    """A post waits for its time."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
    scheduled_id: int


@dataclass(frozen=True)
class ScheduleChanged(Event):
    """A waiting post got another time."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
    scheduled_id: int


@dataclass(frozen=True)
class ScheduleCancelled(Event):
    """A waiting post will not leave."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
    scheduled_id: int


@dataclass(frozen=True)
class TagFeatured(Event):
    """Somebody shows a tag on their profile."""

    actor_id: int | None
    tag_id: int


@dataclass(frozen=True)
class TagUnfeatured(Event):
    """Somebody no longer shows a tag on their profile."""

    actor_id: int | None
    tag_id: int
