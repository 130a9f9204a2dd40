"""The operators of search, `from:bob has:image before:2026-07-01`: each makes a condition.

A room above adds its own by a part in `config/wiring.py`, whose `search_operators` is a mapping
like `OPERATORS` here. Where several know a name (`is:`), the first that knows the value decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from importlib import import_module
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import people
from stonechat.people.models import Account, Kind, User
from stonechat.people.queries import user
from stonechat.posts.models import Bookmark, Favourite, Intent, Media, Poll, Post

# None: the value means nothing to this operator; then the text is searched as it stands.
Operator = Callable[[Viewer, str], Q | None]


def condition(viewer: Viewer, name: str, value: str) -> Q | None:
    """What `name:value` asks of a post; None where nobody knows it."""
    asked = (known[name] for known in _known() if name in known)
    return next((found for ask in asked if (found := ask(viewer, value)) is not None), None)


def _known() -> list[Mapping[str, Operator]]:
    parts = import_module(settings.WIRING).PARTS
    return [OPERATORS, *(getattr(part, "search_operators", {}) for part in parts)]


# Whose, and where.


def said_by(viewer: Viewer, handle: str) -> Q:
    """`from:bob`, `from:me`; nothing for somebody unknown or unseen."""
    if handle.lower() == "me":
        return Q(author_id=viewer.account_id)
    return Q(author__in=people(viewer).filter(username__iexact=_handle(handle)))


def said_in(viewer: Viewer, place: str) -> Q:
    """`in:team`: a group; `in:library`: what I said or marked."""
    if place.lower() == "library":
        return _mine(viewer)
    groups = people(viewer).filter(kind=Kind.GROUP, username__iexact=_handle(place))
    return Q(group__account__in=groups)


def _mine(viewer: Viewer) -> Q:
    me, this = viewer.account_id or 0, OuterRef("pk")
    marked = Exists(Favourite.objects.filter(account_id=me, post_id=this))
    kept = Exists(Bookmark.objects.filter(account_id=me, post_id=this))
    passed_on = Exists(Post.objects.filter(author_id=me, boost_of_id=this, deleted_at=None))
    return Q(author_id=me) | Q(marked) | Q(kept) | Q(passed_on)


def _handle(typed: str) -> str:
    return typed.removeprefix("@")[: Account._meta.get_field("username").max_length]


# What hangs on it, and what it is.

MEDIA = {
    "media": ["image", "gifv", "video", "audio", "unknown"],
    "image": ["image"],
    "video": ["video", "gifv"],
    "audio": ["audio"],
    "file": ["unknown"],
}


def carrying(viewer: Viewer, what: str) -> Q | None:
    """`has:media`, image, video, audio, file, link, poll."""
    what = what.lower()
    if what in MEDIA:
        return Q(Exists(Media.objects.filter(post_id=OuterRef("pk"), kind__in=MEDIA[what])))
    if what == "poll":
        return Q(Exists(Poll.objects.filter(post_id=OuterRef("pk"))))
    if what == "link":
        return Q(card__isnull=False) | Q(current__text__contains="://")
    return None


def being(viewer: Viewer, what: str) -> Q | None:
    """`is:reply`, quote, sensitive, bookmarked, favourite, or an intent (question, idea …)."""
    me, this = viewer.account_id or 0, OuterRef("pk")
    match what.lower():
        case "reply":
            return Q(in_reply_to__isnull=False)
        case "quote":
            return Q(quote_of__isnull=False)
        case "sensitive":
            return Q(current__sensitive=True)
        case "bookmarked" | "bookmark":
            return Q(Exists(Bookmark.objects.filter(account_id=me, post_id=this)))
        case "favourite" | "favourited":
            return Q(Exists(Favourite.objects.filter(account_id=me, post_id=this)))
        case intent if intent in Intent.values:
            return Q(intent=intent)
        case _:
            return None


def in_language(viewer: Viewer, code: str) -> Q | None:
    """`language:de`; also finds de-AT."""
    return Q(current__language__istartswith=code) if 2 <= len(code) <= 3 else None


# When: days of the viewer's own clock.


def before(viewer: Viewer, day: str) -> Q | None:
    """`before:2026-07-01`: up to the evening before."""
    begins = _begin(viewer, day)
    return Q(created_at__lt=begins) if begins else None


def after(viewer: Viewer, day: str) -> Q | None:
    """`after:2026-07-01`: from the next morning."""
    begins = _begin(viewer, day)
    return Q(created_at__gte=begins + timedelta(days=1)) if begins else None


def during(viewer: Viewer, day: str) -> Q | None:
    """`during:2026-07-01`: that day."""
    begins = _begin(viewer, day)
    if begins is None:
        return None
    return Q(created_at__gte=begins, created_at__lt=begins + timedelta(days=1))


def _begin(viewer: Viewer, day: str) -> datetime | None:
    """The day's beginning; None for what is no day, or one that no post can be of."""
    try:
        found = datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=_zone(viewer))
    except ValueError:
        return None
    return found if 1970 < found.year < 9000 else None


def _zone(viewer: Viewer) -> tzinfo:
    try:
        return ZoneInfo(user(viewer).time_zone)
    except (User.DoesNotExist, LookupError, ValueError):
        return UTC  # nobody signed in, or a zone that this machine does not know


OPERATORS: dict[str, Operator] = {
    "from": said_by,
    "in": said_in,
    "has": carrying,
    "is": being,
    "language": in_language,
    "before": before,
    "after": after,
    "during": during,
}
