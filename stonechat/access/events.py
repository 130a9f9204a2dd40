"""What happens to applications, tokens and sign-in."""

from __future__ import annotations

from dataclasses import dataclass

from stonechat.core.events import Event
from stonechat.core.models import Fact


@dataclass(frozen=True)
class ApplicationRegistered(Event):
    """A program made itself known; nobody agreed to anything yet."""

    actor_id: int | None
    application_id: int


@dataclass(frozen=True)
class TokenIssued(Event):
    """A program may act from now on, for a person or (no user) only for itself."""

    actor_id: int | None
    token_id: int
    user_id: int | None
    application_id: int | None


@dataclass(frozen=True)
class TokenRevoked(Event):
    """A token is void: its streams close and its push subscription goes."""

    actor_id: int | None
    token_id: int
    user_id: int | None
    application_id: int | None


@dataclass(frozen=True)
class ConfirmationAsked(Event):
    """Somebody has to show that an e-mail address is theirs."""

    kind = Fact.SIGNAL
    actor_id: int | None
    user_id: int


@dataclass(frozen=True)
class AddressConfirmed(Event):
    """Somebody showed that their e-mail address is theirs."""

    actor_id: int | None
    user_id: int


@dataclass(frozen=True)
class InvitationMade(Event):
    """Somebody may join by a code."""

    actor_id: int | None
    invitation_id: int


@dataclass(frozen=True)
class SignedIn(Event):
    """Somebody came in through a browser; not kept, since nobody's comings are of interest."""

    kind = Fact.SIGNAL
    actor_id: int | None
