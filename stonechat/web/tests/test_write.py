"""Forms without script: what is sent happens, what is refused stays in the form."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from stonechat.audience.viewer import Viewer
from stonechat.people.models import Follow
from stonechat.posts.models import Poll, Post


def test_a_post_is_published(browser, alice):
    answer = browser(alice).post("/posts", {"text": "Hello", "intent": "idea", "key": "k"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    post = Post.objects.get()
    assert (post.intent, post.audience) == ("idea", "organisation")
    assert post.versions.get().text == "Hello"


def test_the_same_form_twice_is_one_post(browser, alice):
    me = browser(alice)
    for _each in range(2):
        me.post("/posts", {"text": "Once", "key": "same"})
    assert Post.objects.count() == 1


def test_a_post_for_a_group(browser, carol, team):
    browser(carol).post("/posts", {"text": "For us", "audience": f"group:{team.pk}"})
    assert Post.objects.get().group_id == team.pk


def test_a_poll(browser, alice):
    sent = {"text": "Which day?", "option": ["Monday", "Tuesday", "", ""], "seconds": "3600"}
    browser(alice).post("/posts", sent)
    assert Poll.objects.get().options == ["Monday", "Tuesday"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": "x" * 501}, "limit"),
        ({"text": "Words that stay", "option": ["Only one"]}, "options"),
        ({"text": "Words that stay", "audience": "group:999"}, "no longer there"),
        ({"text": "Words that stay", "audience": "everybody"}, "not included"),
        ({"text": "Words that stay", "in_reply_to": "77"}, "no longer there"),
    ],
)
def test_what_is_refused_stays_in_the_form(browser, alice, sent, said):
    answer = browser(alice).post("/posts", sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    assert f">{sent['text']}</textarea>" in shown
    assert not Post.objects.exists()


def test_files_that_were_taken_are_kept_when_the_words_are_refused(browser, alice):
    me = browser(alice)
    file = SimpleUploadedFile("minutes.txt", b"What we agreed")
    answer = me.post("/posts", {"text": "x" * 501, "file": file, "description": "Minutes"})
    media = answer.context["composer"].typed.media
    assert [one.name for one in media] == ["minutes.txt"]
    me.post("/posts", {"text": "Now short", "media": [media[0].id]})
    assert Post.objects.get().media.get().description == "Minutes"


def test_words_survive_being_signed_out(browser, db):
    answer = browser(Viewer.anonymous()).post("/posts", {"text": "An hour of work"})
    assert answer.status_code == 403
    assert "An hour of work" in answer.content.decode()


def test_words_survive_a_stale_form(alice):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/posts", {"text": "An hour of work"})
    assert answer.status_code == 403
    assert "An hour of work" in answer.content.decode()


def test_a_reply_goes_to_its_thread(browser, alice, bob, say):
    root = say(alice, "Who comes?")
    answer = browser(bob).post("/posts", {"text": "@alice I do", "in_reply_to": str(root.pk)})
    reply = Post.objects.get(in_reply_to=root)
    assert answer["Location"] == f"/@bob/{reply.pk}#p{reply.pk}"


def test_marks_go_on_and_off(browser, alice, bob, say):
    post, me = say(alice, "Good"), browser(bob)
    for mark in ("favourite", "bookmark", "boost"):
        assert me.post(f"/posts/{post.pk}/{mark}").status_code == 302
    assert me.get(f"/@alice/{post.pk}").content.decode().count('aria-pressed="true"') == 3
    for mark in ("unfavourite", "unbookmark", "unboost"):
        me.post(f"/posts/{post.pk}/{mark}")
    assert 'aria-pressed="true"' not in me.get(f"/@alice/{post.pk}").content.decode()


def test_htmx_gets_the_buttons_alone(browser, alice, bob, say):
    post = say(alice, "Good")
    answer = browser(bob).post(
        f"/posts/{post.pk}/favourite", {"at": "7"}, headers={"HX-Request": "true"}
    )
    shown = answer.content.decode()
    assert 'id="favourite-7"' in shown
    assert 'aria-pressed="true"' in shown
    assert "<html" not in shown


def test_a_mark_that_does_not_exist(browser, alice, say):
    assert browser(alice).post(f"/posts/{say(alice).pk}/destroy").status_code == 404


def test_a_mark_on_what_i_may_not_see(browser, alice, dave, say):
    assert browser(dave).post(f"/posts/{say(alice).pk}/favourite").status_code == 404


def test_back_leads_to_our_own_pages_only(browser, alice, bob, say):
    post = say(alice)
    there = {"Referer": "https://elsewhere.example/"}
    answer = browser(bob).post(f"/posts/{post.pk}/favourite", headers=there)
    assert answer["Location"] == f"/@alice/{post.pk}"


def test_a_vote(browser, alice, bob):
    browser(alice).post("/posts", {"text": "Tea?", "option": ["Yes", "No"]})
    post = Post.objects.get()
    assert browser(bob).post(f"/posts/{post.pk}/vote", {"choice": "1"}).status_code == 302
    assert "your vote" in browser(bob).get(f"/@alice/{post.pk}").content.decode()
    again = browser(bob).post(f"/posts/{post.pk}/vote", {"choice": "0"})
    assert again.status_code == 422
    assert "already voted" in again.content.decode()


def test_deleting_asks_first(browser, alice, bob, say):
    post, me = say(alice, "Oh no"), browser(alice)
    assert "Oh no" in me.get(f"/posts/{post.pk}/delete").content.decode()
    assert me.post(f"/posts/{post.pk}/delete").status_code == 302
    assert me.get(f"/@alice/{post.pk}").status_code == 404


def test_only_the_author_changes_a_post(browser, alice, bob, say):
    post = say(alice, "Mine")
    for page in ("edit", "delete"):
        assert browser(bob).get(f"/posts/{post.pk}/{page}").status_code == 404
        assert browser(bob).post(f"/posts/{post.pk}/{page}", {"text": "His"}).status_code == 404


def test_an_edit_keeps_poll_and_words(browser, alice):
    me = browser(alice)
    me.post("/posts", {"text": "Tea?", "option": ["Yes", "No"]})
    post = Post.objects.get()
    refused = me.post(f"/posts/{post.pk}/edit", {"text": "x" * 501, "spoiler": ""})
    assert refused.status_code == 422
    assert "x" * 501 in refused.content.decode()
    me.post(f"/posts/{post.pk}/edit", {"text": "Tea or coffee?", "spoiler": ""})
    assert [one.text for one in post.versions.order_by("number")] == ["Tea?", "Tea or coffee?"]
    assert post.poll.options == ["Yes", "No"]


def test_following_and_stopping(browser, alice, carol):
    me = browser(carol)
    me.post("/@alice/follow")
    assert Follow.objects.filter(account_id=carol.account_id, accepted=True).count() == 1
    shown = me.post("/@alice/unfollow", headers={"HX-Request": "true"}).content.decode()
    assert "Follow" in shown
    assert not Follow.objects.filter(account_id=carol.account_id).exists()


def test_a_refusal_is_a_sentence(browser, alice, dave):
    answer = browser(dave).post("/@alice/follow")
    assert answer.status_code == 403
    assert "You cannot follow this account." in answer.content.decode()


def test_the_reading_line_counts_who_could_read(browser, alice, bob, dave, erin, gina):
    shown = browser(alice).get("/write")
    first = shown.context["composer"].choices[0]
    # alice and bob: dave is blocked, erin is behind the wall, gina is a guest
    assert "2 people" in first.who


def test_notifications_are_marked_read(browser, alice, carol, say, lead):
    say(carol, "Hello @alice")
    lead()
    me = browser(alice)
    page = me.get("/notifications")
    assert page.context["lines"][0].type == "mention"
    assert all(line.new for line in page.context["lines"])
    assert page.context["frame"].unread
    me.post("/notifications/read", {"newest": str(page.context["lines"][0].id)})
    again = me.get("/notifications").context
    assert not any(line.new for line in again["lines"])
    assert not again["frame"].unread
