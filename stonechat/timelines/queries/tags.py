"""Tags: who follows them, who used them of late, as far as the viewer may read it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.db.models.functions import Length, TruncDay

from stonechat.audience.models import Audience
from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import people, posts
from stonechat.core import clock, ids
from stonechat.core.pages import Cursor, Listed, listed, page
from stonechat.core.text import Tag as Written
from stonechat.core.text import fold, parse
from stonechat.posts.models import FeaturedTag, Post, Tag, Tagging
from stonechat.timelines.models import TagFollow

DAYS = 7  # of a tag's history, as Mastodon has it
SUGGESTED = 10


@dataclass(frozen=True, slots=True)
class Use:
    """How often something was posted, and by how many people."""

    posts: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag and what the viewer has to do with it; `seen`: they may read a post that has it."""

    id: int
    name: str
    folded: str
    following: bool
    featuring: bool
    seen: bool


def named(name: str) -> str:
    """What identifies a tag; raises `Tag.DoesNotExist` for words that no tag can be."""
    if parse(f"#{name}") != [Written(name, f"#{name}")]:
        raise Tag.DoesNotExist
    return fold(name)[:100]


def open_posts(viewer: Viewer) -> QuerySet[Post]:
    """What tag pages show: everything the viewer may read but boosts and direct posts."""
    return posts(viewer).filter(boost_of=None).exclude(audience=Audience.DIRECT)


def tag_rows(viewer: Viewer, folded: list[str]) -> dict[str, TagRow]:
    """Tags by identity; those that nobody ever wrote are left out. One query."""
    me = viewer.account_id or 0
    mine = {"account_id": me, "tag_id": OuterRef("pk")}
    rows = Tag.objects.filter(folded__in=folded).annotate(
        following=Exists(TagFollow.objects.filter(**mine)),
        featuring=Exists(FeaturedTag.objects.filter(**mine)),
        seen=_used(viewer),
    )
    columns = rows.values_list("pk", "name", "folded", "following", "featuring", "seen")
    return {row[2]: TagRow(*row) for row in columns}


def _used(viewer: Viewer) -> Exists:
    return Exists(open_posts(viewer).filter(taggings__tag_id=OuterRef("pk")))


def week() -> list[datetime]:
    """The beginnings of the last seven UTC days, today first."""
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return [today - timedelta(days=ago) for ago in range(DAYS)]


def history(viewer: Viewer, tag_ids: list[int]) -> dict[int, dict[datetime, Use]]:
    """Each tag's use by day within the week, in posts that the viewer could list. One query."""
    said = open_posts(viewer).filter(pk__gte=ids.at(week()[-1]), taggings__tag_id__in=tag_ids)
    return by_day(said, "taggings__tag_id")


def by_day(said: QuerySet[Post], of: str) -> dict[int, dict[datetime, Use]]:
    """The use of something by UTC day, from the posts that have it."""
    rows = said.order_by().annotate(day=TruncDay("created_at", tzinfo=UTC)).values_list(of, "day")
    counted = rows.annotate(uses=Count("pk"), speakers=Count("author_id", distinct=True))
    found: dict[int, dict[datetime, Use]] = defaultdict(dict)
    for thing, day, uses, speakers in counted:
        found[thing][day] = Use(uses, speakers)
    return found


def followed_tags(viewer: Viewer, cursor: Cursor) -> Listed[str]:
    """Identities of the tags that the viewer follows, by when they began to."""
    mine = TagFollow.objects.filter(account_id=viewer.account_id)
    rows = page(mine, cursor).values_list("pk", "tag__folded")
    return listed(list(rows), cursor)


def tags_like(viewer: Viewer, q: str, *, limit: int = 20, offset: int = 0) -> list[str]:
    """Identities of tags that begin like this and that the viewer may read posts with."""
    begins = fold(q.strip().lstrip("#"))[:100]
    if not begins or "\0" in begins:
        return []
    rows = Tag.objects.filter(_used(viewer), folded__startswith=begins)
    found = rows.order_by(Length("folded"), "folded").values_list("folded", flat=True)
    return list(found[offset : offset + limit])


# On profiles.


def featured_use(viewer: Viewer, account_id: int) -> dict[int, tuple[int, datetime]]:
    """By tag that somebody shows: how many of their posts have it, and when the last was said."""
    shown = FeaturedTag.objects.filter(account_id=account_id).values("tag_id")
    said = posts(viewer).filter(author_id=account_id, taggings__tag_id__in=shown)
    rows = said.order_by().values_list("taggings__tag_id")
    counted = rows.annotate(number=Count("pk"), last=Max("created_at"))
    return {tag_id: (number, last) for tag_id, number, last in counted}


def featured_id(viewer: Viewer, name: str) -> int | None:
    """The viewer's own row that shows this tag; None where they do not."""
    mine = FeaturedTag.objects.filter(account_id=viewer.account_id, tag__folded=named(name))
    return mine.values_list("pk", flat=True).first()


def tags_to_feature(viewer: Viewer) -> list[str]:
    """Identities of the tags that the viewer uses most and does not show yet."""
    shown = FeaturedTag.objects.filter(account_id=viewer.account_id).values("tag_id")
    mine = Tagging.objects.filter(post__in=posts(viewer).filter(author_id=viewer.account_id))
    rows = mine.exclude(tag_id__in=shown).values_list("tag__folded")
    used = rows.annotate(number=Count("pk")).order_by("-number", "tag__folded")
    return [folded for folded, _number in used[:SUGGESTED]]


def owner(viewer: Viewer, account_id: int) -> str:
    """The handle of somebody whose tags are asked for; unseen is not found."""
    return people(viewer).values_list("username", flat=True).get(pk=account_id)
