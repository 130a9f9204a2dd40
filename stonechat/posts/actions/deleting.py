"""Deleting: a tombstone stays; retention removes its words later."""

from __future__ import annotations

from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core.actions import action, require
from stonechat.core.events import happened
from stonechat.posts import queries, rules
from stonechat.posts.actions._burying import bury
from stonechat.posts.events import BoostUndone, PostDeleted
from stonechat.posts.models import Post


@action
def delete(viewer: Viewer, post_id: int) -> Post:
    """Take a post (or one's boost) back; its pictures' addresses stop working at once."""
    post = queries.post(viewer, post_id)
    require(rules.may_delete(viewer, post), _("You can delete only your own posts."))
    bury(post)
    if post.boost_of_id is not None:
        happened(BoostUndone(viewer.account_id, post_id=post.boost_of_id, boost_id=post.pk))
    else:
        happened(PostDeleted(viewer.account_id, post_id=post.pk))
    return post
