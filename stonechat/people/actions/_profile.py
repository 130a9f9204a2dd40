"""A profile as its owner typed it, made into columns and preferences before anything is locked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core import files, pictures, text
from stonechat.core.actions import Refused
from stonechat.people.actions import _checks

NAME, NOTE, FIELDS, CELL, DESCRIPTION = 80, 500, 4, 255, 1500  # Mastodon's bounds, but the name's
FLAGS = ["locked", "discoverable", "indexable", "hide_collections"]
AUDIENCES = ["public", "unlisted", "private", "direct"]
QUOTES = ["public", "followers", "nobody"]
SWITCHES = [
    "sensitive",
    "expand_spoilers",
    "autoplay_gifs",
    "show_media",
    "show_media_replies",
    "show_featured",
]
EXPAND = ["default", "show_all", "hide_all"]


@dataclass
class Written:
    """What is to be stored: in the account, in the user, and among the user's preferences."""

    columns: dict[str, Any] = field(default_factory=dict)
    user: dict[str, Any] = field(default_factory=dict)
    preferences: dict[str, Any] = field(default_factory=dict)
    bot: bool | None = None


def write(viewer: Viewer, changes: Mapping[str, Any]) -> Written:
    """The changes, each checked; a key that is none of a profile's is a mistake of the caller."""
    written = Written()
    for name, value in changes.items():
        if name in _PREFERENCES:
            written.preferences[name] = _PREFERENCES[name](value)
        elif name in _USER:
            written.user[name] = _USER[name](value)
        elif name == "bot":
            written.bot = bool(value)
        else:
            written.columns |= _COLUMNS[name](viewer, value)
    return written


def _name(_viewer: Viewer, value: str) -> dict[str, Any]:
    return {"display_name": _checks.line(value, NAME, "display_name")}


def _note(viewer: Viewer, value: str) -> dict[str, Any]:
    note = _checks.words(value, NOTE, "note")
    return {"note": note, "note_html": _html(note)}


def _html(written: str) -> str:
    """Links and tags. Handles stay plain text: a note is shown to all, and a link would tell
    whoever is behind a wall that somebody is there."""
    return text.html(text.parse(written), mention=lambda _address: None, tag=_tag_page)


def _tag_page(name: str) -> str:
    return f"{settings.STONECHAT_URL}/tags/{text.fold(name)}"


def _fields(viewer: Viewer, value: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    rows = [_field(viewer, row.get("name", ""), row.get("value", "")) for row in value]
    kept = [row for row in rows if row["name"] or row["value"]]
    if len(kept) > FIELDS:
        reason = _("A profile has at most %(most)d fields.") % {"most": FIELDS}
        raise Refused(reason, field="fields")
    return {"fields": kept}


def _field(viewer: Viewer, name: str, value: str) -> dict[str, Any]:
    name, value = _checks.line(name, CELL, "fields"), _checks.line(value, CELL, "fields")
    if value and not name:
        raise Refused(_("A field of a profile needs a name."), field="fields")
    inline = re.sub("</?p>", "", _html(value))
    # `me` says that both pages are the same person's; the other page answers with the same word.
    html = inline.replace('rel="nofollow noopener"', 'rel="me nofollow noopener"')
    return {"name": name, "value": value, "html": html, "verified_at": None}


def _picture(kind: str) -> Callable[[Viewer, IO[bytes] | None], dict[str, Any]]:
    take = pictures.take_avatar if kind == "avatar" else pictures.take_header

    def column(_viewer: Viewer, value: IO[bytes] | None) -> dict[str, Any]:
        if value is None:
            return {kind: "", f"{kind}_description": ""}
        try:
            picture = take(value)
        except files.NotAccepted as error:
            raise Refused(str(error), field=kind) from error
        return {kind: files.store(kind, picture.main, picture.suffix)}

    return column


def _description(name: str) -> Callable[[Viewer, str], dict[str, Any]]:
    return lambda _viewer, value: {name: _checks.line(value, DESCRIPTION, name)}


def _flag(name: str) -> Callable[[Viewer, bool], dict[str, Any]]:
    return lambda _viewer, value: {name: bool(value)}


def _language(value: str | None) -> str | None:
    return _checks.locale(value) if value else None


def _domains(value: Sequence[str]) -> list[str]:
    if len(value) > 100:
        raise Refused(_("Name at most 100 domains."), field="attribution_domains")
    return [_checks.line(one, 253, "attribution_domains").lower() for one in value]


_COLUMNS: dict[str, Callable[[Viewer, Any], dict[str, Any]]] = {
    "display_name": _name,
    "note": _note,
    "fields": _fields,
    "avatar": _picture("avatar"),
    "header": _picture("header"),
    "avatar_description": _description("avatar_description"),
    "header_description": _description("header_description"),
    **{name: _flag(name) for name in FLAGS},
}
_USER: dict[str, Callable[[Any], Any]] = {"locale": _checks.locale, "time_zone": _checks.time_zone}
_PREFERENCES: dict[str, Callable[[Any], Any]] = {
    "privacy": lambda value: _checks.one_of(value, AUDIENCES, "privacy"),
    "quote_policy": lambda value: _checks.one_of(value, QUOTES, "quote_policy"),
    "language": _language,
    "expand_media": lambda value: _checks.one_of(value, EXPAND, "expand_media"),
    "attribution_domains": _domains,
    **dict.fromkeys(SWITCHES, bool),
}
