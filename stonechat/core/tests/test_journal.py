"""The journal is read in one order, nothing is skipped, and reactions take effect once."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from stonechat.core import clock, jobs, journal
from stonechat.core.events import Event, happened
from stonechat.core.models import Cursor, Fact, Job, Secret

# On PostgreSQL a reader waits for every transaction of the cluster, other tests' included.
pytestmark = pytest.mark.alone


@dataclass(frozen=True)
class Tried(Event):
    actor_id: int | None
    number: int


def write(count=1, first=1):
    """So many facts, each in a transaction of its own."""
    facts = []
    for number in range(first, first + count):
        with transaction.atomic():
            facts.append(happened(Tried(actor_id=None, number=number)))
    return facts


def numbers(facts):
    return [fact.data["number"] for fact in facts]


def note(event):
    """A reaction that shows when it takes effect twice."""
    Secret.objects.create(name=str(event.number), value="told")


def react_to_all():
    """A slow machine needs several batches; how many facts were read."""
    return sum(iter(journal.react, 0))


def noted():
    return sorted(map(int, Secret.objects.values_list("name", flat=True)))


def fail_on_three(event):
    Secret.objects.create(name=f"30{event.number}", value="half done")
    if event.number == 3:
        raise LookupError("three is unlucky")
    Secret.objects.filter(name=f"30{event.number}").delete()


def destroy(event):
    """A reaction that the process does not survive."""
    raise SystemExit


@pytest.mark.django_db
def test_a_reader_gets_facts_in_order_and_a_page_at_a_time():
    written = write(7)
    first = journal.facts_after(0, 0, limit=4)
    assert numbers(first) == [1, 2, 3, 4]
    rest = journal.facts_after(first[-1].xid, first[-1].pk)
    assert numbers(rest) == [5, 6, 7]
    assert journal.facts_after(rest[-1].xid, rest[-1].pk) == []
    assert journal.newest() == (written[-1].xid or rest[-1].xid, written[-1].pk)


@pytest.mark.django_db
def test_before_the_first_fact():
    assert journal.newest() == (0, 0)
    assert journal.facts_after(0, 0) == []
    assert journal.react() == 0


def test_who_begins_at_the_newest_gets_only_what_comes(own_database):
    write(3)
    position = journal.newest()
    assert journal.facts_after(*position) == []
    write(2, first=4)
    assert numbers(journal.facts_after(*position)) == [4, 5]


def test_each_fact_takes_effect_once(own_database, wire):
    wire(after={Tried: [note]})
    write(5)
    assert journal.lag() == 5
    assert react_to_all() == 5
    assert (journal.lag(), journal.react()) == (0, 0)
    write(2, first=6)
    assert react_to_all() == 2
    assert noted() == [1, 2, 3, 4, 5, 6, 7]


def test_readers_do_not_know_each_other(own_database, wire):
    wire(after={Tried: []})
    write(3)
    assert sum(iter(lambda: journal.react("one"), 0)) == 3
    assert sum(iter(lambda: journal.react("other"), 0)) == 3
    assert journal.lag("one") == 0


def test_a_process_that_dies_leaves_neither_effect_nor_cursor(own_database, wire):
    write(2)
    wire(after={Tried: [note, destroy]})
    with pytest.raises(SystemExit):
        journal.react()
    assert noted() == []
    assert journal.lag() == 2
    wire(after={Tried: [note]})
    react_to_all()
    assert noted() == [1, 2]


def test_a_reaction_that_fails_becomes_a_job_and_the_journal_moves_on(own_database, wire):
    wire(after={Tried: [fail_on_three, note]})
    write(5)
    assert react_to_all() == 5
    assert noted() == [1, 2, 3, 4, 5], "the failed reaction is undone, the others are not"
    row = Job.objects.get()
    assert row.arguments["fact_id"] == journal.facts_after(0, 0)[2].pk
    assert row.arguments["reaction"].endswith(":fail_on_three")


def test_the_job_tries_the_reaction_again(own_database, wire, monkeypatch):
    wire(after={Tried: [fail_on_three]})
    write(1, first=3)
    journal.react()
    assert jobs.run_due() == 1
    assert "three is unlucky" in Job.objects.get().error
    assert noted() == [], "what it did before it failed is undone"
    monkeypatch.setitem(globals(), "fail_on_three", note)
    with clock.set_to(clock.now() + timedelta(minutes=1)):
        assert jobs.run_due() == 1
    assert noted() == [3]
    assert not Job.objects.exists()


def test_a_fact_that_nobody_knows_any_more_holds_nobody_up(own_database, wire):
    wire(after={Tried: [note]})
    Fact.objects.create(name="tried", kind="trail", at=clock.now(), data={"other": 1})
    Fact.objects.create(name="never.heard.of", kind="trail", at=clock.now())
    write(1)
    assert react_to_all() == 3
    assert noted() == [1]


def test_a_batch_ends_before_it_holds_the_lock_for_long(own_database, wire):
    wire(after={Tried: [lambda event: time.sleep(0.02)]})
    write(20)
    done = journal.react()
    assert 0 < done < 20
    assert journal.lag() == 20 - done


def test_two_leaders_take_effect_once(own_database, wire):
    """Whoever comes second finds the cursor moved, and what it wrote is undone."""

    def lead_as_well(event):
        if event.number == 1 and threading.current_thread() is threading.main_thread():
            Cursor.objects.filter(name="reactions").update(fact_id=event.number + 10**9)

    wire(after={Tried: [note, lead_as_well]})
    write(2)
    with pytest.raises(journal.Overtaken):
        journal.react()
    assert noted() == []


# Order. On SQLite there is one writer at a time, so ids are in order of commit; PostgreSQL
# gives out transaction ids and fact ids while others are still running.

only_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite has one writer at a time: its transactions never interleave",
)


@pytest.fixture
def other(own_database):
    """A second connection, whose transactions run beside this thread's."""
    with closing(connections.create_connection("default")) as second:
        yield second


def begin(on):
    """Open a transaction and draw its id; the second word of SQL decides who is earlier."""
    on.set_autocommit(False)
    with on.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return cursor.fetchone()[0]


def insert(on, number):
    """Write a fact in that connection's transaction; its id."""
    with on.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_fact (name, kind, data, digest, at)"
            " VALUES ('tried', 'trail', jsonb_build_object('number', %s::int), '', now())"
            " RETURNING id",
            [number],
        )
        return cursor.fetchone()[0]


def read_by_id(fact_id):
    """A tempting reader: a cursor of ids with the same test of the snapshot."""
    return list(journal._settled().filter(pk__gt=fact_id).order_by("pk"))


@only_postgresql
def test_a_fact_waits_while_an_earlier_transaction_runs(other):
    begin(other)
    insert(other, 1)
    position = journal.newest()
    write(1, first=2)
    assert journal.facts_after(*position) == [], "the earlier one may still commit"
    assert journal.newest() == position
    other.commit()
    assert numbers(journal.facts_after(*position)) == [1, 2]


@only_postgresql
def test_a_cursor_of_ids_alone_loses_a_fact(other):
    """The earlier transaction draws the later fact id, and the later one commits last."""
    third = connections.create_connection("default")
    with closing(third):
        assert begin(other) < begin(third)
        late = insert(third, 2)
        assert insert(other, 1) > late
        other.commit()
        seen = journal.facts_after(0, 0)
        assert numbers(seen) == numbers(read_by_id(0)) == [1]
        third.commit()
        assert numbers(journal.facts_after(seen[-1].xid, seen[-1].pk)) == [2]
        assert read_by_id(seen[-1].pk) == [], "an id cursor has passed it"
        assert numbers(journal.facts_after(0, 0)) == [1, 2]


def test_nothing_is_skipped_under_concurrent_writers(own_database, wire):
    wire(after={Tried: [note]})

    def work(first):
        write(25, first=first)
        connection.close()

    writers = [threading.Thread(target=work, args=(n * 100,)) for n in range(6)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        journal.react()
    react_to_all()
    assert noted() == sorted(n * 100 + k for n in range(6) for k in range(25))
