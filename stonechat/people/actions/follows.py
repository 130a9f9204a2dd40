"""Following, asking to, letting in and turning away. Following a group is joining it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.actions import Refused, action, require
from stonechat.core.events import happened
from stonechat.people import events, queries, rules
from stonechat.people.actions import _ties
from stonechat.people.actions.groups import join, leave
from stonechat.people.models import Follow, Kind

MOST_LANGUAGES = 100


@action
def follow(
    viewer: Viewer,
    target_id: int,
    *,
    boosts: bool | None = None,
    notify: bool | None = None,
    languages: Sequence[str] | None = None,
) -> None:
    """Follow somebody, or ask to where they are locked; again, change the options given.

    `languages` keeps posts in other languages out of one's home; an empty list keeps none out."""
    target = queries.account(viewer, target_id)
    require(rules.may_follow(viewer, target), _("You cannot follow this account."))
    if target.kind == Kind.GROUP:
        join(viewer, target_id)
        return
    options = _options(boosts, notify, languages)
    row, new = Follow.objects.get_or_create(
        account_id=viewer.account_id,
        target_id=target_id,
        defaults={"accepted": not target.locked, "created_at": clock.now(), **options},
    )
    if not new:
        Follow.objects.filter(pk=row.pk).update(**options)
        return
    if row.accepted:
        _ties.count_follow(row.account_id, target_id, 1)
    happened(events.Followed(viewer.account_id, target_id, requested=not row.accepted))


def _options(
    boosts: bool | None, notify: bool | None, languages: Sequence[str] | None
) -> dict[str, Any]:
    if languages is not None and (
        len(languages) > MOST_LANGUAGES or any(len(one) > 12 for one in languages)
    ):
        raise Refused(_("Name languages by their codes, such as en or de."), field="languages")
    given = {"boosts": boosts, "notify": notify}
    options: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    return options if languages is None else options | {"languages": list(languages) or None}


@action
def unfollow(viewer: Viewer, target_id: int) -> None:
    """Stop following, or take the request back; of a group, leave it."""
    target = queries.account(viewer, target_id)
    require(bool(viewer), _("Sign in first."))
    if target.kind == Kind.GROUP:
        leave(viewer, target_id)
    elif _ties.cut(viewer.account_id, target_id):
        happened(events.Unfollowed(viewer.account_id, target_id))


@action
def accept_request(viewer: Viewer, account_id: int) -> None:
    """Let somebody follow who asked; 404 where nobody asked."""
    request = _request(viewer, account_id)
    require(rules.may_act(viewer), _("Sign in first."))
    if Follow.objects.filter(pk=request.pk, accepted=False).update(accepted=True):
        _ties.count_follow(account_id, request.target_id, 1)
        happened(events.FollowAccepted(viewer.account_id, account_id))


@action
def reject_request(viewer: Viewer, account_id: int) -> None:
    """Turn somebody away who asked; 404 where nobody asked."""
    request = _request(viewer, account_id)
    require(rules.may_act(viewer), _("Sign in first."))
    if Follow.objects.filter(pk=request.pk, accepted=False).delete()[0]:
        happened(events.FollowRejected(viewer.account_id, account_id))


def _request(viewer: Viewer, account_id: int) -> Follow:
    queries.account(viewer, account_id)
    return Follow.objects.get(account_id=account_id, target_id=viewer.account_id, accepted=False)


@action
def remove_follower(viewer: Viewer, account_id: int) -> None:
    """Have somebody not follow the viewer any more; they are not told."""
    queries.account(viewer, account_id)
    require(bool(viewer), _("Sign in first."))
    if _ties.cut(account_id, viewer.account_id):
        happened(events.FollowRejected(viewer.account_id, account_id))
