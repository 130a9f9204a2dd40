"""Home, public, list, tag, group and search: ids in order."""

from __future__ import annotations

from django.apps import AppConfig


class TimelinesConfig(AppConfig):
    name = "stonechat.timelines"
    label = "timelines"
    default_auto_field = "django.db.models.BigAutoField"
