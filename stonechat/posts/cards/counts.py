"""Numbers under a post: each equals the rows that this viewer could list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import people, posts
from stonechat.core.statements import Statement
from stonechat.posts.models import (
    Bookmark,
    Favourite,
    Pin,
    Post,
    QuoteState,
    ThreadMute,
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many the viewer could list."""

    replies: int = 0
    boosts: int = 0
    favourites: int = 0
    quotes: int = 0


def _kind(rows: QuerySet[Any, Any], kind: str, by: str) -> QuerySet[Any, Any]:
    marked: QuerySet[Any, Any] = rows.order_by().annotate(
        kind=Value(kind, output_field=CharField())
    )
    return marked.values_list("kind", by)


def _answers(viewer_id: int, ids: list[int]) -> QuerySet[Any, Any]:
    """Replies and quotes are posts, so the one rule counts them."""
    readable = posts(Viewer.person(viewer_id))
    replies = _kind(readable.filter(in_reply_to_id__in=ids), "replies", "in_reply_to_id")
    quotes = readable.filter(quote_of_id__in=ids, quote_state=QuoteState.ACCEPTED)
    counted = _kind(quotes, "quotes", "quote_of_id").annotate(n=Count("pk"))
    both: QuerySet[Any, Any] = replies.annotate(n=Count("pk")).union(counted, all=True)
    return both


def _behind_walls(viewer_id: int, ids: list[int]) -> QuerySet[Any, Any]:
    """What stored counters would tell too much of."""
    known = people(Viewer.person(viewer_id)).values("pk")
    boosts = Post.objects.filter(boost_of_id__in=ids, deleted_at=None, author_id__in=known)
    favourites = Favourite.objects.filter(post_id__in=ids, account_id__in=known)
    passed_on = _kind(boosts, "boosts", "boost_of_id").annotate(n=Count("pk"))
    liked = _kind(favourites, "favourites", "post_id").annotate(n=Count("pk"))
    both: QuerySet[Any, Any] = passed_on.union(liked, all=True)
    return both


ANSWERS, BEHIND_WALLS = Statement(_answers), Statement(_behind_walls)


def counts(viewer: Viewer, stored: dict[int, tuple[int, int]]) -> dict[int, Counts]:
    """Numbers for posts the viewer sees; `stored` is {post id: (favourites, boosts)}.

    Stored counters count everybody and serve viewers without a barrier; the others get theirs
    counted. Anonymous readers of an open organisation see what a stranger inside would.
    """
    ids = list(stored)
    rows = ANSWERS(viewer.account_id or 0, ids) if viewer else []
    if viewer and viewer.walled:
        rows = [*rows, *BEHIND_WALLS(viewer.account_id, ids)]
    else:
        rows = [*rows, *_stored(stored)]
    numbers: dict[int, dict[str, int]] = {id: {} for id in ids}
    for kind, id, n in rows:
        numbers[id][kind] = n
    return {id: Counts(**found) for id, found in numbers.items()}


def _stored(stored: dict[int, tuple[int, int]]) -> list[tuple[str, int, int]]:
    favourites = [("favourites", id, f) for id, (f, _) in stored.items()]
    return favourites + [("boosts", id, b) for id, (_, b) in stored.items()]


def _my_marks(viewer_id: int, ids: list[int], roots: list[int]) -> QuerySet[Any, Any]:
    boosts = Post.objects.filter(boost_of_id__in=ids, author_id=viewer_id, deleted_at=None)
    own = {"account_id": viewer_id}
    return _kind(boosts, "boosted", "boost_of_id").union(
        _kind(Favourite.objects.filter(post_id__in=ids, **own), "favourited", "post_id"),
        _kind(Bookmark.objects.filter(post_id__in=ids, **own), "bookmarked", "post_id"),
        _kind(Pin.objects.filter(post_id__in=ids, **own), "pinned", "post_id"),
        _kind(ThreadMute.objects.filter(post_id__in=roots, **own), "muted", "post_id"),
        all=True,
    )


MY_MARKS = Statement(_my_marks)


def my_marks(viewer: Viewer, ids: list[int], roots: list[int]) -> set[tuple[str, int]]:
    """What the viewer did with posts: ("favourited", id), …; ("muted", root id)."""
    if not viewer:
        return set()
    return {(kind, id) for kind, id in MY_MARKS(viewer.account_id, ids, roots)}
