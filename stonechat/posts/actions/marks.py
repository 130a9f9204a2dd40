"""Boost, favourite, bookmark, pin, mute a thread, feature a tag: each can be taken back."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Model
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from stonechat.audience.models import Audience
from stonechat.audience.viewer import Viewer
from stonechat.core import clock, ids
from stonechat.core.actions import Refused, action, require
from stonechat.core.events import happened
from stonechat.core.text import fold
from stonechat.posts import events, queries, rules
from stonechat.posts.actions._burying import bury
from stonechat.posts.actions._counting import count
from stonechat.posts.models import (
    Bookmark,
    Favourite,
    FeaturedTag,
    Pin,
    Post,
    Tag,
    ThreadMute,
)

PINS_AT_MOST = 5  # Mastodon's bound, shown in the instance entity
FEATURED_AT_MOST = 10


@action
def boost(viewer: Viewer, post_id: int, audience: str = Audience.ORGANISATION) -> Post:
    """Pass a post on; doing it twice gives the first wrapper again."""
    post = queries.original(viewer, post_id)
    require(rules.may_boost(viewer, post), _("This post stays with those it was written for."))
    if audience not in {*rules.OPEN, Audience.FOLLOWERS}:
        raise Refused(_("Validation failed: Visibility is not included in the list"), "visibility")
    before = Post.objects.filter(
        author_id=viewer.account_id, boost_of=post, deleted_at=None
    ).first()
    return before or _pass_on(viewer, post, _no_wider(audience, post))


@action
def unboost(viewer: Viewer, post_id: int) -> Post:
    """Take a boost back; answers the original."""
    post = queries.original(viewer, post_id)
    require(rules.may_favourite(viewer, post), _("Sign in first."))
    for wrapper in Post.objects.filter(author_id=viewer.account_id, boost_of=post, deleted_at=None):
        bury(wrapper)
        happened(events.BoostUndone(viewer.account_id, post_id=post.pk, boost_id=wrapper.pk))
    return post


def _no_wider(audience: str, post: Post) -> str:
    return Audience.FOLLOWERS if post.audience == Audience.FOLLOWERS else audience


def _pass_on(viewer: Viewer, post: Post, audience: str) -> Post:
    id, now = ids.draw(Post), clock.now()
    wrapper = Post.objects.create(
        id=id,
        author_id=viewer.account_id,
        audience=audience,
        created_at=now,
        root_id=id,
        boost_of=post,
    )
    Post.objects.filter(pk=post.pk).update(boosts_count=F("boosts_count") + 1)
    count(wrapper)
    happened(events.PostBoosted(viewer.account_id, post_id=post.pk, boost_id=id))
    return wrapper


@action
def favourite(viewer: Viewer, post_id: int) -> Post:
    """Like a post."""
    return _marked(viewer, post_id, Favourite, events.PostFavourited)


@action
def unfavourite(viewer: Viewer, post_id: int) -> Post:
    """Take a like back."""
    return _unmarked(viewer, post_id, Favourite, events.FavouriteUndone)


@action
def bookmark(viewer: Viewer, post_id: int) -> Post:
    """Keep a post for oneself."""
    return _marked(viewer, post_id, Bookmark, events.PostBookmarked)


@action
def unbookmark(viewer: Viewer, post_id: int) -> Post:
    """No longer keep a post."""
    return _unmarked(viewer, post_id, Bookmark, events.BookmarkUndone)


def _marked(viewer: Viewer, post_id: int, mark: type[Any], event: type[events.PostEvent]) -> Post:
    post = queries.original(viewer, post_id)
    require(rules.may_favourite(viewer, post), _("Sign in first."))
    new = mark.objects.get_or_create(
        post=post, account_id=viewer.account_id, defaults={"created_at": clock.now()}
    )[1]
    if new:
        _count(post, mark, +1)
        happened(event(viewer.account_id, post_id=post.pk))
    return post


def _unmarked(viewer: Viewer, post_id: int, mark: type[Any], event: type[events.PostEvent]) -> Post:
    post = queries.original(viewer, post_id)
    require(rules.may_favourite(viewer, post), _("Sign in first."))
    mine = mark.objects.filter(post=post, account_id=viewer.account_id)
    if mine.delete()[0]:
        _count(post, mark, -1)
        happened(event(viewer.account_id, post_id=post.pk))
    return post


def _count(post: Post, mark: type[Model], by: int) -> None:
    if mark is Favourite:
        Post.objects.filter(pk=post.pk).update(
            favourites_count=Greatest(F("favourites_count") + by, 0)
        )


@action
def pin(viewer: Viewer, post_id: int) -> Post:
    """Let a post stand first on one's profile."""
    post = queries.post(viewer, post_id)
    require(bool(viewer), _("Sign in first."))
    if not rules.may_pin(viewer, post):  # a 422 in the client API, not a 403
        raise Refused(_("Validation failed: You can pin only your own posts, and no direct ones."))
    if Pin.objects.filter(account_id=viewer.account_id).exclude(post=post).count() >= PINS_AT_MOST:
        raise Refused(_("You have already pinned the maximum number of posts"))
    return _marked(viewer, post_id, Pin, events.PostPinned)


@action
def unpin(viewer: Viewer, post_id: int) -> Post:
    """Let a post stand in its place again."""
    return _unmarked(viewer, post_id, Pin, events.PinUndone)


@action
def mute_thread(viewer: Viewer, post_id: int) -> Post:
    """Hear no more of a thread."""
    post = queries.original(viewer, post_id)
    _marked(viewer, post.root_id, ThreadMute, events.ThreadMuted)
    return post


@action
def unmute_thread(viewer: Viewer, post_id: int) -> Post:
    """Hear of a thread again."""
    post = queries.original(viewer, post_id)
    _unmarked(viewer, post.root_id, ThreadMute, events.ThreadUnmuted)
    return post


@action
def feature_tag(viewer: Viewer, name: str) -> FeaturedTag:
    """Show a tag on one's profile."""
    require(bool(viewer), _("Sign in first."))
    name = name.lstrip("#").strip()
    if not name or len(name) > 100:
        raise Refused(_("Validation failed: Name is not a tag"), "name")
    if FeaturedTag.objects.filter(account_id=viewer.account_id).count() >= FEATURED_AT_MOST:
        raise Refused(_("You have already featured the maximum number of hashtags"))
    tag = Tag.objects.get_or_create(folded=fold(name), defaults={"name": name})[0]
    featured, new = FeaturedTag.objects.get_or_create(account_id=viewer.account_id, tag=tag)
    if new:
        happened(events.TagFeatured(viewer.account_id, tag_id=tag.pk))
    return featured


@action
def unfeature_tag(viewer: Viewer, featured_id: int) -> None:
    """No longer show a tag on one's profile."""
    require(bool(viewer), _("Sign in first."))
    featured = FeaturedTag.objects.get(pk=featured_id, account_id=viewer.account_id)
    happened(events.TagUnfeatured(viewer.account_id, tag_id=featured.tag_id))
    featured.delete()
