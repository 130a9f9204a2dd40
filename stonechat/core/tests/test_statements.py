"""A compiled statement answers what its queryset would, with fewer steps in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q
from django.test.utils import CaptureQueriesContext

from stonechat.core.models import Fact, Job
from stonechat.core.statements import LENGTHS, Statement

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def rows():
    """Ten jobs, an hour apart, every third dead, and a fact for each even one."""
    for number in range(1, 11):
        Job.objects.create(
            pk=number,
            name=f"job {number % 3}",
            attempts=number % 4,
            due_at=NOON + timedelta(hours=number),
            dead=number % 3 == 0,
        )
        if number % 2 == 0:
            Fact.objects.create(name="x", kind="trail", actor_id=number, at=NOON)


def by_ids(ids):
    return Job.objects.filter(pk__in=ids).order_by("-pk").values_list("pk", "name")


def not_by_ids(ids):
    return Job.objects.exclude(pk__in=ids).order_by("pk").values_list("pk")


def before(moment, least):
    return Job.objects.filter(due_at__lt=moment, pk__gte=least).order_by("pk").values_list("pk")


def between(low, high, limit, dead):
    found = Job.objects.filter(pk__gt=low, pk__lt=high, dead=dead)
    return found.order_by("pk").values_list("pk", "attempts")[:limit]


def with_facts(least, ids):
    facts = Fact.objects.filter(actor_id=OuterRef("pk"), actor_id__gt=least)
    mine = Q(Exists(facts)) | Q(pk__in=ids)
    return Job.objects.filter(mine, ~Q(name="job 1")).order_by("pk").values_list("pk")


def counted(ids):
    grouped = Job.objects.filter(pk__in=ids).values("name").annotate(many=Count("pk"))
    return grouped.order_by("name").values_list("name", "many", F("many") + 1)


def three(one, other, third):
    each = [Job.objects.filter(pk=n).values_list("pk") for n in (one, other, third)]
    return each[0].union(*each[1:], all=True).order_by("-id")


@pytest.mark.parametrize(
    ("build", "values", "shape"),
    [
        (by_ids, ([3, 1, 9],), ()),
        (by_ids, ([],), ()),
        (by_ids, ([4] * 5,), ()),
        (by_ids, (list(range(1, 60)),), ()),
        (not_by_ids, ([3, 1],), ()),
        (not_by_ids, ([],), ()),
        (before, (NOON + timedelta(hours=5), 2), ()),
        (before, (NOON, 0), ()),
        (between, (2, 9), (3, True)),
        (between, (2, 9), (3, False)),
        (between, (2, 9), (0, False)),
        (between, (9, 2), (3, False)),
        (with_facts, (4, [1, 3]), ()),
        (with_facts, (4, []), ()),
        (counted, ([1, 2, 3, 4, 5],), ()),
        (three, (2, 7, 5), ()),
        (three, (2, 2, 404), ()),
    ],
)
def test_it_answers_what_the_queryset_answers(rows, build, values, shape):
    statement = Statement(build)
    assert statement(*values, shape=shape) == list(build(*values, *shape))
    assert statement(*values, shape=shape) == list(build(*values, *shape)), "compiled by now"


def test_it_is_compiled_once_and_takes_new_values(rows):
    calls = []

    def build(*values):
        calls.append(values)
        return with_facts(*values)

    statement = Statement(build)
    forms = set()
    for least, ids in ((0, [1, 3]), (4, [3]), (9, [5, 7]), (20, [1, 3, 5]), (2, [5])):
        assert statement(least, ids) == list(with_facts(least, ids))
        forms.add(len(calls))
    assert forms == {2, 4}, "twice for one id, twice for two to four; then never"


def test_shapes_do_not_mix(rows):
    statement = Statement(between)
    for limit, dead in ((1, True), (2, True), (2, False), (1, True), (0, True), (2, True)):
        asked = (0, 99, limit, dead)
        assert statement(0, 99, shape=(limit, dead)) == list(between(*asked))


@pytest.mark.parametrize("many", [0, 1, 2, 4, 5, 20, 21, 4096, 4097])
def test_lists_are_padded_to_a_few_lengths(rows, many):
    statement = Statement(by_ids)
    ids = list(range(5, 5 + many))
    assert statement(ids) == list(by_ids(ids))
    (form,) = statement.compiled
    assert form[2][0] in {*LENGTHS, 4097}
    assert form[2][0] >= max(1, many)


def test_a_limit_of_nothing_asks_nothing(rows):
    statement = Statement(between)
    with CaptureQueriesContext(connection) as asked:
        assert statement(0, 99, shape=(0, True)) == []
    assert len(asked) == 0


@pytest.mark.parametrize("value", [None, "x", True, 1.5])
def test_what_would_not_be_filled_in_is_refused(rows, value):
    with pytest.raises(TypeError, match="shape"):
        Statement(before)(NOON, value)


def test_a_limit_is_not_filled_in(rows):
    with pytest.raises(TypeError, match="shape"):
        Statement(lambda limit: Job.objects.values_list("pk")[:limit])(3)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's columns hold 64 bits")
@pytest.mark.parametrize("comparison", ["exact", "lt", "gt"])
def test_a_small_column_is_not_compared_with_a_stand_in(rows, comparison):
    def build(value):
        return Job.objects.filter(**{f"attempts__{comparison}": value}).values_list("pk")

    with pytest.raises(TypeError, match="small column"):
        Statement(build)(2)
