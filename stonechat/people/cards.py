"""What a template or an entity needs of an account, complete, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import people
from stonechat.people import queries
from stonechat.people.models import Account, Kind


@dataclass(frozen=True, slots=True)
class Field:
    """One row of a profile: `value` as typed, `html` to be shown."""

    name: str
    value: str
    html: str
    verified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AccountCard:
    """An account as one viewer sees it. `avatar` and `header` are names in `core.files`, or empty.

    Everything but the three counts is the same for every viewer, as long as `revision` is."""

    id: int
    kind: str
    username: str
    display_name: str
    note: str
    note_html: str
    fields: tuple[Field, ...]
    avatar: str
    avatar_description: str
    header: str
    header_description: str
    locked: bool
    discoverable: bool
    indexable: bool
    hide_collections: bool
    unit: str
    title: str
    country: str
    zone: str
    created_at: datetime
    last_status_at: datetime | None
    statuses_count: int
    followers_count: int
    following_count: int
    suspended: bool
    revision: int

    @property
    def name(self) -> str:
        """What to call them."""
        return self.display_name or self.username

    @property
    def bot(self) -> bool:
        return self.kind == Kind.BOT

    @property
    def group(self) -> bool:
        return self.kind == Kind.GROUP


# What holds until somebody chooses otherwise; `privacy` is in Mastodon's words.
PREFERENCES: Mapping[str, Any] = {
    "privacy": "public",
    "sensitive": False,
    "language": None,
    "quote_policy": "public",
    "attribution_domains": [],
    "show_media": True,
    "show_media_replies": True,
    "show_featured": True,
    "expand_media": "default",
    "expand_spoilers": False,
    "autoplay_gifs": False,
}


@dataclass(frozen=True, slots=True)
class MyCard:
    """My own account, with what only I may see; `preferences` holds all of `PREFERENCES`."""

    card: AccountCard
    email: str
    role: str
    locale: str
    time_zone: str
    preferences: Mapping[str, Any]
    follow_requests_count: int


COLUMNS = [
    "id",
    "kind",
    "username",
    "display_name",
    "note",
    "note_html",
    "fields",
    "avatar",
    "avatar_description",
    "header",
    "header_description",
    "locked",
    "discoverable",
    "indexable",
    "hide_collections",
    "unit",
    "title",
    "country",
    "zone",
    "created_at",
    "last_status_at",
    "shown_statuses",
    "shown_followers",
    "shown_following",
    "suspended_at",
    "revision",
]
_FIELDS, _SUSPENDED = COLUMNS.index("fields"), COLUMNS.index("suspended_at")


def cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, AccountCard]:
    """Cards by id, in the order asked; accounts not seen are left out. One query."""
    asked = list(dict.fromkeys(ids))
    if not asked:
        return {}
    rows = people(viewer).filter(pk__in=asked).annotate(**queries.counted(viewer))
    found = {row[0]: _card(row) for row in rows.values_list(*COLUMNS)}
    return {one: found[one] for one in asked if one in found}


def card(viewer: Viewer, account_id: int) -> AccountCard:
    """One card; raises `Account.DoesNotExist` where this viewer may not know of the account."""
    found = cards(viewer, [account_id])
    if account_id not in found:
        raise Account.DoesNotExist
    return found[account_id]


def mine(viewer: Viewer) -> MyCard:
    """The viewer's own; raises `User.DoesNotExist` for whoever does not sign in."""
    user = queries.user(viewer)
    return MyCard(
        card=card(viewer, user.account_id),
        email=user.email,
        role=user.role,
        locale=user.locale,
        time_zone=user.time_zone,
        preferences={name: user.preference(name, PREFERENCES[name]) for name in PREFERENCES},
        follow_requests_count=queries.follow_requests_count(viewer),
    )


def _card(row: tuple[Any, ...]) -> AccountCard:
    values = list(row)
    values[_FIELDS] = tuple(map(_field, row[_FIELDS]))
    values[_SUSPENDED] = row[_SUSPENDED] is not None
    card = AccountCard(*values)
    return _blank(card) if card.suspended else card


def _field(stored: dict[str, Any]) -> Field:
    since = stored.get("verified_at")
    verified_at = datetime.fromisoformat(since) if since else None
    return Field(stored["name"], stored["value"], stored["html"], verified_at)


def _blank(card: AccountCard) -> AccountCard:
    """A suspended account says nothing but its handle."""
    return replace(
        card,
        display_name="",
        note="",
        note_html="",
        fields=(),
        avatar="",
        avatar_description="",
        header="",
        header_description="",
        locked=False,
        discoverable=False,
        indexable=False,
        hide_collections=True,
        unit="",
        title="",
        country="",
        last_status_at=None,
        statuses_count=0,
        followers_count=0,
        following_count=0,
    )
