"""The columns by which a row says whom it is for, and the walls between people."""

from __future__ import annotations

from django.db import models


class Audience(models.TextChoices):
    """Whom a post is for. Clients read them as public, unlisted, private, private and direct."""

    ORGANISATION = "organisation"
    UNLISTED = "unlisted"
    FOLLOWERS = "followers"
    GROUP = "group"
    DIRECT = "direct"


class Audienced(models.Model):
    """Abstract: a row with an author and an audience."""

    author = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    audience = models.CharField(max_length=12, choices=Audience.choices)
    group = models.ForeignKey("people.Group", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Segment(models.Model):
    """A part of the organisation that walls may stand around; a person may be in several."""

    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """One person's place in one segment."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="seats")
    account = models.ForeignKey("people.Account", models.CASCADE, related_name="seats")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "segment"], name="seat_once")]

    def __str__(self) -> str:
        return f"{self.account_id} in {self.segment_id}"


class Barrier(models.Model):
    """A wall between two segments. Stored once for each direction, so that it is asked one way."""

    one = models.ForeignKey(Segment, models.CASCADE, related_name="barriers")
    other = models.ForeignKey(Segment, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="barrier_once")]

    def __str__(self) -> str:
        return f"{self.one_id} | {self.other_id}"
