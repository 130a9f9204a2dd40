"""Markers: how far one has read, and two programs that say so at once."""

from __future__ import annotations

import pytest

from stonechat.audience.viewer import Viewer
from stonechat.core.actions import NotAllowed, Refused
from stonechat.core.models import Fact
from stonechat.timelines import actions, queries
from stonechat.timelines.actions.markers import _first, _moved
from stonechat.timelines.models import Marker

BOTH = ["home", "notifications"]


def test_a_marker_moves_and_counts_its_moves(alice: Viewer, bob: Viewer) -> None:
    assert queries.marker(alice, "home") == 0
    actions.move_markers(alice, {"home": 17})
    actions.move_markers(alice, {"home": 12, "notifications": 3})
    found = queries.markers(alice, BOTH)
    assert {name: (one.last_read_id, one.version) for name, one in found.items()} == {
        "home": (12, 2),
        "notifications": (3, 1),
    }
    assert queries.markers(bob, BOTH) == {}
    assert queries.marker(alice, "home") == 12


def test_moving_is_a_signal(alice: Viewer) -> None:
    actions.move_markers(alice, {"home": 17})
    fact = Fact.objects.latest("id")
    marker = queries.markers(alice, BOTH)["home"]
    assert (fact.name, fact.kind, fact.data) == ("marker.moved", "signal", {"marker_id": marker.pk})


def test_who_moved_it_meanwhile_wins(alice: Viewer) -> None:
    actions.move_markers(alice, {"home": 17})
    seen = queries.markers(alice, BOTH)["home"]
    actions.move_markers(alice, {"home": 18})
    with pytest.raises(actions.Raced, match="Conflict during update"):
        _moved(seen, 19)
    with pytest.raises(actions.Raced):
        _first(alice, "home", 19)
    assert queries.marker(alice, "home") == 18


@pytest.mark.parametrize("position", [-1, 2**63])
def test_what_is_no_id_is_refused_and_nothing_stored(alice: Viewer, position: int) -> None:
    with pytest.raises(Refused):
        actions.move_markers(alice, {"home": 5, "notifications": position})
    assert not Marker.objects.exists()


def test_nobody_has_no_markers(db: None) -> None:
    with pytest.raises(NotAllowed):
        actions.move_markers(Viewer.anonymous(), {"home": 5})
