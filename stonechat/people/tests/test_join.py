"""Groups: making, joining, leaving and keeping them."""

from __future__ import annotations

import pytest

from stonechat.audience.viewer import Viewer
from stonechat.core.actions import NotAllowed, Refused
from stonechat.core.models import Fact
from stonechat.core.pages import Cursor
from stonechat.people import queries
from stonechat.people.actions import (
    accept_member,
    add_member,
    appoint_host,
    change_norms,
    create_group,
    follow,
    join,
    leave,
    remove_member,
    unfollow,
)
from stonechat.people.models import Account, Group, Membership


@pytest.fixture
def tea(alice: Viewer) -> int:
    """An open group of alice's, by its account."""
    group: Group = create_group(alice, username="tea", display_name="Tea", purpose="Wednesdays")
    return group.account_id


@pytest.fixture
def skerry(alice: Viewer) -> int:
    """A hidden group of alice's, by its account."""
    group: Group = create_group(alice, username="skerry", display_name="Skerry", access="hidden")
    return group.account_id


def members(viewer: Viewer, group: int) -> list[int]:
    return queries.followers(viewer, group, Cursor()).items


def stored(group: int) -> int:
    return Account.objects.get(pk=group).followers_count


def test_whoever_makes_a_group_hosts_it(alice: Viewer, bob: Viewer, tea: int):
    account = queries.account(bob, tea)
    assert (account.kind, account.note, account.followers_count) == ("group", "Wednesdays", 1)
    assert Membership.objects.get(account_id=alice.account_id).host
    names = list(Fact.objects.order_by("-id").values_list("name", flat=True)[:3])
    assert names == ["joined", "group.made", "account.created"]


def test_guests_make_no_groups(gina: Viewer):
    with pytest.raises(NotAllowed, match="inside"):
        create_group(gina, username="tea", display_name="Tea")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("username", {"username": "alice"}),
        ("username", {"username": "support"}),
        ("access", {"access": "secret"}),
        ("history", {"history": "some"}),
        ("norms", {"norms": "x" * 5001}),
    ],
)
def test_what_is_wrong_is_named(alice: Viewer, field: str, wrong: dict[str, str]):
    with pytest.raises(Refused) as refused:
        create_group(alice, **{"username": "tea", "display_name": "Tea", **wrong})
    assert refused.value.field == field


def test_an_open_group_is_joined_at_once(bob: Viewer, carol: Viewer, alice: Viewer, tea: int):
    join(bob, tea)
    join(bob, tea)
    assert members(carol, tea) == [bob.account_id, alice.account_id]
    assert stored(tea) == 2
    assert Fact.objects.filter(name="joined", actor_id=bob.account_id).count() == 1


def test_to_clients_joining_is_following(bob: Viewer, tea: int):
    follow(bob, tea)
    assert queries.relationships(bob, [tea])[0].following
    assert Account.objects.get(pk=bob.account_id).following_count == 1  # alice, not the group
    unfollow(bob, tea)
    assert not queries.relationships(bob, [tea])[0].following


def test_where_hosts_decide_one_asks(alice: Viewer, bob: Viewer, team: Group):
    join(bob, team.account_id)
    assert queries.relationships(bob, [team.account_id])[0].requested
    assert queries.join_requests(alice, team.account_id, Cursor()).items == [bob.account_id]
    assert queries.join_requests(bob, team.account_id, Cursor()).items == []
    assert Fact.objects.latest("id").name == "join.asked"
    accept_member(alice, team.account_id, bob.account_id)
    assert bob.account_id in members(bob, team.account_id)
    assert Fact.objects.latest("id").name == "join.accepted"


def test_only_hosts_let_people_in(alice: Viewer, bob: Viewer, carol: Viewer, team: Group):
    join(bob, team.account_id)
    for act in (accept_member, add_member):
        with pytest.raises(NotAllowed, match="Only hosts"):
            act(carol, team.account_id, bob.account_id)


def test_nobody_is_let_in_who_did_not_ask(alice: Viewer, bob: Viewer, team: Group):
    with pytest.raises(Membership.DoesNotExist):
        accept_member(alice, team.account_id, bob.account_id)


def test_a_hidden_group_is_not_found(bob: Viewer, skerry: int):
    with pytest.raises(Account.DoesNotExist):
        join(bob, skerry)
    with pytest.raises(Account.DoesNotExist):
        queries.account(bob, skerry)


def test_hosts_bring_people_into_hidden_groups(alice: Viewer, bob: Viewer, skerry: int):
    add_member(alice, skerry, bob.account_id)
    assert members(bob, skerry) == [bob.account_id, alice.account_id]
    assert stored(skerry) == 2


def test_nobody_is_brought_in_over_a_block_or_wall(
    alice: Viewer, dave: Viewer, erin: Viewer, skerry: int
):
    with pytest.raises(NotAllowed, match="reach"):
        add_member(alice, skerry, dave.account_id)
    with pytest.raises(Account.DoesNotExist):
        add_member(alice, skerry, erin.account_id)


def test_leaving_and_being_removed(alice: Viewer, bob: Viewer, carol: Viewer, tea: int):
    join(bob, tea)
    join(carol, tea)
    leave(bob, tea)
    leave(bob, tea)
    with pytest.raises(NotAllowed, match="Only hosts"):
        remove_member(bob, tea, carol.account_id)
    remove_member(alice, tea, carol.account_id)
    assert members(bob, tea) == [alice.account_id]
    assert stored(tea) == 1
    assert Fact.objects.filter(name="left").count() == 2


def test_the_last_host_names_another_first(alice: Viewer, bob: Viewer, tea: int):
    join(bob, tea)
    for act in (
        lambda: leave(alice, tea),
        lambda: appoint_host(alice, tea, alice.account_id, host=False),
    ):
        with pytest.raises(Refused, match="host first"):
            act()
    appoint_host(alice, tea, bob.account_id)
    leave(alice, tea)
    change_norms(bob, tea, "Bring biscuits.")
    assert Group.objects.get(account_id=tea).norms == "Bring biscuits."


def test_only_hosts_write_the_norms(bob: Viewer, tea: int):
    with pytest.raises(NotAllowed):
        change_norms(bob, tea, "No biscuits.")
    with pytest.raises(Group.DoesNotExist):
        change_norms(bob, bob.account_id, "I am no group")


def test_a_guest_sees_the_group_they_are_in(gina: Viewer, alice: Viewer, team: Group):
    assert queries.account(gina, team.account_id).username == "team"
    assert set(members(gina, team.account_id)) == {gina.account_id, alice.account_id}
