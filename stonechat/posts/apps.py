"""The atom: a post, its versions and what people do with it."""

from __future__ import annotations

from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "stonechat.posts"
    label = "posts"
    default_auto_field = "django.db.models.BigAutoField"
