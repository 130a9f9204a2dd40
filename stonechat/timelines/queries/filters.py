"""What somebody does not want to see, as they wrote it down."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from stonechat.audience.viewer import Viewer
from stonechat.timelines.models import Filter, FilterKeyword, FilterPost


def filters(viewer: Viewer) -> QuerySet[Filter]:
    """The viewer's filters with their keywords and posts, the oldest first. Three queries."""
    mine = Filter.objects.filter(account_id=viewer.account_id).order_by("id")
    return mine.prefetch_related(
        Prefetch("keywords", FilterKeyword.objects.order_by("id")),
        Prefetch("posts", FilterPost.objects.order_by("id")),
    )


def one_filter(viewer: Viewer, filter_id: int) -> Filter:
    """One of the viewer's filters; another's is not found."""
    return filters(viewer).get(pk=filter_id)


def keywords(viewer: Viewer) -> QuerySet[FilterKeyword]:
    """Every keyword of every filter of the viewer's, the oldest first."""
    mine = FilterKeyword.objects.filter(filter__account_id=viewer.account_id).order_by("id")
    return mine.select_related("filter")


def filtered_posts(viewer: Viewer) -> QuerySet[FilterPost]:
    """Every single post that the viewer's filters catch, the oldest first."""
    mine = FilterPost.objects.filter(filter__account_id=viewer.account_id).order_by("id")
    return mine.select_related("filter")
