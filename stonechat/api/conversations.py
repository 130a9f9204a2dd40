"""Conversations: direct exchanges, by their last post."""

from __future__ import annotations

from stonechat.api.accounts import entity as account
from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.others import Conversation
from stonechat.api.paging import cursor, paged
from stonechat.api.rendering import rendered
from stonechat.api.responses import Answer
from stonechat.audience.viewer import Viewer
from stonechat.core.pages import Listed
from stonechat.timelines import actions
from stonechat.timelines.cards import ConversationCard, conversation_card, conversation_cards


def entities(viewer: Viewer, cards: list[ConversationCard]) -> list[Conversation]:
    """Conversations in the order given."""
    posts = rendered(viewer, [card.post for card in cards])
    return [
        Conversation(
            id=str(card.id),
            unread=card.unread,
            accounts=[account(person) for person in card.people],
            last_status=posts[card.post.id],
        )
        for card in cards
    ]


def one(viewer: Viewer, conversation_id: int) -> Conversation:
    """The conversation of an id."""
    return entities(viewer, [conversation_card(viewer, conversation_id)])[0]


@endpoint("GET", scope="read:statuses")
def index(request: ApiRequest) -> Answer:
    """My exchanges; their cursor is the last post."""
    asked = cursor(request.parameters)
    cards = conversation_cards(request.viewer, asked)
    ids = [card.post.id for card in cards]
    page = Listed(ids, ids[0], ids[-1], len(ids) >= asked.limit) if ids else Listed(ids)
    return paged(request, entities(request.viewer, cards), page)


@endpoint("POST", scope="write:conversations")
def read(request: ApiRequest, id: int) -> Answer:
    """I have read it."""
    actions.mark_read(request.viewer, id)
    return one(request.viewer, id)


@endpoint("POST", scope="write:conversations")
def unread(request: ApiRequest, id: int) -> Answer:
    """I want to read it again."""
    actions.mark_unread(request.viewer, id)
    return one(request.viewer, id)


@endpoint("DELETE", scope="write:conversations")
def destroy(request: ApiRequest, id: int) -> Answer:
    """Put it away until something is said in it."""
    actions.hide(request.viewer, id)
    return None
