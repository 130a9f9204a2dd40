"""Putting an inbox in order: clear, dismiss, and say from whom one wants to hear."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core.actions import Refused, action, require
from stonechat.core.events import happened
from stonechat.notifications import queries, rules
from stonechat.notifications.events import InboxCleared, NotificationPolicySet, RequestsAccepted
from stonechat.notifications.models import Notification, Policy, Request, Verdict


@action
def clear(viewer: Viewer) -> None:
    """Empty one's inbox, and with it what waits."""
    _ask(viewer)
    _take_out(viewer, Notification.objects.all())


@action
def dismiss(viewer: Viewer, notification_id: int) -> None:
    """Take one notification out; raises `Notification.DoesNotExist` for one that is not there."""
    _ask(viewer)
    _take_out(viewer, Notification.objects.filter(pk=queries.one(viewer, notification_id).id))


@action
def dismiss_many(viewer: Viewer, ids: Iterable[int]) -> None:
    """Take several out; those that are not there are passed over."""
    _ask(viewer)
    _take_out(viewer, Notification.objects.filter(pk__in=list(ids)))


@action
def dismiss_group(viewer: Viewer, key: str) -> None:
    """Take a group out; a key under which nothing stands is passed over, as Mastodon does."""
    _ask(viewer)
    ids = list(queries.in_group(viewer, key).values_list("pk", flat=True))
    _take_out(viewer, Notification.objects.filter(pk__in=ids))


@action
def set_policy(viewer: Viewer, **verdicts: str) -> None:
    """Decide what becomes of notifications by people one does not know, from now on.

    Takes any of `queries.VERDICTS`, each accept, filter or drop; the others stay as they are.
    """
    _ask(viewer)
    for name, verdict in verdicts.items():
        if name not in queries.VERDICTS or verdict not in Verdict.values:
            raise Refused(_("Say accept, filter or drop for %s.") % name, name)
    Policy.objects.update_or_create(account_id=viewer.account_id, defaults=verdicts)
    happened(NotificationPolicySet(viewer.account_id))


@action
def accept_request(viewer: Viewer, request_id: int) -> None:
    """Hear from somebody from now on; raises `Request.DoesNotExist` where nobody waits."""
    _ask(viewer)
    _accept(viewer, [queries.request(viewer, request_id).id])


@action
def accept_requests(viewer: Viewer, ids: Iterable[int]) -> None:
    """Hear from several; those that do not wait are passed over."""
    _ask(viewer)
    _accept(viewer, list(ids))


@action
def dismiss_request(viewer: Viewer, request_id: int) -> None:
    """Hear no more of a request until something new comes by the same person."""
    _ask(viewer)
    _dismiss(viewer, [queries.request(viewer, request_id).id])


@action
def dismiss_requests(viewer: Viewer, ids: Iterable[int]) -> None:
    """The same for several; those that do not wait are passed over."""
    _ask(viewer)
    _dismiss(viewer, list(ids))


def _ask(viewer: Viewer) -> None:
    require(rules.may_keep_inbox(viewer), _("Sign in first."))


def _take_out(viewer: Viewer, rows: QuerySet[Notification]) -> None:
    rows.filter(account_id=viewer.account_id).delete()
    happened(InboxCleared(viewer.account_id))


def _accept(viewer: Viewer, ids: list[int]) -> None:
    """What waited moves into the inbox within the same transaction: nothing is left to merge."""
    rows = Request.objects.filter(account_id=viewer.account_id, pk__in=ids)
    origins = list(rows.values_list("origin_id", flat=True))
    rows.update(accepted=True, dismissed=False)
    held = Notification.objects.filter(account_id=viewer.account_id, origin_id__in=origins)
    held.update(filtered=False)
    happened(RequestsAccepted(viewer.account_id, origin_ids=origins))


def _dismiss(viewer: Viewer, ids: list[int]) -> None:
    rows = Request.objects.filter(account_id=viewer.account_id, pk__in=ids, accepted=False)
    rows.update(dismissed=True)
    happened(InboxCleared(viewer.account_id))
