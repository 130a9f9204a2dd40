"""Polls and their ballots."""

from __future__ import annotations

from django.db import models

from stonechat.people.models import Account
from stonechat.posts.models.posts import Post


class Poll(models.Model):
    """`options` are the titles, in order; a ballot names them by index."""

    id = models.BigIntegerField(primary_key=True)
    post = models.OneToOneField(Post, models.CASCADE, related_name="poll")
    options = models.JSONField()
    multiple = models.BooleanField(default=False)
    hide_totals = models.BooleanField(default=False)
    expires_at = models.DateTimeField()
    closed = models.BooleanField(default=False)  # its end has been told

    def __str__(self) -> str:
        return f"poll of {self.post_id}"


class Ballot(models.Model):
    """One choice of one person."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="ballots")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    choice = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "account", "choice"], name="ballot_once")
        ]

    def __str__(self) -> str:
        return f"{self.choice} in {self.poll_id}"
