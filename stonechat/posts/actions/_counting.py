"""How many posts an account shows: those that everybody inside could list.

What was said to followers, a group or a few is not counted, since the number is shown to all.
"""

from __future__ import annotations

from django.db.models import F
from django.db.models.functions import Greatest

from stonechat.people.models import Account
from stonechat.posts.models import Post
from stonechat.posts.rules import OPEN


def count(post: Post) -> None:
    """A post left: its author shows one more, and when they last spoke."""
    if post.audience in OPEN:
        Account.objects.filter(pk=post.author_id).update(
            statuses_count=F("statuses_count") + 1, last_status_at=post.created_at
        )


def discount(post: Post) -> None:
    """A post is gone: its author shows one less."""
    if post.audience in OPEN:
        Account.objects.filter(pk=post.author_id).update(
            statuses_count=Greatest(F("statuses_count") - 1, 0)
        )
