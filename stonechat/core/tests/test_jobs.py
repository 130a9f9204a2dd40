"""Jobs: claimed by a lease, tried again with growing pauses, and shown when they give up."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from stonechat.core import clock, jobs
from stonechat.core.models import Job, Secret

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@jobs.job
def note(name):
    """Leaves a row, and fails if it is there already."""
    Secret.objects.create(name=name, value="done")


@jobs.job
def fail(why="no reason"):
    raise LookupError(why)


@jobs.job
def die(name=""):
    """The process does not survive it."""
    raise SystemExit


@jobs.job
def enqueue_another(name):
    jobs.later(note, name=name)


def noted():
    return sorted(Secret.objects.values_list("name", flat=True))


def after(**pause):
    return clock.set_to(NOON + timedelta(**pause))


@pytest.fixture
def noon(own_database):
    with clock.set_to(NOON):
        yield


def test_a_job_is_run_once_and_forgotten(noon):
    jobs.later(note, name="a")
    assert jobs.run_due() == 1
    assert noted() == ["a"]
    assert not Job.objects.exists()
    assert jobs.run_due() == 0


def test_a_job_of_a_transaction_that_failed_never_was(noon):
    with transaction.atomic():
        jobs.later(note, name="a")
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_a_job_waits_until_it_is_due(noon):
    jobs.later(note, due=NOON + timedelta(minutes=5), name="later")
    jobs.later(note, name="now")
    assert jobs.run_due() == 1
    assert noted() == ["now"]
    with after(minutes=5):
        assert jobs.run_due() == 1
    assert noted() == ["later", "now"]


def test_the_job_that_is_longest_due_comes_first(noon):
    for minute in (3, 1, 2):
        jobs.later(note, due=NOON + timedelta(minutes=minute), name=f"{minute}")
    with after(minutes=5):
        assert jobs.run_due(limit=2) == 2
    assert noted() == ["1", "2"]


def test_a_job_may_enqueue_another(noon):
    jobs.later(enqueue_another, name="second")
    assert jobs.run_due() == 1
    assert jobs.run_due() == 1
    assert noted() == ["second"]


def test_a_job_that_fails_is_tried_again_after_growing_pauses(noon):
    jobs.later(fail, why="the mail server is away")
    passed = timedelta()
    for attempt, pause in enumerate((10, 20, 40, 80, 160, 320, 640), 1):
        with after(seconds=passed.total_seconds()):
            assert jobs.run_due() == 1
            assert jobs.run_due() == 0, "not before the pause is over"
        row = Job.objects.get()
        assert (row.attempts, row.dead) == (attempt, False)
        assert row.error == "LookupError: the mail server is away"
        passed += timedelta(seconds=pause)
        assert row.due_at == NOON + passed


def test_a_job_is_dead_after_eight_attempts_and_stays_to_be_seen(noon):
    jobs.later(fail)
    for hour in range(jobs.ATTEMPTS):
        with after(hours=hour):
            assert jobs.run_due() == 1
    with after(days=9):
        assert jobs.run_due() == 0
    row = Job.objects.get()
    assert (row.dead, row.attempts, row.error) == (True, 8, "LookupError: no reason")


def test_a_job_that_names_nothing_is_a_failure_like_any_other(noon):
    Job.objects.create(name="stonechat.gone:away", due_at=NOON)
    assert jobs.run_due() == 1
    assert "stonechat.gone" in Job.objects.get().error


def test_one_failure_holds_no_other_job_up(noon):
    jobs.later(fail)
    jobs.later(note, name="a")
    assert jobs.run_due() == 2
    assert noted() == ["a"]


def test_the_job_of_a_killed_process_comes_back_when_its_lease_ends(noon, monkeypatch):
    jobs.later(die, name="a")
    with pytest.raises(SystemExit):
        jobs.run_due()
    assert jobs.run_due() == 0, "its lease still runs"
    monkeypatch.setitem(globals(), "die", note)
    with after(minutes=10):
        assert jobs.run_due() == 1
    assert noted() == ["a"]


def test_what_waited_behind_a_killed_job_need_not_wait_for_the_lease(noon):
    jobs.later(die)
    jobs.later(note, name="a")
    with pytest.raises(SystemExit):
        jobs.run_due()
    assert jobs.run_due() == 1
    assert noted() == ["a"]


def test_a_job_that_no_process_survives_dies_too(noon):
    jobs.later(die)
    for hour in range(jobs.ATTEMPTS):
        with after(hours=hour), pytest.raises(SystemExit):
            jobs.run_due()
    with after(days=1):
        assert jobs.run_due() == 1
    with after(days=9):
        assert jobs.run_due() == 0
    row = Job.objects.get()
    assert row.dead
    assert "killed 8 times" in row.error


def test_several_runners_run_each_job_once(noon):
    for number in range(60):
        jobs.later(note, name=f"{number:02}")
    faults = []

    def work():
        try:
            with clock.set_to(NOON):
                while jobs.run_due(limit=5):
                    pass
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    runners = [threading.Thread(target=work) for _ in range(4)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    with clock.set_to(NOON):
        jobs.run_due(limit=100)
    assert faults == []
    assert noted() == [f"{number:02}" for number in range(60)]
    assert not Job.objects.exists()
