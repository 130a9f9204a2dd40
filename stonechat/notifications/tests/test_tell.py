"""Who is told of what, and who is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stonechat.core import clock
from stonechat.core.models import Fact
from stonechat.notifications.models import Notification
from stonechat.notifications.reactions import tell
from stonechat.people import actions as people
from stonechat.posts import actions as posts
from stonechat.posts.events import PostFavourited, PostPublished


def test_a_mention_reaches_whoever_is_named(alice, bob, say, inbox, line):
    post = say(alice, "Good morning @bob")
    assert inbox(bob) == [line("mention", alice, post)]
    assert [one for one in inbox(alice) if one[0] != "follow"] == []


def test_a_group_post_is_told_to_members_alone(alice, bob, carol, gina, team, say, inbox, line):
    post = say(alice, "@bob @carol @gina look", audience="group", group_id=team.pk)
    assert inbox(carol) == [line("mention", alice, post)]
    assert inbox(gina) == [line("mention", alice, post)]
    assert inbox(bob) == []


def test_a_guest_is_not_told_of_what_the_organisation_reads(alice, gina, say, inbox):
    say(alice, "Hello @gina")
    assert inbox(gina) == []


def test_an_fyi_is_told_to_nobody(alice, bob, say, inbox):
    people.follow(bob, alice.account_id, notify=True)
    quoted = say(bob, "A fact")
    say(alice, "For your information, @bob", intent="fyi", quoted_id=quoted.pk)
    assert inbox(bob) == []


def test_followers_who_asked_are_told_of_every_post(alice, bob, carol, say, inbox, line):
    people.follow(bob, alice.account_id, notify=True)
    people.follow(carol, alice.account_id)
    first = say(alice, "One")
    assert inbox(bob) == [line("status", alice, first)]
    assert inbox(carol) == []
    thread = say(alice, "Two", in_reply_to_id=first.pk)
    assert inbox(bob)[0] == line("status", alice, thread)


def test_followers_who_asked_are_told_of_no_answer_to_others(alice, bob, carol, say, inbox):
    people.follow(bob, alice.account_id, notify=True)
    question = say(carol, "When?")
    say(alice, "Now", in_reply_to_id=question.pk)
    assert inbox(bob) == []


def test_followers_who_read_english_are_not_told_of_german(alice, bob, say, inbox, line):
    people.follow(bob, alice.account_id, notify=True, languages=["en"])
    say(alice, "Moin", language="de")
    english = say(alice, "Morning", language="en")
    unknown = say(alice, "…")
    assert inbox(bob) == [line("status", alice, unknown), line("status", alice, english)]


def test_whoever_is_named_is_not_told_a_second_time_as_a_follower(alice, bob, say, inbox, line):
    people.follow(bob, alice.account_id, notify=True)
    post = say(alice, "@bob")
    assert inbox(bob) == [line("mention", alice, post)]


def test_a_quote_is_told_to_the_author(alice, bob, say, inbox, line):
    quoted = say(bob, "A fact")
    quote = say(alice, "So it is", quoted_id=quoted.pk)
    assert inbox(bob) == [line("quote", alice, quote)]


def test_marks_are_told_to_the_author(alice, bob, say, inbox, line):
    post = say(alice)
    posts.boost(bob, post.pk)
    posts.favourite(bob, post.pk)
    told = [line("favourite", bob, post), line("reblog", bob, post), line("follow", bob)]
    assert inbox(alice) == told


def test_nobody_is_told_what_they_did_themselves(alice, say, inbox):
    post = say(alice, "I, @alice")
    posts.boost(alice, post.pk)
    posts.favourite(alice, post.pk)
    say(alice, "Me again", quoted_id=post.pk)
    assert inbox(alice) == []


def test_a_follower_is_told(alice, carol, inbox, line):
    people.follow(carol, alice.account_id)
    assert inbox(alice) == [line("follow", carol)]


def test_a_request_becomes_a_follower(alice, carol, inbox, line):
    people.edit_profile(alice, locked=True)
    people.follow(carol, alice.account_id)
    assert inbox(alice) == [line("follow_request", carol)]
    people.accept_request(alice, carol.account_id)
    assert inbox(alice) == [line("follow", carol)]


def test_the_end_of_a_poll_is_told_to_author_and_voters(alice, bob, carol, say, inbox, line):
    post = say(alice, "Tea?", poll=posts.PollWords(["Yes", "No"], 300))
    posts.vote(bob, post.poll.pk, [0])
    with clock.set_to(clock.now() + timedelta(minutes=6)):
        assert line("poll", alice, post) in inbox(alice)
        assert inbox(bob) == [line("poll", alice, post)]
        assert inbox(carol) == []


def test_an_edit_is_told_to_those_who_passed_it_on_or_quote_it(
    alice, bob, carol, dave, say, inbox, line
):
    post = say(alice, "Frist")
    posts.boost(bob, post.pk)
    quote = say(carol, "Look", quoted_id=post.pk)
    posts.edit(alice, post.pk, text="First")
    assert inbox(bob) == [line("update", alice, post)]
    assert inbox(carol) == [line("quoted_update", alice, quote)]


def test_the_last_edit_takes_the_place_of_the_one_before(alice, bob, say, inbox, line):
    post = say(alice, "Frist")
    posts.boost(bob, post.pk)
    posts.edit(alice, post.pk, text="Fist")
    inbox(bob)
    before = Notification.objects.get(account_id=bob.account_id)
    posts.edit(alice, post.pk, text="First")
    assert inbox(bob) == [line("update", alice, post)]
    assert Notification.objects.get(account_id=bob.account_id).pk > before.pk


def test_whoever_is_named_by_an_edit_is_told(alice, bob, carol, say, inbox, line):
    post = say(alice, "Thanks @bob")
    posts.edit(alice, post.pk, text="Thanks @bob and @carol")
    assert inbox(carol) == [line("mention", alice, post)]
    assert inbox(bob) == [line("mention", alice, post)]


def test_a_block_keeps_out(alice, dave, say, inbox):
    post = say(dave, "hello")
    people.unblock(alice, dave.account_id)
    mine = say(alice, "Hello")
    posts.favourite(dave, mine.pk)
    posts.favourite(alice, post.pk)
    people.block(alice, dave.account_id)
    assert inbox(alice) == []
    assert inbox(dave) == []


def test_a_barrier_keeps_out(alice, bob, erin, say, inbox):
    say(erin, "Hello @alice")
    post = say(bob, "For all @erin @alice")
    posts.boost(erin, post.pk)
    posts.favourite(alice, post.pk)
    assert {one[1] for one in inbox(alice)} == {bob.account_id}
    assert {one[1] for one in inbox(erin)} == {bob.account_id}
    assert {one[1] for one in inbox(bob)} == {erin.account_id, alice.account_id}


@pytest.mark.parametrize("notifications", [True, False])
def test_a_mute_keeps_out_as_long_as_it_lasts(alice, carol, say, inbox, line, notifications):
    people.mute(carol, alice.account_id, notifications=notifications, duration=60)
    post = say(alice, "@carol")
    assert inbox(carol) == ([] if notifications else [line("mention", alice, post)])
    with clock.set_to(clock.now() + timedelta(minutes=2)):
        later = say(alice, "@carol again")
        assert inbox(carol)[0] == line("mention", alice, later)


def test_a_muted_thread_is_quiet(alice, carol, say, inbox):
    root = say(carol, "What about tea?")
    posts.mute_thread(carol, root.pk)
    say(alice, "@carol yes", in_reply_to_id=root.pk)
    posts.favourite(alice, root.pk)
    assert inbox(carol) == []


def test_what_was_taken_back_before_it_was_told_is_not_told(alice, carol, say, inbox):
    post = say(alice)
    posts.favourite(carol, post.pk)
    posts.unfavourite(carol, post.pk)
    inbox(alice)
    tell(PostFavourited(carol.account_id, post_id=post.pk))
    assert inbox(alice) == []


def test_telling_twice_tells_once(alice, carol, say, inbox, line):
    post = say(alice, "@carol")
    told = inbox(carol)
    before = Notification.objects.get(account_id=carol.account_id).pk
    tell(PostPublished(alice.account_id, post_id=post.pk))
    assert inbox(carol) == told == [line("mention", alice, post)]
    assert Notification.objects.get(account_id=carol.account_id).pk == before


def test_one_fact_says_who_was_told_what(alice, bob, carol, say, lead):
    say(alice, "@bob @carol")
    lead()
    fact = Fact.objects.filter(name="told").latest("pk")
    rows = dict(Notification.objects.filter(type="mention").values_list("account_id", "pk"))
    assert fact.kind == "signal"
    assert fact.actor_id is None
    assert dict(zip(fact.data["account_ids"], fact.data["notification_ids"], strict=True)) == rows
    assert set(rows) == {bob.account_id, carol.account_id}


def test_a_dozen_are_told_in_as_many_queries_as_one(alice, member, say, lead):
    counts = []
    for names in (range(1), range(1, 12)):
        for number in names:
            people.follow(member(f"fan{number}"), alice.account_id, notify=True)
        post = say(alice)
        lead()
        told = Notification.objects.filter(post=post)
        assert told.count() == names.stop
        told.delete()
        with CaptureQueriesContext(connection) as captured:
            tell(PostPublished(alice.account_id, post_id=post.pk))
        counts.append(len(captured))
    assert counts[0] == counts[1]
