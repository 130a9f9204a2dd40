"""Clearing: old keys and forgotten uploads go, what waits for its time stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from stonechat.audience.viewer import Viewer
from stonechat.core import clock, files, journal
from stonechat.core.models import Fact
from stonechat.posts import actions
from stonechat.posts.jobs import clear_unused
from stonechat.posts.models import Idempotency, Media, Post


def upload(viewer: Viewer) -> Media:
    buffer = BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PNG")
    media: Media = actions.upload(viewer, ContentFile(buffer.getvalue(), "a.png"))
    return media


def test_forgotten_uploads_go_and_waiting_ones_stay(
    alice: Viewer, say: Callable[..., Post]
) -> None:
    forgotten, used, waiting = upload(alice), upload(alice), upload(alice)
    say(alice, "Look", media_ids=[used.pk], key="k")
    due = clock.now() + timedelta(days=9)
    actions.schedule(alice, due, text="Later", audience="organisation", media_ids=[waiting.pk])
    with clock.set_to(clock.now() + timedelta(days=3)):
        clear_unused()
    assert set(Media.objects.values_list("pk", flat=True)) == {used.pk, waiting.pk}
    assert not files.path(forgotten.file).exists()
    assert not Idempotency.objects.exists()


def test_signals_are_gone_after_a_day_and_the_trail_stays(
    alice: Viewer, say: Callable[..., Post]
) -> None:
    actions.bookmark(alice, say(alice, "Keep").pk)
    assert Fact.objects.filter(kind="signal").exists()
    trail = Fact.objects.filter(kind="trail").count()
    with clock.set_to(clock.now() + timedelta(hours=25)):
        journal.forget_signals()
    assert not Fact.objects.filter(kind="signal").exists()
    assert Fact.objects.filter(kind="trail").count() == trail
