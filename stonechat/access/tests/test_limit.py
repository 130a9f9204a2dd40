"""How often something may be tried."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from stonechat.access.jobs import clear_access
from stonechat.access.limits import TooMany, place, spend
from stonechat.access.models import Attempt
from stonechat.core import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def test_each_try_is_counted_until_there_were_too_many(noon: datetime) -> None:
    assert [spend("posting", "ann", 3, 300).remaining for _try in range(3)] == [2, 1, 0]
    with pytest.raises(TooMany, match="4 minutes") as refusal:
        spend("posting", "ann", 3, 300)
    assert refusal.value.left.reset == noon + timedelta(minutes=4)
    assert refusal.value.left.remaining == 0


def test_others_and_other_things_are_counted_for_themselves() -> None:
    spend("posting", "ann", 1, 300)
    assert spend("posting", "bob", 1, 300).remaining == 0
    assert spend("following", "ann", 1, 300).remaining == 0


def test_a_new_window_begins_anew(noon: datetime) -> None:
    spend("posting", "ann", 1, 300)
    with clock.set_to(noon + timedelta(minutes=4)):
        assert spend("posting", "ann", 1, 300).remaining == 0


def test_a_flood_writes_nothing(django_assert_num_queries: Any) -> None:
    for _try in range(3):
        with pytest.raises(TooMany):
            spend("posting", "ann", 0, 300)
    with django_assert_num_queries(1), pytest.raises(TooMany):
        spend("posting", "ann", 0, 300)


def test_the_table_tells_nobody_who_it_was() -> None:
    spend("sign-in", "ann@example.org|192.0.2.1", 3, 300)
    assert "ann" not in Attempt.objects.get().key


def test_limits_can_be_switched_off(settings: Any) -> None:
    settings.STONECHAT_RATE_LIMITS = False
    assert [spend("posting", "ann", 1, 300).remaining for _try in range(3)] == [1, 1, 1]
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2::", "2001:0db8:0001:0002"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
    ],
)
def test_a_household_counts_as_one(address: str, counted: str) -> None:
    assert place(address) == counted


def test_registering_programs_is_limited(client: Client, settings: Any) -> None:
    sent = {"client_name": "Tusk", "redirect_uris": "tusk://back"}
    answers = [client.post("/api/v1/apps", sent).status_code for _try in range(6)]
    assert answers == [200, 200, 200, 200, 200, 429]


def test_old_counts_are_cleared_away(noon: datetime) -> None:
    spend("posting", "ann", 3, 300)
    clear_access()
    assert Attempt.objects.count() == 1
    with clock.set_to(noon + timedelta(days=3)):
        clear_access()
    assert not Attempt.objects.exists()
