"""Reports, rules of the house and announcements."""

from __future__ import annotations

from django.db import models

from stonechat.people.models import Account


class Category(models.TextChoices):
    """Mastodon's words for what is wrong."""

    SPAM = "spam"
    LEGAL = "legal"
    VIOLATION = "violation"
    OTHER = "other"


class Report(models.Model):
    """Somebody asks the monitors to look."""

    id = models.BigIntegerField(primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    target = models.ForeignKey(Account, models.PROTECT, related_name="+")
    post_ids = models.JSONField(default=list)
    rule_ids = models.JSONField(default=list)
    category = models.CharField(max_length=9, choices=Category.choices, default=Category.OTHER)
    comment = models.TextField(blank=True)
    resolved_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"report {self.pk}"


class Rule(models.Model):
    """One sentence of how we treat each other."""

    text = models.TextField()
    hint = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.text


class Announcement(models.Model):
    """Something for everybody inside, shown until dismissed or over.

    `starts_at` and `ends_at` say when what is announced takes place; `all_day` hides the hours.
    """

    id = models.BigIntegerField(primary_key=True)
    text = models.TextField()
    html = models.TextField()
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    all_day = models.BooleanField(default=False)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text


class Dismissal(models.Model):
    """Somebody has read an announcement."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="dismissals")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["announcement", "account"], name="dismissal_once")
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} by {self.account_id}"


class Reaction(models.Model):
    """Somebody answered an announcement with an emoji."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="reactions")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "account", "name"], name="reaction_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
