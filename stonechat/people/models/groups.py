"""Groups: an account of kind group with members."""

from __future__ import annotations

from django.db import models

from stonechat.people.models.accounts import Account


class Access(models.TextChoices):
    """Who may join: anyone, whoever is let in, or nobody who was not invited (hidden)."""

    OPEN = "open"
    ASK = "ask"
    HIDDEN = "hidden"


class History(models.TextChoices):
    """What a new member may read: everything, or what was said since they joined."""

    ALL = "all"
    JOINING = "joining"


class Group(models.Model):
    """The group behind an account of kind group."""

    account = models.OneToOneField(Account, models.PROTECT, related_name="hosted")
    access = models.CharField(max_length=6, choices=Access.choices, default=Access.OPEN)
    history = models.CharField(max_length=7, choices=History.choices, default=History.ALL)
    norms = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.account)


class Membership(models.Model):
    """One person in one group, or asking to be let in."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    account = models.ForeignKey(Account, models.CASCADE, related_name="memberships")
    accepted = models.BooleanField(default=True)
    host = models.BooleanField(default=False)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "group"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.account_id} in {self.group_id}"
