"""For whom a post is: what was chosen, the group it names, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from stonechat.audience.models import Audience
from stonechat.audience.viewer import Viewer
from stonechat.core.actions import Refused, require
from stonechat.people.models import Group
from stonechat.posts import rules
from stonechat.posts.actions._words import Words
from stonechat.posts.models import Post

# From wide to narrow; a reply may only go down.
WIDTH = [
    Audience.ORGANISATION,
    Audience.UNLISTED,
    Audience.FOLLOWERS,
    Audience.GROUP,
    Audience.DIRECT,
]


@dataclass(frozen=True)
class Destination:
    """An audience and, where there is one, the group."""

    audience: str
    group_id: int | None = None


def destination(
    viewer: Viewer, words: Words, audience: str, group_id: int | None, parent: Post | None
) -> Destination:
    """Where a post goes, whatever a client asked for (see `docs/why/0005-audiences.md`)."""
    if audience not in Audience.values:
        raise Refused(_("Validation failed: Visibility is not included in the list"), "visibility")
    if parent is not None:
        return _answering(viewer, audience, parent)
    if group_id is None and audience != Audience.DIRECT:
        group_id = _group_named(viewer, words, audience)
    if group_id is None:
        return Destination(_without_group(audience))
    group = Group.objects.get(pk=group_id)
    require(rules.may_post_in(viewer, group), _("Join the group before you post in it."))
    closed = audience in {Audience.FOLLOWERS, Audience.GROUP}
    return Destination(Audience.GROUP if closed else audience, group_id)


def _without_group(audience: str) -> str:
    if audience == Audience.GROUP:
        raise Refused(_("Choose the group that this post is for."), "visibility")
    return audience


def _group_named(viewer: Viewer, words: Words, audience: str) -> int | None:
    """The group whose handle was written, if the viewer is a member; others are only text."""
    named = [group.group_id for group in words.groups if group.group_id is not None]
    mine = Group.objects.filter(
        pk__in=named, members__account_id=viewer.account_id, members__accepted=True
    )
    groups = list(mine.values_list("pk", flat=True)[:2])
    if len(groups) == 2 and audience == Audience.FOLLOWERS:
        raise Refused(_("A private post can be for one group only. Name one of them."), "status")
    return groups[0] if groups else None


def _answering(viewer: Viewer, audience: str, parent: Post) -> Destination:
    """The audience of what is answered, or a narrower one.

    Somebody else's followers are not mine: an answer to a post for followers, by another
    than its author, is for the people named in it.
    """
    if WIDTH.index(Audience(audience)) > WIDTH.index(Audience(parent.audience)):
        wanted = Audience(audience)
    else:
        wanted = Audience(parent.audience)
    foreign = parent.audience == Audience.FOLLOWERS and parent.author_id != viewer.account_id
    if wanted == Audience.FOLLOWERS and foreign:
        return Destination(Audience.DIRECT)
    if parent.audience == Audience.GROUP and wanted != Audience.DIRECT:
        return Destination(Audience.GROUP, parent.group_id)
    keeps_group = wanted in {Audience.ORGANISATION, Audience.UNLISTED}
    return Destination(wanted, parent.group_id if keeps_group else None)
