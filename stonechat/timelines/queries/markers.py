"""How far somebody has read."""

from __future__ import annotations

from stonechat.audience.viewer import Viewer
from stonechat.timelines.models import Marker


def markers(viewer: Viewer, timelines: list[str]) -> dict[str, Marker]:
    """The viewer's positions in these timelines (home, notifications), as far as they are set."""
    found = Marker.objects.filter(account_id=viewer.account_id, timeline__in=timelines)
    return {marker.timeline: marker for marker in found}


def marker(viewer: Viewer, timeline: str) -> int:
    """The id up to which the viewer has read one timeline; 0 while they never said."""
    found = markers(viewer, [timeline]).get(timeline)
    return found.last_read_id if found else 0
