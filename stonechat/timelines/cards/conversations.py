"""Direct exchanges with their people and their last post."""

from __future__ import annotations

from dataclasses import dataclass

from stonechat.audience.viewer import Viewer
from stonechat.core.pages import Cursor
from stonechat.people.cards import AccountCard
from stonechat.people.cards import cards as account_cards
from stonechat.posts.cards import PostCard
from stonechat.posts.cards import cards as post_cards
from stonechat.timelines.queries import Exchange, conversation, conversations


@dataclass(frozen=True, slots=True)
class ConversationCard:
    """One exchange; `people` are the others, or the viewer alone when they talk to themselves."""

    id: int
    unread: bool
    people: tuple[AccountCard, ...]
    post: PostCard


def conversation_cards(viewer: Viewer, cursor: Cursor) -> list[ConversationCard]:
    """The viewer's exchanges, newest first."""
    return _cards(viewer, conversations(viewer, cursor))


def conversation_card(viewer: Viewer, conversation_id: int) -> ConversationCard:
    """One of the viewer's exchanges."""
    found = conversation(viewer, conversation_id)
    return _cards(viewer, [Exchange(found.pk, found.unread, found.last_post_id)])[0]


def _cards(viewer: Viewer, exchanges: list[Exchange]) -> list[ConversationCard]:
    shown = {card.id: card for card in post_cards(viewer, [one.post_id for one in exchanges])}
    others = {id: _others(viewer, card) for id, card in shown.items()}
    accounts = account_cards(viewer, [id for ids in others.values() for id in ids])
    return [
        ConversationCard(
            id=one.id,
            unread=one.unread,
            people=tuple(accounts[id] for id in others[one.post_id] if id in accounts),
            post=shown[one.post_id],
        )
        for one in exchanges
        if one.post_id in shown
    ]


def _others(viewer: Viewer, card: PostCard) -> list[int]:
    everybody = [card.said.author_id, *(person.id for person in card.named)]
    others = [id for id in dict.fromkeys(everybody) if id != viewer.account_id]
    return others or [viewer.account_id]
