"""Reads of posts: one, a thread, who marked it, what somebody keeps. All start from the rule."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import people, posts, standing
from stonechat.core.pages import Cursor, Listed, listed, page
from stonechat.core.statements import Statement
from stonechat.posts.models import (
    Bookmark,
    Favourite,
    FeaturedTag,
    Media,
    Poll,
    Post,
    QuoteState,
    Scheduled,
    Tag,
    Version,
)

THREAD_LIMIT = 4096  # Mastodon's own bound for signed-in readers


def post(viewer: Viewer, post_id: int) -> Post:
    """One post; unseen is not found."""
    if viewer and not READABLE(viewer.account_id, post_id):
        raise Post.DoesNotExist
    rows = Post.objects.all() if viewer else posts(viewer)
    return rows.select_related("author", "current", "group").get(pk=post_id)


def _readable(viewer_id: int, post_id: int) -> QuerySet[Any, Any]:
    return posts(Viewer.person(viewer_id)).filter(pk=post_id).values_list("pk")


READABLE = Statement(_readable)


def original(viewer: Viewer, post_id: int) -> Post:
    """One post, or what it passes on: marks go to the words, not to the wrapper."""
    found = post(viewer, post_id)
    return found if found.boost_of_id is None else post(viewer, found.boost_of_id)


def seen(viewer: Viewer, ids: list[int]) -> list[int]:
    """Those of the ids that the viewer may read, in the order asked."""
    found = set(posts(viewer).filter(pk__in=ids).values_list("pk", flat=True))
    return [id for id in ids if id in found]


def context(viewer: Viewer, post_id: int) -> tuple[list[int], list[int]]:
    """Ids of the ancestors, oldest first, and of the descendants in depth-first order."""
    start = original(viewer, post_id)
    thread = posts(viewer).filter(root_id=start.root_id, boost_of=None).order_by("id")
    parents: dict[int, int | None] = dict(thread.values_list("pk", "in_reply_to_id")[:THREAD_LIMIT])
    return _ancestors(parents, start.pk), _descendants(parents, start.pk)


def _ancestors(parents: dict[int, int | None], of: int) -> list[int]:
    """Up to the first ancestor that the viewer may not read."""
    above: list[int] = []
    parent = parents.get(of)
    while parent in parents:
        above.insert(0, parent)
        parent = parents[parent]
    return above


def _descendants(parents: dict[int, int | None], of: int) -> list[int]:
    children: dict[int | None, list[int]] = {}
    for id, parent in parents.items():
        children.setdefault(parent, []).append(id)
    below: list[int] = []
    waiting = children.get(of, [])[::-1]
    while waiting:
        id = waiting.pop()
        below.append(id)
        waiting += children.get(id, [])[::-1]
    return below


def versions(viewer: Viewer, post_id: int) -> list[Version]:
    """Every version of a post that the viewer may read, oldest first."""
    return list(post(viewer, post_id).versions.order_by("number"))


def _listed(rows: QuerySet[Any], cursor: Cursor, item: str) -> Listed[int]:
    return listed(list(page(rows, cursor).values_list("pk", item)), cursor)


def favourited_by(viewer: Viewer, post_id: int, cursor: Cursor) -> Listed[int]:
    """Accounts that like a post, as far as the viewer may know of them; newest first."""
    marks = Favourite.objects.filter(post_id=original(viewer, post_id).pk)
    return _listed(marks.filter(account__in=people(viewer)), cursor, "account_id")


def boosted_by(viewer: Viewer, post_id: int, cursor: Cursor) -> Listed[int]:
    """Accounts that passed a post on, as far as the viewer may know of them; newest first."""
    boosts = Post.objects.filter(boost_of_id=original(viewer, post_id).pk, deleted_at=None)
    known = boosts.filter(author__in=people(viewer))
    return _listed(known, cursor, "author_id")


def quotes_of(viewer: Viewer, post_id: int, cursor: Cursor) -> Listed[int]:
    """Posts that quote a post with its author's consent; newest first."""
    quotes = posts(viewer).filter(
        quote_of_id=original(viewer, post_id).pk, quote_state=QuoteState.ACCEPTED
    )
    return _listed(quotes, cursor, "pk")


def favourites(viewer: Viewer, cursor: Cursor) -> Listed[int]:
    """Posts that the viewer likes, by when they did."""
    mine = Favourite.objects.filter(account_id=viewer.account_id, post__in=posts(viewer))
    return _listed(mine, cursor, "post_id")


def bookmarks(viewer: Viewer, cursor: Cursor) -> Listed[int]:
    """Posts that the viewer keeps, by when they did."""
    mine = Bookmark.objects.filter(account_id=viewer.account_id, post__in=posts(viewer))
    return _listed(mine, cursor, "post_id")


def poll(viewer: Viewer, poll_id: int) -> Poll:
    """One poll of a post that the viewer may read."""
    found = Poll.objects.get(pk=poll_id)
    found.post = post(viewer, found.post_id)
    return found


def upload(viewer: Viewer, media_id: int) -> Media:
    """One of the viewer's own uploads that was not yet used."""
    return Media.objects.get(pk=media_id, owner_id=viewer.account_id, post=None)


def uploads(owner_id: int, media_ids: list[int]) -> list[Media]:
    """Somebody's own uploads, in the order asked."""
    found = Media.objects.filter(owner_id=owner_id).in_bulk(media_ids)
    return [found[id] for id in media_ids if id in found]


def media_at(viewer: Viewer, name: str) -> Media:
    """The media of a stored file, if the viewer may read its post or it is their own upload."""
    own = Q(owner_id=viewer.account_id, post=None) if viewer else Q(pk=None)
    return Media.objects.get(Q(file=name) | Q(preview=name), own | Q(post__in=posts(viewer)))


def media_by_address(name: str) -> Media:
    """The media of a stored file for whoever holds its signed address: a card was seen with it.

    Client programs fetch pictures without token or cookie, so the address is all they show."""
    unused_or_standing = Q(post=None) | standing(Viewer.anonymous(), "post__")
    return Media.objects.get(Q(file=name) | Q(preview=name), unused_or_standing)


def scheduled(viewer: Viewer, cursor: Cursor) -> list[Scheduled]:
    """What the viewer has waiting, the newest id first."""
    return list(page(Scheduled.objects.filter(author_id=viewer.account_id), cursor))


def scheduled_one(viewer: Viewer, scheduled_id: int) -> Scheduled:
    """One of the viewer's waiting posts."""
    return Scheduled.objects.get(pk=scheduled_id, author_id=viewer.account_id)


def tag(folded: str) -> Tag | None:
    """A tag by its folded name; None where nobody ever wrote it."""
    return Tag.objects.filter(folded=folded).first()


def featured_tags(viewer: Viewer, account_id: int) -> QuerySet[FeaturedTag]:
    """What somebody shows on their profile."""
    owner = people(viewer).get(pk=account_id)
    return FeaturedTag.objects.filter(account=owner).select_related("tag").order_by("id")


def post_count() -> int:
    """How many posts there are; a number about the whole, for the instance page."""
    return Post.objects.filter(deleted_at=None, boost_of=None).count()
