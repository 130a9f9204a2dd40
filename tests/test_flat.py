"""A page asks as many queries for one row as for forty: nothing is fetched row by row."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stonechat.access import actions as access
from stonechat.access.queries import forget_all
from stonechat.audience.viewer import Viewer
from stonechat.people.models import User
from stonechat.posts import actions as posts
from stonechat.posts.models import Post

PAGES = {
    "home": "/api/v1/timelines/home?limit={n}",
    "public": "/api/v1/timelines/public?limit={n}",
    "tag": "/api/v1/timelines/tag/flat?limit={n}",
    "account": "/api/v1/accounts/{alice}/statuses?limit={n}",
    "thread": "/api/v1/statuses/{root_of_n}/context",
    "notifications": "/api/v1/notifications?limit={n}",
    "grouped notifications": "/api/v2/notifications?limit={n}",
    "favourites": "/api/v1/favourites?limit={n}",
    "bookmarks": "/api/v1/bookmarks?limit={n}",
    "search": "/api/v2/search?q=sentence&limit={n}",
    "accounts by search": "/api/v1/accounts/search?q=a&limit={n}",
}


@pytest.fixture
def busy(
    alice: Viewer, bob: Viewer, carol: Viewer, say: Callable[..., Post], lead: Callable[[], None]
) -> dict[str, object]:
    """Forty posts of each kind, a thread of one answer and one of forty, forty notifications."""
    short, long = say(alice, "Short thread"), say(alice, "Long thread")
    bobs = say(bob, "@alice one sentence", in_reply_to_id=short.pk)
    for n, speaker in zip(range(40), cycle([bob, carol]), strict=False):
        reply = say(speaker, f"@bob sentence {n} #flat", in_reply_to_id=long.pk)
        post = say(alice, f"Sentence {n} @bob #flat https://example.org/{n}")
        posts.favourite(bob, post.pk)
        posts.bookmark(bob, post.pk)
        posts.favourite(alice, reply.pk)
        bobs = reply if speaker is bob else bobs
    lead()
    posts.favourite(carol, bobs.pk)  # the newest group is one that others may join
    lead()
    return {"alice": alice.account_id, 1: short.pk, 40: long.pk}


def test_one_row_and_forty_ask_the_same(busy: dict[str, object], bob: Viewer) -> None:
    user = User.objects.get(account_id=bob.account_id)
    token = access.issue_token(Viewer.system(because="test"), user.pk, scopes="read")
    for page, address in PAGES.items():
        one, forty = (asked(token, address, n, busy) for n in (1, 40))
        assert (page, one) == (page, forty)


def asked(token: str, page: str, n: int, busy: dict[str, object]) -> list[str]:
    """The queries of one page, their values left out; asked twice, so that caches are warm."""
    url = page.format(n=n, alice=busy["alice"], root_of_n=busy[n])
    headers = {"Authorization": f"Bearer {token}"}
    assert Client().get(url, headers=headers).status_code == 200
    forget_all()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        Client().get(url, headers=headers)
    return [query["sql"].split("WHERE")[0][:60] for query in queries]
