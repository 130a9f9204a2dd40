"""Which posts stand in a timeline, newest first: ids only, chosen from what the viewer may read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from stonechat.audience.models import Audience
from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import people, posts
from stonechat.core import clock
from stonechat.core.pages import Cursor, newest_first, page
from stonechat.core.statements import Statement
from stonechat.people.models import Follow, Membership, Mute
from stonechat.posts.models import Media, Pin, Post, Tagging
from stonechat.timelines.models import List, Listing, TagFollow

Feed = Callable[..., QuerySet[Post]]


def _paged(feed: Feed) -> Statement:
    """A feed as a statement: its own values, then the cursor's; the limit is in its shape."""

    def build(*values: Any) -> QuerySet[Any, Any]:
        *own, max_id, low, limit, upwards = values
        key = "min_id" if upwards else "since_id"
        cursor = Cursor(limit=limit, max_id=max_id, **{key: low})
        return page(feed(*own), cursor).values_list("pk")

    return Statement(build)


HIGHEST = 2**61  # above every id, below the stand-ins of statements


def _ids(statement: Statement, cursor: Cursor, *own: Any) -> list[int]:
    low = cursor.min_id if cursor.upwards else cursor.since_id
    top = HIGHEST if cursor.max_id is None else cursor.max_id
    rows = statement(*own, top, low or 0, shape=(cursor.limit, cursor.upwards))
    return newest_first([row[0] for row in rows], cursor)


# Home: what I follow, my groups and tags, and my own.


def _home(me: int, now: datetime) -> QuerySet[Post]:
    mine = Q(author_id=me)
    followed = Exists(_follow(me, "author_id").filter(Q(boosts=True) | _no_boost()))
    chosen = mine | Q(followed) | Q(Exists(_my_groups(me))) | Q(Exists(_my_tags(me)))
    mine_to_hear = _talk_i_follow(me) & ~_muted(me, now) & ~_kept_for_a_list(me) & ~_heard(me, now)
    return posts(Viewer.person(me)).filter(chosen, mine_to_hear)


def _follow(me: int, column: str) -> QuerySet[Follow]:
    return Follow.objects.filter(account_id=me, target_id=OuterRef(column), accepted=True)


def _no_boost() -> Q:
    return Q(Exists(Post.objects.filter(pk=OuterRef(OuterRef("pk")), boost_of=None)))


# A boost within this time of the words themselves, or of another boost, would only repeat them.
AGAIN = timedelta(days=3)


def _heard(me: int, now: datetime) -> Q:
    """A boost of what stands in this home anyway. A reply may not, so its boosts are heard."""
    mine_or_followed = Q(boost_of__author_id=me) | Exists(_follow(me, "boost_of__author_id"))
    recent = Q(boost_of__created_at__gt=F("created_at") - AGAIN, boost_of__in_reply_to=None)
    said = recent & mine_or_followed
    seen = posts(Viewer.person(me)).exclude(_muted(me, now))
    earlier = seen.filter(
        boost_of_id=OuterRef("boost_of_id"),
        pk__lt=OuterRef("pk"),
        created_at__gt=OuterRef("created_at") - AGAIN,
        author__followers__account_id=me,
        author__followers__accepted=True,
        author__followers__boosts=True,
    )
    return Q(boost_of__isnull=False) & (said | Q(Exists(earlier)))


def _my_groups(me: int) -> QuerySet[Membership]:
    return Membership.objects.filter(account_id=me, group_id=OuterRef("group_id"), accepted=True)


def _my_tags(me: int) -> QuerySet[TagFollow]:
    return TagFollow.objects.filter(account_id=me, tag__taggings__post_id=OuterRef("pk"))


def _talk_i_follow(me: int) -> Q:
    """Replies stay in the thread, unless they answer me, themselves or somebody I follow."""
    to_self = Q(in_reply_to_account_id=F("author_id")) | Q(in_reply_to_account_id=me)
    own = Q(author_id=me)
    return Q(in_reply_to=None) | own | to_self | Q(Exists(_follow(me, "in_reply_to_account_id")))


def _kept_for_a_list(me: int) -> Q:
    """Whom I put into an exclusive list, I read only there; my own posts stay."""
    exclusive = Listing.objects.filter(list__account_id=me, list__exclusive=True)
    of_its_people = Exists(exclusive.filter(account_id=OuterRef("author_id")))
    return ~Q(author_id=me) & Q(of_its_people)


def _muted(me: int, now: datetime) -> Q:
    mutes = Mute.objects.filter(Q(until=None) | Q(until__gt=now), account_id=me)
    by_author = Exists(mutes.filter(target_id=OuterRef("author_id")))
    return Q(by_author) | Q(Exists(mutes.filter(target_id=OuterRef("boost_of__author_id"))))


HOME = _paged(_home)


def home(viewer: Viewer, cursor: Cursor) -> list[int]:
    """What the viewer follows, in order of time."""
    return _ids(HOME, cursor, viewer.account_id, clock.now())


# The whole organisation.


def _public(me: int, now: datetime) -> QuerySet[Post]:
    said = posts(Viewer.person(me)).filter(audience=Audience.ORGANISATION, boost_of=None)
    return said.filter(_no_answer(), ~_muted(me, now))


def _no_answer() -> Q:
    return Q(in_reply_to=None) | Q(in_reply_to_account_id=F("author_id"))


PUBLIC = _paged(_public)


def public(viewer: Viewer, cursor: Cursor, *, only_media: bool = False) -> list[int]:
    """What was said to everybody; replies to others are left in their threads."""
    if viewer and not only_media:
        return _ids(PUBLIC, cursor, viewer.account_id, clock.now())
    rows = posts(viewer).filter(_no_answer(), audience=Audience.ORGANISATION, boost_of=None)
    return _plain(_with_media(rows, only_media), viewer, cursor)


def _plain(rows: QuerySet[Post], viewer: Viewer, cursor: Cursor) -> list[int]:
    """The rarer feeds go without a compiled statement."""
    if viewer:
        rows = rows.exclude(_muted(viewer.account_id, clock.now()))
    ids = list(page(rows, cursor).values_list("pk", flat=True))
    return newest_first(ids, cursor)


def _with_media(rows: QuerySet[Post], only_media: bool) -> QuerySet[Post]:
    return rows.filter(Exists(Media.objects.filter(post_id=OuterRef("pk")))) if only_media else rows


# One tag, one group, one person, one list.


def tag(
    viewer: Viewer,
    folded: str,
    cursor: Cursor,
    *,
    any_of: tuple[str, ...] = (),
    all_of: tuple[str, ...] = (),
    none_of: tuple[str, ...] = (),
    only_media: bool = False,
) -> list[int]:
    """Posts with a tag, or any of some; with all and none of others. Direct ones stay private."""
    rows = posts(viewer).filter(_tagged(folded, *any_of), boost_of=None)
    for other in all_of:
        rows = rows.filter(_tagged(other))
    if none_of:
        rows = rows.exclude(_tagged(*none_of))
    return _plain(_with_media(rows.exclude(audience=Audience.DIRECT), only_media), viewer, cursor)


def _tagged(*folded: str) -> Exists:
    return Exists(Tagging.objects.filter(post_id=OuterRef("pk"), tag__folded__in=folded))


def group(viewer: Viewer, group_account_id: int, cursor: Cursor) -> list[int]:
    """What was said in a group, or shown in it."""
    rows = posts(viewer).filter(group__account_id=group_account_id, boost_of=None)
    return _plain(rows, viewer, cursor)


def account(
    viewer: Viewer,
    account_id: int,
    cursor: Cursor,
    *,
    only_media: bool = False,
    exclude_replies: bool = False,
    exclude_reblogs: bool = False,
    pinned: bool = False,
    tagged: str = "",
) -> list[int]:
    """What one account said and passed on; a group's account shows what was said in it."""
    owner = people(viewer).get(pk=account_id)
    if pinned:
        return _pinned(viewer, account_id)
    said = Q(group__account=owner) if owner.kind == "group" else Q(author=owner)
    rows = posts(viewer).filter(said)
    if exclude_replies:
        rows = rows.filter(_no_answer())
    if exclude_reblogs:
        rows = rows.filter(boost_of=None)
    if tagged:
        rows = rows.filter(_tagged(tagged))
    ids = page(_with_media(rows, only_media), cursor).values_list("pk", flat=True)
    return newest_first(list(ids), cursor)


def _pinned(viewer: Viewer, account_id: int) -> list[int]:
    """The newest pin first; there are at most five."""
    pins = Pin.objects.filter(account_id=account_id, post__in=posts(viewer)).order_by("-pk")
    return list(pins.values_list("post_id", flat=True))


def in_list(viewer: Viewer, list_id: int, cursor: Cursor) -> list[int]:
    """What the people of one of my lists say; which replies, the list's policy says."""
    chosen = List.objects.get(pk=list_id, account_id=viewer.account_id)
    members = Listing.objects.filter(list=chosen).values("account_id")
    rows = posts(viewer).filter(author_id__in=members)
    return _plain(rows.filter(_answers(viewer, chosen, members)), viewer, cursor)


def _answers(viewer: Viewer, chosen: List, members: QuerySet[Any, Any]) -> Q:
    if chosen.replies_policy == List.Replies.NONE:
        return _no_answer()
    if chosen.replies_policy == List.Replies.LIST:
        return _no_answer() | Q(in_reply_to_account_id__in=members)
    return _no_answer() | Q(Exists(_follow(viewer.account_id, "in_reply_to_account_id")))
