"""The rules of the house."""

from __future__ import annotations

import pytest

from stonechat.core.actions import NotAllowed, Refused
from stonechat.governance import queries
from stonechat.governance.actions import set_rules


def test_rules_stand_in_the_order_given(olga):
    set_rules(olga, [("Be kind", "Always."), ("Say who you are", "")])
    assert [(one.text, one.hint) for one in queries.rules()] == [
        ("Be kind", "Always."),
        ("Say who you are", ""),
    ]


def test_a_rule_that_stays_keeps_its_id(olga):
    set_rules(olga, [("Be kind", ""), ("Be brief", "")])
    kind, brief = queries.rules()
    set_rules(olga, [("Be awake", ""), ("Be kind", "Always.")])
    awake, still = queries.rules()
    assert (still.id, still.hint) == (kind.id, "Always.")
    assert awake.id not in {kind.id, brief.id}


def test_others_write_no_rules(alice):
    with pytest.raises(NotAllowed):
        set_rules(alice, [("Be kind", "")])


def test_a_rule_says_something(olga):
    with pytest.raises(Refused):
        set_rules(olga, [(" ", "")])
