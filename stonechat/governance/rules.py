"""Who may report, announce, and write the rules of the house."""

from __future__ import annotations

from stonechat.audience.viewer import Viewer
from stonechat.people.models import Account, Zone
from stonechat.people.rules import may_act, may_administer


def may_report(viewer: Viewer, target: Account) -> bool:
    """Everybody may have anybody looked at, except themselves."""
    return viewer.account_id != target.pk and may_act(viewer)


def may_set_rules(viewer: Viewer) -> bool:
    """Administrators write the rules of the house."""
    return may_administer(viewer)


def may_announce(viewer: Viewer) -> bool:
    """Administrators, and the product itself."""
    return may_administer(viewer)


def may_read_announcements(viewer: Viewer) -> bool:
    """People inside: what is announced to the organisation is not for guests."""
    inside = Account.objects.filter(
        pk=viewer.account_id, zone=Zone.INSIDE, suspended_at=None, deleted_at=None
    )
    return viewer.account_id is not None and inside.exists()
