"""Which posts of a page the viewer's filters catch: one query, in time linear to the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, BooleanField, CharField, Q, QuerySet, Value

from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.statements import Statement
from stonechat.core.text import fold
from stonechat.posts.cards import PostCard
from stonechat.timelines.models import Filter, FilterKeyword, FilterPost


@dataclass(frozen=True, slots=True)
class Caught:
    """The filter that caught a post; `act` is warn, hide or blur."""

    id: int
    title: str
    contexts: tuple[str, ...]
    act: str
    expires_at: datetime | None

    def hides(self, context: str) -> bool:
        """Whether what it catches is not shown at all in this context."""
        return self.act == Filter.Act.HIDE and context in self.contexts


@dataclass(frozen=True, slots=True)
class Match:
    """One filter that caught a post: by which of its keywords, and as which of its posts."""

    filter: Caught
    keywords: tuple[str, ...]
    posts: tuple[int, ...]


FILTER = [f"filter__{name}" for name in ("id", "title", "context", "act", "expires_at")]


def _kept(me: int, now: datetime, post_ids: list[int]) -> QuerySet[Any, Any]:
    """Keywords of the viewer's filters, and those of these posts that a filter names."""
    live = Q(filter__expires_at=None) | Q(filter__expires_at__gt=now)
    words = FilterKeyword.objects.filter(live, filter__account_id=me).annotate(
        named=Value(0, output_field=BigIntegerField())
    )
    named = FilterPost.objects.filter(live, filter__account_id=me, post_id__in=post_ids).annotate(
        word=Value("", output_field=CharField()), whole=Value(False, output_field=BooleanField())
    )
    return words.values_list(*FILTER, "keyword", "whole_word", "named").union(
        named.values_list(*FILTER, "word", "whole", "post_id"), all=True
    )


KEPT = Statement(_kept)


def matches(viewer: Viewer, cards: Sequence[PostCard], context: str = "") -> dict[int, list[Match]]:
    """What the viewer's filters catch, by post id; posts that none catches are left out.

    `context` (home, notifications, public, thread, account) leaves only the filters that are for
    it. One's own words are never caught. The text looked at: words, warning, poll options and
    descriptions of files, without regard to case.
    """
    others = [card for card in cards if card.words.said.author_id != viewer.account_id]
    if not viewer or not cards:
        return {}
    ids = list({id for card in others for id in (card.id, card.words.id)})
    filters = _filters(KEPT(viewer.account_id, clock.now(), ids), context)
    caught = {card.id: list(_caught(card, filters)) for card in others} if filters else {}
    return {id: found for id, found in caught.items() if found}


@dataclass(slots=True)
class _Filter:
    caught: Caught
    words: list[tuple[str, str, bool]]  # as written, folded, whole words only
    posts: set[int]


def _filters(rows: Iterable[tuple[Any, ...]], context: str) -> list[_Filter]:
    found: dict[int, _Filter] = {}
    for id, title, contexts, act, until, word, whole, post_id in rows:
        if context and context not in contexts.split():
            continue
        one = found.get(id)
        if one is None:
            caught = Caught(id, title, tuple(contexts.split()), act, _moment(until))
            one = found[id] = _Filter(caught, [], set())
        if post_id:
            one.posts.add(post_id)
        else:
            one.words.append((word, fold(word), bool(whole)))
    return list(found.values())


def _moment(read: datetime | None) -> datetime | None:
    """A statement answers as the driver does; SQLite's moments are in UTC without saying so."""
    return read and read.replace(tzinfo=UTC)


def _caught(card: PostCard, filters: list[_Filter]) -> Iterable[Match]:
    text = fold(_text(card.words))
    for one in filters:
        words = tuple(word for word, folded, whole in one.words if _holds(text, folded, whole))
        named = tuple(sorted(one.posts & {card.id, card.words.id}))
        if words or named:
            yield Match(one.caught, words, named)


def _text(card: PostCard) -> str:
    said = card.said
    titles = card.poll.titles if card.poll else []
    return "\n".join([said.spoiler, said.text, *titles, *(one.description for one in said.media)])


def _holds(text: str, word: str, whole: bool) -> bool:
    """A plain search comes first: it takes linear time, whatever the keyword is."""
    return word in text and (not whole or _alone(word).search(text) is not None)


@lru_cache(4096)
def _alone(word: str) -> re.Pattern[str]:
    """The word with nothing of a word beside it; a keyword like `:)` needs no such edge."""
    before = r"\b" if re.match(r"\w", word) else ""
    behind = r"\b" if re.search(r"\w\Z", word) else ""
    return re.compile(f"{before}{re.escape(word)}{behind}")
