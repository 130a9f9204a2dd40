"""What hangs on a post: files, a link's card, a poll."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.statements import Statement
from stonechat.posts.models import Ballot, Media, Poll


@dataclass(frozen=True, slots=True)
class MediaCard:
    """One file. `file` and `preview` are stored names; a door signs them into addresses."""

    id: int
    kind: str
    state: str
    file: str
    preview: str
    mime: str
    name: str
    size: int
    meta: dict[str, Any]
    description: str
    blurhash: str

    @classmethod
    def of(cls, media: Media) -> MediaCard:
        """The card of one upload."""
        return cls(*(getattr(media, name) for name in MEDIA_COLUMNS))


MEDIA_COLUMNS = list(MediaCard.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class LinkCard:
    """What a linked page says of itself."""

    url: str
    title: str
    description: str
    provider: str
    author: str
    image: str
    image_description: str
    width: int
    height: int
    blurhash: str
    language: str


@dataclass(frozen=True, slots=True)
class PollCard:
    """A poll as one viewer may see it; `votes` is None while totals are hidden."""

    id: int
    titles: list[str]
    votes: list[int] | None
    votes_count: int
    voters_count: int
    multiple: bool
    expires_at: datetime
    expired: bool
    own_votes: list[int]

    @property
    def voted(self) -> bool:
        """Whether the viewer has voted."""
        return bool(self.own_votes)


def _polls(post_ids: list[int]) -> QuerySet[Any, Any]:
    return Poll.objects.filter(post_id__in=post_ids).values_list(
        "post_id", "pk", "options", "multiple", "hide_totals", "expires_at"
    )


def _tallies(poll_ids: list[int]) -> QuerySet[Any, Any]:
    ballots = Ballot.objects.filter(poll_id__in=poll_ids).order_by()
    return ballots.values_list("poll_id", "choice").annotate(n=Count("pk"))


def _voters(poll_ids: list[int]) -> QuerySet[Any, Any]:
    ballots = Ballot.objects.filter(poll_id__in=poll_ids).order_by()
    return ballots.values_list("poll_id").annotate(n=Count("account_id", distinct=True))


def _own(viewer_id: int, poll_ids: list[int]) -> QuerySet[Any, Any]:
    ballots = Ballot.objects.filter(poll_id__in=poll_ids, account_id=viewer_id)
    return ballots.order_by("choice").values_list("poll_id", "choice")


VOTERS, OWN = Statement(_voters), Statement(_own)


def polls(viewer: Viewer, post_ids: list[int]) -> dict[int, PollCard]:
    """The polls of posts that the viewer sees, by post; three queries."""
    rows = list(_polls(post_ids))
    poll_ids = [row[1] for row in rows]
    tallies = {(poll, choice): n for poll, choice, n in _tallies(poll_ids)}
    voters = dict(VOTERS(poll_ids))
    own: dict[int, list[int]] = {}
    for poll, choice in OWN(viewer.account_id or 0, poll_ids):
        own.setdefault(poll, []).append(choice)
    return {row[0]: _card(row, tallies, voters.get(row[1], 0), own.get(row[1], [])) for row in rows}


def _card(
    row: tuple[Any, ...], tallies: dict[tuple[int, int], int], voters: int, own: list[int]
) -> PollCard:
    _, id, titles, multiple, hide, expires_at = row
    votes = [tallies.get((id, choice), 0) for choice in range(len(titles))]
    expired = expires_at <= clock.now()
    shown = None if hide and not expired else votes
    return PollCard(id, titles, shown, sum(votes), voters, multiple, expires_at, expired, own)
