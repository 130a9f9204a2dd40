"""From cards to entities: the shared part of a post rendered once, the viewer's part spliced in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django.conf import settings
from msgspec import UNSET

from stonechat.api.accounts import entity as account
from stonechat.api.entities.encoding import Rendered, encode, join, moment
from stonechat.api.entities.filters import FilterResult
from stonechat.api.entities.media import MediaAttachment, MediaMeta, PreviewCard
from stonechat.api.entities.polls import Poll, PollOption
from stonechat.api.entities.statuses import (
    Mention,
    Quote,
    QuoteApproval,
    ShallowQuote,
    StatusApplication,
    StatusMine,
    StatusShared,
)
from stonechat.api.entities.tags import ShallowTag
from stonechat.api.filters import results
from stonechat.audience.viewer import Viewer
from stonechat.core import clock, files
from stonechat.core.cache import Newest
from stonechat.posts.cards import (
    LinkCard,
    MediaCard,
    Named,
    PollCard,
    PostCard,
    QuoteCard,
    Said,
    cards,
)
from stonechat.timelines.queries import Match, matches

VISIBILITY = {
    "organisation": "public",
    "unlisted": "unlisted",
    "followers": "private",
    "group": "private",
    "direct": "direct",
}
AUDIENCE = {
    "public": "organisation",
    "unlisted": "unlisted",
    "private": "followers",
    "direct": "direct",
}
QUOTE_STATES = {"revoked": "revoked", "accepted": "accepted", "unauthorized": "unauthorized"}

# Rendered once for all viewers; the key holds the day, since addresses of files turn with it.
_shared: Newest[tuple[int, int, int], bytes] = Newest(20_000)


# Where a filter that hides leaves nothing; elsewhere clients show that something was hidden.
HIDING = {"home", "notifications"}


def statuses(viewer: Viewer, ids: list[int], context: str = "") -> list[Rendered]:
    """Posts as entities, in the order asked; those not seen are left out.

    `context` says where they will stand, in the words of filters (home, notifications, public,
    thread, account); the viewer's filters take what they hide out of home and notifications.
    """
    return list(rendered(viewer, cards(viewer, ids), context).values())


def rendered(viewer: Viewer, shown: Sequence[PostCard], context: str = "") -> dict[int, Rendered]:
    """Posts as entities by id, in the order given, with what the viewer's filters say of them."""
    found = matches(viewer, shown)
    hidden = {id for id, each in found.items() if context in HIDING and _hide(each, context)}
    return {
        card.id: status(viewer, card, results(found.get(card.id, ())))
        for card in shown
        if card.id not in hidden
    }


def _hide(found: Iterable[Match], context: str) -> bool:
    return any(match.filter.hides(context) for match in found)


def status(
    viewer: Viewer, card: PostCard, filtered: Iterable[FilterResult] = (), **extra: Any
) -> Rendered:
    """One post as its entity; `extra` are further keys of the viewer's part."""
    shared = _shared_part(card)
    return msgspec.Raw(join(shared, encode(_mine(viewer, card, list(filtered), extra))))


def _shared_part(card: PostCard) -> bytes:
    said = card.said
    if card.boost_of is not None or card.html is not said.html:
        return encode(_shared_entity(card))
    key = (said.id, said.revision, files.period())
    kept = _shared.get(key)
    if kept is None:
        kept = encode(_shared_entity(card))
        _shared.put(key, kept)
    return kept


def _shared_entity(card: PostCard) -> StatusShared:
    """A boost shows the words of what it passes on, as Mastodon's wrappers do."""
    said, words = card.said, card.words
    address = f"{settings.STONECHAT_URL}/@{card.author.username}/{said.id}"
    return StatusShared(
        id=str(said.id),
        uri=address,
        url=address,
        created_at=moment(said.created_at),
        edited_at=moment(said.edited_at) if said.edited_at else None,
        content=words.html,
        visibility=VISIBILITY[said.audience],
        sensitive=words.said.sensitive,
        spoiler_text=words.said.spoiler,
        language=words.said.language or None,
        media_attachments=[media(one) for one in words.said.media],
        tags=[tag(name) for name, _ in words.said.tags],
        card=link_card(words.said.link) if words.said.link else None,
        application=_application(said),
    )


def _application(said: Said) -> Any:
    if said.application is None:
        return UNSET
    return StatusApplication(name=said.application, website=said.website or None)


def _mine(
    viewer: Viewer, card: PostCard, filtered: list[FilterResult], extra: dict[str, Any]
) -> StatusMine:
    words = card.words
    own = card.said.author_id == viewer.account_id
    pinnable = own and card.boost_of is None and card.said.audience != "direct"
    signed_in: dict[str, Any] = {
        "favourited": words.favourited,
        "reblogged": words.boosted,
        "muted": words.muted,
        "bookmarked": words.bookmarked,
        "filtered": filtered,
        "pinned": card.pinned if pinnable else UNSET,
    }
    return StatusMine(
        account=account(card.author),
        mentions=[mention(one) for one in words.named],
        reblogs_count=words.counts.boosts,
        favourites_count=words.counts.favourites,
        replies_count=words.counts.replies,
        quotes_count=words.counts.quotes,
        in_reply_to_id=_id(card.said.in_reply_to_id),
        in_reply_to_account_id=_id(card.said.in_reply_to_account_id),
        reblog=status(viewer, card.boost_of, filtered) if card.boost_of else None,
        poll=poll(viewer, words.poll) if words.poll else None,
        quote=_quote(viewer, words.quote),
        quote_approval=_approval(viewer, card),
        **(signed_in if viewer else {}),
        **extra,
    )


def _id(value: int | None) -> str | None:
    return None if value is None else str(value)


def _quote(viewer: Viewer, quote: QuoteCard | None) -> Quote | ShallowQuote | None:
    if quote is None:
        return None
    state = QUOTE_STATES[quote.state]
    if quote.post is None and quote.id is not None:
        return ShallowQuote(state=state, quoted_status_id=str(quote.id))
    return Quote(state=state, quoted_status=status(viewer, quote.post) if quote.post else None)


def _approval(viewer: Viewer, card: PostCard) -> QuoteApproval:
    said = card.words.said
    closed = said.audience not in {"organisation", "unlisted"} or said.quote_policy == "nobody"
    me = "automatic" if card.words.may_quote else "denied"
    return QuoteApproval(
        automatic=[] if closed else [said.quote_policy],
        manual=[],
        current_user=me if viewer else "unknown",
    )


def mention(one: Named) -> Mention:
    """Somebody named."""
    url = f"{settings.STONECHAT_URL}/@{one.username}"
    return Mention(id=str(one.id), username=one.username, url=url, acct=one.username)


def tag(name: str) -> ShallowTag:
    """A tag inside a post."""
    return ShallowTag(name=name, url=f"{settings.STONECHAT_URL}/tags/{name}")


def media(card: MediaCard) -> MediaAttachment:
    """A file; its address is null until it is ready, and turns every day."""
    ready = card.state == "ready"
    return MediaAttachment(
        id=str(card.id),
        type=card.kind,
        url=file_address(card.file) if ready else None,
        preview_url=file_address(card.preview) if card.preview else None,
        meta=msgspec.convert(card.meta, MediaMeta),
        description=card.description or None,
        blurhash=card.blurhash or None,
    )


def file_address(name: str) -> str:
    """The address of a stored file, good for a day or two."""
    return f"{settings.STONECHAT_URL}/media/{files.signed(name)}"


def link_card(card: LinkCard) -> PreviewCard:
    """What a link leads to."""
    return PreviewCard(
        url=card.url,
        title=card.title,
        description=card.description,
        author_name=card.author,
        provider_name=card.provider,
        width=card.width,
        height=card.height,
        image=file_address(card.image) if card.image else None,
        image_description=card.image_description,
        blurhash=card.blurhash or None,
        language=card.language or None,
    )


def poll(viewer: Viewer, card: PollCard) -> Poll:
    """A poll; hidden totals are null."""
    votes: list[int | None] = (
        list(card.votes) if card.votes is not None else [None] * len(card.titles)
    )
    options = zip(card.titles, votes, strict=True)
    return Poll(
        id=str(card.id),
        expires_at=moment(card.expires_at),
        expired=card.expires_at <= clock.now(),
        multiple=card.multiple,
        votes_count=card.votes_count,
        voters_count=card.voters_count if card.multiple else None,
        options=[PollOption(title=title, votes_count=n) for title, n in options],
        voted=card.voted if viewer else UNSET,
        own_votes=card.own_votes if viewer else UNSET,
    )
