"""Publishing: what is stored, for whom it is, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import posts as readable
from stonechat.core.actions import NotAllowed, Refused
from stonechat.core.models import Fact
from stonechat.people.models import Account, Group
from stonechat.posts.cards import card
from stonechat.posts.models import Post

Say = Callable[..., Post]


def reads(viewer: Viewer, post: Post) -> bool:
    return readable(viewer).filter(pk=post.pk).exists()


def test_everybody_inside_reads_what_is_for_the_organisation(
    alice: Viewer, bob: Viewer, dave: Viewer, erin: Viewer, gina: Viewer, say: Say
) -> None:
    post = say(alice, "Moved the returns job")
    assert [reads(v, post) for v in (alice, bob, dave, erin, gina)] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert not reads(Viewer.anonymous(), post)


def test_a_post_is_one_fact_whatever_follows(alice: Viewer, say: Say) -> None:
    before = Fact.objects.count()
    post = say(alice, "Hello #world")
    facts = list(Fact.objects.order_by("id")[before:])
    assert [(f.name, f.data, f.kind) for f in facts] == [
        ("post.published", {"post_id": post.pk}, "trail")
    ]
    assert len(facts[0].digest) == 64


def test_mentions_tags_and_links_are_rendered_once(alice: Viewer, bob: Viewer, say: Say) -> None:
    post = say(alice, "Ask @bob about #Hull-tariff-2027 https://example.org/x <b>")
    shown = card(bob, post.pk)
    assert [person.username for person in shown.named] == ["bob"]
    assert shown.said.tags == (("Hull-tariff-2027", "hull-tariff-2027"),)
    assert "&lt;b&gt;" in shown.html
    assert 'href="https://example.org/x"' in shown.html


def test_a_handle_behind_a_wall_is_plain_text(alice: Viewer, erin: Viewer, say: Say) -> None:
    post = say(alice, "Hello @erin and @nobody")
    assert card(alice, post.pk).named == ()
    assert "<a" not in card(alice, post.pk).html


def test_somebody_one_may_see_but_not_reach_is_refused(
    alice: Viewer, dave: Viewer, say: Say
) -> None:
    with pytest.raises(Refused, match="@alice"):
        say(dave, "Hello @alice")


def test_a_third_persons_words_lose_the_link_for_who_is_behind_the_wall(
    alice: Viewer, erin: Viewer, bob: Viewer, say: Say
) -> None:
    post = say(bob, "Ask @alice", language="en")
    assert "u-url mention" in card(alice, post.pk).html
    seen = card(erin, post.pk)
    assert seen.named == ()
    assert seen.html == "<p>Ask @alice</p>"


def test_a_group_named_in_a_private_post_is_its_audience(
    alice: Viewer, bob: Viewer, carol: Viewer, gina: Viewer, team: Group, say: Say
) -> None:
    post = say(alice, "Only for @team", audience="followers")
    assert (post.audience, post.group_id) == ("group", team.pk)
    assert [reads(v, post) for v in (carol, gina, bob)] == [True, True, False]


def test_a_group_of_others_is_only_text(alice: Viewer, bob: Viewer, team: Group, say: Say) -> None:
    post = say(bob, "To @team", audience="followers")
    assert (post.audience, post.group_id) == ("followers", None)


def test_a_stranger_may_not_post_in_a_group(bob: Viewer, team: Group, say: Say) -> None:
    with pytest.raises(NotAllowed, match="Join the group"):
        say(bob, "Hi", audience="group", group_id=team.pk)


def test_a_reply_takes_the_audience_of_what_it_answers(
    alice: Viewer, bob: Viewer, carol: Viewer, team: Group, say: Say
) -> None:
    root = say(alice, "Only for @team", audience="followers")
    reply = say(carol, "Yes", in_reply_to_id=root.pk, audience="organisation")
    assert (reply.audience, reply.group_id, reply.root_id) == ("group", team.pk, root.pk)
    mine = say(alice, "For my followers", audience="followers")
    answer = say(bob, "Thanks", in_reply_to_id=mine.pk, audience="organisation")
    assert answer.audience == "direct"
    assert reads(alice, answer)
    assert not reads(carol, answer)


def test_a_reply_to_something_unseen_is_not_found(alice: Viewer, dave: Viewer, say: Say) -> None:
    with pytest.raises(Post.DoesNotExist):
        say(dave, "Hm", in_reply_to_id=say(alice, "Secret").pk)


@pytest.mark.parametrize(
    "asked",
    [
        {"text": "x" * 501},
        {"text": "   "},
        {"text": "x", "audience": "world"},
        {"text": "a\0b"},
        {"text": "a\ud800b"},
        {"text": "x", "media_ids": [1, 2, 3, 4, 5]},
        {"text": "x", "media_ids": [404]},
    ],
    ids=["long", "blank", "audience", "nul", "surrogate", "five files", "no such file"],
)
def test_what_cannot_be_posted_is_refused_and_nothing_stored(
    alice: Viewer, say: Say, asked: dict[str, object]
) -> None:
    facts = Fact.objects.count()
    with pytest.raises(Refused) as refusal:
        say(alice, **asked)
    assert str(refusal.value)
    assert not Post.objects.exists()
    assert Fact.objects.count() == facts


def test_the_same_key_gives_the_first_post(alice: Viewer, say: Say) -> None:
    assert say(alice, "Once", key="k").pk == say(alice, "Once", key="k").pk
    assert Account.objects.get(pk=alice.account_id).statuses_count == 1


def test_ids_grow_with_every_post(alice: Viewer, say: Say) -> None:
    ids = [say(alice, f"{n}").pk for n in range(5)]
    assert ids == sorted(set(ids))


def test_cards_of_a_page_ask_a_fixed_number_of_queries(
    alice: Viewer, bob: Viewer, say: Say, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from stonechat.posts.cards import cards

    ids = [say(alice, f"Post {n} #tag").pk for n in range(20)]
    cards(bob, ids)
    with django_assert_num_queries(4):
        assert len(cards(bob, ids[:1])) == 1
    with django_assert_num_queries(4):
        assert len(cards(bob, ids)) == 20
