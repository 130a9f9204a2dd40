"""Uploading pictures, clips and documents; processed before any lock is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core import clock, files, ids
from stonechat.core.actions import Refused, action, prepared_by, require
from stonechat.core.events import happened
from stonechat.posts import queries, rules
from stonechat.posts.actions._intake import Taken, take, take_preview
from stonechat.posts.events import MediaDescribed, MediaRemoved, MediaUploaded
from stonechat.posts.models import Media
from stonechat.posts.models.attachments import MediaState

DESCRIPTION_LENGTH = 1500  # Mastodon's bound, shown in the instance entity


@dataclass(frozen=True)
class Upload:
    """A file taken in and stored, with what its owner says of it."""

    taken: Taken
    description: str
    focus: tuple[float, float] | None


def _take(
    viewer: Viewer,
    file: File[Any],
    *,
    description: str = "",
    focus: tuple[float, float] | None = None,
    thumbnail: File[Any] | None = None,
) -> Upload:
    """Recognise, clean and store a file, before the transaction opens."""
    _check_description(description)
    taken = take(file)
    return Upload(taken.with_preview(take_preview(thumbnail)), description, _bounded(focus))


@prepared_by(_take)
def upload(viewer: Viewer, made: Upload) -> Media:
    """Keep a file for a post to come; clips are made ready in the background."""
    require(rules.may_publish(viewer), _("Sign in to upload files."))
    taken = made.taken
    media = Media.objects.create(
        id=ids.draw(Media),
        owner_id=viewer.account_id,
        kind=taken.kind,
        state=MediaState.PROCESSING if taken.unready else MediaState.READY,
        file=taken.file,
        preview=taken.preview,
        mime=taken.mime,
        name=taken.name[:255],
        size=taken.size,
        meta=_with_focus(taken.meta, made.focus),
        description=made.description,
        blurhash=taken.blurhash,
        created_at=clock.now(),
    )
    happened(MediaUploaded(viewer.account_id, media_id=media.pk))
    return media


def _take_change(
    viewer: Viewer,
    media_id: int,
    *,
    description: str | None = None,
    focus: tuple[float, float] | None = None,
    thumbnail: File[Any] | None = None,
) -> dict[str, Any]:
    """Check what is to be changed, and store the new preview."""
    _check_description(description or "")
    preview = take_preview(thumbnail)
    return {
        "id": media_id,
        "description": description,
        "focus": _bounded(focus),
        "preview": preview,
    }


@prepared_by(_take_change)
def describe(viewer: Viewer, change: dict[str, Any]) -> Media:
    """Change the description, focus or preview of an upload that was not used yet."""
    media = queries.upload(viewer, change["id"])
    require(rules.may_change_media(viewer, media), _("You can change only your own uploads."))
    if change["description"] is not None:
        media.description = change["description"]
    media.meta = _with_focus(media.meta, change["focus"])
    media.preview = change["preview"] or media.preview
    media.save(update_fields=["description", "meta", "preview"])
    happened(MediaDescribed(viewer.account_id, media_id=media.pk))
    return media


@action
def remove_upload(viewer: Viewer, media_id: int) -> None:
    """Throw an upload away; one that hangs on a post is refused."""
    media = Media.objects.get(pk=media_id, owner_id=viewer.account_id)
    require(bool(viewer), _("Sign in first."))
    if not rules.may_change_media(viewer, media):
        raise Refused(_("This file is part of a post. Edit or delete the post."))
    happened(MediaRemoved(viewer.account_id, media_id=media.pk))
    files.remove(media.file)
    media.delete()


def _check_description(description: str) -> None:
    if len(description) > DESCRIPTION_LENGTH:
        raise Refused(
            _("Validation failed: Description is too long (maximum is %d characters)")
            % DESCRIPTION_LENGTH,
            "description",
        )


def _bounded(focus: tuple[float, float] | None) -> tuple[float, float] | None:
    return focus and (max(-1.0, min(1.0, focus[0])), max(-1.0, min(1.0, focus[1])))


def _with_focus(meta: dict[str, Any], focus: tuple[float, float] | None) -> dict[str, Any]:
    return {**meta, "focus": {"x": focus[0], "y": focus[1]}} if focus else meta
