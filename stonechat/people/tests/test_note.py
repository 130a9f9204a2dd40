"""Notes on people, and endorsing them."""

from __future__ import annotations

import pytest

from stonechat.audience.viewer import Viewer
from stonechat.core.actions import NotAllowed, Refused
from stonechat.core.models import Fact
from stonechat.core.pages import Cursor
from stonechat.people import queries
from stonechat.people.actions import endorse, note, unendorse, unfollow
from stonechat.people.models import Account, Note


def written(viewer: Viewer, other: Viewer) -> str:
    return queries.relationships(viewer, [other.account_id])[0].note


def endorsed(viewer: Viewer, whose: Viewer) -> list[int]:
    return queries.endorsements(viewer, whose.account_id, Cursor()).items


def test_a_note_is_read_by_its_writer_alone(alice: Viewer, bob: Viewer, carol: Viewer):
    note(alice, bob.account_id, "Ask him about ferries")
    assert written(alice, bob) == "Ask him about ferries"
    assert [written(bob, alice), written(carol, bob)] == ["", ""]


def test_an_empty_note_clears(alice: Viewer, bob: Viewer):
    note(alice, bob.account_id, "one")
    note(alice, bob.account_id, "two")
    assert written(alice, bob) == "two"
    note(alice, bob.account_id, " ")
    assert not Note.objects.exists()


def test_a_note_is_a_signal_without_words(alice: Viewer, bob: Viewer):
    note(alice, bob.account_id, "one")
    fact = Fact.objects.latest("id")
    assert (fact.name, fact.kind) == ("note.written", "signal")
    assert fact.data == {"target_id": bob.account_id}
    note(alice, bob.account_id, "")
    note(alice, bob.account_id, "")
    assert Fact.objects.filter(name="note.written").count() == 2


def test_too_long_a_note_is_refused(alice: Viewer, bob: Viewer):
    with pytest.raises(Refused, match="2000"):
        note(alice, bob.account_id, "x" * 2001)


def test_whoever_is_behind_a_wall_is_not_found(alice: Viewer, erin: Viewer):
    for act in (lambda: note(erin, alice.account_id, "x"), lambda: endorse(erin, alice.account_id)):
        with pytest.raises(Account.DoesNotExist):
            act()


def test_followers_endorse_and_everybody_sees_it(alice: Viewer, bob: Viewer, carol: Viewer):
    endorse(bob, alice.account_id)
    assert endorsed(carol, bob) == [alice.account_id]
    assert queries.relationships(bob, [alice.account_id])[0].endorsed
    unendorse(bob, alice.account_id)
    assert endorsed(carol, bob) == []


def test_whoever_does_not_follow_is_told_to(alice: Viewer, bob: Viewer):
    with pytest.raises(Refused, match="already following"):
        endorse(alice, bob.account_id)


def test_the_blocked_do_not_endorse(alice: Viewer, dave: Viewer):
    with pytest.raises(NotAllowed):
        endorse(dave, alice.account_id)


def test_an_endorsement_goes_with_the_follow(alice: Viewer, bob: Viewer):
    endorse(bob, alice.account_id)
    endorse(bob, alice.account_id)
    assert Fact.objects.filter(name="endorsed", kind="signal").count() == 1
    unfollow(bob, alice.account_id)
    assert endorsed(bob, bob) == []


def test_an_endorsement_behind_a_wall_is_not_shown(alice: Viewer, bob: Viewer, erin: Viewer):
    endorse(bob, alice.account_id)
    assert endorsed(erin, bob) == []
