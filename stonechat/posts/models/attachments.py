"""Media that people upload, and cards of the pages they link to."""

from __future__ import annotations

from django.db import models

from stonechat.people.models import Account
from stonechat.posts.models.posts import Post


class MediaKind(models.TextChoices):
    """The words of the client API; a document is `unknown` to clients."""

    IMAGE = "image"
    GIFV = "gifv"
    VIDEO = "video"
    AUDIO = "audio"
    UNKNOWN = "unknown"


class MediaState(models.TextChoices):
    PROCESSING = "processing"
    READY = "ready"
    FAILED = "failed"


class Media(models.Model):
    """One upload. `file` and `preview` are names in `core.files`: capabilities, 128 random bits."""

    id = models.BigIntegerField(primary_key=True)
    owner = models.ForeignKey(Account, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="media")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=7, choices=MediaKind.choices)
    state = models.CharField(max_length=10, choices=MediaState.choices, default=MediaState.READY)
    file = models.CharField(max_length=200, blank=True)
    preview = models.CharField(max_length=200, blank=True)
    mime = models.CharField(max_length=120)
    name = models.CharField(max_length=255, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    meta = models.JSONField(default=dict)
    description = models.TextField(blank=True)
    blurhash = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["file"], name="media_file"),
            models.Index(fields=["preview"], name="media_preview"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class LinkCard(models.Model):
    """What a linked page says of itself, fetched in the background."""

    url = models.CharField(max_length=2000, unique=True)
    title = models.TextField(blank=True)
    description = models.TextField(blank=True)
    provider = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=200, blank=True)
    image = models.CharField(max_length=200, blank=True)
    image_description = models.TextField(blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    blurhash = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=12, blank=True)
    fetched_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.url
