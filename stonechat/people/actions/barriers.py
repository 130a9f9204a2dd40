"""Segments of the organisation, and the walls between them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from stonechat.audience.models import Barrier, Seat, Segment
from stonechat.audience.viewer import Viewer
from stonechat.core.actions import Refused, action, require
from stonechat.core.events import happened
from stonechat.people import events, queries, rules
from stonechat.people.actions import _checks


def _ask(viewer: Viewer) -> None:
    require(rules.may_administer(viewer), _("Only administrators set segments and barriers."))


@action
def create_segment(viewer: Viewer, name: str) -> Segment:
    """A part of the organisation, by name; one that is there already is returned."""
    _ask(viewer)
    clean = _checks.line(name, 80, "name")
    if not clean:
        raise Refused(_("Give the segment a name."), field="name")
    segment, new = Segment.objects.get_or_create(name=clean)
    if new:
        happened(events.SegmentMade(viewer.account_id, segment.pk))
    return segment


@action
def seat(viewer: Viewer, account_id: int, name: str) -> None:
    """Put somebody into a segment; they may be in several."""
    _ask(viewer)
    account, segment = queries.account(viewer, account_id), _segment(name)
    _row, new = Seat.objects.get_or_create(segment=segment, account=account)
    if new:
        happened(events.SegmentJoined(viewer.account_id, segment.pk, account_id))


@action
def unseat(viewer: Viewer, account_id: int, name: str) -> None:
    """Take somebody out of a segment."""
    _ask(viewer)
    account, segment = queries.account(viewer, account_id), _segment(name)
    if Seat.objects.filter(segment=segment, account=account).delete()[0]:
        happened(events.SegmentLeft(viewer.account_id, segment.pk, account_id))


@action
def raise_barrier(viewer: Viewer, one_name: str, other_name: str) -> None:
    """Two segments neither read nor reach each other, at once and backwards in time."""
    _ask(viewer)
    one, other = _segment(one_name), _segment(other_name)
    if one == other:
        raise Refused(_("A barrier stands between two different segments."), field="other_name")
    _row, new = Barrier.objects.get_or_create(one=one, other=other)
    Barrier.objects.get_or_create(one=other, other=one)
    if new:
        happened(events.BarrierRaised(viewer.account_id, one.pk, other.pk))


@action
def lift_barrier(viewer: Viewer, one_name: str, other_name: str) -> None:
    """Take the wall between two segments down."""
    _ask(viewer)
    one, other = _segment(one_name), _segment(other_name)
    gone, _each = Barrier.objects.filter(one=one, other=other).delete()
    Barrier.objects.filter(one=other, other=one).delete()
    if gone:
        happened(events.BarrierLifted(viewer.account_id, one.pk, other.pk))


def _segment(name: str) -> Segment:
    segment = Segment.objects.filter(name=name.strip()).first()
    if segment is None:
        reason = _("There is no segment %(name)s. Create it first.") % {"name": name}
        raise Refused(reason, field="name")
    return segment
