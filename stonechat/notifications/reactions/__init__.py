"""Whom a fact concerns. `tell` says so; `forget` takes back what would show nothing any more.

Both are safe to run twice, and ask a fixed number of queries however many are told.
"""

from __future__ import annotations

from functools import singledispatch

from django.db.models import Q, QuerySet

from stonechat.core import clock
from stonechat.core.events import Event
from stonechat.notifications.models import Notification, Type
from stonechat.notifications.reactions.delivery import Line, News, deliver
from stonechat.notifications.reactions.naming import named, newly_named
from stonechat.people.events import FollowAccepted, Followed, FollowRejected, Unfollowed
from stonechat.people.models import Follow
from stonechat.posts.events import (
    BoostUndone,
    FavouriteUndone,
    PollClosed,
    PostBoosted,
    PostDeleted,
    PostEdited,
    PostFavourited,
    PostPublished,
)
from stonechat.posts.models import Ballot, Favourite, Intent, Poll, Post, QuoteState

FOLLOWS = (Type.FOLLOW, Type.FOLLOW_REQUEST)


@singledispatch
def tell(event: Event) -> None:
    """Let everybody whom a fact concerns find it in their inbox."""
    raise TypeError(f"the wiring says to tell of {type(event).__name__}, but nobody knows whom")


@singledispatch
def forget(event: Event) -> None:
    """Take out of the inboxes what a fact has undone."""
    raise TypeError(f"the wiring says to forget {type(event).__name__}, but nobody knows what")


@tell.register
def published(event: PostPublished) -> None:
    """Who is named or quoted in it, and who follows its author to the letter."""
    post = _post(event.post_id)
    if post is None or post.intent == Intent.FYI:
        return
    concerned = [Line(one, Type.MENTION, post.pk) for one in named(post)] + _quoted(post)
    known = {line.account_id for line in concerned}
    others = [one for one in _subscribers(post) if one not in known]
    lines = concerned + [Line(one, Type.STATUS, post.pk) for one in others]
    deliver(News(post.author_id, post.created_at, _not_to(post.author_id, lines), post))


@tell.register
def edited(event: PostEdited) -> None:
    """Who passed it on or quotes it, and who is named in it only now; the last edit counts."""
    post = _post(event.post_id)
    if post is None or post.edited_at is None:
        return
    lines = _boosters(post) + _quoting(post)
    if post.intent != Intent.FYI:
        lines += [Line(one, Type.MENTION, post.pk) for one in newly_named(post)]
    shown = [line.post_id for line in lines if line.post_id]
    updates = Notification.objects.filter(type__in=(Type.UPDATE, Type.QUOTED_UPDATE))
    updates.filter(
        post_id__in=shown, origin_id=post.author_id, created_at__lt=post.edited_at
    ).delete()
    deliver(News(post.author_id, post.edited_at, _not_to(post.author_id, lines), post))


@tell.register
def boosted(event: PostBoosted) -> None:
    """The author of what was passed on."""
    boost = Post.objects.filter(pk=event.boost_id, deleted_at=None).first()
    if boost is not None:
        _tell_author(event.post_id, Type.REBLOG, boost)


@tell.register
def favourited(event: PostFavourited) -> None:
    """The author of what somebody likes."""
    mark = Favourite.objects.filter(post_id=event.post_id, account_id=_actor(event)).first()
    if mark is not None:
        _tell_author(event.post_id, Type.FAVOURITE, mark)


@tell.register
def poll_closed(event: PollClosed) -> None:
    """Who asked, and who voted."""
    poll = Poll.objects.select_related("post").filter(post_id=event.post_id).first()
    if poll is None:
        return
    voters = set(Ballot.objects.filter(poll=poll).values_list("account_id", flat=True))
    told = sorted(voters | {poll.post.author_id})
    lines = [Line(one, Type.POLL, poll.post_id) for one in told]
    deliver(News(poll.post.author_id, poll.expires_at, lines, poll.post))


@tell.register
def followed(event: Followed) -> None:
    """Who is followed, or asked."""
    _tell_followed(_actor(event), event.target_id)


@tell.register
def follow_accepted(event: FollowAccepted) -> None:
    """Who let somebody in: what was a request is a follower now."""
    asked = Notification.objects.filter(account_id=_actor(event), type=Type.FOLLOW_REQUEST)
    asked.filter(origin_id=event.follower_id).delete()
    _tell_followed(event.follower_id, _actor(event))


@forget.register
def favourite_undone(event: FavouriteUndone) -> None:
    """Unless it was liked again since."""
    if not Favourite.objects.filter(post_id=event.post_id, account_id=_actor(event)).exists():
        _about(event.post_id, Type.FAVOURITE).filter(origin_id=_actor(event)).delete()


@forget.register
def boost_undone(event: BoostUndone) -> None:
    """Unless it was passed on again since."""
    boosts = Post.objects.filter(boost_of_id=event.post_id, deleted_at=None)
    if not boosts.filter(author_id=_actor(event)).exists():
        _about(event.post_id, Type.REBLOG).filter(origin_id=_actor(event)).delete()


@forget.register
def deleted(event: PostDeleted) -> None:
    """Everything about a post that is gone."""
    Notification.objects.filter(post_id=event.post_id).delete()


@forget.register
def unfollowed(event: Unfollowed) -> None:
    """A follower who left, or who takes a request back."""
    _forget_follow(_actor(event), event.target_id)


@forget.register
def follow_rejected(event: FollowRejected) -> None:
    """A follower who was turned away."""
    _forget_follow(event.follower_id, _actor(event))


def _actor(event: Event) -> int:
    """Who did it: what is liked or followed is so by somebody."""
    assert event.actor_id is not None, event
    return event.actor_id


def _post(post_id: int) -> Post | None:
    posts = Post.objects.select_related("current", "quote_of")
    return posts.filter(pk=post_id, deleted_at=None).first()


def _about(post_id: int, kind: str) -> QuerySet[Notification]:
    return Notification.objects.filter(post_id=post_id, type=kind)


def _not_to(origin_id: int, lines: list[Line]) -> list[Line]:
    """Nobody is told what they did themselves."""
    return [line for line in lines if line.account_id != origin_id]


def _quoted(post: Post) -> list[Line]:
    if post.quote_of is None or post.quote_state != QuoteState.ACCEPTED:
        return []
    return [Line(post.quote_of.author_id, Type.QUOTE, post.pk)]


def _subscribers(post: Post) -> list[int]:
    """Followers who asked for every post: those that come home, so no answers to others."""
    if post.in_reply_to_account_id not in {None, post.author_id}:
        return []
    language = post.current.language if post.current else ""
    follows = Follow.objects.filter(target_id=post.author_id, accepted=True, notify=True)
    rows = follows.order_by("pk").values_list("account_id", "languages")
    return [one for one, wanted in rows if not (wanted and language) or language in wanted]


def _boosters(post: Post) -> list[Line]:
    boosts = Post.objects.filter(boost_of=post, deleted_at=None).order_by("pk")
    return [Line(one, Type.UPDATE, post.pk) for one in boosts.values_list("author_id", flat=True)]


def _quoting(post: Post) -> list[Line]:
    """Each is shown their own quote, as in Mastodon, not the post that changed."""
    quotes = Post.objects.filter(quote_of=post, quote_state=QuoteState.ACCEPTED, deleted_at=None)
    rows = quotes.order_by("pk").values_list("author_id", "pk")
    return [Line(author, Type.QUOTED_UPDATE, quote) for author, quote in rows]


def _tell_author(post_id: int, kind: str, mark: Favourite | Post) -> None:
    post = _post(post_id)
    if post is None:
        return
    origin = mark.author_id if isinstance(mark, Post) else mark.account_id
    lines = _not_to(origin, [Line(post.author_id, kind, post.pk)])
    deliver(News(origin, mark.created_at, lines, post))


def _tell_followed(follower_id: int, target_id: int) -> None:
    follow = Follow.objects.filter(account_id=follower_id, target_id=target_id).first()
    if follow is None:
        return
    kind = Type.FOLLOW if follow.accepted else Type.FOLLOW_REQUEST
    line = Line(follow.target_id, kind, None)
    deliver(News(follow.account_id, clock.now(), [line], None))


def _forget_follow(follower_id: int, target_id: int) -> None:
    """Unless they follow, or ask, again since."""
    if not Follow.objects.filter(account_id=follower_id, target_id=target_id).exists():
        told = Q(account_id=target_id, origin_id=follower_id, type__in=FOLLOWS)
        Notification.objects.filter(told).delete()
