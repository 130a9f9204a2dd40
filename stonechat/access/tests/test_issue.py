"""Tokens that the command line and signing up give out, and which programs a person let in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from oauth2_provider.models import AccessToken

from stonechat.access import actions
from stonechat.access.cards import my_applications
from stonechat.access.queries import viewer_for
from stonechat.access.secrets import digest
from stonechat.audience.viewer import Viewer
from stonechat.core.actions import NotAllowed, Refused
from stonechat.people.models import User

pytestmark = pytest.mark.django_db


def test_a_chosen_value_is_the_token_and_is_hashed_at_rest(ann: User, system: Viewer) -> None:
    assert actions.issue_token(system, ann.pk, "read", value="chosen") == "chosen"
    assert viewer_for("chosen") is not None
    assert list(AccessToken.objects.values_list("token", "token_checksum")) == [
        ("", digest("chosen"))
    ]


def test_the_same_value_again_replaces_the_token(ann: User, system: Viewer) -> None:
    actions.issue_token(system, ann.pk, "read", value="chosen")
    viewer_for("chosen")
    actions.issue_token(system, ann.pk, "read write", value="chosen")
    access = viewer_for("chosen")
    assert access is not None
    assert access.scopes == {"read", "write"}
    assert AccessToken.objects.count() == 1


def test_nobody_issues_tokens_for_others(ann: User, olga: Viewer) -> None:
    for viewer in (olga, Viewer.anonymous()):
        with pytest.raises(NotAllowed):
            actions.issue_token(viewer, ann.pk, "read")
        with pytest.raises(NotAllowed):
            actions.issue_token(viewer, None, "read")
    assert not AccessToken.objects.exists()


def test_there_are_no_other_scopes(ann: User, system: Viewer) -> None:
    with pytest.raises(Refused, match="everything"):
        actions.issue_token(system, ann.pk, "read everything")


def test_a_person_sees_which_programs_they_let_in(
    ann: User, register: Callable[..., Any], olga: Viewer, django_assert_num_queries: Any
) -> None:
    me = Viewer.person(ann.account_id)
    first, second = register(), register()
    for program, scopes in ((first, "read"), (second, "read"), (second, "write")):
        actions.issue_token(me, ann.pk, scopes, program.application)
    with django_assert_num_queries(3):
        mine = my_applications(me)
    assert {one.application.id: one.scopes for one in mine} == {
        first.application.pk: ("read",),
        second.application.pk: ("read", "write"),
    }
    assert my_applications(olga) == []
    assert my_applications(Viewer.anonymous()) == []
