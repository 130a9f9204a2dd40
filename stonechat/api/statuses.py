"""Statuses: posting, reading, editing and everything one does with a post."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from msgspec import UNSET, UnsetType

from stonechat.api.accounts import entities as accounts
from stonechat.api.accounts import entity as account
from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.encoding import Rendered, moment
from stonechat.api.entities.statuses import (
    Context,
    ScheduledParams,
    ScheduledPoll,
    ScheduledStatus,
    StatusEdit,
    StatusEditPoll,
    StatusEditPollOption,
    StatusSource,
)
from stonechat.api.errors import ApiError
from stonechat.api.limits import DELETING, POSTING
from stonechat.api.paging import cursor, paged
from stonechat.api.parameters import Parameters
from stonechat.api.rendering import AUDIENCE, VISIBILITY, media, rendered, status, statuses
from stonechat.api.responses import Answer, Reply
from stonechat.audience.viewer import Viewer
from stonechat.core.actions import Refused
from stonechat.people import cards as people_cards
from stonechat.posts import actions, queries
from stonechat.posts.actions import PollWords
from stonechat.posts.cards import MediaCard, card

entity, entities_of = status, statuses


def one(viewer: Viewer, post_id: int) -> Rendered:
    """The status of an id; unseen is not found."""
    shown = card(viewer, post_id)
    return rendered(viewer, [shown])[shown.id]


# Posting.


@endpoint("POST", scope="write:statuses", limit=POSTING)
def create(request: ApiRequest) -> Answer:
    """Post, now or at a time."""
    sent = request.parameters
    asked = _asked(request)
    key = request.headers.get("Idempotency-Key", "")[:200]
    due = sent.moment("scheduled_at")
    if due is None:
        post = actions.publish(request.viewer, **{**asked, "poll": _poll(sent)}, key=key)
        return one(request.viewer, post.pk)
    words = _poll(sent)
    asked["poll"] = _poll_as_json(words) if words else None
    return scheduled_entity(actions.schedule(request.viewer, due, key=key, **asked))


def _asked(request: ApiRequest) -> dict[str, Any]:
    """The arguments of `posts.actions.publish`, as JSON, but for the poll."""
    sent = request.parameters
    preferences = people_cards.mine(request.viewer).preferences
    return {
        "text": sent.text("status", ""),
        "audience": _audience(sent.text("visibility") or preferences.get("privacy", "public")),
        "spoiler": sent.text("spoiler_text", ""),
        "sensitive": sent.flag("sensitive", bool(preferences.get("sensitive"))),
        "language": sent.text("language") or preferences.get("language") or "",
        "media_ids": sent.identities("media_ids"),
        "in_reply_to_id": sent.identity("in_reply_to_id"),
        "quoted_id": sent.identity("quoted_status_id"),
        "quote_policy": sent.text("quote_approval_policy")
        or preferences.get("quote_policy", "public"),
        "application_id": request.access.application_id if request.access else None,
    }


def _audience(visibility: str) -> str:
    if visibility not in AUDIENCE:
        raise Refused(_("Validation failed: Visibility is not included in the list"), "visibility")
    return AUDIENCE[visibility]


def _poll(sent: Parameters) -> PollWords | None:
    if not sent.given("poll"):
        return None
    asked = sent.mapping("poll")
    options = asked.texts("options")
    if not options and not asked.given("expires_in"):
        return None
    return PollWords(
        options=options,
        seconds=asked.number("expires_in", 0),
        multiple=asked.flag("multiple", False),
        hide_totals=asked.flag("hide_totals", False),
    )


def _poll_as_json(poll: PollWords) -> dict[str, Any]:
    return {
        "options": poll.options,
        "seconds": poll.seconds,
        "multiple": poll.multiple,
        "hide_totals": poll.hide_totals,
    }


# One post.


@endpoint("GET", scope="read:statuses", public=True)
def show(request: ApiRequest, id: int) -> Answer:
    """One post."""
    return one(request.viewer, id)


@endpoint("GET", scope="read:statuses", public=True)
def show_many(request: ApiRequest) -> Answer:
    """Several posts; those not seen are left out."""
    ids = request.parameters.identities("id")
    if len(ids) > MANY:
        raise ApiError(422, _("Ask for at most %d posts at once.") % MANY)
    return statuses(request.viewer, ids)


MANY = 20


@endpoint("PUT", scope="write:statuses", limit=POSTING)
def edit(request: ApiRequest, id: int) -> Answer:
    """Give a post a new version; what is left out of media and poll is removed."""
    sent = request.parameters
    post = actions.edit(
        request.viewer,
        id,
        text=sent.text("status", ""),
        spoiler=sent.text("spoiler_text", ""),
        sensitive=sent.flag("sensitive", False),
        language=sent.text("language", ""),
        media_ids=sent.identities("media_ids"),
        descriptions=_descriptions(sent),
        poll=_poll(sent),
    )
    if sent.text("quote_approval_policy"):
        actions.set_quote_policy(request.viewer, id, sent.text("quote_approval_policy", ""))
    return one(request.viewer, post.pk)


def _descriptions(sent: Parameters) -> dict[int, dict[str, str]]:
    return {
        row.identity("id", required=True): {"description": row.text("description", "")}
        for row in sent.rows("media_attributes")
    }


@endpoint("DELETE", scope="write:statuses", limit=DELETING)
def destroy(request: ApiRequest, id: int) -> Answer:
    """Delete; the answer holds the source, for writing it anew."""
    shown = card(request.viewer, id)
    actions.delete(request.viewer, id)
    return status(request.viewer, shown, text=shown.words.said.text)


@endpoint("GET", scope="read:statuses", public=True)
def context(request: ApiRequest, id: int) -> Answer:
    """The conversation around a post."""
    above, below = queries.context(request.viewer, id)
    shown = statuses(request.viewer, above + below)
    return Context(ancestors=shown[: len(above)], descendants=shown[len(above) :])


@endpoint("GET", scope="read:statuses", public=True)
def history(request: ApiRequest, id: int) -> Answer:
    """Every version, oldest first."""
    shown = card(request.viewer, id)
    files = {one.id: one for one in shown.said.media}
    author = account(shown.author)
    return [
        StatusEdit(
            content=version.html,
            spoiler_text=version.spoiler,
            sensitive=version.sensitive,
            created_at=moment(version.created_at),
            account=author,
            media_attachments=[media(files[m["id"]]) for m in version.media if m["id"] in files],
            poll=_poll_then(version.poll),
        )
        for version in queries.versions(request.viewer, id)
    ]


def _poll_then(titles: list[str] | None) -> StatusEditPoll | UnsetType:
    if not titles:
        return UNSET
    return StatusEditPoll(options=[StatusEditPollOption(title=title) for title in titles])


@endpoint("GET", scope="read:statuses")
def source(request: ApiRequest, id: int) -> Answer:
    """The words as they were typed."""
    said = card(request.viewer, id).said
    return StatusSource(id=str(said.id), text=said.text, spoiler_text=said.spoiler)


# What one does with it.


@endpoint("POST", scope="write:statuses", limit=POSTING)
def reblog(request: ApiRequest, id: int) -> Answer:
    """Pass on; answers the wrapper."""
    visibility = request.parameters.text("visibility") or "public"
    wrapper = actions.boost(request.viewer, id, _audience(visibility))
    return one(request.viewer, wrapper.pk)


@endpoint("POST", scope="write:statuses", limit=DELETING)
def unreblog(request: ApiRequest, id: int) -> Answer:
    """Take a boost back; answers the original."""
    return one(request.viewer, actions.unboost(request.viewer, id).pk)


@endpoint("POST", scope="write:favourites")
def favourite(request: ApiRequest, id: int) -> Answer:
    """Like."""
    return one(request.viewer, actions.favourite(request.viewer, id).pk)


@endpoint("POST", scope="write:favourites")
def unfavourite(request: ApiRequest, id: int) -> Answer:
    """Take a like back."""
    return one(request.viewer, actions.unfavourite(request.viewer, id).pk)


@endpoint("POST", scope="write:bookmarks")
def bookmark(request: ApiRequest, id: int) -> Answer:
    """Keep."""
    return one(request.viewer, actions.bookmark(request.viewer, id).pk)


@endpoint("POST", scope="write:bookmarks")
def unbookmark(request: ApiRequest, id: int) -> Answer:
    """No longer keep."""
    return one(request.viewer, actions.unbookmark(request.viewer, id).pk)


@endpoint("POST", scope="write:mutes write:statuses")
def mute(request: ApiRequest, id: int) -> Answer:
    """Hear no more of the thread."""
    return one(request.viewer, actions.mute_thread(request.viewer, id).pk)


@endpoint("POST", scope="write:mutes write:statuses")
def unmute(request: ApiRequest, id: int) -> Answer:
    """Hear of the thread again."""
    return one(request.viewer, actions.unmute_thread(request.viewer, id).pk)


@endpoint("POST", scope="write:accounts")
def pin(request: ApiRequest, id: int) -> Answer:
    """Let it stand first on my profile."""
    return one(request.viewer, actions.pin(request.viewer, id).pk)


@endpoint("POST", scope="write:accounts")
def unpin(request: ApiRequest, id: int) -> Answer:
    """Let it stand in its place again."""
    return one(request.viewer, actions.unpin(request.viewer, id).pk)


# Who else.


@endpoint("GET", scope="read:statuses", public=True)
def favourited_by(request: ApiRequest, id: int) -> Reply:
    """Who likes it, as far as I may know of them."""
    found = queries.favourited_by(request.viewer, id, cursor(request.parameters, 40))
    return paged(request, accounts(request.viewer, found.items), found, "since_id")


@endpoint("GET", scope="read:statuses", public=True)
def reblogged_by(request: ApiRequest, id: int) -> Reply:
    """Who passed it on, as far as I may know of them."""
    found = queries.boosted_by(request.viewer, id, cursor(request.parameters, 40))
    return paged(request, accounts(request.viewer, found.items), found, "since_id")


@endpoint("GET", scope="read:statuses", public=True)
def quotes(request: ApiRequest, id: int) -> Reply:
    """Posts that quote it."""
    found = queries.quotes_of(request.viewer, id, cursor(request.parameters))
    return paged(request, statuses(request.viewer, found.items), found, "since_id")


@endpoint("POST", scope="write:statuses")
def revoke_quote(request: ApiRequest, id: int, quoting_id: int) -> Answer:
    """Withdraw my post from somebody's quote; answers the quoting post."""
    return one(request.viewer, actions.revoke_quote(request.viewer, id, quoting_id).pk)


@endpoint("PUT", scope="write:statuses")
def interaction_policy(request: ApiRequest, id: int) -> Answer:
    """Say who may quote."""
    policy = request.parameters.text("quote_approval_policy", required=True)
    return one(request.viewer, actions.set_quote_policy(request.viewer, id, policy).pk)


@endpoint("GET", scope="read:favourites")
def favourites(request: ApiRequest) -> Reply:
    """What I like, by when I did."""
    found = queries.favourites(request.viewer, cursor(request.parameters))
    return paged(request, statuses(request.viewer, found.items), found)


@endpoint("GET", scope="read:bookmarks")
def bookmarks(request: ApiRequest) -> Reply:
    """What I keep, by when I did."""
    found = queries.bookmarks(request.viewer, cursor(request.parameters))
    return paged(request, statuses(request.viewer, found.items), found)


# Waiting posts.


@endpoint("GET", scope="read:statuses")
def scheduled(request: ApiRequest) -> Answer:
    """What I have waiting."""
    rows = queries.scheduled(request.viewer, cursor(request.parameters))
    return [scheduled_entity(row) for row in rows]


@endpoint("GET", scope="read:statuses")
def show_scheduled(request: ApiRequest, id: int) -> Answer:
    """One waiting post."""
    return scheduled_entity(queries.scheduled_one(request.viewer, id))


@endpoint("PUT", scope="write:statuses")
def reschedule(request: ApiRequest, id: int) -> Answer:
    """Give it another time."""
    request.parameters.require("scheduled_at")
    due = request.parameters.moment("scheduled_at")
    assert due is not None
    return scheduled_entity(actions.reschedule(request.viewer, id, due))


@endpoint("DELETE", scope="write:statuses")
def cancel(request: ApiRequest, id: int) -> Answer:
    """Let it never leave."""
    actions.cancel(request.viewer, id)
    return None


def scheduled_entity(row: Any) -> ScheduledStatus:
    """A waiting post as its entity."""
    asked = row.words
    ids = asked.get("media_ids") or []
    return ScheduledStatus(
        id=str(row.pk),
        scheduled_at=moment(row.due_at),
        params=ScheduledParams(
            text=asked["text"],
            application_id=asked.get("application_id") or 0,
            media_ids=[str(id) for id in ids] or None,
            sensitive=asked.get("sensitive"),
            spoiler_text=asked.get("spoiler") or None,
            visibility=VISIBILITY[asked["audience"]],
            in_reply_to_id=asked.get("in_reply_to_id"),
            language=asked.get("language") or None,
            poll=_scheduled_poll(asked.get("poll")),
            quoted_status_id=str(asked["quoted_id"]) if asked.get("quoted_id") else None,
            quote_approval_policy=asked.get("quote_policy", "public"),
        ),
        media_attachments=[media(MediaCard.of(one)) for one in queries.uploads(row.author_id, ids)],
    )


def _scheduled_poll(poll: dict[str, Any] | None) -> ScheduledPoll | None:
    if not poll:
        return None
    rest = {"multiple": poll["multiple"], "hide_totals": poll["hide_totals"]}
    return ScheduledPoll(options=poll["options"], expires_in=poll["seconds"], **rest)
