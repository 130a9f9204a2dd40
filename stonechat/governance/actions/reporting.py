"""Reporting: asking the monitors to look."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import posts
from stonechat.core import clock, ids
from stonechat.core.actions import Refused, action, require
from stonechat.core.events import happened
from stonechat.governance import queries, rules
from stonechat.governance.events import ReportMade
from stonechat.governance.models import Category, Report
from stonechat.people import queries as people
from stonechat.posts.models import Post

COMMENT_LENGTH = 1000  # Mastodon's bound


@action
def report(
    viewer: Viewer,
    target_id: int,
    *,
    post_ids: Iterable[int] = (),
    comment: str = "",
    category: str = "",
    rule_ids: Iterable[int] = (),
) -> Report:
    """Have an account looked at, and those of its posts that show what is wrong.

    Without a category it is `violation` where rules are named, else `other`. Raises
    `Post.DoesNotExist` for a post that the viewer does not see, or that somebody else wrote.
    """
    target = people.account(viewer, target_id)
    require(rules.may_report(viewer, target), _("You can report other people only."))
    broken = sorted(set(rule_ids))
    row = Report.objects.create(
        id=ids.draw(Report),
        account_id=viewer.account_id,
        target=target,
        post_ids=_shown_by(viewer, target_id, list(dict.fromkeys(post_ids))),
        rule_ids=_known(broken),
        category=_category(category, broken),
        comment=_short(comment),
        created_at=clock.now(),
    )
    happened(ReportMade(viewer.account_id, report_id=row.pk))
    return row


def _shown_by(viewer: Viewer, target_id: int, post_ids: list[int]) -> list[int]:
    found = posts(viewer).filter(pk__in=post_ids, author_id=target_id)
    if found.count() != len(post_ids):
        raise Post.DoesNotExist
    return post_ids


def _known(rule_ids: list[int]) -> list[int]:
    if not queries.rules_known(rule_ids):
        raise Refused(_("Validation failed: Rules does not reference valid rules"), "rule_ids")
    return rule_ids


def _category(category: str, broken: list[int]) -> str:
    if category and category not in Category.values:
        raise Refused(_("Validation failed: Category is not included in the list"), "category")
    return category or (Category.VIOLATION if broken else Category.OTHER)


def _short(comment: str) -> str:
    if len(comment) > COMMENT_LENGTH:
        reason = _("Validation failed: Comment is too long (maximum is %d characters)")
        raise Refused(reason % COMMENT_LENGTH, "comment")
    return comment
