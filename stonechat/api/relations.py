"""What is between accounts: follows, blocks, mutes, notes, requests and suggestions."""

from __future__ import annotations

from datetime import UTC, datetime

from stonechat.api.accounts import SIZE, counts, entities, entity
from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.accounts import (
    FamiliarFollowers,
    MutedAccountMine,
    Relationship,
    Suggestion,
)
from stonechat.api.entities.encoding import Rendered, moment
from stonechat.api.limits import FOLLOWING
from stonechat.api.paging import cursor, limit, paged
from stonechat.api.responses import Answer
from stonechat.audience.viewer import Viewer
from stonechat.people import actions, queries
from stonechat.people.cards import AccountCard, cards
from stonechat.people.queries import Muted

# Our reasons in Mastodon's words, newer and older.
SOURCES = {
    "team": ("featured", "staff"),
    "unit": ("featured", "staff"),
    "friends": ("friends_of_friends", "past_interactions"),
}


# From what was read to entities.


def between(viewer: Viewer, account_id: int) -> Relationship:
    """How the viewer and one account stand to each other; the account was seen before."""
    return _relationship(queries.relationships(viewer, [account_id])[0])


def _relationship(one: queries.Relationship) -> Relationship:
    return Relationship(
        id=str(one.id),
        following=one.following,
        showing_reblogs=one.showing_boosts,
        notifying=one.notifying,
        languages=one.languages,
        followed_by=one.followed_by,
        blocking=one.blocking,
        blocked_by=one.blocked_by,
        muting=one.muting,
        muting_notifications=one.muting_notifications,
        muting_expires_at=_seconds(one.muting_until),
        requested=one.requested,
        requested_by=one.requested_by,
        endorsed=one.endorsed,
        note=one.note,
    )


def _seconds(time: datetime | None) -> str | None:
    """Mastodon writes this one time without milliseconds."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if time else None


def _muted(card: AccountCard, muted: Muted) -> Rendered:
    until = moment(muted.until) if muted.until else None
    return entity(card, MutedAccountMine(mute_expires_at=until, **counts(card)))


# Between me and one other.


@endpoint("POST", scope="write:follows", limit=FOLLOWING)
def follow(request: ApiRequest, id: int) -> Answer:
    """Follow, ask to, or change how I follow."""
    sent = request.parameters
    actions.follow(
        request.viewer,
        id,
        boosts=sent.flag("reblogs"),
        notify=sent.flag("notify"),
        languages=sent.texts("languages") if sent.given("languages") else None,
    )
    return between(request.viewer, id)


@endpoint("POST", scope="write:follows")
def unfollow(request: ApiRequest, id: int) -> Answer:
    """Stop following, or take the request back."""
    actions.unfollow(request.viewer, id)
    return between(request.viewer, id)


@endpoint("POST", scope="write:follows")
def remove_from_followers(request: ApiRequest, id: int) -> Answer:
    """Have somebody not follow me any more."""
    actions.remove_follower(request.viewer, id)
    return between(request.viewer, id)


@endpoint("POST", scope="write:blocks")
def block(request: ApiRequest, id: int) -> Answer:
    """Keep somebody away."""
    actions.block(request.viewer, id)
    return between(request.viewer, id)


@endpoint("POST", scope="write:blocks")
def unblock(request: ApiRequest, id: int) -> Answer:
    """Take a block back."""
    actions.unblock(request.viewer, id)
    return between(request.viewer, id)


@endpoint("POST", scope="write:mutes")
def mute(request: ApiRequest, id: int) -> Answer:
    """Hear nothing from somebody, for a while or for ever."""
    sent = request.parameters
    actions.mute(
        request.viewer,
        id,
        duration=sent.number("duration", 0),
        notifications=sent.flag("notifications", True),
    )
    return between(request.viewer, id)


@endpoint("POST", scope="write:mutes")
def unmute(request: ApiRequest, id: int) -> Answer:
    """Hear from somebody again."""
    actions.unmute(request.viewer, id)
    return between(request.viewer, id)


@endpoint("POST", scope="write:accounts")
def note(request: ApiRequest, id: int) -> Answer:
    """Write something about somebody for myself; empty clears."""
    actions.note(request.viewer, id, request.parameters.text("comment", ""))
    return between(request.viewer, id)


@endpoint("POST", scope="write:accounts")
def endorse(request: ApiRequest, id: int) -> Answer:
    """Show somebody on my profile."""
    actions.endorse(request.viewer, id)
    return between(request.viewer, id)


@endpoint("POST", scope="write:accounts")
def unendorse(request: ApiRequest, id: int) -> Answer:
    """Show them there no longer."""
    actions.unendorse(request.viewer, id)
    return between(request.viewer, id)


# Between me and several.


@endpoint("GET", scope="read:follows")
def relationships(request: ApiRequest) -> Answer:
    """How I stand to each of these, in the order asked."""
    sent = request.parameters
    found = queries.relationships(
        request.viewer,
        sent.identities("id"),
        suspended=sent.flag("with_suspended", False),
    )
    return [_relationship(one) for one in found]


@endpoint("GET", scope="read:follows")
def familiar_followers(request: ApiRequest) -> Answer:
    """Of those I follow: who follows each of these."""
    found = queries.familiar_followers(request.viewer, request.parameters.identities("id"))
    known = cards(request.viewer, {one for ids in found.values() for one in ids})
    return [
        FamiliarFollowers(id=str(target), accounts=[entity(known[one]) for one in ids])
        for target, ids in found.items()
    ]


@endpoint("GET", scope="read:blocks")
def blocks(request: ApiRequest) -> Answer:
    """Whom I block."""
    found = queries.blocks(request.viewer, cursor(request.parameters, SIZE))
    return paged(request, entities(request.viewer, found.items), found)


@endpoint("GET", scope="read:mutes")
def mutes(request: ApiRequest) -> Answer:
    """Whom I mute, and until when."""
    found = queries.mutes(request.viewer, cursor(request.parameters, SIZE))
    known = cards(request.viewer, [one.account_id for one in found.items])
    body = [_muted(known[one.account_id], one) for one in found.items]
    return paged(request, body, found)


@endpoint("GET", scope="read:accounts")
def endorsements(request: ApiRequest) -> Answer:
    """Whom I show on my profile."""
    me = request.viewer.account_id
    found = queries.endorsements(request.viewer, me, cursor(request.parameters, SIZE))
    return paged(request, entities(request.viewer, found.items), found, "since_id")


# Who asks to follow me.


@endpoint("GET", scope="read:follows")
def follow_requests(request: ApiRequest) -> Answer:
    """Who asks."""
    found = queries.follow_requests(request.viewer, cursor(request.parameters, SIZE))
    return paged(request, entities(request.viewer, found.items), found, "since_id")


@endpoint("POST", scope="write:follows")
def authorize_follow_request(request: ApiRequest, id: int) -> Answer:
    """Let somebody (by account) follow me."""
    actions.accept_request(request.viewer, id)
    return between(request.viewer, id)


@endpoint("POST", scope="write:follows")
def reject_follow_request(request: ApiRequest, id: int) -> Answer:
    """Turn somebody (by account) away."""
    actions.reject_request(request.viewer, id)
    return between(request.viewer, id)


# Whom to follow.


@endpoint("GET", scope="read")
def suggestions(request: ApiRequest) -> Answer:
    """Whom I might follow, and why."""
    found = queries.suggestions(request.viewer, limit(request.parameters, SIZE))
    known = cards(request.viewer, [one.account_id for one in found])
    return [_suggestion(known[one.account_id], one.source) for one in found]


def _suggestion(card: AccountCard, why: str) -> Suggestion:
    newer, older = SOURCES[why]
    return Suggestion(source=older, sources=[newer], account=entity(card))


@endpoint("GET", scope="read", deprecated="2021-11-26")
def suggestions_v1(request: ApiRequest) -> Answer:
    """Whom I might follow, without the reason."""
    found = queries.suggestions(request.viewer, limit(request.parameters, SIZE))
    return entities(request.viewer, [one.account_id for one in found])


@endpoint("DELETE", scope="read")
def dismiss_suggestion(request: ApiRequest, id: int) -> Answer:
    """Do not suggest this account to me again."""
    actions.dismiss_suggestion(request.viewer, id)
    return None
