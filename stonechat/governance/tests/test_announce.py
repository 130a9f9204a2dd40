"""Announcements: who may make them, who reads them, and what readers do with them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.actions import NotAllowed, Refused
from stonechat.governance import queries
from stonechat.governance.actions import dismiss, publish, react, unreact, withdraw
from stonechat.governance.models import Announcement
from stonechat.governance.queries import ReactionEntry


def shown(viewer):
    return [one.id for one in queries.announcements(viewer)]


def test_everybody_inside_reads_it(alice, bob, gina, olga, system):
    first, second = publish(olga, "Tea at four #tea"), publish(system, "<b>Cake</b> @alice")
    assert shown(alice) == shown(bob) == [first.pk, second.pk]
    assert shown(gina) == shown(Viewer.anonymous()) == []
    tea, cake = queries.announcements(alice)
    assert tea.tags == ("tea",)
    assert cake.html == "<p>&lt;b&gt;Cake&lt;/b&gt; @alice</p>"


def test_only_administrators_announce(alice, olga):
    with pytest.raises(NotAllowed):
        publish(alice, "Tea")
    row = publish(olga, "Tea")
    with pytest.raises(NotAllowed):
        withdraw(alice, row.pk)
    withdraw(olga, row.pk)
    assert shown(alice) == []


def test_it_is_over_at_its_end(alice, olga):
    row = publish(olga, "Down tonight", ends_at=clock.now() + timedelta(hours=1))
    assert shown(alice) == [row.pk]
    with clock.set_to(clock.now() + timedelta(hours=2)):
        assert shown(alice) == []


def test_nonsense_is_refused(olga):
    now = clock.now()
    wrong = [{"text": " "}, {"text": "a\0"}]
    for words in wrong:
        with pytest.raises(Refused):
            publish(olga, **words)
    with pytest.raises(Refused):
        publish(olga, "Tea", starts_at=now, ends_at=now)


def test_what_was_dismissed_is_shown_on_demand_only(alice, bob, olga):
    row = publish(olga, "Tea")
    dismiss(alice, row.pk)
    dismiss(alice, row.pk)
    assert shown(alice) == []
    assert shown(bob) == [row.pk]
    assert [one.read for one in queries.announcements(alice, with_dismissed=True)] == [True]


def test_a_guest_cannot_answer_what_they_cannot_read(gina, olga):
    row = publish(olga, "Tea")
    with pytest.raises(Announcement.DoesNotExist):
        react(gina, row.pk, "🎉")


def test_answers_are_counted(alice, bob, olga):
    row = publish(olga, "Tea")
    for viewer, name in [(alice, "🎉"), (bob, "🎉"), (bob, "🎉"), (bob, "👩🏽‍💻"), (alice, "1️⃣")]:
        react(viewer, row.pk, name)
    assert queries.announcements(bob)[0].reactions == [
        ReactionEntry("🎉", 2, True),
        ReactionEntry("👩🏽‍💻", 1, True),
        ReactionEntry("1️⃣", 1, False),
    ]
    unreact(bob, row.pk, "🎉")
    unreact(bob, row.pk, "🫖")
    assert queries.announcements(bob)[0].reactions[0] == ReactionEntry("🎉", 1, False)


def test_answers_from_behind_a_wall_are_not_counted(alice, bob, erin, olga):
    row = publish(olga, "Tea")
    react(erin, row.pk, "🎉")
    assert queries.announcements(alice)[0].reactions == []
    assert queries.announcements(bob)[0].reactions == [ReactionEntry("🎉", 1, False)]


@pytest.mark.parametrize("name", ["", "a", "🎉🎉", "tea", "1", "\u200d", "🎉a"])
def test_an_answer_is_one_emoji(alice, olga, name):
    row = publish(olga, "Tea")
    with pytest.raises(Refused):
        react(alice, row.pk, name)


def test_there_are_eight_different_answers_at_most(alice, bob, olga):
    row = publish(olga, "Tea")
    for name in "🐶🐱🐭🐹🐰🦊🐻🐼":
        react(alice, row.pk, name)
    with pytest.raises(Refused):
        react(bob, row.pk, "🐸")
    react(bob, row.pk, "🐶")


def test_forty_are_listed_in_as_many_queries_as_one(alice, olga):
    counts = []
    for number in (1, 39):
        for _each in range(number):
            react(alice, publish(olga, "Tea").pk, "🎉")
        with CaptureQueriesContext(connection) as captured:
            queries.announcements(alice)
        counts.append(len(captured))
    assert counts[0] == counts[1]
