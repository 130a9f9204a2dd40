"""Announcements: published and withdrawn by administrators, answered and dismissed by everybody."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from wcwidth import iter_graphemes

from stonechat.audience.viewer import Viewer
from stonechat.core import clock, ids
from stonechat.core import text as texts
from stonechat.core.actions import Refused, action, prepared_by, require
from stonechat.core.events import happened
from stonechat.governance import events, queries, rules
from stonechat.governance.models import Announcement, Dismissal, Reaction

_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
REACTIONS_AT_MOST = 8  # different ones on one announcement; Mastodon's bound


@dataclass(frozen=True)
class _Notice:
    """An announcement with its words already rendered."""

    text: str
    html: str
    starts_at: datetime | None
    ends_at: datetime | None
    all_day: bool


def _notice(
    viewer: Viewer,
    text: str,
    *,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    all_day: bool = False,
) -> _Notice:
    """Announce something to everybody inside, until `ends_at` where that is said.

    Handles stay plain text: who is named may stand behind a wall for some of the readers.
    """
    try:
        typed = texts.clean(text).strip()
    except ValueError as error:
        raise Refused(str(error), "text") from error
    if not typed:
        raise Refused(_("Validation failed: Text can't be blank"), "text")
    if starts_at and ends_at and ends_at <= starts_at:
        raise Refused(_("Choose an end after the beginning."), "ends_at")
    html = texts.html(texts.parse(typed), mention=lambda _address: None, tag=_tag_url)
    return _Notice(typed, html, starts_at, ends_at, all_day)


@prepared_by(_notice)
def publish(viewer: Viewer, notice: _Notice) -> Announcement:
    require(rules.may_announce(viewer), _("Only administrators announce."))
    row = Announcement.objects.create(
        id=ids.draw(Announcement),
        text=notice.text,
        html=notice.html,
        starts_at=notice.starts_at,
        ends_at=notice.ends_at,
        all_day=notice.all_day,
        published_at=clock.now(),
        updated_at=clock.now(),
    )
    happened(events.AnnouncementPublished(viewer.account_id, announcement_id=row.pk))
    return row


@action
def withdraw(viewer: Viewer, announcement_id: int) -> None:
    """Show an announcement no longer; raises `Announcement.DoesNotExist` for an unknown one."""
    require(rules.may_announce(viewer), _("Only administrators announce."))
    Announcement.objects.get(pk=announcement_id).delete()
    happened(events.AnnouncementWithdrawn(viewer.account_id, announcement_id=announcement_id))


@action
def dismiss(viewer: Viewer, announcement_id: int) -> None:
    """Have read an announcement."""
    row = _read(viewer, announcement_id)
    _one, new = Dismissal.objects.get_or_create(announcement=row, account_id=viewer.account_id)
    if new:
        happened(events.AnnouncementDismissed(viewer.account_id, announcement_id=row.pk))


@action
def react(viewer: Viewer, announcement_id: int, name: str) -> None:
    """Answer an announcement with an emoji; doing it twice counts once."""
    row = _read(viewer, announcement_id)
    if not _is_emoji(name):
        raise Refused(_("Validation failed: Name is not a recognized emoji"), "name")
    others = Reaction.objects.filter(announcement=row).exclude(name=name)
    if others.values("name").distinct().count() >= REACTIONS_AT_MOST:
        raise Refused(_("Validation failed: Limit of different reactions reached"), "name")
    _one, new = Reaction.objects.get_or_create(
        announcement=row, account_id=viewer.account_id, name=name
    )
    if new:
        happened(events.AnnouncementReacted(viewer.account_id, announcement_id=row.pk))


@action
def unreact(viewer: Viewer, announcement_id: int, name: str) -> None:
    """Take an answer back; one that was not given is passed over."""
    row = _read(viewer, announcement_id)
    given = Reaction.objects.filter(announcement=row, account_id=viewer.account_id, name=name)
    if given.delete()[0]:
        happened(events.AnnouncementReacted(viewer.account_id, announcement_id=row.pk))


def _read(viewer: Viewer, announcement_id: int) -> Announcement:
    row = queries.announcement(viewer, announcement_id)
    require(rules.may_read_announcements(viewer), _("Sign in first."))
    return row


def _is_emoji(name: str) -> bool:
    """One sign to a reader: a pictogram, or a keycap, with what colours and joins them."""
    kinds = {unicodedata.category(point) for point in name}
    pictured = "So" in kinds and kinds <= {"So", "Sk", "Mn", "Me", "Cf"}
    return (pictured or _KEYCAP.fullmatch(name) is not None) and len(
        list(iter_graphemes(name))
    ) == 1


def _tag_url(name: str) -> str:
    return f"{settings.STONECHAT_URL}/tags/{name}"
