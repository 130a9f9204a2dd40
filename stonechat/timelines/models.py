"""Lists, followed tags, reading positions and filters: how one person reads."""

from __future__ import annotations

from django.db import models

from stonechat.people.models import Account, Follow
from stonechat.posts.models import Post, Tag


class List(models.Model):
    """A timeline of chosen people."""

    class Replies(models.TextChoices):
        FOLLOWED = "followed"
        LIST = "list"
        NONE = "none"

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    title = models.CharField(max_length=255)
    replies_policy = models.CharField(max_length=8, choices=Replies.choices, default=Replies.LIST)
    exclusive = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.title


class Listing(models.Model):
    """One account in one list; it leaves with the follow (there is none to oneself)."""

    list = models.ForeignKey(List, models.CASCADE, related_name="listings")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    follow = models.ForeignKey(Follow, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "account"], name="listing_once")]

    def __str__(self) -> str:
        return f"{self.account_id} in {self.list_id}"


class TagFollow(models.Model):
    """A tag whose posts come home."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="followers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "tag"], name="tag_follow_once")]

    def __str__(self) -> str:
        return f"{self.account_id} → {self.tag_id}"


class Marker(models.Model):
    """How far somebody has read one timeline; `version` counts the moves."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    timeline = models.CharField(max_length=16)
    last_read_id = models.BigIntegerField()
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "timeline"], name="marker_once")]

    def __str__(self) -> str:
        return f"{self.timeline} of {self.account_id}"


class Conversation(models.Model):
    """One person's view of one direct exchange; the cursor of lists is `last_post`.

    `start` is the first direct post of the exchange, so that two that answer the same public
    post stay apart.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    start = models.ForeignKey(Post, models.CASCADE, related_name="+")
    last_post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    unread = models.BooleanField(default=True)
    hidden = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "start"], name="conversation_once")
        ]
        indexes = [models.Index(fields=["account", "-last_post"], name="conversation_order")]

    def __str__(self) -> str:
        return f"{self.start_id} of {self.account_id}"


CONTEXTS = ["home", "notifications", "public", "thread", "account"]


class Filter(models.Model):
    """Words and posts that somebody does not want to see, or not at once."""

    class Act(models.TextChoices):
        WARN = "warn"
        HIDE = "hide"
        BLUR = "blur"

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    title = models.CharField(max_length=255)
    context = models.CharField(max_length=60)  # words of CONTEXTS, separated by spaces
    act = models.CharField(max_length=4, choices=Act.choices, default=Act.WARN)
    expires_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title


class FilterKeyword(models.Model):
    """A word or phrase of a filter."""

    filter = models.ForeignKey(Filter, models.CASCADE, related_name="keywords")
    keyword = models.CharField(max_length=255)
    whole_word = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.keyword


class FilterPost(models.Model):
    """A single post that a filter catches."""

    filter = models.ForeignKey(Filter, models.CASCADE, related_name="posts")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filter", "post"], name="filter_post_once")]

    def __str__(self) -> str:
        return str(self.post_id)
