"""What the policies of those who would be told say about who caused it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from stonechat.audience.models import Audience
from stonechat.core import clock
from stonechat.notifications.models import Policy, Request, Type, Verdict
from stonechat.people.models import Account, Follow, Kind
from stonechat.posts.models import Post

# Mastodon's list: what one asked for oneself (subscribed posts, polls, updates) always comes.
FILTERABLE = {
    Type.MENTION,
    Type.REBLOG,
    Type.FAVOURITE,
    Type.FOLLOW,
    Type.FOLLOW_REQUEST,
    Type.QUOTE,
}
NEW = timedelta(days=30)  # how long an account counts as new, in Mastodon's words to people
NOTHING_SAID = Q(
    for_not_following=Verdict.ACCEPT,
    for_not_followers=Verdict.ACCEPT,
    for_new_accounts=Verdict.ACCEPT,
    for_private_mentions=Verdict.ACCEPT,
    for_bots=Verdict.ACCEPT,
)


@dataclass(frozen=True)
class _Stranger:
    """Who caused it, as far as a policy asks."""

    bot: bool
    new: bool
    direct: bool
    answers: int | None  # the account that the post answers


Told = set[tuple[int, str]]
Verdicts = dict[tuple[int, str], str]


def verdicts(origin_id: int, post: Post | None, told: Told) -> Verdicts:
    """filter or drop for those of (account, type) whose policy does not simply accept it."""
    asked = {(one, kind) for one, kind in told if kind in FILTERABLE}
    policies = list(_policies(origin_id, {one for one, _kind in asked})) if asked else []
    if not policies:
        return {}
    stranger = _stranger(origin_id, post)
    by_account = {one.account_id: _verdict(set(_reasons(one, stranger))) for one in policies}
    return {key: verdict for key in asked if (verdict := by_account.get(key[0]))}


def _policies(origin_id: int, accounts: set[int]) -> QuerySet[Policy]:
    """Policies of these accounts that say something and make no exception for this person."""
    me, follows = OuterRef("account_id"), Follow.objects.filter(accepted=True)
    welcome = Request.objects.filter(account_id=me, origin_id=origin_id, accepted=True)
    rows = Policy.objects.filter(~NOTHING_SAID, ~Exists(welcome), account_id__in=accounts)
    return rows.annotate(
        follows=Exists(follows.filter(account_id=me, target_id=origin_id)),
        followed=Exists(follows.filter(account_id=origin_id, target_id=me)),
    )


def _stranger(origin_id: int, post: Post | None) -> _Stranger:
    origin = Account.objects.get(pk=origin_id)
    return _Stranger(
        bot=origin.kind == Kind.BOT,
        new=origin.created_at > clock.now() - NEW,
        direct=post is not None and post.audience == Audience.DIRECT,
        answers=post.in_reply_to_account_id if post else None,
    )


def _reasons(policy: Policy, stranger: _Stranger) -> Iterator[str]:
    """What each case that applies says. Whom one follows may write to one, whoever they are."""
    follows, followed = policy.follows, policy.followed  # type: ignore[attr-defined]
    if not followed:
        yield policy.for_not_followers
    if follows:
        return
    yield policy.for_not_following
    if stranger.new:
        yield policy.for_new_accounts
    if stranger.bot:
        yield policy.for_bots
    if stranger.direct and stranger.answers != policy.account_id:
        yield policy.for_private_mentions


def _verdict(said: set[str]) -> str:
    """The strictest of what was said; "" for accept."""
    return next((one for one in (Verdict.DROP, Verdict.FILTER) if one in said), "")
