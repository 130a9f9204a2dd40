"""What accounts say of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core import files
from stonechat.core.actions import Refused, action, prepared_by, require
from stonechat.core.events import happened
from stonechat.people import events, queries, rules
from stonechat.people.actions import _ties
from stonechat.people.actions._profile import Written, write
from stonechat.people.models import Account, Follow, Kind, User


@dataclass(frozen=True)
class _Edit:
    """Whose profile changes, and how."""

    account_id: int
    written: Written


def _edit(viewer: Viewer, account_id: int | None = None, **changes: Any) -> _Edit:
    """Change one's profile, or that of a group one hosts; only the keys that are given change.

    `display_name`, `note`, `fields` (at most four of {name, value}), `avatar` and `header`
    (a file, or None for none), `avatar_description`, `header_description`, `locked`, `bot`,
    `discoverable`, `indexable`, `hide_collections`; of whoever signs in also `locale`,
    `time_zone` and the preferences `privacy` (public, unlisted, private, direct), `sensitive`,
    `language`, `quote_policy` (public, followers, nobody), `attribution_domains`, `show_media`,
    `show_media_replies`, `show_featured`, `expand_media`, `expand_spoilers`, `autoplay_gifs`.
    Raises `Refused` with the field that is wrong."""
    whose = viewer.account_id if account_id is None else account_id
    account = queries.account(viewer, whose or 0)
    # Asked here too, so that nobody has pictures stored for a profile that is not theirs.
    if not rules.may_edit_profile(viewer, account):
        return _Edit(account.pk, Written())
    return _Edit(account.pk, write(viewer, changes))


@prepared_by(_edit)
def edit_profile(viewer: Viewer, edit: _Edit) -> Account:
    account = queries.account(viewer, edit.account_id)
    require(rules.may_edit_profile(viewer, account), _("You can only edit your own profile."))
    _change_user(account, edit.written)
    if edit.written.columns or edit.written.bot is not None:
        _change_account(viewer, account, edit.written)
        happened(events.ProfileChanged(viewer.account_id, account.pk))
    return account


def _change_user(account: Account, written: Written) -> None:
    if not (written.user or written.preferences):
        return
    user = User.objects.select_for_update().filter(account=account).first()
    if user is None:
        raise Refused(_("Nobody signs in to this account, so it has no preferences."))
    user.preferences |= written.preferences
    for name, value in written.user.items():
        setattr(user, name, value)
    user.save(update_fields=["preferences", *written.user])


def _change_account(viewer: Viewer, account: Account, written: Written) -> None:
    before = {name: getattr(account, name) for name in ("locked", "fields", "avatar", "header")}
    for name, value in written.columns.items():
        setattr(account, name, value)
    if written.bot is not None and account.kind != Kind.GROUP:
        account.kind = Kind.BOT if written.bot else Kind.PERSON
    _keep_verified(before["fields"], account.fields)
    account.save(update_fields=["kind", *written.columns])
    _ties.changed(account.pk)
    account.refresh_from_db(fields=["revision"])
    _drop_pictures(before, account)
    if before["locked"] and not account.locked:
        _accept_all(viewer, account)


def _keep_verified(before: list[dict[str, Any]], now: list[dict[str, Any]]) -> None:
    """A link that was verified stays so while it stays the same."""
    verified = {row["value"]: row["verified_at"] for row in before}
    for row in now:
        row["verified_at"] = verified.get(row["value"])


def _drop_pictures(before: dict[str, Any], account: Account) -> None:
    for kind in ("avatar", "header"):
        if before[kind] and before[kind] != getattr(account, kind):
            transaction.on_commit(lambda name=before[kind]: files.remove(name))  # type: ignore[misc]


def _accept_all(viewer: Viewer, account: Account) -> None:
    """Whoever asked while the door was locked comes in when it opens."""
    waiting = Follow.objects.filter(target=account, accepted=False)
    for follow in list(waiting):
        if waiting.filter(pk=follow.pk).update(accepted=True):
            _ties.count_follow(follow.account_id, account.pk, 1)
            happened(events.FollowAccepted(viewer.account_id, follow.account_id))


@action
def mark_verified(viewer: Viewer, account_id: int, url: str, at: datetime) -> None:
    """Note that the page of a field's link points back here; nothing if the link has gone."""
    require(viewer.is_system, _("Links are verified by the server."))
    account = Account.objects.select_for_update().get(pk=account_id, deleted_at=None)
    rows = [row for row in account.fields if row["value"] == url and not row["verified_at"]]
    for row in rows:
        row["verified_at"] = at.isoformat()
    if rows:
        account.save(update_fields=["fields"])
        _ties.changed(account_id)


@action
def dismiss_suggestion(viewer: Viewer, account_id: int) -> None:
    """Do not suggest this account to the viewer again."""
    account = queries.account(viewer, account_id)
    require(rules.may_act(viewer), _("Sign in first."))
    user = User.objects.select_for_update().get(account_id=viewer.account_id)
    dismissed = set(user.preference(queries.DISMISSED, [])) | {account.pk}
    # The newest thousand: a preference is no place for a list without end.
    user.preferences[queries.DISMISSED] = sorted(dismissed)[-1000:]
    user.save(update_fields=["preferences"])
