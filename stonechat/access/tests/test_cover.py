"""Scopes: which contain which, and in what words a person is asked."""

from __future__ import annotations

import pytest

from stonechat.access.scopes import ALL, covers, meanings, unknown


@pytest.mark.parametrize(
    ("granted", "needed"),
    [
        ("read", "read:statuses"),
        ("write", "write:media"),
        ("write:media", "write:media"),
        ("follow", "read:follows"),
        ("follow", "write:mutes"),
        ("admin:read", "admin:read:reports"),
        ("profile", "profile"),
    ],
)
def test_a_scope_covers_itself_and_what_lies_inside_it(granted: str, needed: str) -> None:
    assert covers([granted], needed)


@pytest.mark.parametrize(
    ("granted", "needed"),
    [
        ("read", "write"),
        ("read:statuses", "read"),
        ("read", "profile"),
        ("profile", "read:accounts"),
        ("follow", "read:statuses"),
        ("write", "follow"),
        ("read", "admin:read"),
        ("read", "admin:read:accounts"),
        ("write:statuses", "write:media"),
        ("", "read"),
    ],
)
def test_a_scope_covers_nothing_else(granted: str, needed: str) -> None:
    assert not covers(granted.split(), needed)


def test_all_scopes_are_known_and_others_are_not() -> None:
    assert unknown(ALL) == []
    assert unknown(["read", "reed", "read:everything"]) == ["reed", "read:everything"]


def test_a_person_is_not_told_twice() -> None:
    assert len(meanings(["read", "read:statuses", "read:lists"])) == 1
    assert len(meanings(["read:statuses", "push"])) == 2
