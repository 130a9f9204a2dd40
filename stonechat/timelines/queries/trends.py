"""What many people speak of this week: counted in people, never in posts.

Something trends when at least three different people had to do with it, in what the viewer may
read. The work is bounded by the newest posts of the week.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from stonechat.audience.models import Audience
from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import people, posts
from stonechat.core import ids
from stonechat.posts.cards import LinkCard
from stonechat.posts.models import Favourite, Post
from stonechat.posts.models import LinkCard as Link
from stonechat.timelines.queries.tags import Use, by_day, week

PEOPLE_AT_LEAST = 3  # fewer would tell what one or two persons do
LOOKED_THROUGH = 5_000  # of the newest posts of a week
MARKS_COUNTED = 20_000  # of what people did with them


@dataclass(frozen=True, slots=True)
class TrendingLink:
    """A link that people share, with its use by day."""

    link: LinkCard
    history: dict[datetime, Use]


def trending_tags(viewer: Viewer, *, limit: int = 10, offset: int = 0) -> list[str]:
    """Identities of the tags that most people used."""
    said = _recent(viewer).filter(taggings__isnull=False)
    return _most(said, "taggings__tag__folded", limit, offset)


def trending_links(viewer: Viewer, *, limit: int = 10, offset: int = 0) -> list[TrendingLink]:
    """The links that most people shared."""
    said = _recent(viewer).filter(card__isnull=False)
    top: list[int] = _most(said, "card_id", limit, offset)
    columns = LinkCard.__dataclass_fields__
    links = {row[0]: row[1:] for row in Link.objects.filter(pk__in=top).values_list("pk", *columns)}
    used = by_day(_recent(viewer).filter(card_id__in=top), "card_id")
    return [TrendingLink(LinkCard(*links[id]), used[id]) for id in top]


def trending_posts(viewer: Viewer, *, limit: int = 20, offset: int = 0) -> list[int]:
    """Ids of the posts that most people liked, passed on or answered; their author not counted."""
    touched = _touches(viewer).order_by()[:MARKS_COUNTED]
    many = Counter(post_id for post_id, _account in touched)
    top = [(number, id) for id, number in many.items() if number >= PEOPLE_AT_LEAST]
    return [id for _number, id in sorted(top, reverse=True)][offset : offset + limit]


def _recent(viewer: Viewer) -> QuerySet[Post]:
    """What was said to everybody or to a group this week, as far as the viewer may read it."""
    addressed = Q(audience__in=[Audience.ORGANISATION, Audience.GROUP])
    said = posts(viewer).filter(addressed, pk__gte=ids.at(week()[-1]), boost_of=None)
    newest = said.order_by("-pk").values("pk")[:LOOKED_THROUGH]
    return Post.objects.filter(pk__in=newest).order_by()


def _most(said: QuerySet[Post], by: str, limit: int, offset: int) -> list[Any]:
    """What most authors have in common, by this column."""
    counted = said.values_list(by).annotate(speakers=Count("author_id", distinct=True))
    many = counted.filter(speakers__gte=PEOPLE_AT_LEAST).order_by("-speakers", by)
    return [thing for thing, _speakers in many[offset : offset + limit]]


def _touches(viewer: Viewer) -> QuerySet[Favourite, tuple[int, int]]:
    """(post, person) once each, for persons whom the viewer may know of."""
    recent, known = _recent(viewer).values("pk"), people(viewer).values("pk")
    liked = Favourite.objects.filter(post__in=recent, account__in=known)
    others = ~Q(account_id=F("post__author_id"))
    boosts = Post.objects.filter(boost_of__in=recent, author__in=known, deleted_at=None)
    answers = posts(viewer).filter(in_reply_to__in=recent)
    return (
        liked.filter(others)
        .values_list("post_id", "account_id")
        .union(
            boosts.exclude(author_id=F("boost_of__author_id")).values_list(
                "boost_of_id", "author_id"
            ),
            answers.exclude(author_id=F("in_reply_to_account_id")).values_list(
                "in_reply_to_id", "author_id"
            ),
        )
    )
