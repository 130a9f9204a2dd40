"""Every event and intent stands in `config/wiring.py`; an empty list there is an answer."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from stonechat.config import wiring
from stonechat.core.events import Event, Intent, by_name

ROOT = Path(__file__).resolve().parent.parent


def declared() -> Iterator[type]:
    """Every class in a room's `events.py` (or `events/`), save those that others extend."""
    house = ROOT / "stonechat"
    for file in sorted([*house.glob("*/events.py"), *house.glob("*/events/*.py")]):
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for one in vars(import_module(name)).values():
            if not inspect.isclass(one) or one.__module__ != name or one in {Event, Intent}:
                continue
            if not one.__subclasses__():
                yield one


def is_frozen(one: type) -> bool:
    return dataclasses.is_dataclass(one) and one.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_what_events_declares_is_a_frozen_event_or_intent() -> None:
    found = list(declared())
    assert found, "no event was found"
    wrong = [one for one in found if not is_frozen(one) or not issubclass(one, (Event, Intent))]
    assert not wrong


def test_after_lists_every_event_and_nothing_else() -> None:
    events = {one for one in declared() if issubclass(one, Event)}
    assert events, "no event was found"
    assert set(wiring.AFTER) == events


def test_before_lists_every_intent_and_nothing_else() -> None:
    intents = {one for one in declared() if issubclass(one, Intent)}
    assert intents, "no intent was found"
    assert set(wiring.BEFORE) == intents


def test_no_two_events_share_the_name_of_their_facts() -> None:
    assert len(by_name()) == len(wiring.AFTER)


def test_what_follows_lives_with_the_reactions_of_a_room() -> None:
    wrong = [
        f"{one.__module__}.{one.__name__}"
        for listed in wiring.AFTER.values()
        for one in listed
        if not {"reactions", "jobs"} & set(one.__module__.split("."))
    ]
    assert not wrong, "; ".join(wrong)
