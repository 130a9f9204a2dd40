"""Withdrawing one's post from a quote."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import posts
from stonechat.core.actions import action, require
from stonechat.core.events import happened
from stonechat.posts import queries, rules
from stonechat.posts.events import QuoteRevoked
from stonechat.posts.models import Post, QuoteState


@action
def revoke_quote(viewer: Viewer, post_id: int, quoting_id: int) -> Post:
    """Take one's words out of somebody's quote; the quoting post stays without them."""
    post = queries.post(viewer, post_id)
    require(rules.may_delete(viewer, post), _("Only its author can withdraw a post from a quote."))
    quoting = posts(viewer).get(pk=quoting_id, quote_of=post)
    Post.objects.filter(pk=quoting.pk).update(
        quote_state=QuoteState.REVOKED, revision=F("revision") + 1
    )
    happened(QuoteRevoked(viewer.account_id, post_id=post.pk, quoting_id=quoting.pk))
    return quoting
