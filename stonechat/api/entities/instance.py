"""The server itself: who runs it, what it allows, its rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import UNSET, UnsetType, field

from stonechat.api.entities.accounts import AccountLike
from stonechat.api.entities.encoding import Entity, Moment


class Urls(Entity, kw_only=True, frozen=True):
    """Other addresses of this server; `streaming` starts with ws:// or wss://."""

    streaming: str
    status: str | None = None
    about: str | None = None
    privacy_policy: str | None = None
    terms_of_service: str | None = None


class Vapid(Entity, kw_only=True, frozen=True):
    """The key that push services check us by."""

    public_key: str


class AccountLimits(Entity, kw_only=True, frozen=True):
    """Limits of a profile."""

    max_featured_tags: int
    max_pinned_statuses: int
    max_display_name_length: int | UnsetType = UNSET
    max_note_length: int | UnsetType = UNSET
    max_avatar_description_length: int | UnsetType = UNSET
    max_header_description_length: int | UnsetType = UNSET
    max_profile_fields: int | UnsetType = UNSET
    profile_field_name_limit: int | UnsetType = UNSET
    profile_field_value_limit: int | UnsetType = UNSET


class StatusLimits(Entity, kw_only=True, frozen=True):
    """Limits of a post; every link counts as `characters_reserved_per_url`."""

    max_characters: int
    max_media_attachments: int
    characters_reserved_per_url: int


class MediaLimits(Entity, kw_only=True, frozen=True):
    """What may be uploaded: bytes, pixels, frames per second."""

    supported_mime_types: Sequence[str]
    description_limit: int
    image_size_limit: int
    image_matrix_limit: int
    video_size_limit: int
    video_frame_rate_limit: int
    video_matrix_limit: int


class PollLimits(Entity, kw_only=True, frozen=True):
    """Limits of a poll; expirations in seconds."""

    max_options: int
    max_characters_per_option: int
    min_expiration: int
    max_expiration: int


class TranslationSupport(Entity, kw_only=True, frozen=True):
    """Whether posts can be translated."""

    enabled: bool


class FeedAccess(Entity, kw_only=True, frozen=True):
    """Who may read a kind of feed: public, authenticated, disabled."""

    local: str
    remote: str


class TimelinesAccess(Entity, kw_only=True, frozen=True):
    """Who may read which feed (4.5)."""

    live_feeds: FeedAccess
    hashtag_feeds: FeedAccess
    trending_link_feeds: FeedAccess


class V1Configuration(Entity, kw_only=True, frozen=True):
    """The limits that both versions of the instance announce."""

    accounts: AccountLimits
    statuses: StatusLimits
    media_attachments: MediaLimits
    polls: PollLimits


class Configuration(V1Configuration, kw_only=True, frozen=True):
    """Everything a client must know before its first post."""

    urls: Urls
    vapid: Vapid
    translation: TranslationSupport
    timelines_access: TimelinesAccess
    limited_federation: bool


class UserNumbers(Entity, kw_only=True, frozen=True):
    """People who signed in during the last month."""

    active_month: int


class Usage(Entity, kw_only=True, frozen=True):
    """How much the server is used."""

    users: UserNumbers


class ThumbnailVersions(Entity, kw_only=True, frozen=True):
    """The same picture by density."""

    at_1x: str = field(name="@1x")
    at_2x: str = field(name="@2x")


class Thumbnail(Entity, kw_only=True, frozen=True):
    """The server's picture."""

    url: str
    blurhash: str | None | UnsetType = UNSET
    versions: ThumbnailVersions | UnsetType = UNSET
    description: str | UnsetType = UNSET


class Icon(Entity, kw_only=True, frozen=True):
    """The server's icon in one size, "48x48"."""

    src: str
    size: str


class Registrations(Entity, kw_only=True, frozen=True):
    """Whether and how somebody can sign up by themselves."""

    enabled: bool
    approval_required: bool
    reason_required: bool | None = None
    message: str | None = None
    min_age: int | None = None
    url: str | None = None


class ApiVersions(Entity, kw_only=True, frozen=True):
    """The number by which newer clients switch features on."""

    mastodon: int


class Contact(Entity, kw_only=True, frozen=True):
    """Who answers for the server."""

    email: str
    account: AccountLike | None = None


class RuleTranslation(Entity, kw_only=True, frozen=True):
    """A rule in another language."""

    text: str
    hint: str


class Rule(Entity, kw_only=True, frozen=True):
    """One rule of the house."""

    id: str
    text: str
    hint: str = ""
    translations: Mapping[str, RuleTranslation] = {}


class Instance(Entity, kw_only=True, frozen=True):
    """The server, as every client asks for it first (v2)."""

    domain: str
    title: str
    version: str
    source_url: str
    description: str
    usage: Usage
    thumbnail: Thumbnail
    icon: Sequence[Icon]
    languages: Sequence[str]
    configuration: Configuration
    registrations: Registrations
    api_versions: ApiVersions
    contact: Contact
    rules: Sequence[Rule]


class V1Urls(Entity, kw_only=True, frozen=True):
    """Where streams are."""

    streaming_api: str


class V1Stats(Entity, kw_only=True, frozen=True):
    """How large the server is."""

    user_count: int
    status_count: int
    domain_count: int


class V1Instance(Entity, kw_only=True, frozen=True):
    """The server in the older words, which several programs still ask for; `uri` is the host."""

    uri: str
    title: str
    short_description: str
    description: str
    email: str
    version: str
    urls: V1Urls
    stats: V1Stats
    thumbnail: str | None
    languages: Sequence[str]
    registrations: bool
    approval_required: bool
    invites_enabled: bool
    configuration: V1Configuration
    contact_account: AccountLike | None
    rules: Sequence[Rule]


class ExtendedDescription(Entity, kw_only=True, frozen=True):
    """A longer text about the server, in HTML."""

    updated_at: Moment | None
    content: str


class PrivacyPolicy(Entity, kw_only=True, frozen=True):
    """What happens to what people write here, in HTML."""

    updated_at: Moment
    content: str


class TermsOfService(Entity, kw_only=True, frozen=True):
    """What one agrees to; dates as YYYY-MM-DD."""

    effective_date: str
    effective: bool
    content: str
    succeeded_by: str | None


class DomainBlock(Entity, kw_only=True, frozen=True):
    """Another server that this one does not talk to; `digest` is SHA-256 of its domain."""

    domain: str
    digest: str
    severity: str
    comment: str | UnsetType = UNSET


class Language(Entity, kw_only=True, frozen=True):
    """A language that a post may be in."""

    code: str
    name: str


class Activity(Entity, kw_only=True, frozen=True):
    """One week's numbers, all of them texts; `week` in UNIX seconds."""

    week: str
    statuses: str
    logins: str
    registrations: str
