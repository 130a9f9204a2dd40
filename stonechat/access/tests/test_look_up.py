"""From a token to the one who asks: quickly, and not a second longer than allowed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from oauth2_provider.models import AccessToken

from stonechat.access import actions, queries
from stonechat.access.queries import viewer_for, viewer_for_user
from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import walled
from stonechat.core import clock
from stonechat.people.models import Account, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(ann: User) -> str:
    return actions.issue_token(Viewer.person(ann.account_id), ann.pk, "read write")


def test_the_viewer_is_the_person(token: str, ann: User) -> None:
    access = viewer_for(token)
    assert access is not None
    assert access.viewer == Viewer.person(ann.account_id, walled=False)
    assert access.viewer == viewer_for_user(ann)
    assert access.confirmed


def test_one_query_finds_the_token_and_none_finds_it_again(
    token: str, ann: User, django_assert_num_queries: Callable[..., Any]
) -> None:
    with CaptureQueriesContext(connection) as before_the_person:
        walled(ann.account_id)
    with django_assert_num_queries(1 + len(before_the_person)):
        viewer_for(token)
    with django_assert_num_queries(0):
        viewer_for(token)


def test_what_is_remembered_is_bounded_in_time(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: moment[0])
    viewer_for(token)
    AccessToken.objects.all().delete()  # by another process, which cannot tell this one
    moment[0] += 0.9
    assert viewer_for(token) is not None
    moment[0] += 0.2
    assert viewer_for(token) is None


def test_what_is_remembered_is_bounded_in_size(
    token: str, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST", 2)
    for _number in range(5):
        viewer_for(actions.issue_token(Viewer.person(ann.account_id), ann.pk, "read"))
    assert len(queries._believed) <= 2


@pytest.mark.parametrize("value", ["", "unknown", "x" * 10_000, "\0", "ü"])
def test_an_unknown_token_is_nobody(token: str, value: str) -> None:
    assert viewer_for(value) is None


def test_an_expired_token_is_nobody(token: str) -> None:
    with clock.set_to(clock.now() + timedelta(days=3700)):
        assert viewer_for(token) is None


@pytest.mark.parametrize("column", ["suspended_at", "deleted_at"])
def test_a_shut_account_is_nobody(token: str, column: str) -> None:
    Account.objects.update(**{column: clock.now()})
    assert viewer_for(token) is None


def test_a_deactivated_user_is_nobody(token: str) -> None:
    User.objects.update(is_active=False)
    assert viewer_for(token) is None


def test_an_unconfirmed_user_is_marked(token: str) -> None:
    User.objects.update(confirmed_at=None)
    access = viewer_for(token)
    assert access is not None
    assert not access.confirmed


def test_a_guest_is_walled(ann: User) -> None:
    Account.objects.update(zone="guest")
    assert viewer_for_user(ann).walled
