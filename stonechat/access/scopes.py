"""What a token may do: Mastodon's scopes, which of them contain which, and what they mean."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEFAULT = "read"

# Each scope, with what it allows, in words for the person who is asked.
MEANINGS: dict[str, Promise] = {
    "profile": _("See your name, your handle and your picture"),
    "read": _("Read everything that you can read"),
    "read:accounts": _("See people's profiles, yours included"),
    "read:blocks": _("See whom you block"),
    "read:bookmarks": _("See your bookmarks"),
    "read:collections": _("See your collections"),
    "read:favourites": _("See your favourites"),
    "read:filters": _("See your filters"),
    "read:follows": _("See whom you follow"),
    "read:lists": _("See your lists"),
    "read:mutes": _("See whom you mute"),
    "read:notifications": _("See your notifications"),
    "read:search": _("Search in your name"),
    "read:statuses": _("Read all posts that you can read"),
    "write": _("Post, follow and change things in your name"),
    "write:accounts": _("Change your profile"),
    "write:blocks": _("Block people in your name"),
    "write:bookmarks": _("Set and remove bookmarks"),
    "write:collections": _("Change your collections"),
    "write:conversations": _("Mute and delete conversations"),
    "write:favourites": _("Set and remove favourites"),
    "write:filters": _("Change your filters"),
    "write:follows": _("Follow and unfollow people in your name"),
    "write:lists": _("Change your lists"),
    "write:media": _("Upload files"),
    "write:mutes": _("Mute people and conversations"),
    "write:notifications": _("Clear your notifications"),
    "write:reports": _("Report others in your name"),
    "write:statuses": _("Publish and delete posts in your name"),
    "follow": _("Follow, block and mute people in your name"),
    "push": _("Receive your notifications while it is closed"),
    "admin:read": _("Read what you see as an administrator"),
    "admin:read:accounts": _("As an administrator: see all accounts"),
    "admin:read:reports": _("As an administrator: see all reports"),
    "admin:read:domain_allows": _("As an administrator: see allowed servers"),
    "admin:read:domain_blocks": _("As an administrator: see blocked servers"),
    "admin:read:ip_blocks": _("As an administrator: see blocked network addresses"),
    "admin:read:email_domain_blocks": _("As an administrator: see blocked mail providers"),
    "admin:read:canonical_email_blocks": _("As an administrator: see blocked e-mail addresses"),
    "admin:write": _("Do what you may do as an administrator"),
    "admin:write:accounts": _("As an administrator: act on accounts"),
    "admin:write:reports": _("As an administrator: act on reports"),
    "admin:write:domain_allows": _("As an administrator: allow servers"),
    "admin:write:domain_blocks": _("As an administrator: block servers"),
    "admin:write:ip_blocks": _("As an administrator: block network addresses"),
    "admin:write:email_domain_blocks": _("As an administrator: block mail providers"),
    "admin:write:canonical_email_blocks": _("As an administrator: block e-mail addresses"),
}
ALL = tuple(MEANINGS)

# The old scope `follow` is six of the new ones.
FOLLOW = frozenset(
    f"{verb}:{noun}" for verb in ("read", "write") for noun in ("blocks", "follows", "mutes")
)


def covers(granted: Collection[str], needed: str) -> bool:
    """Whether `needed` is among the granted scopes or inside one: read contains read:statuses."""
    parent = needed.rpartition(":")[0]
    return (
        needed in granted
        or bool(parent and parent in granted)
        or ("follow" in granted and needed in FOLLOW)
    )


def unknown(scopes: Collection[str]) -> list[str]:
    """Those that are no scopes at all."""
    return [scope for scope in scopes if scope not in MEANINGS]


def meanings(scopes: Collection[str]) -> list[Promise]:
    """A sentence for each, in our order, leaving out what another one says already."""
    return [MEANINGS[scope] for scope in ALL if scope in scopes and not _contained(scope, scopes)]


def _contained(scope: str, scopes: Collection[str]) -> bool:
    return covers([other for other in scopes if other != scope], scope)
