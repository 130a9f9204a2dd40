"""Ask those who may refuse, and write down what happened."""

from __future__ import annotations

import dataclasses
import re
from functools import cache
from importlib import import_module
from typing import Any, ClassVar

from django.conf import settings
from django.db import transaction

from stonechat.core import clock, wakeup
from stonechat.core.models import Fact


class Event:
    """Something that happened: ids only, past tense. Subclasses are frozen dataclasses.

    `kind` is `trail` (kept for ever, what audit and export read) or `signal` (wakes readers,
    shown to nobody but the actor, gone after 24 h): the journal is never a diary of a person.
    """

    kind: ClassVar[str] = Fact.TRAIL
    actor_id: int | None


class Intent:
    """Something about to happen, which those in BEFORE may refuse. Present tense."""


@cache
def _wiring() -> Any:
    return import_module(settings.WIRING)


def about_to(intent: Intent) -> None:
    """Ask everyone whom BEFORE lists; any of them may raise `Refused`."""
    for ask in _wiring().BEFORE[type(intent)]:
        ask(intent)


def happened(event: Event, digest: str = "") -> Fact:
    """Write one fact into the running transaction and wake the readers once it has committed.

    `digest` is a salted hash of the content; the salt lies with the words, so erasing them
    takes the link along.
    """
    assert transaction.get_connection().in_atomic_block, "a fact is written with its change"
    data = {key: value for key, value in dataclasses.asdict(event).items() if key != "actor_id"}  # type: ignore[call-overload]
    fact = Fact.objects.create(
        name=fact_name(type(event)),
        kind=event.kind,
        actor_id=event.actor_id,
        data=data,
        digest=digest,
        at=clock.now(),
    )
    transaction.on_commit(wakeup.ring)
    return fact


def fact_name(event: type) -> str:
    """`PostPublished` is written as `post.published`."""
    return re.sub(r"(?<!^)(?=[A-Z])", ".", event.__name__).lower()


@cache
def by_name() -> dict[str, type[Event]]:
    """Every event that the wiring knows, by the name of its facts."""
    return {fact_name(event): event for event in _wiring().AFTER}


def read_back(fact: Fact) -> Event | None:
    """The event a fact was made from; None for one that this version no longer knows."""
    event = by_name().get(fact.name)
    if event is None:
        return None
    try:
        return event(actor_id=fact.actor_id, **fact.data)  # type: ignore[call-arg]
    except TypeError:  # its fields are those of another version
        return None
