"""Accounts: who somebody is, as others see them and as they see themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import UNSET, UnsetType

from stonechat.api.entities.encoding import Entity, Moment, Rendered
from stonechat.api.entities.media import CustomEmoji


class Field(Entity, kw_only=True, frozen=True):
    """One row of a profile; `value` is HTML, plain text inside `Source` and `Profile`."""

    name: str
    value: str
    verified_at: Moment | None = None


class AccountRole(Entity, kw_only=True, frozen=True):
    """A role that is shown beside the name; `color` is "#rrggbb" or empty."""

    id: str
    name: str
    color: str = ""


class Role(Entity, kw_only=True, frozen=True):
    """What I may do here; `permissions` is a bit mask written in decimal."""

    id: str
    name: str
    permissions: str
    color: str = ""
    highlighted: bool = False
    collection_limit: int | UnsetType = UNSET


class FeatureApproval(Entity, kw_only=True, frozen=True):
    """Who may put this account into a collection (4.6)."""

    automatic: Sequence[str]
    manual: Sequence[str]
    current_user: str


class AccountShared(Entity, kw_only=True, frozen=True):
    """The part of an account that is the same for every viewer; see `AccountMine` for the rest."""

    id: str
    username: str
    acct: str
    url: str | None
    uri: str
    display_name: str
    note: str
    avatar: str
    avatar_static: str
    header: str
    header_static: str
    created_at: Moment  # by `midnight`
    locked: bool = False
    fields: Sequence[Field] = ()
    emojis: Sequence[CustomEmoji] = ()
    bot: bool = False
    group: bool = False
    discoverable: bool | None = None
    indexable: bool = False
    hide_collections: bool | None = None
    roles: Sequence[AccountRole] = ()
    noindex: bool | None | UnsetType = UNSET
    memorial: bool | UnsetType = UNSET
    suspended: bool | UnsetType = UNSET
    limited: bool | UnsetType = UNSET
    avatar_description: str | UnsetType = UNSET
    header_description: str | UnsetType = UNSET
    show_media: bool | UnsetType = UNSET
    show_media_replies: bool | UnsetType = UNSET
    show_featured: bool | UnsetType = UNSET
    feature_approval: FeatureApproval | UnsetType = UNSET
    email_subscriptions: bool | UnsetType = UNSET
    moved: AccountLike | UnsetType = UNSET


class AccountMine(Entity, kw_only=True, frozen=True):
    """What one viewer sees of an account's numbers: only rows that they could list are counted."""

    statuses_count: int
    followers_count: int
    following_count: int
    last_status_at: str | None = None  # by `date`


class Account(AccountShared, kw_only=True, frozen=True):
    """A whole account: `AccountShared` and `AccountMine` in one."""

    statuses_count: int
    followers_count: int
    following_count: int
    last_status_at: str | None = None  # by `date`


AccountLike: TypeAlias = Account | Rendered


class Source(Entity, kw_only=True, frozen=True):
    """My profile as I wrote it, and my defaults for posting."""

    note: str
    fields: Sequence[Field]
    privacy: str
    sensitive: bool
    language: str | None
    follow_requests_count: int
    hide_collections: bool | None
    discoverable: bool | None
    indexable: bool
    attribution_domains: Sequence[str] = ()
    quote_policy: str = "public"


class CredentialAccount(Account, kw_only=True, frozen=True):
    """My own account, with what only I may see."""

    source: Source
    role: Role


class CredentialAccountMine(AccountMine, kw_only=True, frozen=True):
    """The viewer's part of my own account, to be joined to its shared bytes."""

    source: Source
    role: Role


class MutedAccount(Account, kw_only=True, frozen=True):
    """Somebody I muted; `mute_expires_at` is null when for ever."""

    mute_expires_at: Moment | None


class MutedAccountMine(AccountMine, kw_only=True, frozen=True):
    """The viewer's part of a muted account, to be joined to its shared bytes."""

    mute_expires_at: Moment | None


class PartialAccountWithAvatar(Entity, kw_only=True, frozen=True):
    """Enough to draw a small picture in a group of notifications."""

    id: str
    acct: str
    url: str | None
    avatar: str
    avatar_static: str
    locked: bool = False
    bot: bool = False
    avatar_description: str | UnsetType = UNSET


class Profile(Entity, kw_only=True, frozen=True):
    """My profile for an editing form (4.6): plain text, and null where a picture is the default."""

    id: str
    display_name: str
    note: str
    fields: Sequence[Field]
    avatar: str | None
    avatar_static: str | None
    header: str | None
    header_static: str | None
    avatar_description: str
    header_description: str
    locked: bool
    bot: bool
    indexable: bool
    show_media: bool
    show_media_replies: bool
    show_featured: bool
    hide_collections: bool | None
    discoverable: bool | None
    attribution_domains: Sequence[str] = ()


class Relationship(Entity, kw_only=True, frozen=True):
    """How the viewer and one other account stand to each other."""

    id: str
    following: bool = False
    showing_reblogs: bool = False
    notifying: bool = False
    languages: Sequence[str] | None = None
    followed_by: bool = False
    blocking: bool = False
    blocked_by: bool = False
    muting: bool = False
    muting_notifications: bool = False
    muting_expires_at: str | None | UnsetType = UNSET
    requested: bool = False
    requested_by: bool = False
    domain_blocking: bool = False
    endorsed: bool = False
    note: str = ""


class FamiliarFollowers(Entity, kw_only=True, frozen=True):
    """Those I follow who follow this account."""

    id: str
    accounts: Sequence[AccountLike]


class Suggestion(Entity, kw_only=True, frozen=True):
    """Somebody to follow, and why; `source` is the older, single word for the same reason."""

    source: str
    sources: Sequence[str]
    account: AccountLike
