"""The keywords of filters, one by one; and a filter by its only keyword, as older programs do."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core.actions import Refused, action, require
from stonechat.core.events import happened
from stonechat.timelines import events, queries, rules
from stonechat.timelines.actions._filtering import (
    UNCHANGED,
    KeywordChange,
    describe,
)
from stonechat.timelines.actions._filtering import (
    add_keyword as _add,
)
from stonechat.timelines.actions._filtering import (
    change_keyword as _change,
)
from stonechat.timelines.models import FilterKeyword


@action
def add_keyword(
    viewer: Viewer, filter_id: int, keyword: str, whole_word: bool | None = None
) -> FilterKeyword:
    """Have a filter catch one more word or phrase."""
    found = queries.one_filter(viewer, filter_id)
    require(rules.may_change(viewer, found), _("You can change only your own filters."))
    row = _add(found, KeywordChange(keyword, whole_word))
    happened(events.FilterChanged(viewer.account_id, filter_id=filter_id))
    return row


@action
def change_keyword(
    viewer: Viewer, keyword_id: int, keyword: str, whole_word: bool | None = None
) -> FilterKeyword:
    """Have it catch another one instead."""
    row = queries.keywords(viewer).get(pk=keyword_id)
    require(rules.may_change(viewer, row.filter), _("You can change only your own filters."))
    _change(row, KeywordChange(keyword, whole_word))
    happened(events.FilterChanged(viewer.account_id, filter_id=row.filter_id))
    return row


@action
def remove_keyword(viewer: Viewer, keyword_id: int) -> None:
    """Have it catch one less."""
    row = queries.keywords(viewer).get(pk=keyword_id)
    require(rules.may_change(viewer, row.filter), _("You can change only your own filters."))
    row.delete()
    happened(events.FilterChanged(viewer.account_id, filter_id=row.filter_id))


@action
def change_by_keyword(
    viewer: Viewer,
    keyword_id: int,
    *,
    keyword: str,
    whole_word: bool | None = None,
    context: Sequence[str],
    act: str | None = None,
    seconds: int | None = UNCHANGED,
) -> FilterKeyword:
    """Change a keyword and its filter at once; refused where the filter has others too."""
    row = queries.keywords(viewer).get(pk=keyword_id)
    require(rules.may_change(viewer, row.filter), _("You can change only your own filters."))
    before = (row.filter.context, row.filter.act, row.filter.expires_at)
    describe(row.filter, row.filter.title, context, act or row.filter.act, seconds)
    after = (row.filter.context, row.filter.act, row.filter.expires_at)
    if before != after and row.filter.keywords.count() > 1:
        raise Refused(
            _(
                "These parameters cannot be changed from this application because they apply to"
                " more than one filter keyword. Use a more recent application or the web interface."
            )
        )
    row.filter.save()
    _change(row, KeywordChange(keyword, whole_word))
    happened(events.FilterChanged(viewer.account_id, filter_id=row.filter_id))
    return row
