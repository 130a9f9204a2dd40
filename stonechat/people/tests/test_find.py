"""Finding people: by handle, by words, in the directory, and by suggestion."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stonechat.audience.viewer import Viewer
from stonechat.people import queries
from stonechat.people.actions import (
    block,
    create_group,
    dismiss_suggestion,
    edit_profile,
    follow,
    join,
    mute,
    raise_barrier,
    suspend,
)
from stonechat.people.models import Account, Group

Make = Callable[..., Viewer]


@pytest.mark.parametrize(
    "acct", ["alice", "@alice", "ALICE", "alice@localhost", "@alice@localhost:8000", " alice "]
)
def test_a_handle_is_found_in_every_spelling(alice: Viewer, bob: Viewer, acct: str):
    assert queries.by_handle(bob, acct).pk == alice.account_id


@pytest.mark.parametrize(
    "acct", ["", "@", "nobody", "alice@elsewhere.example", "al\0ice", "alice alice", "x" * 500]
)
def test_other_handles_are_not_found(alice: Viewer, acct: str):
    with pytest.raises(Account.DoesNotExist):
        queries.by_handle(alice, acct)


def test_handles_in_a_text_are_looked_up_at_once(
    alice: Viewer, bob: Viewer, erin: Viewer, team: Group, django_assert_num_queries
):
    asked = {"Bob", "bob@localhost:8000", "bob@elsewhere.example", "erin", "team", "nobody"}
    with django_assert_num_queries(2):
        found = queries.handles_seen(alice, asked)
    assert {handle: named.id for handle, named in found.items()} == {
        "Bob": bob.account_id,
        "bob@localhost:8000": bob.account_id,
        "team": team.account_id,
    }
    assert (found["team"].kind, found["team"].group_id) == ("group", team.pk)
    assert queries.handles_seen(alice, []) == {}


def test_search_looks_into_names_units_and_titles(member: Make, bob: Viewer):
    zoe = member("zoe", display_name="Zoë Ørsted", unit="Payments", title="Harbour pilot")
    for q in ("zo", "ørsted", "ØRSTED", "payments harbour", "@zoe", "@zoe@localhost", "pilot"):
        assert queries.search(bob, q) == [zoe.account_id], q
    for q in ("", "  ", "zoe payroll", "zo\0e", "%"):
        assert queries.search(bob, q) == [], q


def test_beginnings_come_first(member: Make, bob: Viewer):
    inside = member("pianna", display_name="Pi Anna")
    exact = member("anna", display_name="A.")
    begins = member("annabel")
    found = [inside, exact, begins]
    assert queries.search(bob, "anna") == [one.account_id for one in (exact, begins, inside)]
    assert queries.search(bob, "anna", limit=1, offset=1) == [begins.account_id]
    follow(bob, inside.account_id)
    assert queries.search(bob, "anna", following=True) == [found[0].account_id]


def test_search_shows_nobody_who_is_not_seen(
    alice: Viewer, bob: Viewer, erin: Viewer, gina: Viewer, olga: Viewer
):
    assert queries.search(erin, "alice") == []
    assert queries.search(gina, "bob") == []
    assert queries.search(gina, "alice") == [alice.account_id]
    assert queries.search(Viewer.anonymous(), "alice") == []
    suspend(olga, alice.account_id)
    assert queries.search(bob, "alice") == []


def test_groups_are_found_unless_hidden(alice: Viewer, bob: Viewer):
    tea = create_group(alice, username="tea", display_name="Tea")
    create_group(alice, username="teapot", display_name="Teapot", access="hidden")
    assert queries.search(bob, "tea") == [tea.account_id]
    join(bob, tea.account_id)
    assert queries.search(bob, "tea", following=True) == [tea.account_id]


def test_the_directory_is_for_those_who_want_to_be_found(
    alice: Viewer, bob: Viewer, erin: Viewer, olga: Viewer
):
    edit_profile(bob, discoverable=False)
    assert queries.directory(olga, order="new") == [one.account_id for one in (olga, erin, alice)]
    assert queries.directory(erin, order="new") == [one.account_id for one in (olga, erin)]
    assert queries.directory(olga, order="active", offset=1, limit=1) == [erin.account_id]


def test_suggestions_say_why(member: Make, alice: Viewer, bob: Viewer):
    lead = member("lead", unit="Payments")
    me = member("me", unit="Payments", manager="lead")
    mate = member("mate", unit="Payments", manager="lead")
    far = member("far", unit="Payments")
    follow(me, bob.account_id)
    found = [(one.account_id, one.source, one.reason) for one in queries.suggestions(me)]
    assert found == [
        (lead.account_id, "team", "On your team"),
        (mate.account_id, "team", "On your team"),
        (alice.account_id, "friends", "Followed by Bob"),
        (far.account_id, "unit", "Also in Payments"),
    ]
    follow(me, far.account_id)
    follow(far, alice.account_id)
    reasons = {one.account_id: one.reason for one in queries.suggestions(me)}
    assert reasons[alice.account_id].startswith("Followed by Bob and 1 other")


def test_nobody_is_suggested_with_whom_one_has_to_do(
    member: Make, alice: Viewer, bob: Viewer, erin: Viewer
):
    me = member("me", unit="Sales")
    mates = [member(name, unit="Sales") for name in ("anna", "bea", "cleo", "dora", "eva")]
    follow(me, mates[0].account_id)
    mute(me, mates[1].account_id)
    block(mates[2], me.account_id)
    edit_profile(mates[3], discoverable=False)
    assert [one.account_id for one in queries.suggestions(me)] == [mates[4].account_id]
    dismiss_suggestion(me, mates[4].account_id)
    assert queries.suggestions(me) == []
    assert queries.suggestions(Viewer.anonymous()) == []


def test_the_org_chart_ends_where_one_sees_nothing(member: Make, system: Viewer):
    member("top", segments=["board"])
    head = member("head", manager="top")
    lead = member("lead", manager="head")
    clerk = member("clerk", manager="lead", segments=["floor"])
    assert len(queries.managers(clerk, clerk.account_id)) == 3
    raise_barrier(system, "board", "floor")
    assert queries.managers(clerk, clerk.account_id) == [lead.account_id, head.account_id]
    assert queries.reports(clerk, lead.account_id) == [clerk.account_id]
    assert queries.reports_count(clerk, lead.account_id) == 1


def test_the_house_is_counted(alice: Viewer, bob: Viewer, team: Group, olga: Viewer):
    assert queries.head_count() == 3
    suspend(olga, bob.account_id)
    assert queries.head_count() == 2
    assert queries.active_last_month() == 0
