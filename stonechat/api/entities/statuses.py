"""Statuses: the part that is the same for everybody, the viewer's part, and what belongs to them.

A status is always `join(encode(StatusShared), encode(StatusMine))`: the first is rendered once and
kept, the second holds whatever may differ from one viewer to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import UNSET, UnsetType

from stonechat.api.entities.accounts import AccountLike
from stonechat.api.entities.encoding import Entity, Moment, Rendered
from stonechat.api.entities.filters import FilterResult
from stonechat.api.entities.media import CustomEmoji, MediaAttachment, PreviewCard
from stonechat.api.entities.polls import Poll
from stonechat.api.entities.tags import ShallowTag


class StatusApplication(Entity, kw_only=True, frozen=True):
    """The program that posted."""

    name: str
    website: str | None = None


class Mention(Entity, kw_only=True, frozen=True):
    """Somebody named in a post whom this viewer may see."""

    id: str
    username: str
    url: str
    acct: str


class QuoteApproval(Entity, kw_only=True, frozen=True):
    """Who may quote: public, followers, following; me: automatic, manual, denied, unknown."""

    automatic: Sequence[str]
    manual: Sequence[str]
    current_user: str


class Quote(Entity, kw_only=True, frozen=True):
    """A quoted post, and where its consent stands; null post unless accepted."""

    state: str
    quoted_status: Rendered | None


class ShallowQuote(Entity, kw_only=True, frozen=True):
    """A quote inside a quoted post: only its id."""

    state: str
    quoted_status_id: str | None


class StatusShared(Entity, kw_only=True, frozen=True):
    """What every viewer of a post sees alike: no count, mention, quote, tally or relation."""

    id: str
    uri: str
    url: str | None
    created_at: Moment
    edited_at: Moment | None
    content: str
    visibility: str
    sensitive: bool = False
    spoiler_text: str = ""
    language: str | None = None
    media_attachments: Sequence[MediaAttachment] = ()
    tags: Sequence[ShallowTag] = ()
    emojis: Sequence[CustomEmoji] = ()
    card: PreviewCard | None = None
    application: StatusApplication | UnsetType = UNSET


class StatusMine(Entity, kw_only=True, frozen=True):
    """What one viewer sees of a post; the account is here because its numbers differ by viewer.

    `favourited` and the keys below it are left out without a user token; `pinned` only on one's
    own posts that may be pinned; `text` only in the answer to a deletion.
    """

    account: AccountLike
    mentions: Sequence[Mention] = ()
    reblogs_count: int = 0
    favourites_count: int = 0
    replies_count: int = 0
    quotes_count: int = 0
    in_reply_to_id: str | None = None
    in_reply_to_account_id: str | None = None
    reblog: Rendered | None = None
    poll: Poll | None = None
    quote: Quote | ShallowQuote | None = None
    quote_approval: QuoteApproval | UnsetType = UNSET
    favourited: bool | UnsetType = UNSET
    reblogged: bool | UnsetType = UNSET
    muted: bool | UnsetType = UNSET
    bookmarked: bool | UnsetType = UNSET
    filtered: Sequence[FilterResult] | UnsetType = UNSET
    pinned: bool | UnsetType = UNSET
    text: str | UnsetType = UNSET


class Context(Entity, kw_only=True, frozen=True):
    """The thread around a post: oldest first above it, depth first below it."""

    ancestors: Sequence[Rendered]
    descendants: Sequence[Rendered]


class StatusEditPollOption(Entity, kw_only=True, frozen=True):
    """A choice as it read in one version."""

    title: str


class StatusEditPoll(Entity, kw_only=True, frozen=True):
    """A poll as it read in one version."""

    options: Sequence[StatusEditPollOption]


class StatusEdit(Entity, kw_only=True, frozen=True):
    """One version of a post."""

    content: str
    spoiler_text: str
    sensitive: bool
    created_at: Moment
    account: AccountLike
    media_attachments: Sequence[MediaAttachment] = ()
    emojis: Sequence[CustomEmoji] = ()
    poll: StatusEditPoll | UnsetType = UNSET
    quote: Quote | None | UnsetType = UNSET


class StatusSource(Entity, kw_only=True, frozen=True):
    """A post as its author typed it."""

    id: str
    text: str
    spoiler_text: str


class ScheduledPoll(Entity, kw_only=True, frozen=True):
    """A poll as it was asked for; `expires_in` in seconds."""

    options: Sequence[str]
    expires_in: int
    multiple: bool | None = None
    hide_totals: bool | None = None


class ScheduledParams(Entity, kw_only=True, frozen=True):
    """The request that will be posted; its two ids really are numbers."""

    text: str
    application_id: int
    media_ids: Sequence[str] | None = None
    sensitive: bool | None = None
    spoiler_text: str | None = None
    visibility: str | None = None
    in_reply_to_id: int | None = None
    language: str | None = None
    poll: ScheduledPoll | None = None
    scheduled_at: None = None
    idempotency: str | None = None
    with_rate_limit: bool = False
    quoted_status_id: str | None = None
    quote_approval_policy: str = "public"


class ScheduledStatus(Entity, kw_only=True, frozen=True):
    """A post that waits for its hour."""

    id: str
    scheduled_at: Moment
    params: ScheduledParams
    media_attachments: Sequence[MediaAttachment] = ()


class TranslatedMedia(Entity, kw_only=True, frozen=True):
    """A description in another language."""

    id: str
    description: str


class TranslatedPoll(Entity, kw_only=True, frozen=True):
    """A poll's choices in another language."""

    id: str
    options: Sequence[StatusEditPollOption]


class Translation(Entity, kw_only=True, frozen=True):
    """A post in another language, and who translated it."""

    content: str
    spoiler_text: str
    language: str
    detected_source_language: str
    provider: str
    media_attachments: Sequence[TranslatedMedia] = ()
    poll: TranslatedPoll | None | UnsetType = UNSET


StatusLike: TypeAlias = Rendered
