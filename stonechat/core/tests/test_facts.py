"""The journal is append-only, and the database itself says no."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from stonechat.core import clock
from stonechat.core.models import Fact

pytestmark = pytest.mark.django_db


def fact(kind=Fact.TRAIL, **more):
    return Fact.objects.create(name="tried", kind=kind, at=clock.now(), **more)


def refused(sql, *parameters):
    """The database's own words against a statement."""
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError) as error,
        transaction.atomic(),
    ):
        cursor.execute(sql, parameters)
    return str(error.value)


@pytest.mark.parametrize("kind", [Fact.TRAIL, Fact.SIGNAL])
def test_a_fact_never_changes(kind):
    row = fact(kind)
    for change in (
        "UPDATE core_fact SET name = 'other'",
        "UPDATE core_fact SET actor_id = 1",
        "UPDATE core_fact SET kind = 'signal'",
        "UPDATE core_fact SET id = id + 1000000",
    ):
        assert "append-only" in refused(change)
    assert Fact.objects.get(pk=row.pk).name == "tried"


def test_not_through_the_orm_either():
    row = fact()
    row.name = "other"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Fact.objects.all().delete()
    assert Fact.objects.get().name == "tried"


def test_a_trail_stays_and_a_signal_goes():
    kept, passing = fact(), fact(Fact.SIGNAL)
    assert "append-only" in refused("DELETE FROM core_fact WHERE id = %s", kept.pk)
    assert "append-only" in refused("DELETE FROM core_fact")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_fact WHERE id = %s", [passing.pk])
    assert list(Fact.objects.values_list("pk", flat=True)) == [kept.pk]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite knows REPLACE")
def test_a_fact_is_not_replaced_by_another():
    row = fact()
    said = refused(
        "INSERT OR REPLACE INTO core_fact (id, xid, name, kind, data, digest, at)"
        " VALUES (%s, 0, 'other', 'trail', '{}', '', '2027-01-01')",
        row.pk,
    )
    assert "append-only" in said
    assert Fact.objects.get().name == "tried"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL knows these")
def test_a_fact_is_neither_truncated_nor_overwritten():
    row = fact()
    assert "append-only" in refused("TRUNCATE core_fact")
    said = refused(
        "INSERT INTO core_fact (id, name, kind, data, digest, at)"
        " VALUES (%s, 'other', 'trail', '{}', '', now())"
        " ON CONFLICT (id) DO UPDATE SET name = 'other'",
        row.pk,
    )
    assert "append-only" in said


def test_the_number_of_a_signal_that_went_is_not_given_again():
    passing = fact(Fact.SIGNAL).pk
    Fact.objects.filter(pk=passing).delete()
    assert fact().pk > passing
