"""Search over people, posts and tags."""

from __future__ import annotations

from collections.abc import Sequence

from stonechat.api.accounts import entities as accounts
from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.accounts import AccountLike
from stonechat.api.entities.encoding import Rendered
from stonechat.api.entities.others import Search
from stonechat.api.entities.tags import Tag
from stonechat.api.errors import ApiError
from stonechat.api.paging import cursor, limit, offset
from stonechat.api.parameters import Parameters
from stonechat.api.rendering import statuses
from stonechat.api.responses import Answer
from stonechat.api.tags import entities as tags
from stonechat.audience.viewer import Viewer
from stonechat.people.queries import search as people
from stonechat.timelines import queries
from stonechat.timelines.queries import Address

KINDS = ["accounts", "statuses", "hashtags"]
# Mastodon's own words.
NO_RESOLVING = (
    "Search queries that resolve remote resources are not supported without authentication"
)
NO_PAGING = "Search queries pagination is not supported without authentication"


@endpoint("GET", scope="read:search", public=True)
def search(request: ApiRequest) -> Answer:
    """Everything that is called, says or holds this; `type` asks for one kind only."""
    sent = request.parameters
    q = sent.text("q", required=True).strip()
    kind = sent.choice("type", KINDS)
    skipped = offset(sent) if kind else 0
    if not request.viewer:
        _refuse_strangers(sent, skipped)
    found = queries.addressed(request.viewer, q)
    if found is not None:
        return _at(request.viewer, found, kind)
    return Search(
        accounts=_accounts(request.viewer, q, sent, skipped) if _wants("accounts", kind, q) else [],
        statuses=_posts(request.viewer, q, sent, skipped) if _wants("statuses", kind, q) else [],
        hashtags=_tags(request.viewer, q, sent, skipped) if _wants("hashtags", kind, q) else [],
    )


def _refuse_strangers(sent: Parameters, skipped: int) -> None:
    if sent.flag("resolve", False):
        raise ApiError(401, NO_RESOLVING)
    if skipped:
        raise ApiError(401, NO_PAGING)


def _wants(kind: str, asked: str | None, q: str) -> bool:
    """What begins with # is no person, what begins with @ is no tag."""
    sign = {"accounts": "#", "hashtags": "@"}.get(kind)
    return asked in (None, kind) and not (sign and q.startswith(sign))


def _at(viewer: Viewer, found: Address, kind: str | None) -> Search:
    """What an address leads to."""
    people_there = [found.account_id] if found.account_id and kind in (None, "accounts") else []
    posts_there = [found.post_id] if found.post_id and kind in (None, "statuses") else []
    return Search(accounts=accounts(viewer, people_there), statuses=statuses(viewer, posts_there))


def _accounts(viewer: Viewer, q: str, sent: Parameters, skipped: int) -> Sequence[AccountLike]:
    following = bool(viewer) and sent.flag("following", False)
    ids = people(viewer, q, limit=limit(sent), offset=skipped, following=following)
    return accounts(viewer, ids)


def _posts(viewer: Viewer, q: str, sent: Parameters, skipped: int) -> Sequence[Rendered]:
    by = sent.identity("account_id")
    return statuses(viewer, queries.search(viewer, q, cursor(sent), account_id=by, offset=skipped))


def _tags(viewer: Viewer, q: str, sent: Parameters, skipped: int) -> Sequence[Tag]:
    return tags(viewer, queries.tags_like(viewer, q, limit=limit(sent), offset=skipped))
