"""Making a tombstone: of a deleted post, or of a boost that was taken back."""

from __future__ import annotations

from django.db.models import F
from django.db.models.functions import Greatest

from stonechat.core import clock, fulltext
from stonechat.posts.actions._counting import discount
from stonechat.posts.models import Pin, Post


def bury(post: Post) -> None:
    """Make a tombstone and mend the counters."""
    Post.objects.filter(pk=post.pk).update(deleted_at=clock.now())
    Pin.objects.filter(post=post).delete()
    fulltext.remove(post.pk)
    discount(post)
    if post.boost_of_id is not None:
        Post.objects.filter(pk=post.boost_of_id).update(
            boosts_count=Greatest(F("boosts_count") - 1, 0)
        )
