"""JSON for programs, in the words of Mastodon's client API."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "stonechat.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
