"""An action must ask; what it wrote without asking, or against the answer, is undone."""

from __future__ import annotations

import pytest
from django.db import connection

from stonechat.core.actions import (
    NeverAsked,
    NotAllowed,
    Refused,
    action,
    prepared_by,
    require,
)
from stonechat.core.models import Secret


def write(name="written"):
    Secret.objects.create(name=name, value="x")


def written():
    return sorted(Secret.objects.values_list("name", flat=True))


@action
def asks(viewer, name="written"):
    """Asks, then writes."""
    require(True, "")
    write(name)
    return name


@action
def never_asks(viewer, name="written"):
    """Writes only."""
    write(name)


@pytest.mark.django_db
def test_what_was_asked_for_is_written():
    assert asks(None) == "written"
    assert written() == ["written"]


@pytest.mark.django_db
def test_an_action_that_never_asked_fails_and_is_undone():
    with pytest.raises(NeverAsked, match="never_asks asked nobody"):
        never_asks(None)
    assert written() == []


@pytest.mark.django_db
def test_a_no_is_a_sentence_and_undoes_what_was_written_before():
    @action
    def refuses(viewer):
        write()
        require(False, "Join the group before you post in it.")

    with pytest.raises(NotAllowed) as no:
        refuses(None)
    assert str(no.value) == "Join the group before you post in it."
    assert written() == []


@pytest.mark.django_db
def test_a_refusal_undoes_too_and_names_its_field():
    @action
    def refuses(viewer):
        require(True, "")
        write()
        raise Refused("Write less.", field="status")

    with pytest.raises(Refused) as no:
        refuses(None)
    assert (str(no.value), no.value.field) == ("Write less.", "status")
    assert written() == []


@pytest.mark.django_db
def test_an_inner_action_does_not_ask_for_the_outer_one():
    @action
    def outer(viewer):
        write("outer")
        asks(viewer, "inner")

    with pytest.raises(NeverAsked, match="outer"):
        outer(None)
    assert written() == []


@pytest.mark.django_db
def test_an_outer_action_does_not_ask_for_the_inner_one():
    @action
    def outer(viewer):
        require(True, "")
        write("outer")
        never_asks(viewer, "inner")

    with pytest.raises(NeverAsked, match="never_asks"):
        outer(None)
    assert written() == []


@pytest.mark.django_db
def test_an_outer_action_may_survive_the_no_of_an_inner_one():
    @action
    def inner(viewer):
        write("inner")
        require(False, "No.")

    @action
    def outer(viewer):
        with pytest.raises(NotAllowed):
            inner(viewer)
        require(True, "")
        write("outer")

    outer(None)
    assert written() == ["outer"]


@pytest.mark.django_db
def test_asking_in_one_call_does_not_count_for_the_next():
    asks(None, "first")
    with pytest.raises(NeverAsked):
        never_asks(None, "second")
    assert written() == ["first"]


def test_what_needs_no_row_is_done_before_the_transaction(own_database):
    seen = []

    def prepare(viewer, *, text):
        seen.append(connection.in_atomic_block)
        return text.upper()

    @prepared_by(prepare)
    def say(viewer, text):
        """Say it."""
        seen.append(connection.in_atomic_block)
        require(True, "")
        return text

    assert say(None, text="hello") == "HELLO"
    assert seen == [False, True]


@pytest.mark.django_db
def test_a_prepared_action_must_ask_as_well():
    @prepared_by(lambda viewer: None)
    def silent(viewer, prepared):
        write()

    with pytest.raises(NeverAsked):
        silent(None)
    assert written() == []
