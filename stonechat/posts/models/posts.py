"""Posts and their versions: what was said stays as it was said."""

from __future__ import annotations

from django.db import models

from stonechat.audience.models import Audienced
from stonechat.people.models import Account


class Intent(models.TextChoices):
    """What a post is for; a question asks for answers, an FYI asks for nothing."""

    UPDATE = "update"
    QUESTION = "question"
    FYI = "fyi"
    IDEA = "idea"
    PRAISE = "praise"


class QuotePolicy(models.TextChoices):
    PUBLIC = "public"
    FOLLOWERS = "followers"
    NOBODY = "nobody"


class QuoteState(models.TextChoices):
    NONE = ""
    ACCEPTED = "accepted"
    REVOKED = "revoked"


class Post(Audienced):
    """The atom. A boost is a post without words whose `boost_of` names the original."""

    id = models.BigIntegerField(primary_key=True)
    author = models.ForeignKey(Account, models.PROTECT, related_name="posts")
    intent = models.CharField(max_length=8, choices=Intent.choices, default=Intent.UPDATE)
    current = models.OneToOneField("Version", models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)  # grows when the shared rendering changes

    root = models.ForeignKey("self", models.PROTECT, related_name="thread")
    in_reply_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    in_reply_to_account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    boost_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="boosts")
    quote_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="quotes")
    quote_state = models.CharField(max_length=8, choices=QuoteState.choices, blank=True)
    quote_policy = models.CharField(
        max_length=9, choices=QuotePolicy.choices, default=QuotePolicy.PUBLIC
    )

    application = models.ForeignKey(
        "access.Application", models.SET_NULL, null=True, related_name="+"
    )
    card = models.ForeignKey("LinkCard", models.SET_NULL, null=True, related_name="+")

    # Counters count everybody; a walled viewer gets them counted anew.
    favourites_count = models.PositiveIntegerField(default=0)
    boosts_count = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["author", "-id"], name="post_author"),
            models.Index(fields=["root", "id"], name="post_thread"),
            models.Index(fields=["group", "-id"], name="post_group"),
            models.Index(fields=["audience", "-id"], name="post_audience"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "boost_of"],
                condition=models.Q(boost_of__isnull=False, deleted_at__isnull=True),
                name="boost_once",
            )
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"


class Version(models.Model):
    """The words of a post from one moment on. Never changed; erasing empties words and salt."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    spoiler = models.TextField(blank=True)
    sensitive = models.BooleanField(default=False)
    language = models.CharField(max_length=12, blank=True)
    media = models.JSONField(default=list)  # [{id, description}] as they were shown
    poll = models.JSONField(null=True)  # the titles as they were shown
    salt = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.post_id}"


class Mention(models.Model):
    """Somebody named in a post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="mentions")
    account = models.ForeignKey(Account, models.CASCADE, related_name="mentioned_in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "account"], name="mention_once")]
        indexes = [models.Index(fields=["account", "-post"], name="mention_account")]

    def __str__(self) -> str:
        return f"{self.account_id} in {self.post_id}"
