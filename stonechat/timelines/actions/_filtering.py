"""What filters and their keywords may hold; shared by both kinds of actions on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from stonechat.core import clock
from stonechat.core.actions import Refused
from stonechat.timelines.actions import _checks
from stonechat.timelines.models import CONTEXTS, Filter, FilterKeyword

# Every page is held against all of these, so their number is bounded.
FILTERS_AT_MOST, KEYWORDS_AT_MOST, POSTS_AT_MOST = 100, 200, 1000
UNCHANGED = -1  # as `seconds`: leave the filter's end as it is
LONGEST_SECONDS = 10 * 365 * 86_400  # whoever means longer means for ever


@dataclass(frozen=True)
class KeywordChange:
    """A keyword to add (no id), to change, or to remove."""

    keyword: str | None = None
    whole_word: bool | None = None
    id: int | None = None
    remove: bool = False


def describe(
    found: Filter, title: str, context: Sequence[str], act: str, seconds: int | None
) -> None:
    found.title = _checks.words(title, "title", "Title")
    found.act = _checks.choice(act, Filter.Act.values, "filter_action", "Action")
    chosen = [_checks.choice(one, CONTEXTS, "context", "Context") for one in context]
    if not chosen:
        raise Refused(_("Validation failed: Context can't be blank"), "context")
    found.context = " ".join(dict.fromkeys(chosen))
    if seconds != UNCHANGED:
        found.expires_at = _end(seconds)


def _end(seconds: int | None) -> datetime | None:
    if seconds is None or seconds > LONGEST_SECONDS:
        return None
    if seconds < 0:
        raise Refused(_("A filter's time in seconds is not negative."), "expires_in")
    return clock.now() + timedelta(seconds=seconds)


def change_keywords(found: Filter, changes: Sequence[KeywordChange]) -> None:
    for change in changes:
        if change.id is None:
            add_keyword(found, change)
        elif change.remove:
            found.keywords.get(pk=change.id).delete()
        else:
            change_keyword(found.keywords.get(pk=change.id), change)


def add_keyword(found: Filter, asked: KeywordChange) -> FilterKeyword:
    kept = FilterKeyword.objects.filter(filter__account_id=found.account_id).count()
    if kept >= KEYWORDS_AT_MOST:
        raise Refused(_("Your filters hold too many keywords. Remove one first."), "keyword")
    row = FilterKeyword(filter=found)
    change_keyword(row, KeywordChange(asked.keyword or "", asked.whole_word))
    return row


def change_keyword(row: FilterKeyword, asked: KeywordChange) -> None:
    if asked.keyword is not None:
        row.keyword = _checks.words(asked.keyword, "keyword", "Keyword")
    if asked.whole_word is not None:
        row.whole_word = asked.whole_word
    row.save()
