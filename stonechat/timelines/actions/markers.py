"""Saying how far one has read."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.actions import Refused, action, require
from stonechat.core.events import happened
from stonechat.timelines import events, queries, rules
from stonechat.timelines.models import Marker

TIMELINES = ["home", "notifications"]
LARGEST = 2**63 - 1


class Raced(Refused):
    """Another of one's programs moved the marker at the same moment (409)."""


@action
def move_markers(viewer: Viewer, positions: dict[str, int]) -> None:
    """Set the last read id of timelines (home, notifications), forwards or back."""
    require(rules.may_arrange(viewer), _("Sign in first."))
    if not all(0 <= id <= LARGEST for id in positions.values()):
        raise Refused(_("A reading position is the id of a post or notification."), "last_read_id")
    seen = queries.markers(viewer, TIMELINES)
    for timeline, id in positions.items():
        marker = seen.get(timeline)
        marker = _moved(marker, id) if marker else _first(viewer, timeline, id)
        happened(events.MarkerMoved(viewer.account_id, marker_id=marker.pk))


def _first(viewer: Viewer, timeline: str, id: int) -> Marker:
    try:
        with transaction.atomic():
            return Marker.objects.create(
                account_id=viewer.account_id,
                timeline=timeline,
                last_read_id=id,
                updated_at=clock.now(),
            )
    except IntegrityError as error:
        raise _raced() from error


def _moved(marker: Marker, id: int) -> Marker:
    """Move it, unless somebody did since it was read."""
    unmoved = Marker.objects.filter(pk=marker.pk, version=marker.version)
    now = {"last_read_id": id, "updated_at": clock.now(), "version": marker.version + 1}
    if not unmoved.update(**now):
        raise _raced()
    return marker


def _raced() -> Raced:
    return Raced("Conflict during update, please try again")
