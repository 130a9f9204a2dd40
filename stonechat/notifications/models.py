"""The inbox of what concerns somebody, and what they let into it."""

from __future__ import annotations

from django.db import models

from stonechat.people.models import Account
from stonechat.posts.models import Post


class Type(models.TextChoices):
    """Mastodon's words for why somebody is told."""

    MENTION = "mention"
    STATUS = "status"
    REBLOG = "reblog"
    FOLLOW = "follow"
    FOLLOW_REQUEST = "follow_request"
    FAVOURITE = "favourite"
    POLL = "poll"
    UPDATE = "update"
    QUOTE = "quote"
    QUOTED_UPDATE = "quoted_update"


class Notification(models.Model):
    """One thing somebody is told; `filtered` ones wait as requests.

    `origin` is who did it, `created_at` when; ids say in which order people were told.
    """

    id = models.BigIntegerField(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    type = models.CharField(max_length=16, choices=Type.choices)
    origin = models.ForeignKey(Account, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    group_key = models.CharField(max_length=80)
    filtered = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["account", "-id"], name="notification_inbox"),
            models.Index(fields=["account", "group_key", "-id"], name="notification_group"),
        ]
        # Two constraints, since SQLite takes one null for different from another.
        constraints = [
            models.UniqueConstraint(
                fields=["account", "type", "origin", "post"], name="notification_once"
            ),
            models.UniqueConstraint(
                fields=["account", "type", "origin"],
                condition=models.Q(post=None),
                name="notification_once_without_post",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} for {self.account_id}"


class Verdict(models.TextChoices):
    ACCEPT = "accept"
    FILTER = "filter"
    DROP = "drop"


def _verdict() -> models.CharField[str, str]:
    return models.CharField(max_length=6, choices=Verdict.choices, default=Verdict.ACCEPT)


class Policy(models.Model):
    """What becomes of notifications by people one does not know.

    Nobody is limited here, so `for_limited_accounts` is kept for clients and decides nothing.
    """

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="+")
    for_not_following = _verdict()
    for_not_followers = _verdict()
    for_new_accounts = _verdict()
    for_private_mentions = _verdict()
    for_limited_accounts = _verdict()
    for_bots = _verdict()

    def __str__(self) -> str:
        return f"policy of {self.account_id}"


class Request(models.Model):
    """Everything that waits from one person; accepted ones are never filtered again."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    origin = models.ForeignKey(Account, models.CASCADE, related_name="+")
    accepted = models.BooleanField(default=False)
    dismissed = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "origin"], name="request_once")]

    def __str__(self) -> str:
        return f"request by {self.origin_id}"
