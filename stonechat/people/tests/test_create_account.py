"""Making an account."""

from __future__ import annotations

import pytest

from stonechat.audience.models import Seat
from stonechat.audience.viewer import Viewer
from stonechat.core.actions import NotAllowed, Refused
from stonechat.core.models import Fact
from stonechat.people.actions import create_account
from stonechat.people.models import Account, User


def test_administrators_and_the_system_make_accounts(olga: Viewer, system: Viewer):
    for viewer, name in ((olga, "zoe"), (system, "yan")):
        assert create_account(viewer, username=name).username == name


def test_others_are_told_who_may(alice: Viewer):
    with pytest.raises(NotAllowed, match="administrators"):
        create_account(alice, username="zoe")
    assert not Account.objects.filter(username="zoe").exists()


def test_the_directory_is_filled_in(system: Viewer, bob: Viewer):
    account = create_account(
        system,
        username="zoe",
        email="Zoe@Example.org",
        unit="Payments",
        title="Engineer",
        manager="bob",
        level=4,
        country="de",
        zone="guest",
        locale="de",
        time_zone="Europe/Berlin",
        segments=["desk"],
    )
    assert (account.unit, account.title, account.manager_id) == (
        "Payments",
        "Engineer",
        bob.account_id,
    )
    assert (account.level, account.country, account.zone) == (4, "DE", "guest")
    user = User.objects.get(account=account)
    assert (user.email, user.locale, user.time_zone) == ("zoe@example.org", "de", "Europe/Berlin")
    assert not user.has_usable_password()
    assert Seat.objects.get(account=account).segment.name == "desk"


def test_it_is_one_fact(system: Viewer, db: None):
    account = create_account(system, username="zoe")
    fact = Fact.objects.get()
    assert (fact.name, fact.data) == ("account.created", {"account_id": account.pk})


def test_a_bot_without_an_address_has_nobody_who_signs_in(system: Viewer, db: None):
    account = create_account(system, username="anvil", kind="bot")
    assert account.kind == "bot"
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("username", {"username": "a b"}),
        ("username", {"username": "-zoe"}),
        ("username", {"username": "zöe"}),
        ("username", {"username": "z" * 41}),
        ("username", {"username": ""}),
        ("username", {"username": "ALICE"}),
        ("email", {"email": "zoe"}),
        ("email", {"email": "Alice@example.org"}),
        ("kind", {"kind": "group"}),
        ("role", {"role": "king"}),
        ("manager", {"manager": "nobody"}),
        ("time_zone", {"time_zone": "Moon/Base"}),
        ("locale", {"locale": "en;drop"}),
        ("zone", {"zone": "outside"}),
        ("note", {"note": "x" * 501}),
        ("note", {"note": "a\0b"}),
        ("display_name", {"display_name": "x" * 81}),
    ],
)
def test_what_is_wrong_is_named_and_nothing_stored(
    system: Viewer, alice: Viewer, field: str, wrong: dict[str, str]
):
    with pytest.raises(Refused) as refused:
        create_account(system, **{"username": "zoe", "email": "zoe@example.org", **wrong})
    assert refused.value.field == field
    assert Account.objects.count() == 1


def test_reserved_handles_are_not_for_whoever_signs_up(system: Viewer, db: None):
    with pytest.raises(Refused, match="reserved"):
        create_account(Viewer.system(because="sign-up"), username="Support")
    assert create_account(system, username="support").pk


def test_a_weak_password_is_refused_with_the_reason(system: Viewer, db: None):
    with pytest.raises(Refused, match="short") as refused:
        create_account(system, username="zoe", email="zoe@example.org", password="abc")
    assert refused.value.field == "password"
