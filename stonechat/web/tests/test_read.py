"""Pages to read: they show what the reader may see, ask a fixed number of queries, and no more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stonechat.audience.viewer import Viewer
from stonechat.posts import actions

PAGES = [
    "/",
    "/all",
    "/tags/tea",
    "/bookmarks",
    "/conversations",
    "/notifications",
    "/write",
    "/people",
    "/people/suggested",
    "/search?q=alice",
    "/search?q=ali&kind=people",
    "/search?q=te&kind=topics",
    "/@alice",
    "/@alice/replies",
    "/@alice/media",
    "/@team",
]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_a_member(page, browser, alice, carol, say):
    say(alice, "Tea at four #tea")
    answer = browser(carol).get(page)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "<script>" not in answer.content.decode()
    assert "style=" not in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_nobody_is_sent_to_sign_in(page, browser, team, alice):
    answer = browser(Viewer.anonymous()).get(page)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in?next=")


def test_an_open_place_is_read_without_signing_in(browser, alice, say, settings):
    settings.STONECHAT_OPEN_READING = True
    post = say(alice, "For the whole world")
    nobody = browser(Viewer.anonymous())
    assert "For the whole world" in nobody.get("/all").content.decode()
    assert "For the whole world" in nobody.get(f"/@alice/{post.pk}").content.decode()
    assert "/favourite" not in nobody.get("/all").content.decode()


def test_home_shows_what_i_follow_and_not_what_is_for_others(browser, alice, bob, carol, say):
    say(alice, "Seen by followers", audience="followers")
    assert "Seen by followers" in browser(bob).get("/").content.decode()
    assert "Seen by followers" not in browser(carol).get("/@alice").content.decode()


def test_a_page_that_is_not_for_me_looks_like_none(browser, alice, dave, erin, say):
    post = say(alice, "Not for dave")
    for stranger in (dave, erin):
        hidden = browser(stranger).get(f"/@alice/{post.pk}")
        unknown = browser(stranger).get("/@alice/1")
        assert hidden.status_code == unknown.status_code == 404
        assert "Not for dave" not in hidden.content.decode()


def test_older_posts_come_page_by_page(browser, alice, say):
    posts = [say(alice, f"Number {n}.") for n in range(25)]
    me = browser(alice)
    first = me.get("/").content.decode()
    assert "Number 24." in first
    assert "Number 4." not in first
    link = f"?max_id={posts[5].pk}"
    assert link in first
    more = me.get(f"/{link}", headers={"HX-Request": "true"}).content.decode()
    assert "Number 4." in more
    assert "<html" not in more


@pytest.mark.parametrize("page", ["/", "/all", "/@alice", "/notifications", "/search?q=number"])
def test_a_page_of_twenty_asks_no_more_than_one_of_one(page, browser, alice, bob, say, lead):
    say(bob, "Number 0 for @alice, with #tea")
    lead()
    few = _queries(browser(bob if page != "/notifications" else alice), page)
    for n in range(15):
        say(bob, f"Number {n} for @alice, with #tea")
        say(alice, f"Number {n} of mine", spoiler="A number")
    lead()
    assert _queries(browser(bob if page != "/notifications" else alice), page) <= few + 3


def _queries(client, page):
    client.get(page)  # compiled statements and templates are kept from here on
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_a_thread_is_a_tree(browser, alice, bob, say):
    root = say(alice, "Who signs this?", intent="question")
    answer = say(bob, "I do", in_reply_to_id=root.pk)
    say(alice, "Thank you", in_reply_to_id=answer.pk)
    shown = browser(bob).get(f"/@alice/{root.pk}").content.decode()
    assert re.search(r"I do.*<ol>.*Thank you", shown, re.S)
    assert "asks" in shown
    reply = browser(bob).get(f"/@bob/{answer.pk}").content.decode()
    assert reply.index("Who signs this?") < reply.index("I do") < reply.index("Thank you")


def test_deep_replies_stay_flat_and_say_whom_they_answer(browser, alice, bob, say):
    post = root = say(alice, "Zero")
    for n in range(6):
        post = say(bob if n % 2 else alice, f"Level {n}", in_reply_to_id=post.pk)
    shown = browser(bob).get(f"/@alice/{root.pk}").content.decode()
    assert shown.count("<ol>") == 2
    assert "To Bob" in shown


def test_another_name_before_the_id_leads_to_the_right_one(browser, alice, bob, say):
    post = say(alice, "Mine")
    answer = browser(bob).get(f"/@bob/{post.pk}")
    assert (answer.status_code, answer["Location"]) == (302, f"/@alice/{post.pk}")


def test_a_warning_covers_the_words(browser, alice, say):
    say(alice, "The butler", spoiler="Who did it")
    shown = browser(alice).get("/").content.decode()
    assert re.search(
        r"<details class=\"warned\"><summary><span>Who did it.*The butler", shown, re.S
    )


def test_the_page_speaks_the_readers_language_and_time(browser, alice, account, say):
    from stonechat.people.models import User

    User.objects.filter(account_id=alice.account_id).update(locale="de", time_zone="Asia/Tokyo")
    answer = browser(alice).get("/")
    assert answer["Content-Language"] == "de"
    assert '<html lang="de">' in answer.content.decode()


def test_an_address_that_nobody_serves_is_a_page(browser, alice):
    answer = browser(alice).get("/nowhere/at/all")
    assert answer.status_code == 404
    assert "Nothing here that you can see" in answer.content.decode()


def test_history_shows_every_version(browser, alice, bob, say):
    post = say(alice, "First words")
    actions.edit(alice, post.pk, text="Second words")
    shown = browser(bob).get(f"/posts/{post.pk}/history").content.decode()
    assert "First words" in shown
    assert "Second words" in shown


def test_a_page_loads_less_than_ninety_kilobytes_of_style_and_script(browser, alice):
    sizes = {}
    for page in ("/", "/@alice", "/write", "/notifications", "/people"):
        shown = browser(alice).get(page).content.decode()
        names = re.findall(r'/static/(?:[0-9a-f]{12}/)?([^"]+[.](?:css|js))"', shown)
        assert len(names) > 4
        sizes[page] = sum(Path(str(finders.find(name))).stat().st_size for name in names)
    assert max(sizes.values()) < 90_000, sizes
