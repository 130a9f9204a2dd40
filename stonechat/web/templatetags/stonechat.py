"""What templates of this door say in one word: icons, faces, times, verbs, audiences, walls."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from stonechat.core import clock, faces, files
from stonechat.people.cards import AccountCard, Field
from stonechat.people.queries import head_count
from stonechat.posts.cards import PostCard
from stonechat.web import icons, wall

register = template.Library()

SHAPES = {"person": "pebble", "group": "tile", "bot": "chip-a"}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A Lucide icon; it is decoration, so the button or the word beside it carries the name."""
    assert name in icons.ICONS, f"add {name} to web/icons.py"
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>',
        icons.address(),
        name,
    )


@register.simple_tag
def organisation() -> str:
    """What the place is called."""
    return str(settings.STONECHAT_NAME)


@register.simple_tag
def client_tests() -> bool:
    """Whether this server lets anybody in, which every page must then say."""
    return bool(settings.STONECHAT_CLIENT_TESTS)


@register.simple_tag
def everybody() -> int:
    """How many people are here: what the door tells whoever knocks."""
    return head_count()


# Faces.


@register.simple_tag
def face(account: AccountCard, size: str = "") -> SafeString:
    """The avatar. Its alternative text is empty, since the name always follows."""
    return format_html(
        '<img class="ava {} {}" src="{}" alt="" width="44" height="44" loading="lazy">',
        SHAPES[account.kind],
        size,
        face_address(account),
    )


def face_address(account: AccountCard) -> str:
    """Of the picture somebody chose, or of the letters that stand for it."""
    if account.avatar:
        return file(account.avatar)
    return faces.address(account.kind, account.name, account.id)


@register.filter
def file(name: str) -> str:
    """The address of a stored file, good for a day or two."""
    return f"/media/{files.signed(name)}"


# Times: the hour today, the day this week, the date before that.


@register.simple_tag
def when(moment: datetime, long: bool = False) -> SafeString:
    """A moment as a person would say it, in the reader's time zone."""
    local = timezone.localtime(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(timespec="seconds"),
        date_format(local, "DATETIME_FORMAT"),
        _long(local) if long else _short(local),
    )


def _short(local: datetime) -> str:
    today = timezone.localtime(clock.now())
    days = (today.date() - local.date()).days
    if days == 0:
        return date_format(local, "H:i")
    if 0 < days < 7:
        return date_format(local, "D H:i")
    return date_format(local, "j M" if local.year == today.year else "j M Y")


def _long(local: datetime) -> str:
    today = timezone.localtime(clock.now()).date()
    hour = date_format(local, "H:i")
    if local.date() == today:
        return _("Today, %(hour)s") % {"hour": hour}
    return f"{date_format(local, 'j F Y')}, {hour}"


# Posts.

VERBS = {
    "question": ("v-q", "message-circle-question-mark"),
    "fyi": ("v-f", "info"),
    "idea": ("v-d", "lightbulb"),
    "praise": ("v-p", "hand-heart"),
}


@register.simple_tag
def verb(card: PostCard) -> SafeString | str:
    """What somebody does by saying it, as the verb of the byline; an update has none."""
    if card.author.bot:
        return format_html('<span class="verb v-r">{}</span>', pgettext("a machine", "reports"))
    if card.said.intent not in VERBS:
        return ""
    colour, sign = VERBS[card.said.intent]
    return format_html('<span class="verb {}">{}{}</span>', colour, icon(sign), _words(card))


def _words(card: PostCard) -> str:
    if card.said.intent == "praise" and card.named:
        return pgettext("verb", "thanks @%(name)s") % {"name": card.named[0].username}
    return {
        "question": pgettext("verb", "asks"),
        "fyi": _("for your information"),
        "idea": pgettext("verb", "has an idea"),
        "praise": pgettext("verb", "says thank you"),
    }[card.said.intent]


AUDIENCE_SIGNS = {
    "organisation": "building-2",
    "unlisted": "building-2",
    "followers": "user-round-plus",
    "group": "users-round",
    "direct": "at-sign",
}


@register.simple_tag
def audience(card: PostCard) -> SafeString:
    """For whom a post is, in words; never an icon alone."""
    sign = icon(AUDIENCE_SIGNS[card.said.audience])
    return format_html('<span class="aud">{}<span>{}</span></span>', sign, _audience(card))


def _audience(card: PostCard) -> str:
    names = {
        "name": settings.STONECHAT_NAME,
        "author": card.author.name,
        "group": card.group.name if card.group else _("A group"),
    }
    return {
        "organisation": "%(name)s, %(group)s" if card.group else "%(name)s",
        "unlisted": _("%(name)s, quietly"),
        "followers": _("Followers of %(author)s"),
        "group": "%(group)s",
        "direct": _("Only who is named"),
    }[card.said.audience] % names


NOTIFICATION_SIGNS = {
    "mention": "at-sign",
    "status": "bell",
    "reblog": "repeat-2",
    "follow": "user-round-plus",
    "follow_request": "user-round-plus",
    "favourite": "heart",
    "poll": "chart-column",
    "update": "pencil",
    "quote": "quote",
    "quoted_update": "pencil",
}


@register.simple_tag
def notification_icon(act: str) -> SafeString:
    """What kind of act a line is about."""
    return format_html('<span class="nt-i">{}</span>', icon(NOTIFICATION_SIGNS[act]))


@register.simple_tag
def notification_words(line: Any) -> str:
    """What they did, as the end of the sentence that begins with their name."""
    n = line.count
    asks = line.post is not None and line.post.said.intent == "question"
    return {
        "mention": _("asks you") if asks else _("named you"),
        "status": _("has posted"),
        "reblog": _("passed on your post"),
        "follow": ngettext("follows you", "follow you", n),
        "follow_request": _("asks to follow you"),
        "favourite": ngettext("likes your post", "like your post", n),
        "poll": _("asked a poll that has ended"),
        "update": _("changed a post that you passed on"),
        "quote": _("quoted you"),
        "quoted_update": _("changed a post that you quoted"),
    }[line.type]


@register.filter
def html(card: PostCard) -> SafeString:
    """The words, as `core.text` made them safe when they were written."""
    return mark_safe(card.html)  # noqa: S308


@register.filter
def note(account: AccountCard) -> SafeString:
    """What somebody says of themselves, made safe when it was written."""
    return mark_safe(account.note_html)  # noqa: S308


@register.filter
def field_html(field: Field) -> SafeString:
    """A row of a profile, made safe when it was written."""
    return mark_safe(field.html)  # noqa: S308


@register.filter
def choices(poll: Any) -> list[tuple[int, str, int | None, bool]]:
    """The options of a poll: number, title, votes (None while hidden), whether it is mine."""
    votes = poll.votes or [None] * len(poll.titles)
    return [
        (number, title, votes[number], number in poll.own_votes)
        for number, title in enumerate(poll.titles)
    ]


@register.filter
def pictures(card: PostCard) -> list[Any]:
    """What stands in the grid of media."""
    return [one for one in card.said.media if one.kind != "unknown"]


@register.filter
def documents(card: PostCard) -> list[Any]:
    """What is listed as a file."""
    return [one for one in card.said.media if one.kind == "unknown"]


# Walls.


@register.inclusion_tag("_frame/_stones.html")
def cover(account: AccountCard) -> dict[str, Any]:
    """The cover of whoever chose no picture."""
    return {"stones": wall.wall(account.id, 620, 2, 46), "size": "0 0 620 104"}


@register.inclusion_tag("_frame/_stones.html")
def door_wall(people: int) -> dict[str, Any]:
    """The wall at the door: a stone for everybody, as far as they fit."""
    stones = wall.wall(people, 720, 7, 62)
    return {"stones": stones[-max(people, 12) :], "size": "0 0 720 476"}
