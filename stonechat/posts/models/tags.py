"""Tags: words with a hash sign."""

from __future__ import annotations

from django.db import models

from stonechat.people.models import Account
from stonechat.posts.models.posts import Post


class Tag(models.Model):
    """`folded` is its identity (see `core.text.fold`); `name` how it was first written."""

    folded = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"#{self.name}"


class Tagging(models.Model):
    """One tag in one post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="taggings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "post"], name="tagging_once")]

    def __str__(self) -> str:
        return f"{self.tag_id} in {self.post_id}"


class FeaturedTag(models.Model):
    """A tag that somebody shows on their profile."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="featured_tags")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "tag"], name="featured_once")]

    def __str__(self) -> str:
        return f"{self.tag_id} of {self.account_id}"
