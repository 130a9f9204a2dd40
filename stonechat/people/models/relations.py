"""What one account says of another: follow, block, mute, note, endorsement."""

from __future__ import annotations

from django.db import models

from stonechat.people.models.accounts import Account


class Relation(models.Model):
    """Abstract: from one account to another; the row's id is the cursor of lists of it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    target = models.ForeignKey(Account, models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.account_id} → {self.target_id}"


class Follow(Relation):
    """`accepted` is False while a locked account has not answered the request."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="follows")
    target = models.ForeignKey(Account, models.CASCADE, related_name="followers")
    accepted = models.BooleanField(default=True)
    boosts = models.BooleanField(default=True)
    notify = models.BooleanField(default=False)
    languages = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "target"], name="follow_once")]


class Block(Relation):
    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "target"], name="block_once")]


class Mute(Relation):
    """`until` is None for a mute without end."""

    notifications = models.BooleanField(default=True)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "target"], name="mute_once")]


class Note(Relation):
    """What somebody wrote for themselves about somebody."""

    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "target"], name="note_once")]


class Endorsement(Relation):
    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "target"], name="endorse_once")]
