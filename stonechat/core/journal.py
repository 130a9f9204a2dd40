"""Reading the journal: facts in one order, each reader with a cursor of its own."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from stonechat.core import clock, jobs
from stonechat.core.events import Event, read_back
from stonechat.core.models import Cursor, Fact

# Older than every transaction still running; or our own, which nobody can overtake for us.
SETTLED = (
    "(xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    " OR xid = pg_current_xact_id_if_assigned()::text::bigint)"
)
Reaction = Callable[[Any], None]
log = logging.getLogger(__name__)

# Nothing of ours holds the write lock for longer than 50 ms; a batch ends well before.
BATCH_FACTS, BATCH_SECONDS = 100, 0.03
SIGNALS_LAST = timedelta(hours=24)
FORGOTTEN_AT_ONCE = 500


class Overtaken(Exception):
    """Two processes react to the same facts; what the slower one wrote is undone."""


def facts_after(xid: int, fact_id: int, limit: int = BATCH_FACTS) -> list[Fact]:
    """The next facts in order that can no longer be overtaken.

    On PostgreSQL a transaction that began earlier may commit later, so only facts of
    transactions older than every one still running are handed out; nothing is ever skipped.
    """
    later = Q(xid__gt=xid) | Q(xid=xid, id__gt=fact_id)
    return list(_settled().filter(later, xid__gte=xid).order_by("xid", "id")[:limit])


def _settled() -> QuerySet[Fact]:
    facts = Fact.objects.all()
    if connection.vendor == "postgresql":
        facts = facts.extra(where=[SETTLED])  # noqa: S610  (a constant)
    return facts


def newest() -> tuple[int, int]:
    """The position behind the last fact: where a reader starts that wants only what comes."""
    last = _settled().order_by("-xid", "-id").values_list("xid", "id").first()
    return last or (0, 0)


def lag(reader: str = "reactions") -> int:
    """How many facts a reader has still to read; the health page shows it."""
    at = Cursor.objects.filter(name=reader).first() or Cursor()
    later = Q(xid__gt=at.xid) | Q(xid=at.xid, id__gt=at.fact_id)
    return Fact.objects.filter(later).count()


def react(reader: str = "reactions") -> int:
    """Run what AFTER lists for the next facts; returns how many facts were read.

    The cursor moves in the transaction of what the reactions write: nothing is lost in a
    crash and nothing takes effect twice, even when a second process believes it leads.
    """
    at, _ = Cursor.objects.get_or_create(name=reader)
    facts = facts_after(at.xid, at.fact_id)
    if not facts:
        return 0
    with transaction.atomic():
        done = _react_within(facts, time.monotonic() + BATCH_SECONDS)
        _move(at, facts[done - 1])
    return done


def _move(at: Cursor, to: Fact) -> None:
    """Move the cursor from where it was read; raises where somebody else has moved it since."""
    here = Cursor.objects.filter(name=at.name, xid=at.xid, fact_id=at.fact_id)
    if not here.update(xid=to.xid, fact_id=to.pk):
        raise Overtaken(f"another process reads the journal as {at.name}")


def _react_within(facts: list[Fact], deadline: float) -> int:
    for number, fact in enumerate(facts, 1):
        for reaction in reactions_to(fact):
            _try(reaction, fact)
        if time.monotonic() > deadline:
            return number
    return len(facts)


def reactions_to(fact: Fact) -> list[Reaction]:
    """What the wiring lists for a fact; nothing for a fact of an older version."""
    event = read_back(fact)
    return list(_after().get(type(event), [])) if event else []


def _try(reaction: Reaction, fact: Fact) -> None:
    """A reaction that fails becomes a job, and the journal moves on."""
    try:
        with transaction.atomic():
            reaction(read_back(fact))
    except Exception:
        log.exception("reaction %s to %s failed; it will be tried again", reaction.__name__, fact)
        name = f"{reaction.__module__}:{reaction.__qualname__}"
        jobs.later(react_again, reaction=name, fact_id=fact.pk)


@jobs.job
def react_again(reaction: str, fact_id: int) -> None:
    """Try one failed reaction to one fact once more."""
    module, _, name = reaction.partition(":")
    fact = Fact.objects.get(pk=fact_id)
    with transaction.atomic():
        getattr(import_module(module), name)(read_back(fact))


@jobs.job
def forget_signals() -> None:
    """Drop signals older than a day, so that the journal is never a diary of a person."""
    old = Fact.objects.filter(kind=Fact.SIGNAL, at__lt=clock.now() - SIGNALS_LAST)
    while ids := list(old.order_by("pk").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE]):
        Fact.objects.filter(pk__in=ids).delete()


@cache
def _after() -> dict[type[Event], list[Reaction]]:
    after: dict[type[Event], list[Reaction]] = import_module(settings.WIRING).AFTER
    return after
