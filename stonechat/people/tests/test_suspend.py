"""Shutting, opening and burying accounts; roles and passwords."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stonechat.audience.viewer import Viewer
from stonechat.core.actions import NotAllowed, Refused
from stonechat.core.models import Fact
from stonechat.core.pages import Cursor
from stonechat.people import queries
from stonechat.people.actions import (
    block,
    create_account,
    delete,
    edit_profile,
    endorse,
    follow,
    note,
    restore,
    set_password,
    set_role,
    suspend,
)
from stonechat.people.cards import card
from stonechat.people.models import Account, Group, User

Behind = Callable[[Viewer], Account]


def test_a_suspended_account_says_nothing_but_its_handle(alice: Viewer, bob: Viewer, olga: Viewer):
    edit_profile(alice, note="Ferries", fields=[{"name": "a", "value": "b"}], locked=True)
    suspend(olga, alice.account_id)
    shown = card(bob, alice.account_id)
    assert (shown.username, shown.suspended, shown.revision) == ("alice", True, 2)
    assert (shown.display_name, shown.note, shown.fields, shown.locked) == ("", "", (), False)
    assert queries.followers(bob, alice.account_id, Cursor()).items == []
    assert shown.followers_count == 0


def test_restoring_brings_everything_back(alice: Viewer, bob: Viewer, olga: Viewer):
    suspend(olga, alice.account_id)
    suspend(olga, alice.account_id)
    restore(olga, alice.account_id)
    restore(olga, alice.account_id)
    shown = card(bob, alice.account_id)
    assert (shown.display_name, shown.suspended, shown.followers_count) == (
        "Alice Author",
        False,
        1,
    )
    assert Fact.objects.filter(name="account.suspended").count() == 1
    assert Fact.objects.filter(name="account.restored").count() == 1


def test_only_another_administrator_may(alice: Viewer, bob: Viewer, olga: Viewer):
    for act in (suspend, restore):
        with pytest.raises(NotAllowed, match="administrator"):
            act(bob, alice.account_id)
    with pytest.raises(NotAllowed, match="another"):
        suspend(olga, olga.account_id)


def test_the_suspended_do_nothing(alice: Viewer, bob: Viewer, olga: Viewer):
    suspend(olga, alice.account_id)
    with pytest.raises(NotAllowed):
        follow(alice, bob.account_id)
    with pytest.raises(NotAllowed):
        edit_profile(alice, note="Still here")


def test_a_deleted_account_leaves_its_handle_alone(
    alice: Viewer, bob: Viewer, carol: Viewer, team: Group, account: Behind, system: Viewer
):
    follow(alice, carol.account_id)
    endorse(bob, alice.account_id)
    note(bob, alice.account_id, "Ferries")
    block(carol, bob.account_id)
    delete(carol, carol.account_id)
    delete(alice, alice.account_id)
    assert (account(bob).following_count, account(alice).followers_count) == (0, 0)
    assert (account(alice).display_name, account(carol).followers_count) == ("", 0)
    assert Account.objects.get(pk=team.account_id).followers_count == 0
    with pytest.raises(Account.DoesNotExist):
        card(bob, alice.account_id)
    with pytest.raises(Refused, match="taken"):
        create_account(system, username="alice")
    assert not User.objects.filter(email="alice@example.org").exists()
    assert Fact.objects.latest("id").name == "account.deleted"


def test_nobody_deletes_others(alice: Viewer, bob: Viewer, erin: Viewer):
    with pytest.raises(NotAllowed, match="your own"):
        delete(bob, alice.account_id)
    with pytest.raises(Account.DoesNotExist):
        delete(erin, alice.account_id)


def test_administrators_give_roles(alice: Viewer, bob: Viewer, olga: Viewer):
    with pytest.raises(NotAllowed, match="Only administrators"):
        set_role(bob, bob.account_id, "admin")
    with pytest.raises(Refused, match="somebody else"):
        set_role(olga, olga.account_id, "member")
    set_role(olga, bob.account_id, "admin")
    fact = Fact.objects.latest("id")
    assert (fact.name, fact.data["role"]) == ("role.changed", "admin")
    set_role(bob, olga.account_id, "member")
    with pytest.raises(Refused, match="Choose one of"):
        set_role(bob, olga.account_id, "king")


def test_nobody_has_a_role_who_does_not_sign_in(system: Viewer, db: None):
    bot = create_account(system, username="anvil", kind="bot")
    with pytest.raises(Refused, match="e-mail address first"):
        set_role(system, bot.pk, "admin")


def test_everybody_sets_their_own_password(alice: Viewer, bob: Viewer, olga: Viewer, quick: None):
    set_password(alice, alice.account_id, "ferry-timetable-9")
    set_password(olga, bob.account_id, "harbour-walk-12")
    users = User.objects.in_bulk([alice.account_id, bob.account_id], field_name="account_id")
    assert users[alice.account_id].check_password("ferry-timetable-9")
    assert users[bob.account_id].check_password("harbour-walk-12")
    assert Fact.objects.latest("id").name == "password.set"


def test_passwords_of_others_and_weak_ones(alice: Viewer, bob: Viewer, quick: None):
    with pytest.raises(NotAllowed, match="your own"):
        set_password(bob, alice.account_id, "ferry-timetable-9")
    with pytest.raises(Refused) as refused:
        set_password(alice, alice.account_id, "password")
    assert refused.value.field == "password"
    set_password(alice, alice.account_id, None)
    assert not User.objects.get(account_id=alice.account_id).has_usable_password()


@pytest.fixture
def quick(settings: Any) -> None:
    """A hash that costs nothing, for tests alone."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
