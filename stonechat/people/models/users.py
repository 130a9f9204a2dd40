"""Users: who signs in, with what role and preferences."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from stonechat.people.models.accounts import Account


class Role(models.TextChoices):
    MEMBER = "member"
    MONITOR = "monitor"
    ADMIN = "admin"


class Users(BaseUserManager["User"]):
    """Users by e-mail; they are made by `people.actions`, never here."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """Somebody who signs in; `account` is what the others see of them."""

    account = models.OneToOneField(Account, models.PROTECT, related_name="user")
    email = models.EmailField(unique=True)  # stored in lower case
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.MEMBER)
    is_active = models.BooleanField(default=True)
    confirmed_at = models.DateTimeField(null=True)
    locale = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=40, default="UTC")
    preferences = models.JSONField(
        default=dict
    )  # posting: privacy, sensitive, language, quote_policy
    created_at = models.DateTimeField()

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.email

    def preference(self, name: str, default: Any = None) -> Any:
        """One preference, or the default while it was never chosen."""
        return self.preferences.get(name, default)


class Invitation(models.Model):
    """A code with which one person may join while sign-up is by invitation."""

    code_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.CASCADE, null=True, related_name="invitations")
    used_by = models.OneToOneField(User, models.SET_NULL, null=True, related_name="invitation")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"invitation of {self.created_at:%Y-%m-%d}"
