"""Who may do what with accounts, with one another, and in groups."""

from __future__ import annotations

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import may_reach
from stonechat.people.models import Access, Account, Kind, Membership, Role, User, Zone

SIGN_UP = "sign-up"  # the reason with which the system acts for somebody who has no account yet


def may_administer(viewer: Viewer) -> bool:
    """Administrators, and the product itself."""
    return viewer.is_system or has_role(viewer, Role.ADMIN)


def has_role(viewer: Viewer, role: Role) -> bool:
    """Whether somebody who may sign in carries this role."""
    users = User.objects.filter(account_id=viewer.account_id, role=role, is_active=True)
    return viewer.account_id is not None and users.filter(account__suspended_at=None).exists()


def may_take_any_name(viewer: Viewer) -> bool:
    """Names such as `support` are kept from people who sign up themselves."""
    return viewer.because != SIGN_UP


def may_act(viewer: Viewer) -> bool:
    """Somebody who is there, and neither suspended nor deleted."""
    standing = Account.objects.filter(pk=viewer.account_id, suspended_at=None, deleted_at=None)
    return viewer.account_id is not None and standing.exists()


def may_edit_profile(viewer: Viewer, account: Account) -> bool:
    """One's own, a group's as its host; every account as administrator."""
    if viewer.account_id == account.pk:
        return account.suspended_at is None
    return (account.kind == Kind.GROUP and hosts(viewer, account)) or may_administer(viewer)


def may_set_password(viewer: Viewer, account: Account) -> bool:
    return viewer.account_id == account.pk or may_administer(viewer)


def may_suspend(viewer: Viewer, account: Account) -> bool:
    return may_administer(viewer) and viewer.account_id != account.pk


def may_delete(viewer: Viewer, account: Account) -> bool:
    """One's own account, or any as administrator."""
    return viewer.account_id == account.pk or may_administer(viewer)


def may_follow(viewer: Viewer, target: Account) -> bool:
    """Everybody whom one may reach, except oneself."""
    return viewer.account_id != target.pk and may_act(viewer) and may_reach(viewer, target)


def may_block(viewer: Viewer, target: Account) -> bool:
    """Everybody one knows of, except oneself; the same for a mute or a note."""
    return viewer.account_id is not None and viewer.account_id != target.pk


def may_make_group(viewer: Viewer) -> bool:
    """Everybody inside; guests come into groups that others made."""
    inside = Account.objects.filter(
        pk=viewer.account_id, zone=Zone.INSIDE, suspended_at=None, deleted_at=None
    )
    return viewer.is_system or (viewer.account_id is not None and inside.exists())


def may_join(viewer: Viewer, group: Account) -> bool:
    """Groups that one sees, unless they are hidden: into those one is brought by a host."""
    hidden = group.hosted.access == Access.HIDDEN
    return not hidden and may_act(viewer) and may_reach(viewer, group)


def may_host(viewer: Viewer, group: Account) -> bool:
    """Let people in, remove them, and say how the group works: its hosts and administrators."""
    return hosts(viewer, group) or may_administer(viewer)


def hosts(viewer: Viewer, group: Account) -> bool:
    """Whether the viewer is one of the group's hosts."""
    rows = Membership.objects.filter(group__account_id=group.pk, accepted=True, host=True)
    return viewer.account_id is not None and rows.filter(account_id=viewer.account_id).exists()


def may_add(viewer: Viewer, group: Account, account: Account) -> bool:
    """Hosts bring in people whom they may reach; an account that is no group itself."""
    return account.kind != Kind.GROUP and may_host(viewer, group) and may_reach(viewer, account)


def may_remove(viewer: Viewer, group: Account, account: Account) -> bool:
    """Everybody may leave; hosts may remove others."""
    return viewer.account_id == account.pk or may_host(viewer, group)
