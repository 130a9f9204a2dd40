"""Entities as bytes: what is left out, what is null, and the one form of time."""

from __future__ import annotations

import json
import pkgutil
from datetime import UTC, datetime, timedelta, timezone
from importlib import import_module

import msgspec
import pytest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from stonechat.api import entities
from stonechat.api.entities.accounts import Account, AccountMine, AccountShared
from stonechat.api.entities.encoding import (
    Entity,
    Rendered,
    date,
    encode,
    join,
    listing,
    midnight,
    moment,
)
from stonechat.api.entities.others import Error, Markers, Preferences
from stonechat.api.entities.statuses import StatusMine, StatusShared

NOON = datetime(2019, 12, 5, 11, 34, 47, 196_999, tzinfo=UTC)


def test_a_moment_has_three_decimals_and_z():
    assert moment(NOON) == "2019-12-05T11:34:47.196Z"
    assert moment(NOON.replace(microsecond=0)) == "2019-12-05T11:34:47.000Z"


def test_a_moment_of_another_zone_is_told_in_utc():
    berlin = NOON.astimezone(timezone(timedelta(hours=14)))
    assert moment(berlin) == "2019-12-05T11:34:47.196Z"
    assert midnight(berlin) == "2019-12-05T00:00:00.000Z"
    assert date(berlin) == "2019-12-05"


def test_null_is_written_and_unset_is_left_out():
    mine = json.loads(encode(StatusMine(account=Rendered(b"{}"))))
    assert mine["poll"] is None
    assert "favourited" not in mine
    assert encode(Markers()) == b"{}"


def test_renamed_keys():
    preferences = Preferences(
        visibility="public",
        sensitive=False,
        language=None,
        quote_policy="public",
        expand_media="default",
        expand_spoilers=False,
        autoplay_gifs=True,
    )
    assert json.loads(encode(preferences))["posting:default:visibility"] == "public"


def test_lazy_sentences_and_safe_html_are_text():
    assert encode({"error": gettext_lazy("No")}) == b'{"error":"No"}'
    assert encode({"content": format_html("<p>{}</p>", "<")}) == b'{"content":"<p>&lt;</p>"}'


def test_what_has_no_form_in_json_is_refused():
    with pytest.raises(TypeError, match="object"):
        encode({"x": object()})


def test_join_and_listing_are_plain_json():
    both = join(encode(Error(error="x")), b'{"y":1}')
    assert (
        json.loads(listing([both, join(b"{}", both), join(both, b"{}")]))
        == [{"error": "x", "y": 1}] * 3
    )
    assert listing([]) == b"[]"


def test_the_two_parts_of_a_status_share_no_key():
    assert not set(StatusShared.__struct_fields__) & set(StatusMine.__struct_fields__)


def test_the_two_parts_of_an_account_are_the_whole():
    shared, mine = set(AccountShared.__struct_fields__), set(AccountMine.__struct_fields__)
    assert not shared & mine
    assert shared | mine == set(Account.__struct_fields__)


def _all_entities() -> list[type[Entity]]:
    modules = [
        import_module(f"{entities.__name__}.{module.name}")
        for module in pkgutil.iter_modules(entities.__path__)
    ]
    found = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Entity)
    }
    return sorted(found, key=lambda entity: entity.__name__)


@pytest.mark.parametrize("entity", _all_entities(), ids=lambda entity: entity.__name__)
def test_every_entity_is_frozen_documented_and_free_of_raw_datetimes(entity: type[Entity]):
    assert entity.__struct_config__.frozen
    assert entity.__doc__
    assert "datetime" not in str(entity.__annotations__)


def test_raw_parts_stand_as_they_are():
    assert msgspec.json.decode(encode([Rendered(b'{"id":"1"}')])) == [{"id": "1"}]
