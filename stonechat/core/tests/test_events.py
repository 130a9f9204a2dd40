"""Facts are written with their change; intents are put to everybody who may refuse."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import transaction

from stonechat.core import clock
from stonechat.core.actions import Refused
from stonechat.core.events import Event, Intent, about_to, fact_name, happened, read_back
from stonechat.core.models import Fact


@dataclass(frozen=True)
class PostWasSeen(Event):
    actor_id: int | None
    post_id: int
    how: str = "quickly"


@dataclass(frozen=True)
class Whispered(Event):
    kind = Fact.SIGNAL
    actor_id: int | None


@dataclass(frozen=True)
class Speaking(Intent):
    text: str


@pytest.mark.django_db
def test_a_fact_says_what_happened_and_comes_back_as_the_event(wire):
    wire(after={PostWasSeen: []})
    event = PostWasSeen(actor_id=7, post_id=2**62, how="twice")
    fact = Fact.objects.get(pk=happened(event, digest="ab").pk)
    assert (fact.name, fact.kind, fact.actor_id) == ("post.was.seen", "trail", 7)
    assert fact.data == {"post_id": 2**62, "how": "twice"}
    assert fact.digest == "ab"
    assert fact.at <= clock.now()
    assert read_back(fact) == event


@pytest.mark.django_db
def test_a_signal_is_marked_as_one():
    assert happened(Whispered(actor_id=None)).kind == "signal"


@pytest.mark.django_db
def test_names_are_written_with_dots():
    assert fact_name(PostWasSeen) == "post.was.seen"


@pytest.mark.django_db
@pytest.mark.parametrize("data", [{}, {"post_id": 1, "gone": 2}])
def test_a_fact_of_another_version_reads_as_nothing(wire, data):
    wire(after={PostWasSeen: []})
    assert read_back(Fact(name="post.was.seen", data=data)) is None
    assert read_back(Fact(name="never.heard.of", data={})) is None


def test_a_fact_outside_a_transaction_is_a_mistake(own_database):
    with pytest.raises(AssertionError, match="with its change"):
        happened(Whispered(actor_id=None))


def test_a_fact_goes_with_its_transaction(own_database):
    with transaction.atomic():
        happened(Whispered(actor_id=None))
        transaction.set_rollback(True)
    assert not Fact.objects.exists()


@pytest.mark.django_db
def test_everybody_is_asked_until_somebody_refuses(wire):
    asked = []

    def refuses(intent):
        asked.append(intent.text)
        raise Refused("Not this word.")

    wire(before={Speaking: [lambda intent: asked.append("first"), refuses, asked.append]})
    with pytest.raises(Refused, match="Not this word"):
        about_to(Speaking("hush"))
    assert asked == ["first", "hush"]


@pytest.mark.django_db
def test_an_intent_that_the_wiring_does_not_list_is_a_mistake(wire):
    wire(before={})
    with pytest.raises(KeyError):
        about_to(Speaking("hush"))
