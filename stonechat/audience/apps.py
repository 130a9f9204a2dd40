"""Who may see what, and nothing else."""

from __future__ import annotations

from django.apps import AppConfig


class AudienceConfig(AppConfig):
    name = "stonechat.audience"
    label = "audience"
    default_auto_field = "django.db.models.BigAutoField"
