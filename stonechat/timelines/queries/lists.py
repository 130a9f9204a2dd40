"""Somebody's lists, and who is in them."""

from __future__ import annotations

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import people
from stonechat.core.pages import Cursor, Listed, listed, page
from stonechat.timelines.models import List, Listing


def lists(viewer: Viewer) -> list[List]:
    """The viewer's lists, the oldest first."""
    return list(List.objects.filter(account_id=viewer.account_id).order_by("id"))


def one_list(viewer: Viewer, list_id: int) -> List:
    """One of the viewer's lists; another's is not found."""
    return List.objects.get(pk=list_id, account_id=viewer.account_id)


def lists_with(viewer: Viewer, account_id: int) -> list[List]:
    """The viewer's lists that hold somebody whom the viewer may know of."""
    held = people(viewer).get(pk=account_id)
    mine = List.objects.filter(account_id=viewer.account_id, listings__account=held)
    return list(mine.order_by("id"))


def accounts_in_list(viewer: Viewer, list_id: int, cursor: Cursor) -> Listed[int]:
    """Account ids in one of the viewer's lists, the newest entry first; a limit of 0 is all."""
    held = Listing.objects.filter(list=one_list(viewer, list_id), account__in=people(viewer))
    if cursor.limit == 0:
        return Listed(list(held.order_by("-pk").values_list("account_id", flat=True)))
    rows = page(held, cursor).values_list("pk", "account_id")
    return listed(list(rows), cursor)
