"""What is to be said later, and what was said already under the same key."""

from __future__ import annotations

from django.db import models

from stonechat.people.models import Account
from stonechat.posts.models.posts import Post


class Scheduled(models.Model):
    """A post that has not left yet: not a post, so nothing can show it."""

    id = models.BigIntegerField(primary_key=True)
    author = models.ForeignKey(Account, models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    words = models.JSONField()  # the arguments of `posts.actions.publish`
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"scheduled for {self.due_at}"


class Idempotency(models.Model):
    """The first result of a request, kept for an hour so that a repeat posts nothing again."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    scheduled = models.ForeignKey(Scheduled, models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="idempotency_once")]

    def __str__(self) -> str:
        return self.key
