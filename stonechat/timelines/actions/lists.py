"""Making lists, changing them, and putting people into them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import people
from stonechat.core.actions import Refused, action, require
from stonechat.core.events import happened
from stonechat.people.models import Account, Follow
from stonechat.timelines import events, queries, rules
from stonechat.timelines.actions import _checks
from stonechat.timelines.models import List, Listing

LISTS_AT_MOST = 50  # Mastodon's bound


@action
def make_list(
    viewer: Viewer, title: str, *, replies_policy: str = List.Replies.LIST, exclusive: bool = False
) -> List:
    """A new list, empty."""
    require(rules.may_arrange(viewer), _("Sign in first."))
    if List.objects.filter(account_id=viewer.account_id).count() >= LISTS_AT_MOST:
        raise Refused(_("Validation failed: You have reached the maximum number of lists"))
    made = List.objects.create(
        account_id=viewer.account_id,
        title=_title(title),
        replies_policy=_policy(replies_policy),
        exclusive=exclusive,
    )
    happened(events.ListMade(viewer.account_id, list_id=made.pk))
    return made


@action
def change_list(
    viewer: Viewer,
    list_id: int,
    *,
    title: str | None = None,
    replies_policy: str | None = None,
    exclusive: bool | None = None,
) -> List:
    """Change what is given; `exclusive` keeps its people's posts out of home."""
    found = queries.one_list(viewer, list_id)
    require(rules.may_change(viewer, found), _("You can change only your own lists."))
    found.title = found.title if title is None else _title(title)
    found.replies_policy = _policy(
        found.replies_policy if replies_policy is None else replies_policy
    )
    found.exclusive = found.exclusive if exclusive is None else exclusive
    found.save(update_fields=["title", "replies_policy", "exclusive"])
    happened(events.ListChanged(viewer.account_id, list_id=list_id))
    return found


@action
def remove_list(viewer: Viewer, list_id: int) -> None:
    """Throw a list away; its people are not told."""
    found = queries.one_list(viewer, list_id)
    require(rules.may_change(viewer, found), _("You can change only your own lists."))
    found.delete()
    happened(events.ListRemoved(viewer.account_id, list_id=list_id))


@action
def add_to_list(viewer: Viewer, list_id: int, account_ids: list[int]) -> None:
    """Put people into a list whom the viewer follows or has asked to, or the viewer.

    All or none: somebody else is not found, as in Mastodon. Who is in it already stays.
    """
    found = queries.one_list(viewer, list_id)
    require(rules.may_change(viewer, found), _("You can change only your own lists."))
    wanted = set(account_ids)
    follows = dict(_follows(viewer).filter(target_id__in=wanted).values_list("target_id", "pk"))
    if wanted - set(follows) - {viewer.account_id}:
        raise Account.DoesNotExist
    rows = [Listing(list=found, account_id=id, follow_id=follows.get(id)) for id in wanted]
    Listing.objects.bulk_create(rows, ignore_conflicts=True)
    happened(events.ListChanged(viewer.account_id, list_id=list_id))


def _follows(viewer: Viewer) -> QuerySet[Follow]:
    return Follow.objects.filter(account_id=viewer.account_id, target__in=people(viewer))


@action
def remove_from_list(viewer: Viewer, list_id: int, account_ids: list[int]) -> None:
    """Take people out of a list; who was not in it makes no difference."""
    found = queries.one_list(viewer, list_id)
    require(rules.may_change(viewer, found), _("You can change only your own lists."))
    if Listing.objects.filter(list=found, account_id__in=account_ids).delete()[0]:
        happened(events.ListChanged(viewer.account_id, list_id=list_id))


def _title(title: str) -> str:
    return _checks.words(title, "title", "Title")


def _policy(chosen: str) -> str:
    return _checks.choice(chosen, List.Replies.values, "replies_policy", "Replies policy")
