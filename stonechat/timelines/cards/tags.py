"""Tags as one viewer sees them: a week of use, and whether they follow or show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from stonechat.audience.viewer import Viewer
from stonechat.posts.queries import featured_tags
from stonechat.timelines.queries import Use
from stonechat.timelines.queries.tags import (
    TagRow,
    featured_use,
    history,
    owner,
    tag_rows,
    week,
)


@dataclass(frozen=True, slots=True)
class Day:
    """One UTC day's use."""

    begins: datetime
    posts: int
    people: int


@dataclass(frozen=True, slots=True)
class TagCard:
    """A tag; `id` is 0 for one of which the viewer cannot know that it was ever used."""

    id: int
    name: str
    following: bool
    featuring: bool
    days: tuple[Day, ...]  # seven, today first


@dataclass(frozen=True, slots=True)
class FeaturedTagCard:
    """A tag on a profile: how many of its owner's posts with it the viewer could list."""

    id: int
    name: str
    folded: str
    username: str
    posts: int
    last_at: datetime | None


def tag_cards(viewer: Viewer, folded: list[str]) -> list[TagCard]:
    """Tags in the order asked, unknown ones with an empty week. Two queries."""
    rows = tag_rows(viewer, folded)
    used = history(viewer, [row.id for row in rows.values()]) if rows else {}
    return [_tag(name, rows.get(name), used) for name in folded]


def _tag(folded: str, row: TagRow | None, used: Mapping[int, Mapping[datetime, Use]]) -> TagCard:
    """Who sees no post with a tag does not learn how others write it, nor that they do."""
    if row is None or not (row.seen or row.following or row.featuring):
        return TagCard(0, folded, False, False, days({}))
    name = row.name if row.seen else row.folded
    return TagCard(row.id, name, row.following, row.featuring, days(used.get(row.id, {})))


def days(used: Mapping[datetime, Use]) -> tuple[Day, ...]:
    """The last seven days, today first, those without any use too."""
    each = [(begins, used.get(begins, Use())) for begins in week()]
    return tuple(Day(begins, use.posts, use.people) for begins, use in each)


def featured_tag_cards(viewer: Viewer, account_id: int) -> list[FeaturedTagCard]:
    """What somebody shows on their profile; unseen is not found."""
    username = owner(viewer, account_id)
    used = featured_use(viewer, account_id)
    found = []
    for row in featured_tags(viewer, account_id):
        number, last = used.get(row.tag_id, (0, None))
        found.append(FeaturedTagCard(row.pk, row.tag.name, row.tag.folded, username, number, last))
    return found
