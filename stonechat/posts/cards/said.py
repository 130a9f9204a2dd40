"""The part of a post that is the same for everybody: read once, kept by post and revision."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stonechat.core.cache import Newest
from stonechat.posts.cards.attachments import MEDIA_COLUMNS, LinkCard, MediaCard
from stonechat.posts.models import Media, Mention, Poll, Post, Tagging

KEPT = 20_000  # posts; about 60 MB a process when full


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named in a post."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Said:
    """Words, files and facts of a post. No count, no mention list for walled readers, no tally."""

    id: int
    revision: int
    author_id: int
    audience: str
    group_account_id: int | None
    created_at: datetime
    edited_at: datetime | None
    intent: str
    root_id: int
    in_reply_to_id: int | None
    in_reply_to_account_id: int | None
    quote_policy: str
    text: str
    html: str
    spoiler: str
    sensitive: bool
    language: str
    application: str | None
    website: str | None
    media: tuple[MediaCard, ...]
    tags: tuple[tuple[str, str], ...]  # (as written, folded)
    named: tuple[Named, ...]
    link: LinkCard | None
    has_poll: bool


_kept: Newest[tuple[int, int], Said] = Newest(KEPT)

COLUMNS = [
    *("pk", "revision", "author_id", "audience", "group__account_id", "created_at", "edited_at"),
    *("intent", "root_id", "in_reply_to_id", "in_reply_to_account_id", "quote_policy"),
    *("current__text", "current__html", "current__spoiler", "current__sensitive"),
    *("current__language", "application__name", "application__website"),
]
LINK = [f"card__{name}" for name in LinkCard.__dataclass_fields__]


def said(revisions: dict[int, int]) -> dict[int, Said]:
    """The shared parts of posts that a viewer was found to see: {post id: its revision}."""
    found = {id: kept for id, revision in revisions.items() if (kept := _kept.get((id, revision)))}
    missing = [id for id in revisions if id not in found]
    if missing:
        for one in _read(missing):
            _kept.put((one.id, one.revision), one)
            found[one.id] = one
    return found


def _read(ids: list[int]) -> list[Said]:
    """Five queries, however many posts."""
    media, tags, named = _media(ids), _tags(ids), _named(ids)
    polls = set(Poll.objects.filter(post_id__in=ids).values_list("post_id", flat=True))
    rows = Post.objects.filter(pk__in=ids).values_list(*COLUMNS, *LINK)
    return [_said(row, media[row[0]], tags[row[0]], named[row[0]], row[0] in polls) for row in rows]


def _said(row: tuple[Any, ...], *found: Any) -> Said:
    media, tags, named, has_poll = found
    values: list[Any] = _words(row[: len(COLUMNS)])
    values += [tuple(media), tuple(tags), tuple(named), _link(row[len(COLUMNS) :]), has_poll]
    return Said(*values)


def _words(row: tuple[Any, ...]) -> list[Any]:
    """A boost has no version: its words are empty, and it is not sensitive."""
    return [
        *row[:12],
        *(value or "" for value in row[12:15]),
        bool(row[15]),
        row[16] or "",
        *row[17:],
    ]


def _link(row: tuple[Any, ...]) -> LinkCard | None:
    return LinkCard(*row) if row[0] is not None else None


def _media(ids: list[int]) -> dict[int, list[MediaCard]]:
    found: dict[int, list[MediaCard]] = defaultdict(list)
    rows = Media.objects.filter(post_id__in=ids).order_by("position")
    for post_id, *columns in rows.values_list("post_id", *MEDIA_COLUMNS):
        found[post_id].append(MediaCard(*columns))
    return found


def _tags(ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Tagging.objects.filter(post_id__in=ids).order_by("pk")
    for post_id, name, folded in rows.values_list("post_id", "tag__name", "tag__folded"):
        found[post_id].append((name, folded))
    return found


def _named(ids: list[int]) -> dict[int, list[Named]]:
    found: dict[int, list[Named]] = defaultdict(list)
    rows = Mention.objects.filter(post_id__in=ids).order_by("pk")
    for post_id, id, username in rows.values_list("post_id", "account_id", "account__username"):
        found[post_id].append(Named(id, username))
    return found
