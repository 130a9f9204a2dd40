"""Accounts: what others see of a person, a system that posts, or a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Lower

if TYPE_CHECKING:
    from stonechat.people.models.groups import Group
    from stonechat.people.models.users import User


class Kind(models.TextChoices):
    PERSON = "person"
    BOT = "bot"
    GROUP = "group"


class Zone(models.TextChoices):
    """Inside people read what is for the organisation; guests only the groups they are in."""

    INSIDE = "inside"
    GUEST = "guest"


class Account(models.Model):
    """A handle with a face. Ids are drawn by `core.ids`, so they sort by time of joining."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.PERSON)
    username = models.CharField(max_length=40)
    display_name = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)
    note_html = models.TextField(blank=True)
    fields = models.JSONField(default=list)  # up to four of {name, value, html, verified_at}
    avatar = models.CharField(max_length=200, blank=True)
    avatar_description = models.CharField(max_length=1500, blank=True)
    header = models.CharField(max_length=200, blank=True)
    header_description = models.CharField(max_length=1500, blank=True)

    locked = models.BooleanField(default=False)
    discoverable = models.BooleanField(default=True)
    indexable = models.BooleanField(default=True)
    hide_collections = models.BooleanField(default=False)

    # The directory's columns: set by the demo and the command line until a directory does.
    unit = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=120, blank=True)
    manager = models.ForeignKey("self", models.SET_NULL, null=True, related_name="reports")
    level = models.PositiveSmallIntegerField(null=True)  # 1 is the top of the house
    country = models.CharField(max_length=2, blank=True)
    zone = models.CharField(max_length=6, choices=Zone.choices, default=Zone.INSIDE)

    # Counters count everybody; a walled viewer gets them counted anew.
    statuses_count = models.PositiveIntegerField(default=0)
    followers_count = models.PositiveIntegerField(default=0)
    following_count = models.PositiveIntegerField(default=0)
    last_status_at = models.DateTimeField(null=True)

    revision = models.PositiveIntegerField(default=0)  # grows with every visible change
    created_at = models.DateTimeField()
    suspended_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    # django-stubs cannot see these from the other side.
    hosted: Group
    user: User

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="account_username")]
        indexes = [models.Index(fields=["manager"], name="account_manager")]

    def __str__(self) -> str:
        return f"@{self.username}"

    @property
    def name(self) -> str:
        """What to call them."""
        return self.display_name or self.username
