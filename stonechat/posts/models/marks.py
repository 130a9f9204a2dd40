"""What people do with a post: favourite, bookmark, pin, mute its thread."""

from __future__ import annotations

from django.db import models

from stonechat.people.models import Account
from stonechat.posts.models.posts import Post


class Mark(models.Model):
    """Abstract: one account on one post; the row's id is the cursor of lists of it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.account_id} on {self.post_id}"


class Favourite(Mark):
    post = models.ForeignKey(Post, models.CASCADE, related_name="favourites")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "account"], name="favourite_once")]


class Bookmark(Mark):
    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "account"], name="bookmark_once")]


class Pin(Mark):
    post = models.ForeignKey(Post, models.CASCADE, related_name="pins")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "account"], name="pin_once")]


class ThreadMute(Mark):
    """`post` is the root of the thread."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "account"], name="thread_mute_once")]
