"""Lists, markers, conversations, search, preferences, reports and other small things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import UNSET, UnsetType, field

from stonechat.api.entities.accounts import AccountLike
from stonechat.api.entities.encoding import Entity, Moment, Rendered
from stonechat.api.entities.media import CustomEmoji
from stonechat.api.entities.statuses import Mention
from stonechat.api.entities.tags import ShallowTag, Tag


class Conversation(Entity, kw_only=True, frozen=True):
    """A private exchange; `accounts` are the others, or me alone when I talk to myself."""

    id: str
    unread: bool
    accounts: Sequence[AccountLike]
    last_status: Rendered | None


class List(Entity, kw_only=True, frozen=True):
    """People whom I read apart; `replies_policy` is one of followed, list, none."""

    id: str
    title: str
    replies_policy: str = "list"
    exclusive: bool = False


class Marker(Entity, kw_only=True, frozen=True):
    """How far I have read; `version` really is a number."""

    last_read_id: str
    version: int
    updated_at: Moment


class Markers(Entity, kw_only=True, frozen=True):
    """The markers that were asked for and are set."""

    home: Marker | UnsetType = UNSET
    notifications: Marker | UnsetType = UNSET


class Search(Entity, kw_only=True, frozen=True):
    """What was found; all three lists are always there."""

    accounts: Sequence[AccountLike] = ()
    statuses: Sequence[Rendered] = ()
    hashtags: Sequence[Tag] = ()


class Preferences(Entity, kw_only=True, frozen=True):
    """How I like to post and to read."""

    visibility: str = field(name="posting:default:visibility")
    sensitive: bool = field(name="posting:default:sensitive")
    language: str | None = field(name="posting:default:language")
    quote_policy: str = field(name="posting:default:quote_policy")
    expand_media: str = field(name="reading:expand:media")
    expand_spoilers: bool = field(name="reading:expand:spoilers")
    autoplay_gifs: bool = field(name="reading:autoplay:gifs")


class Reaction(Entity, kw_only=True, frozen=True):
    """How many answered an announcement with one emoji."""

    name: str
    count: int
    me: bool | UnsetType = UNSET
    url: str | UnsetType = UNSET
    static_url: str | UnsetType = UNSET


class AnnouncedStatus(Entity, kw_only=True, frozen=True):
    """A post that an announcement points to."""

    id: str
    url: str


class Announcement(Entity, kw_only=True, frozen=True):
    """Something the server's people want everybody to read."""

    id: str
    content: str
    starts_at: Moment | None
    ends_at: Moment | None
    all_day: bool
    published_at: Moment
    updated_at: Moment
    read: bool | UnsetType = UNSET
    mentions: Sequence[Mention] = ()
    statuses: Sequence[AnnouncedStatus] = ()
    tags: Sequence[ShallowTag] = ()
    emojis: Sequence[CustomEmoji] = ()
    reactions: Sequence[Reaction] = ()


class Report(Entity, kw_only=True, frozen=True):
    """A complaint; `category` is one of spam, legal, violation, other."""

    id: str
    action_taken: bool
    action_taken_at: Moment | None
    category: str
    comment: str
    forwarded: bool
    created_at: Moment
    status_ids: Sequence[str] | None
    rule_ids: Sequence[str] | None
    target_account: AccountLike
    collection_ids: Sequence[str] | None | UnsetType = UNSET


class WebPushSubscription(Entity, kw_only=True, frozen=True):
    """Where one device wants its pushes; `alerts` holds only the kinds that were set."""

    id: str
    endpoint: str
    standard: bool
    server_key: str
    policy: str
    alerts: Mapping[str, bool]


class AsyncRefresh(Entity, kw_only=True, frozen=True):
    """Work that goes on after the answer: running or finished."""

    id: str
    status: str
    result_count: int | None


class WrappedAsyncRefresh(Entity, kw_only=True, frozen=True):
    """The same, as its own address answers."""

    async_refresh: AsyncRefresh


class CollectionItem(Entity, kw_only=True, frozen=True):
    """Somebody in a collection: pending or accepted."""

    id: str
    state: str
    created_at: Moment
    account_id: str | None | UnsetType = UNSET


class Collection(Entity, kw_only=True, frozen=True):
    """Accounts that somebody recommends (4.6)."""

    id: str
    account_id: str
    uri: str
    url: str | None
    name: str
    description: str
    language: str | None
    local: bool
    sensitive: bool
    discoverable: bool
    tag: ShallowTag | None
    created_at: Moment
    updated_at: Moment
    item_count: int
    items: Sequence[CollectionItem]


class WrappedCollection(Entity, kw_only=True, frozen=True):
    """One collection, as its own address answers."""

    collection: Collection


class WrappedCollectionItem(Entity, kw_only=True, frozen=True):
    """One item, as its own address answers."""

    collection_item: CollectionItem


class Collections(Entity, kw_only=True, frozen=True):
    """Several collections."""

    collections: Sequence[Collection]


class CollectionWithAccounts(Entity, kw_only=True, frozen=True):
    """A collection and those in it."""

    collection: Collection
    accounts: Sequence[AccountLike]


class AnnualReport(Entity, kw_only=True, frozen=True):
    """Somebody's year."""

    year: int
    data: Mapping[str, object]
    schema_version: int
    share_url: str | None
    account_id: str


class WrappedAnnualReports(Entity, kw_only=True, frozen=True):
    """Years, with the accounts and statuses they name."""

    annual_reports: Sequence[AnnualReport] = ()
    accounts: Sequence[AccountLike] = ()
    statuses: Sequence[Rendered] = ()


class AnnualReportState(Entity, kw_only=True, frozen=True):
    """Whether a year can be summed up: available, generating, eligible or ineligible."""

    state: str


class IdentityProof(Entity, kw_only=True, frozen=True):
    """An account elsewhere that was proved to be the same person's; never given any more."""

    provider: str
    provider_username: str
    proof_url: str
    profile_url: str
    updated_at: Moment


class ErrorDetail(Entity, kw_only=True, frozen=True):
    """What is wrong with one field: a code such as ERR_TAKEN, and a sentence."""

    error: str
    description: str


class Error(Entity, kw_only=True, frozen=True):
    """Why not."""

    error: str
    error_description: str | UnsetType = UNSET
    details: Mapping[str, Sequence[ErrorDetail]] | UnsetType = UNSET
