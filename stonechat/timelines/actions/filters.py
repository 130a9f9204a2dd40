"""Making filters, changing them, and naming single posts in them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core.actions import Refused, action, require
from stonechat.core.events import happened
from stonechat.posts.queries import post as readable
from stonechat.timelines import events, queries, rules
from stonechat.timelines.actions._filtering import (
    FILTERS_AT_MOST,
    POSTS_AT_MOST,
    UNCHANGED,
    KeywordChange,
    change_keywords,
    describe,
)
from stonechat.timelines.models import Filter, FilterPost


@action
def make_filter(
    viewer: Viewer,
    *,
    title: str,
    context: Sequence[str],
    act: str = Filter.Act.WARN,
    seconds: int | None = None,
    keywords: Sequence[KeywordChange] = (),
) -> Filter:
    """A filter for some contexts, for `seconds` from now, or without end."""
    require(rules.may_arrange(viewer), _("Sign in first."))
    if Filter.objects.filter(account_id=viewer.account_id).count() >= FILTERS_AT_MOST:
        raise Refused(_("You have reached the maximum number of filters. Remove one first."))
    made = Filter(account_id=viewer.account_id)
    describe(made, title, context, act, seconds)
    made.save()
    change_keywords(made, keywords)
    happened(events.FilterMade(viewer.account_id, filter_id=made.pk))
    return made


@action
def change_filter(
    viewer: Viewer,
    filter_id: int,
    *,
    title: str | None = None,
    context: Sequence[str] | None = None,
    act: str | None = None,
    seconds: int | None = UNCHANGED,
    keywords: Sequence[KeywordChange] = (),
) -> Filter:
    """Change what is given."""
    found = queries.one_filter(viewer, filter_id)
    require(rules.may_change(viewer, found), _("You can change only your own filters."))
    describe(
        found,
        found.title if title is None else title,
        found.context.split() if context is None else context,
        found.act if act is None else act,
        seconds,
    )
    found.save()
    change_keywords(found, keywords)
    happened(events.FilterChanged(viewer.account_id, filter_id=filter_id))
    return found


@action
def remove_filter(viewer: Viewer, filter_id: int) -> None:
    """Throw a filter away."""
    found = queries.one_filter(viewer, filter_id)
    require(rules.may_change(viewer, found), _("You can change only your own filters."))
    found.delete()
    happened(events.FilterRemoved(viewer.account_id, filter_id=filter_id))


@action
def filter_post(viewer: Viewer, filter_id: int, post_id: int) -> FilterPost:
    """Have a filter catch one post; twice is once."""
    found = queries.one_filter(viewer, filter_id)
    require(rules.may_change(viewer, found), _("You can change only your own filters."))
    post = readable(viewer, post_id)
    if queries.filtered_posts(viewer).count() >= POSTS_AT_MOST:
        raise Refused(_("Your filters hold too many posts. Remove one first."), "status_id")
    row, new = FilterPost.objects.get_or_create(filter=found, post=post)
    if new:
        happened(events.FilterChanged(viewer.account_id, filter_id=filter_id))
    return row


@action
def unfilter_post(viewer: Viewer, filter_post_id: int) -> None:
    """Let a filter no longer catch a post, by the row that names it."""
    row = queries.filtered_posts(viewer).get(pk=filter_post_id)
    require(rules.may_change(viewer, row.filter), _("You can change only your own filters."))
    row.delete()
    happened(events.FilterChanged(viewer.account_id, filter_id=row.filter_id))
