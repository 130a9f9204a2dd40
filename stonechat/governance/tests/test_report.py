"""Reporting an account, and posts of it."""

from __future__ import annotations

import pytest

from stonechat.core.actions import NotAllowed, Refused
from stonechat.core.models import Fact
from stonechat.governance import queries
from stonechat.governance.actions import report, set_rules
from stonechat.people.models import Account
from stonechat.posts.models import Post


def test_a_report_names_who_and_what(alice, bob, say):
    post = say(bob, "Rubbish")
    row = report(
        alice, bob.account_id, post_ids=[post.pk, post.pk], comment="Look", category="spam"
    )
    assert (row.account_id, row.target_id) == (alice.account_id, bob.account_id)
    assert (row.post_ids, row.comment, row.category) == ([post.pk], "Look", "spam")


def test_the_trail_says_that_somebody_reported(alice, bob):
    row = report(alice, bob.account_id)
    fact = Fact.objects.latest("pk")
    assert (fact.name, fact.kind, fact.data) == ("report.made", "trail", {"report_id": row.pk})


def test_rules_that_are_broken_make_it_a_violation(alice, bob, olga):
    set_rules(olga, [("Be kind", "")])
    rule = queries.rules()[0].id
    assert report(alice, bob.account_id, rule_ids=[rule]).category == "violation"
    assert report(alice, bob.account_id).category == "other"
    with pytest.raises(Refused):
        report(alice, bob.account_id, rule_ids=[rule + 1])


def test_only_posts_of_the_account_that_are_seen_can_be_shown(alice, bob, carol, say):
    secret = say(bob, "Only for you, @carol", audience="direct")
    other = say(carol, "Mine")
    for post in (secret, other):
        with pytest.raises(Post.DoesNotExist):
            report(alice, bob.account_id, post_ids=[post.pk])


def test_whoever_is_not_known_cannot_be_reported(alice, erin):
    with pytest.raises(Account.DoesNotExist):
        report(alice, erin.account_id)


def test_nobody_reports_themselves(alice):
    with pytest.raises(NotAllowed):
        report(alice, alice.account_id)


@pytest.mark.parametrize("wrong", [{"comment": "x" * 1001}, {"category": "ugly"}])
def test_a_report_has_bounds(alice, bob, wrong):
    with pytest.raises(Refused):
        report(alice, bob.account_id, **wrong)
