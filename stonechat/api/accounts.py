"""Accounts: what others see of somebody, and the lists of people that belong to one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext as _
from msgspec import UNSET

from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.accounts import (
    AccountMine,
    AccountShared,
    Field,
)
from stonechat.api.entities.encoding import (
    Entity,
    Rendered,
    date,
    encode,
    join,
    midnight,
    moment,
)
from stonechat.api.errors import ApiError
from stonechat.api.paging import cursor, limit, offset, paged
from stonechat.api.responses import Answer
from stonechat.audience.viewer import Viewer
from stonechat.core import faces, files
from stonechat.core.cache import Newest
from stonechat.people import queries
from stonechat.people.cards import AccountCard, card, cards

MOST_AT_ONCE = 40  # accounts asked for by id
SIZE = 40  # of a page of accounts, as Mastodon has it
# Rendered once for all viewers; the key holds the day, since addresses of files turn with it.
_shared: Newest[tuple[int, int, bool, int], bytes] = Newest(20_000)


# From cards to entities.


def entity(card: AccountCard, mine: Entity | None = None) -> Rendered:
    """An account; `mine` replaces the viewer's part where it says more."""
    return msgspec.Raw(join(_shared_part(card), encode(mine or AccountMine(**counts(card)))))


def entities(viewer: Viewer, ids: Iterable[int]) -> list[Rendered]:
    """Accounts in the order asked; those not seen are left out."""
    return [entity(one) for one in cards(viewer, ids).values()]


def counts(card: AccountCard) -> dict[str, Any]:
    """What differs from viewer to viewer."""
    return {
        "statuses_count": card.statuses_count,
        "followers_count": card.followers_count,
        "following_count": card.following_count,
        "last_status_at": date(card.last_status_at) if card.last_status_at else None,
    }


def address(card: AccountCard) -> str:
    """Somebody's page."""
    return f"{settings.STONECHAT_URL}/@{card.username}"


def picture(card: AccountCard, kind: str) -> str:
    """The address of an avatar or header; of the one that stands for it where there is none."""
    if name := getattr(card, kind):
        return f"{settings.STONECHAT_URL}/media/{files.signed(name)}"
    if kind == "avatar":
        return settings.STONECHAT_URL + faces.address(card.kind, card.name, card.id, ".png")
    return settings.STONECHAT_URL + static("api/header.png")


def _shared_part(card: AccountCard) -> bytes:
    key = (card.id, card.revision, card.suspended, files.period())
    kept = _shared.get(key)
    if kept is None:
        kept = encode(_shared_entity(card))
        _shared.put(key, kept)
    return kept


def _shared_entity(card: AccountCard) -> AccountShared:
    avatar, header = picture(card, "avatar"), picture(card, "header")
    return AccountShared(
        id=str(card.id),
        username=card.username,
        acct=card.username,
        url=address(card),
        uri=address(card),
        display_name=card.display_name,
        note=card.note_html,
        avatar=avatar,
        avatar_static=avatar,
        avatar_description=card.avatar_description,
        header=header,
        header_static=header,
        header_description=card.header_description,
        created_at=midnight(card.created_at),
        locked=card.locked,
        fields=profile_fields(card),
        bot=card.bot,
        group=card.group,
        discoverable=card.discoverable,
        indexable=card.indexable,
        hide_collections=card.hide_collections,
        suspended=True if card.suspended else UNSET,
    )


def profile_fields(card: AccountCard, *, plain: bool = False) -> list[Field]:
    """The rows of a profile, as HTML or as they were typed."""
    return [
        Field(
            name=one.name,
            value=one.value if plain else one.html,
            verified_at=moment(one.verified_at) if one.verified_at else None,
        )
        for one in card.fields
    ]


# Endpoints.


@endpoint("GET", scope="read:accounts", public=True)
def show(request: ApiRequest, id: int) -> Answer:
    """One account."""
    return entity(card(request.viewer, id))


@endpoint("GET", scope="read:accounts", public=True)
def index(request: ApiRequest) -> Answer:
    """Several accounts by id; unknown ones are left out."""
    ids = request.parameters.identities("id")
    if len(ids) > MOST_AT_ONCE:
        raise ApiError(422, _("Ask for at most %d accounts at once.") % MOST_AT_ONCE)
    return entities(request.viewer, ids)


@endpoint("GET", scope="read:accounts", public=True)
def lookup(request: ApiRequest) -> Answer:
    """One account by its handle."""
    found = queries.by_handle(request.viewer, request.parameters.text("acct", ""))
    return entity(card(request.viewer, found.pk))


@endpoint("GET", scope="read:accounts")
def search(request: ApiRequest) -> Answer:
    """Accounts by handle, name, unit or title."""
    sent = request.parameters
    ids = queries.search(
        request.viewer,
        sent.text("q", ""),
        limit=limit(sent, SIZE),
        offset=offset(sent),
        following=sent.flag("following", False),
    )
    return entities(request.viewer, ids)


@endpoint("GET", scope="read:accounts", public=True)
def followers(request: ApiRequest, id: int) -> Answer:
    """Who follows somebody."""
    found = queries.followers(request.viewer, id, cursor(request.parameters, SIZE))
    return paged(request, entities(request.viewer, found.items), found)


@endpoint("GET", scope="read:accounts", public=True)
def following(request: ApiRequest, id: int) -> Answer:
    """Whom somebody follows."""
    found = queries.following(request.viewer, id, cursor(request.parameters, SIZE))
    return paged(request, entities(request.viewer, found.items), found)


@endpoint("GET", scope="read:accounts", public=True)
def endorsements(request: ApiRequest, id: int) -> Answer:
    """Whom somebody shows on their profile."""
    found = queries.endorsements(request.viewer, id, cursor(request.parameters, SIZE))
    return paged(request, entities(request.viewer, found.items), found, "since_id")


@endpoint("GET", public=True)
def directory(request: ApiRequest) -> Answer:
    """Everybody who wants to be found; all of them are local."""
    sent = request.parameters
    ids = queries.directory(
        request.viewer,
        order=sent.choice("order", ["active", "new"], "active"),
        offset=offset(sent),
        limit=limit(sent, SIZE),
    )
    return entities(request.viewer, ids)
