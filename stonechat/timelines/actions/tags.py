"""Following tags."""

from __future__ import annotations

from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core.actions import action, require
from stonechat.core.events import happened
from stonechat.posts.models import Tag
from stonechat.timelines import events, queries, rules
from stonechat.timelines.models import TagFollow


@action
def follow_tag(viewer: Viewer, name: str) -> None:
    """Let a tag's posts come home; one that nobody has used yet can be followed too."""
    folded = queries.named(name)
    require(rules.may_arrange(viewer), _("Sign in first."))
    tag, _made = Tag.objects.get_or_create(folded=folded, defaults={"name": name[:100]})
    _row, new = TagFollow.objects.get_or_create(account_id=viewer.account_id, tag=tag)
    if new:
        happened(events.TagFollowed(viewer.account_id, tag_id=tag.pk))


@action
def unfollow_tag(viewer: Viewer, name: str) -> None:
    """Let its posts come home no longer."""
    rows = TagFollow.objects.filter(account_id=viewer.account_id, tag__folded=queries.named(name))
    require(rules.may_arrange(viewer), _("Sign in first."))
    for row in rows:
        row.delete()
        happened(events.TagUnfollowed(viewer.account_id, tag_id=row.tag_id))
