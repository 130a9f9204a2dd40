"""Long or timed work around posts: previews of links, clips, polls that end, posts that leave."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import F

from stonechat.audience.viewer import Viewer
from stonechat.core import clips, clock, fetch, files, pictures, previews
from stonechat.core.actions import NotAllowed, Refused
from stonechat.core.events import happened
from stonechat.core.files import NotAccepted
from stonechat.core.jobs import job
from stonechat.posts.actions._intake import measures
from stonechat.posts.actions._words import PollWords
from stonechat.posts.actions.publishing import publish
from stonechat.posts.events import CardFetched, PollClosed
from stonechat.posts.models import Idempotency, LinkCard, Media, Poll, Post, Scheduled
from stonechat.posts.models.attachments import MediaState

KEYS_LAST = timedelta(hours=1)  # Mastodon keeps idempotency keys as long
UPLOADS_WAIT = timedelta(days=2)
AT_ONCE = 200
MIMES = {".mp4": "video/mp4", ".mp3": "audio/mpeg"}


@job
def fetch_card(post_id: int, url: str) -> None:
    """Look up the page that a post links to; a page that cannot be had leaves the post as it is."""
    post = Post.objects.get(pk=post_id)
    try:
        found = LinkCard.objects.filter(url=url[:2000]).first() or _looked_up(url)
    except (fetch.Forbidden, fetch.Unreachable):
        return
    if found is None:
        return
    with transaction.atomic():
        Post.objects.filter(pk=post_id).update(card=found, revision=F("revision") + 1)
        happened(CardFetched(post.author_id, post_id=post_id))


def _looked_up(url: str) -> LinkCard | None:
    card = previews.card(url)
    if card is None:
        return None
    image = _picture(card.image) if card.image else None
    return LinkCard.objects.create(
        url=url[:2000],
        title=card.title,
        description=card.description,
        image_description=card.image_description,
        provider=card.provider_name[:200],
        author=card.author_name[:200],
        image=files.store("cards", image.preview, ".webp") if image else "",
        width=image.small_width if image else 0,
        height=image.small_height if image else 0,
        blurhash=image.blurhash if image else "",
        language=(card.language or "")[:12],
        fetched_at=clock.now(),
    )


def _picture(url: str) -> pictures.Picture | None:
    try:
        got = fetch.get(url, limit=5_000_000, accept=("image/",))
        return pictures.take_picture(io.BytesIO(got.body))
    except (fetch.Forbidden, fetch.Unreachable, NotAccepted):
        return None


@job
def process_clip(media_id: int) -> None:
    """Make a video or sound ready: one format everywhere, no metadata, a preview picture."""
    media = Media.objects.filter(pk=media_id, state=MediaState.PROCESSING).first()
    if media is None:
        return
    try:
        _make_ready(media)
    except NotAccepted:
        media.state = MediaState.FAILED
    media.save()


def _make_ready(media: Media) -> None:
    raw = media.file
    ready = clips.transcode(files.path(raw))
    try:
        clip = clips.probe(ready)
        with ready.open("rb") as content:
            media.file = files.store("clips", content, ready.suffix)
        media.kind, media.mime, media.size = clip.kind, MIMES[ready.suffix], ready.stat().st_size
        media.meta = {**media.meta, "original": _original(clip)}
        if clip.kind == "video":
            _add_still(media, ready)
    finally:
        ready.unlink(missing_ok=True)
    files.remove(raw)
    media.state = MediaState.READY


def _original(clip: clips.Clip) -> dict[str, object]:
    size = measures(clip.width, clip.height) if clip.width and clip.height else {}
    return {
        **size,
        "frame_rate": clip.frame_rate,
        "duration": clip.duration,
        "bitrate": clip.bitrate,
    }


def _add_still(media: Media, clip: Path) -> None:
    still = pictures.take_picture(io.BytesIO(clips.still(clip)))
    media.preview = media.preview or files.store("previews", still.preview, ".webp")
    media.blurhash = still.blurhash
    media.meta["small"] = measures(still.small_width, still.small_height)


@job
def close_poll(post_id: int) -> None:
    """Say that a poll has ended, once; a poll that was replaced or prolonged is left alone."""
    with transaction.atomic():
        over = Poll.objects.filter(post_id=post_id, closed=False, expires_at__lte=clock.now())
        if over.update(closed=True):
            happened(PollClosed(None, post_id=post_id))


@job
def leave(scheduled_id: int) -> None:
    """Publish a waiting post, as its author, at its time; a post moved to later waits on."""
    row = Scheduled.objects.filter(pk=scheduled_id, due_at__lte=clock.now()).first()
    if row is None:
        return
    asked = dict(row.words)
    poll = PollWords(**asked.pop("poll")) if asked.get("poll") else None
    try:
        with transaction.atomic():
            publish(Viewer.person(row.author_id), **{**asked, "poll": poll})
            row.delete()
    except (Refused, NotAllowed, Post.DoesNotExist):
        # What it answers is gone, or the author may no longer post there: it stays in the
        # author's list of scheduled posts, where they can change or cancel it.
        return


@job
def clear_unused() -> None:
    """Hourly: keys that no client will send again, and uploads that were never used."""
    now = clock.now()
    Idempotency.objects.filter(created_at__lt=now - KEYS_LAST).delete()
    for media in Media.objects.filter(post=None, created_at__lt=now - UPLOADS_WAIT)[:AT_ONCE]:
        if not _waits(media):
            files.remove(media.file)
            if media.preview:
                files.remove(media.preview)
            media.delete()


def _waits(media: Media) -> bool:
    """Whether a scheduled post of its owner will use it."""
    waiting = Scheduled.objects.filter(author_id=media.owner_id).values_list("words", flat=True)
    return any(media.pk in (words.get("media_ids") or []) for words in waiting)


@job
def move_media(post_id: int) -> None:
    """Give the files of a post new random names, so that addresses once handed out stop working."""
    for media in Media.objects.filter(post_id=post_id):
        media.file = files.rename_random(media.file)
        media.preview = files.rename_random(media.preview) if media.preview else ""
        media.save(update_fields=["file", "preview"])
    Post.objects.filter(pk=post_id).update(revision=F("revision") + 1)
