"""Who goes leaves no trace of how they read."""

from __future__ import annotations

from collections.abc import Callable

from stonechat.audience.viewer import Viewer
from stonechat.people import actions as people
from stonechat.posts.models import Post
from stonechat.timelines import actions
from stonechat.timelines.models import Conversation, Filter, List, Listing, Marker, TagFollow


def test_how_somebody_read_goes_with_their_account(
    alice: Viewer, bob: Viewer, say: Callable[..., Post], lead: Callable[[], None]
) -> None:
    made = actions.make_list(bob, "Office")
    actions.add_to_list(bob, made.pk, [alice.account_id])
    actions.follow_tag(bob, "hull")
    actions.move_markers(bob, {"home": 1})
    actions.make_filter(bob, title="x", context=["home"])
    actions.make_filter(alice, title="x", context=["home"])
    say(alice, "@bob?", audience="direct")
    lead()
    people.delete(bob, bob.account_id)
    lead()
    assert [model.objects.count() for model in (List, Listing, TagFollow, Marker)] == [0] * 4
    for model in (Conversation, Filter):
        assert [row.account_id for row in model.objects.all()] == [alice.account_id]
