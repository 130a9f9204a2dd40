"""Groups: made, joined, left, and kept by their hosts. A group is named by its account's id."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core import clock, ids
from stonechat.core.actions import Refused, action, prepared_by, require
from stonechat.core.events import happened
from stonechat.people import events, queries, rules
from stonechat.people.actions import _checks, _ties
from stonechat.people.actions._profile import Written, write
from stonechat.people.models import Access, Account, Group, History, Kind, Membership

LONGEST_NORMS = 5000  # characters: a page, and no more than people read


@dataclass(frozen=True)
class _New:
    """A group, checked before the transaction opens."""

    username: str
    written: Written
    access: str
    history: str
    norms: str


def _new(
    viewer: Viewer,
    *,
    username: str,
    display_name: str,
    purpose: str = "",
    access: str = "open",
    history: str = "all",
    norms: str = "",
) -> _New:
    """A group whose first member and host is the viewer (made by the system it has none yet).

    `access` is open, ask or hidden; `history` says what new members may read: all, or what was
    said since their joining. `purpose` becomes the note of its account."""
    reserved_too = rules.may_administer(viewer)
    return _New(
        username=_checks.username(username, reserved_too=reserved_too),
        written=write(viewer, {"display_name": display_name, "note": purpose}),
        access=_checks.one_of(access, Access.values, "access"),
        history=_checks.one_of(history, History.values, "history"),
        norms=_checks.words(norms, LONGEST_NORMS, "norms"),
    )


@prepared_by(_new)
def create_group(viewer: Viewer, new: _New) -> Group:
    require(rules.may_make_group(viewer), _("Only people inside the organisation make groups."))
    account_id = ids.draw(Account)
    _checks.free_username(new.username)
    account = Account.objects.create(
        id=account_id,
        kind=Kind.GROUP,
        username=new.username,
        # Nobody who is not in it must stumble over a hidden group.
        discoverable=new.access != Access.HIDDEN,
        created_at=clock.now(),
        **new.written.columns,
    )
    group = Group.objects.create(
        account=account, access=new.access, history=new.history, norms=new.norms
    )
    happened(events.AccountCreated(viewer.account_id, account_id))
    happened(events.GroupMade(viewer.account_id, group.pk))
    if viewer:
        _enter(viewer, group, viewer.account_id, host=True)
    return group


def _enter(viewer: Viewer, group: Group, account_id: int, *, host: bool = False) -> None:
    """Make somebody a member who was none, whether they had asked or not."""
    row, new = Membership.objects.get_or_create(
        group=group,
        account_id=account_id,
        defaults={"accepted": True, "host": host, "since": clock.now()},
    )
    asked = Membership.objects.filter(pk=row.pk, accepted=False)
    if new:
        happened(events.Joined(viewer.account_id, group.pk, account_id))
    elif asked.update(accepted=True, since=clock.now()):
        happened(events.JoinAccepted(viewer.account_id, group.pk, account_id))
    else:
        return
    _ties.count_member(group.account_id, 1)


@action
def join(viewer: Viewer, group_account: int) -> None:
    """Become a member, or ask to where the hosts decide."""
    group = _group(viewer, group_account)
    mine = Membership.objects.filter(group=group, account_id=viewer.account_id)
    allowed = rules.may_join(viewer, group.account) or mine.exists()
    require(allowed, _("You cannot join this group."))
    if group.access == Access.OPEN:
        _enter(viewer, group, viewer.account_id)
    elif not mine.exists():
        Membership.objects.create(
            group=group, account_id=viewer.account_id, accepted=False, since=clock.now()
        )
        happened(events.JoinAsked(viewer.account_id, group.pk))


@action
def leave(viewer: Viewer, group_account: int) -> None:
    """Stop being a member, or take the wish back."""
    group = _group(viewer, group_account)
    require(bool(viewer), _("Sign in first."))
    _remove(viewer, group, viewer.account_id)


@action
def accept_member(viewer: Viewer, group_account: int, account_id: int) -> None:
    """Let in somebody who asked; not found where nobody asked."""
    group, account = _group(viewer, group_account), queries.account(viewer, account_id)
    allowed = rules.may_add(viewer, group.account, account)
    require(allowed, _("Only hosts let people in whom they can reach."))
    Membership.objects.get(group=group, account_id=account_id)
    _enter(viewer, group, account_id)


@action
def add_member(viewer: Viewer, group_account: int, account_id: int) -> None:
    """Bring somebody in: the way into hidden groups, and for guests."""
    group, account = _group(viewer, group_account), queries.account(viewer, account_id)
    allowed = rules.may_add(viewer, group.account, account)
    require(allowed, _("Only hosts bring in people, whom they can reach."))
    _enter(viewer, group, account_id)


@action
def remove_member(viewer: Viewer, group_account: int, account_id: int) -> None:
    """Have a member leave, or turn away somebody who asked."""
    group, account = _group(viewer, group_account), queries.account(viewer, account_id)
    require(rules.may_remove(viewer, group.account, account), _("Only hosts remove members."))
    _remove(viewer, group, account_id)


def _remove(viewer: Viewer, group: Group, account_id: int) -> None:
    _keep_a_host(group, account_id)
    if _ties.leave(group.account_id, account_id):
        happened(events.Left(viewer.account_id, group.pk, account_id))


def _keep_a_host(group: Group, account_id: int) -> None:
    """A group with members has a host: who is the last one names another before going."""
    members = Membership.objects.filter(group=group, accepted=True)
    others = members.exclude(account_id=account_id)
    was_host = members.filter(account_id=account_id, host=True).exists()
    if was_host and others.exists() and not others.filter(host=True).exists():
        raise Refused(_("Make somebody else a host first."))


@action
def appoint_host(viewer: Viewer, group_account: int, account_id: int, host: bool = True) -> None:
    """Make a member one of the hosts, or (`host=False`) a plain member again."""
    group, account = _group(viewer, group_account), queries.account(viewer, account_id)
    require(rules.may_host(viewer, group.account), _("Only hosts appoint hosts."))
    if not host:
        _keep_a_host(group, account_id)
    member = Membership.objects.get(group=group, account=account, accepted=True)
    if Membership.objects.filter(pk=member.pk).exclude(host=host).update(host=host):
        happened(events.HostChanged(viewer.account_id, group.pk, account_id, host))


@action
def change_norms(viewer: Viewer, group_account: int, norms: str) -> None:
    """Say how the group works together."""
    group = _group(viewer, group_account)
    require(rules.may_host(viewer, group.account), _("Only hosts say how the group works."))
    group.norms = _checks.words(norms, LONGEST_NORMS, "norms")
    group.save(update_fields=["norms"])
    happened(events.NormsChanged(viewer.account_id, group.pk))


def _group(viewer: Viewer, group_account: int) -> Group:
    """Raises `Group.DoesNotExist`, as the door's "not found", for any other account too."""
    visible = queries.account(viewer, group_account)
    return Group.objects.select_related("account").get(account=visible)
