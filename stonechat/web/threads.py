"""A conversation as a tree that stays readable on a phone: three levels, deeper ones flat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from stonechat.posts.cards import PostCard

LEVELS = 3  # of replies; what answers the third stands beside it and says whom it answers
SHOWN = 5  # branches; more are folded


@dataclass(slots=True)
class Branch:
    """A reply and what answers it; `to` is the card it answers, where the place does not say."""

    card: PostCard
    to: PostCard | None = None
    replies: list[Branch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    """The replies to one post."""

    branches: list[Branch]

    @property
    def shown(self) -> list[Branch]:
        return self.branches[:SHOWN]

    @property
    def folded(self) -> list[Branch]:
        return self.branches[SHOWN:]


def tree(replies: Iterable[PostCard]) -> Tree:
    """From replies in depth-first order, each after the one it answers."""
    top: list[Branch] = []
    places: dict[int | None, tuple[list[Branch], int, PostCard | None]] = {}
    for card in replies:
        beside, level, to = places.get(card.said.in_reply_to_id, (top, 1, None))
        branch = Branch(card, to)
        beside.append(branch)
        below = (branch.replies, level + 1, None) if level < LEVELS else (beside, level, card)
        places[card.id] = below
    return Tree(top)
