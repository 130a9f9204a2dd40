"""What happens to accounts, and between them. Ids only; signals are gone after a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stonechat.core.events import Event
from stonechat.core.models import Fact


@dataclass(frozen=True)
class AccountCreated(Event):
    """An account can be seen from now on."""

    actor_id: int | None
    account_id: int


@dataclass(frozen=True)
class ProfileChanged(Event):
    """What others see of an account has changed."""

    actor_id: int | None
    account_id: int


@dataclass(frozen=True)
class PasswordSet(Event):
    """Somebody signs in with another password from now on."""

    actor_id: int | None
    account_id: int


@dataclass(frozen=True)
class RoleChanged(Event):
    """Somebody may do more, or less, than before."""

    actor_id: int | None
    account_id: int
    role: str


@dataclass(frozen=True)
class AccountSuspended(Event):
    """An account was shut; its posts are not shown."""

    actor_id: int | None
    account_id: int


@dataclass(frozen=True)
class AccountRestored(Event):
    """A suspended account was opened again."""

    actor_id: int | None
    account_id: int


@dataclass(frozen=True)
class AccountDeleted(Event):
    """An account became a tombstone: its handle stays, its words are gone."""

    actor_id: int | None
    account_id: int


@dataclass(frozen=True)
class Followed(Event):
    """The actor follows the target, or has asked to."""

    actor_id: int | None
    target_id: int
    requested: bool


@dataclass(frozen=True)
class FollowAccepted(Event):
    """The actor let somebody follow them."""

    actor_id: int | None
    follower_id: int


@dataclass(frozen=True)
class FollowRejected(Event):
    """The actor turned a request down, or removed a follower."""

    actor_id: int | None
    follower_id: int


@dataclass(frozen=True)
class Unfollowed(Event):
    """The actor follows the target no longer, or took the request back."""

    actor_id: int | None
    target_id: int


@dataclass(frozen=True)
class Blocked(Event):
    """The actor and the target no longer read or reach each other."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
    target_id: int


@dataclass(frozen=True)
class Unblocked(Event):
    """The actor took a block back."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
    target_id: int


@dataclass(frozen=True)
class Muted(Event):
    """The actor does not want to hear from the target."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
    target_id: int


@dataclass(frozen=True)
class Unmuted(Event):
    """The actor hears from the target again."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
    target_id: int


@dataclass(frozen=True)
class NoteWritten(Event):
    """The actor wrote something about the target for themselves."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
    target_id: int


@dataclass(frozen=True)
class Endorsed(Event):
    """The actor shows the target on their own profile."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
    target_id: int


@dataclass(frozen=True)
class Unendorsed(Event):
    """The actor shows the target on their profile no longer."""

    kind: ClassVar[str] = Fact.SIGNAL
    actor_id: int | None
    target_id: int


@dataclass(frozen=True)
class GroupMade(Event):
    """A group exists."""

    actor_id: int | None
    group_id: int


@dataclass(frozen=True)
class Joined(Event):
    """Somebody became a member of a group, by themselves or added by a host."""

    actor_id: int | None
    group_id: int
    account_id: int


@dataclass(frozen=True)
class JoinAsked(Event):
    """The actor asks to be let into a group."""

    actor_id: int | None
    group_id: int


@dataclass(frozen=True)
class JoinAccepted(Event):
    """A host let somebody in who had asked."""

    actor_id: int | None
    group_id: int
    account_id: int


@dataclass(frozen=True)
class Left(Event):
    """Somebody left a group, was removed, or was not let in."""

    actor_id: int | None
    group_id: int
    account_id: int


@dataclass(frozen=True)
class HostChanged(Event):
    """A member became one of a group's hosts, or ceased to be one."""

    actor_id: int | None
    group_id: int
    account_id: int
    host: bool


@dataclass(frozen=True)
class NormsChanged(Event):
    """A group's hosts wrote down anew how it works together."""

    actor_id: int | None
    group_id: int


@dataclass(frozen=True)
class BarrierRaised(Event):
    """Two segments do not see each other from now on."""

    actor_id: int | None
    one_id: int
    other_id: int


@dataclass(frozen=True)
class BarrierLifted(Event):
    """Two segments may see each other again."""

    actor_id: int | None
    one_id: int
    other_id: int


@dataclass(frozen=True)
class SegmentMade(Event):
    """There is a new part of the organisation that walls may stand around."""

    actor_id: int | None
    segment_id: int


@dataclass(frozen=True)
class SegmentJoined(Event):
    """Somebody belongs to a segment."""

    actor_id: int | None
    segment_id: int
    account_id: int


@dataclass(frozen=True)
class SegmentLeft(Event):
    """Somebody does not belong to a segment any more."""

    actor_id: int | None
    segment_id: int
    account_id: int
