"""The ground floor: actions, facts, jobs and the plain tools that know nothing of posts."""

from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "stonechat.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
