"""Ids grow with every commit, whoever draws them and whatever the clock says."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from stonechat.core import clock, ids
from stonechat.core.models import Job

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def keep(id):
    """A row under a number that was drawn."""
    return Job.objects.create(pk=id, name="x", due_at=clock.now()).pk


@pytest.mark.parametrize("milliseconds", range(0, 1000, 7))
def test_an_id_tells_its_moment_to_the_millisecond(milliseconds):
    moment = NOON + timedelta(milliseconds=milliseconds)
    assert ids.moment(ids.at(moment)) == moment
    assert ids.moment(ids.at(moment) + 65_535) == moment
    assert ids.at(moment + timedelta(milliseconds=1)) == ids.at(moment) + 65_536


def test_ids_stay_below_the_stand_ins_of_statements():
    assert ids.at(datetime(2527, 1, 1, tzinfo=UTC)) < 2**60


@pytest.mark.django_db
def test_ids_grow_though_the_clock_stands_or_goes_back():
    drawn = []
    for moment in (NOON, NOON, NOON - timedelta(days=1), NOON + timedelta(seconds=1)):
        with clock.set_to(moment):
            drawn.append(keep(ids.draw(Job)))
    noon, later = ids.at(NOON), ids.at(NOON + timedelta(seconds=1))
    assert drawn == [noon, noon + 1, noon + 2, later]


def test_an_id_outside_a_transaction_is_a_mistake(own_database):
    with pytest.raises(AssertionError, match="in the transaction"):
        ids.draw(Job)


def test_the_order_of_ids_is_the_order_of_commits(own_database):
    """Eight writers at once: whoever sees an id has seen every smaller one."""
    committed: list[int] = []
    faults: list[Exception] = []
    seen: set[int] = set()

    def write():
        try:
            for _ in range(12):
                with transaction.atomic():
                    drawn = keep(ids.draw(Job))
                committed.append(drawn)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        now = set(Job.objects.values_list("pk", flat=True))
        assert min(now - seen, default=2**63) > max(seen, default=0)
        seen = now
    assert faults == []
    assert len(set(committed)) == len(committed) == 96
    assert sorted(committed) == list(Job.objects.order_by("pk").values_list("pk", flat=True))
