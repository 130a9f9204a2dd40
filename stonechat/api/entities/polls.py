"""Polls, as one viewer sees them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET, UnsetType

from stonechat.api.entities.encoding import Entity, Moment
from stonechat.api.entities.media import CustomEmoji


class PollOption(Entity, kw_only=True, frozen=True):
    """One choice; `votes_count` is null while totals are hidden."""

    title: str
    votes_count: int | None


class Poll(Entity, kw_only=True, frozen=True):
    """A question with choices; `voters_count` is null unless several may be chosen.

    `voted` and `own_votes` (positions of my choices) only with a token.
    """

    id: str
    expires_at: Moment | None
    expired: bool
    multiple: bool
    votes_count: int
    voters_count: int | None
    options: Sequence[PollOption]
    emojis: Sequence[CustomEmoji] = ()
    voted: bool | UnsetType = UNSET
    own_votes: Sequence[int] | UnsetType = UNSET
