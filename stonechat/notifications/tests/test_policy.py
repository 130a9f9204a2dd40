"""From whom somebody wants to hear: drop, filter, and letting in who waits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from stonechat.core import clock
from stonechat.core.actions import Refused
from stonechat.core.models import Fact
from stonechat.core.pages import Cursor
from stonechat.notifications import actions, cards, queries
from stonechat.notifications.models import Request
from stonechat.notifications.queries import Which
from stonechat.people import actions as people
from stonechat.posts import actions as posts


def waiting(viewer):
    return [(one.origin_id, one.count) for one in queries.requests(viewer, Cursor())]


@pytest.fixture
def held(alice, carol, say, lead):
    """carol has mentioned alice twice, who does not follow her and holds such people back."""
    lead()
    actions.set_policy(alice, for_not_following="filter")
    found = [say(carol, f"{number} @alice") for number in range(2)]
    lead()
    return found


def test_everything_is_accepted_until_somebody_says_otherwise(alice):
    policy = queries.policy(alice)
    assert set(policy.verdicts.values()) == {"accept"}
    assert set(policy.verdicts) == set(queries.VERDICTS)
    assert (policy.requests, policy.notifications) == (0, 0)


def test_a_policy_changes_only_what_is_named(alice):
    actions.set_policy(alice, for_bots="drop")
    actions.set_policy(alice, for_not_followers="filter")
    assert queries.policy(alice).verdicts["for_bots"] == "drop"
    assert queries.policy(alice).verdicts["for_not_followers"] == "filter"


@pytest.mark.parametrize("wrong", [{"for_bots": "hide"}, {"for_cats": "drop"}])
def test_nonsense_is_refused(alice, wrong):
    with pytest.raises(Refused):
        actions.set_policy(alice, **wrong)


def test_what_is_held_back_waits_outside_the_inbox(alice, carol, held, inbox, line):
    assert inbox(alice) == []
    everything = queries.inbox(alice, Cursor(), Which.of(include_filtered=True))
    assert [one.filtered for one in everything] == [True, True]
    assert waiting(alice) == [(carol.account_id, 2)]
    [card] = cards.requests(alice, queries.requests(alice, Cursor()))
    assert (card.account.username, card.count) == ("carol", 2)
    assert card.last_post
    assert card.last_post.id == held[-1].pk
    policy = queries.policy(alice)
    assert (policy.requests, policy.notifications) == (1, 2)
    assert not Fact.objects.filter(name="told").exists()


def test_what_is_dropped_is_nowhere(alice, carol, say, lead):
    actions.set_policy(alice, for_not_following="drop")
    say(carol, "@alice")
    lead()
    assert queries.inbox(alice, Cursor(), Which.of(include_filtered=True)) == []
    assert waiting(alice) == []


def test_accepting_lets_in_what_waited_and_what_comes(alice, carol, say, held, inbox, line):
    [request] = queries.requests(alice, Cursor())
    actions.accept_request(alice, request.id)
    assert inbox(alice) == [line("mention", carol, post) for post in held[::-1]]
    later = say(carol, "and again @alice")
    assert inbox(alice)[0] == line("mention", carol, later)
    assert waiting(alice) == []
    with pytest.raises(Request.DoesNotExist):
        actions.accept_request(alice, request.id)


def test_a_dismissed_request_comes_back_with_something_new(alice, carol, say, held, lead):
    [request] = queries.requests(alice, Cursor())
    actions.dismiss_request(alice, request.id)
    assert waiting(alice) == []
    say(carol, "Please, @alice")
    lead()
    assert waiting(alice) == [(carol.account_id, 3)]


def test_several_at_once(alice, bob, carol, say, held, inbox):
    say(bob, "@alice")
    inbox(alice)
    asked = [one.id for one in queries.requests(alice, Cursor())]
    assert len(asked) == 2
    actions.dismiss_requests(alice, asked[:1])
    assert waiting(alice) == [(carol.account_id, 2)]
    actions.accept_requests(alice, [*asked, 0])
    assert len(inbox(alice)) == 4  # two by carol, one by bob and that he follows


def test_requests_are_their_owners(alice, bob, held):
    [request] = queries.requests(alice, Cursor())
    actions.accept_requests(bob, [request.id])
    actions.dismiss_requests(bob, [request.id])
    assert len(waiting(alice)) == 1
    with pytest.raises(Request.DoesNotExist):
        actions.dismiss_request(bob, request.id)


def test_a_request_counts_what_its_owner_could_see(alice, carol, held):
    posts.delete(carol, held[0].pk)
    assert waiting(alice) == [(carol.account_id, 1)]
    people.block(alice, carol.account_id)
    assert waiting(alice) == []


def test_people_one_does_not_follow(alice, bob, carol, say, inbox, line):
    people.follow(alice, carol.account_id)
    actions.set_policy(alice, for_not_following="filter")
    say(bob, "@alice")
    known = say(carol, "@alice")
    assert inbox(alice) == [line("mention", carol, known)]


def test_people_who_do_not_follow(alice, bob, carol, say, inbox, line):
    inbox(alice)
    actions.set_policy(alice, for_not_followers="filter")
    say(carol, "@alice")
    known = say(bob, "@alice")
    assert inbox(alice) == [line("mention", bob, known), line("follow", bob)]


def test_new_accounts(alice, carol, say, inbox, line):
    actions.set_policy(alice, for_new_accounts="filter")
    say(carol, "@alice")
    assert inbox(alice) == []
    with clock.set_to(clock.now() + timedelta(days=31)):
        older = say(carol, "@alice")
        assert inbox(alice) == [line("mention", carol, older)]


def test_private_mentions_that_nobody_asked_for(alice, carol, say, inbox, line):
    actions.set_policy(alice, for_private_mentions="filter")
    say(carol, "@alice psst", audience="direct")
    question = say(alice, "@carol yes?", audience="direct")
    answer = say(carol, "@alice well", audience="direct", in_reply_to_id=question.pk)
    aloud = say(carol, "@alice")
    assert inbox(alice) == [line("mention", carol, aloud), line("mention", carol, answer)]


def test_bots(alice, carol, member, say, inbox, line):
    actions.set_policy(alice, for_bots="drop")
    say(member("anvil", kind="bot"), "@alice the build is red")
    known = say(carol, "@alice the build is red")
    assert inbox(alice) == [line("mention", carol, known)]


def test_what_one_asked_for_always_comes(alice, bob, say, inbox, line):
    people.follow(bob, alice.account_id, notify=True)
    actions.set_policy(bob, for_not_followers="drop")
    post = say(alice)
    assert inbox(bob) == [line("status", alice, post)]
