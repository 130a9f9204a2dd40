"""Recognising an uploaded file and storing it cleaned: pictures now, clips in the background."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from stonechat.core import clips, documents, files, pictures
from stonechat.core.actions import Refused
from stonechat.core.files import NotAccepted
from stonechat.core.pictures import Picture

# By the first bytes, never by the name (https://en.wikipedia.org/wiki/List_of_file_signatures).
CLIP_SIGNS = {
    b"\x1a\x45\xdf\xa3": ("video", "video/webm"),
    b"OggS": ("audio", "audio/ogg"),
    b"ID3": ("audio", "audio/mpeg"),
    b"\xff\xfb": ("audio", "audio/mpeg"),
    b"\xff\xf3": ("audio", "audio/mpeg"),
}
STILL_BRANDS = {b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1"}


@dataclass(frozen=True)
class Taken:
    """A stored file and what is known of it; `unready` ones still need `process_clip`."""

    kind: str
    file: str
    mime: str
    name: str
    size: int
    preview: str = ""
    blurhash: str = ""
    meta: dict[str, Any] = field(default_factory=dict)
    unready: bool = False

    def with_preview(self, preview: str) -> Taken:
        """The same with a preview chosen by its owner."""
        return replace(self, preview=preview) if preview else self


def take(file: File[Any]) -> Taken:
    """Recognise, clean and store an upload; raises `Refused` for what we cannot take."""
    if (file.size or 0) > settings.STONECHAT_UPLOAD_LIMIT:
        limit = settings.STONECHAT_UPLOAD_LIMIT // 1_000_000
        raise Refused(_("This file is too large. Files may have up to %d MB.") % limit, "file")
    try:
        documents.scan(file)
        return _recognised(file)
    except NotAccepted as error:
        raise Refused(_("Validation failed: %s") % error, "file") from error


def take_preview(file: File[Any] | None) -> str:
    """Store a preview that somebody chose for their clip; "" for none."""
    if file is None:
        return ""
    try:
        return files.store("previews", pictures.take_picture(file).preview, ".webp")
    except NotAccepted as error:
        raise Refused(_("Validation failed: %s") % error, "thumbnail") from error


def _recognised(file: File[Any]) -> Taken:
    head = file.read(16)
    file.seek(0)
    clip = _clip(head)
    if clip:
        return _stored_clip(file, *clip)
    if _looks_like_a_document(head):
        return _stored_document(file)
    return _stored_picture(file, pictures.take_picture(file))


def _clip(head: bytes) -> tuple[str, str] | None:
    if head[4:8] == b"ftyp" and head[8:12] not in STILL_BRANDS:
        return ("video", "video/mp4")
    return next((found for sign, found in CLIP_SIGNS.items() if head.startswith(sign)), None)


def _looks_like_a_document(head: bytes) -> bool:
    """Containers of documents, or plain text: pictures have bytes that no text has."""
    if head.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return True
    return b"\x00" not in head and all(byte >= 0x20 or byte in b"\t\r\n" for byte in head)


def _stored_picture(file: File[Any], picture: Picture) -> Taken:
    size, small = (picture.width, picture.height), (picture.small_width, picture.small_height)
    return Taken(
        kind=picture.kind,
        file=files.store("pictures", picture.main, picture.suffix),
        mime=picture.mime,
        name=PurePath(file.name or "").name,
        size=len(picture.main),
        preview=files.store("previews", picture.preview, ".webp"),
        blurhash=picture.blurhash,
        meta={"original": measures(*size), "small": measures(*small)},
    )


def measures(width: int, height: int) -> dict[str, Any]:
    """Width, height and what clients derive from them."""
    return {
        "width": width,
        "height": height,
        "size": f"{width}x{height}",
        "aspect": width / height,
    }


def _stored_clip(file: File[Any], kind: str, mime: str) -> Taken:
    if not clips.available():
        raise NotAccepted(_("This server cannot take video or sound: ffmpeg is not installed."))
    suffix = {"video/mp4": ".mp4", "video/webm": ".webm", "audio/ogg": ".ogg"}.get(mime, ".mp3")
    name = files.store("clips", file, suffix)
    return Taken(kind, name, mime, PurePath(file.name or "").name, file.size or 0, unready=True)


def _stored_document(file: File[Any]) -> Taken:
    document = documents.recognise(file, file.name or "")
    name = files.store("documents", file, document.suffix)
    page = documents.first_page(files.path(name)) if document.suffix == ".pdf" else None
    drawn = pictures.take_picture(BytesIO(page)).preview if page else b""
    preview = files.store("previews", drawn, ".webp") if drawn else ""
    return Taken("unknown", name, document.mime, document.name, document.size, preview)
