"""Lists: people whom I read apart."""

from __future__ import annotations

from stonechat.api.accounts import SIZE, entities
from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.others import List
from stonechat.api.paging import cursor, paged
from stonechat.api.responses import Answer
from stonechat.timelines import actions, queries
from stonechat.timelines.cards import ListCard, list_card, list_cards, list_cards_with


def entity(card: ListCard) -> List:
    """A list."""
    return List(
        id=str(card.id),
        title=card.title,
        replies_policy=card.replies_policy,
        exclusive=card.exclusive,
    )


@endpoint("GET", scope="read:lists")
def index(request: ApiRequest) -> Answer:
    """My lists."""
    return [entity(card) for card in list_cards(request.viewer)]


@endpoint("GET", scope="read:lists")
def show(request: ApiRequest, id: int) -> Answer:
    """One of them."""
    return entity(list_card(request.viewer, id))


@endpoint("POST", scope="write:lists")
def create(request: ApiRequest) -> Answer:
    """Make one."""
    sent = request.parameters
    made = actions.make_list(
        request.viewer,
        sent.text("title", ""),
        replies_policy=sent.text("replies_policy") or "list",
        exclusive=sent.flag("exclusive", False),
    )
    return entity(list_card(request.viewer, made.pk))


@endpoint("PUT", scope="write:lists")
def update(request: ApiRequest, id: int) -> Answer:
    """Change what is given."""
    sent = request.parameters
    actions.change_list(
        request.viewer,
        id,
        title=sent.text("title"),
        replies_policy=sent.text("replies_policy") or None,
        exclusive=sent.flag("exclusive"),
    )
    return entity(list_card(request.viewer, id))


@endpoint("DELETE", scope="write:lists")
def destroy(request: ApiRequest, id: int) -> Answer:
    """Throw one away."""
    actions.remove_list(request.viewer, id)
    return None


@endpoint("GET", scope="read:lists")
def accounts(request: ApiRequest, id: int) -> Answer:
    """Who is in it; a limit of 0 is everybody."""
    found = queries.accounts_in_list(request.viewer, id, cursor(request.parameters, SIZE))
    return paged(request, entities(request.viewer, found.items), found)


@endpoint("POST", scope="write:lists")
def add_accounts(request: ApiRequest, id: int) -> Answer:
    """Put people into it whom I follow."""
    request.parameters.require("account_ids")
    actions.add_to_list(request.viewer, id, request.parameters.identities("account_ids"))
    return None


@endpoint("DELETE", scope="write:lists")
def remove_accounts(request: ApiRequest, id: int) -> Answer:
    """Take people out of it."""
    request.parameters.require("account_ids")
    actions.remove_from_list(request.viewer, id, request.parameters.identities("account_ids"))
    return None


@endpoint("GET", scope="read:lists")
def of_account(request: ApiRequest, id: int) -> Answer:
    """My lists that hold somebody."""
    return [entity(card) for card in list_cards_with(request.viewer, id)]
