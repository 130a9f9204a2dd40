"""Who is here: users, accounts, groups and how they relate."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "stonechat.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
