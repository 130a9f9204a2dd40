"""Films and sound through ffmpeg, where it is present: recognised, made playable and stripped.

The container is recognised here and named to ffmpeg, which therefore never opens a playlist, and it
may read files and nothing else: an upload can reach neither the network nor another file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal
from uuid import uuid4

from django.utils.translation import gettext as _

from stonechat.core import programs
from stonechat.core.files import NotAccepted

AREA = 3840 * 2160  # Mastodon's bound for films, in pixels
FRAME_RATE = 120  # and in frames a second
SIDE = 1920  # the longer side of what we make ourselves
PROBING, SHOWING, MAKING = 10, 20, 600  # seconds

# The first frame of an MP3 of version 1 or 2, with or without a checksum.
_MP3_FRAMES = (b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2")
_QUIET = ("-hide_banner", "-loglevel", "error")
_STRIPPED = (
    *("-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1"),
    *("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"),
)
_H264 = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p")
_AAC = ("-c:a", "aac", "-b:a", "128k")
_MP3 = ("-c:a", "libmp3lame", "-b:a", "128k")
_COPY = ("-c", "copy")
_SMALLER = (
    "-vf",
    rf"scale=w=min(iw\,{SIDE}):h=min(ih\,{SIDE})"
    ":force_original_aspect_ratio=decrease:force_divisible_by=2",
)


@dataclass(frozen=True)
class Clip:
    """What is in a file: pixels as they are seen, seconds, bits a second.

    `frame_rate` is a fraction in Mastodon's words, such as `30000/1001`, and empty for sound."""

    kind: Literal["video", "audio"]
    width: int
    height: int
    duration: float
    frame_rate: str
    bitrate: int
    playable: bool  # every browser plays its streams as they are


def available() -> bool:
    """Whether this machine can work on films and sound."""
    return programs.present("ffmpeg") and programs.present("ffprobe")


def probe(path: Path) -> Clip:
    """What is in the file, judged by its content; raises NotAccepted."""
    asked = ("-show_streams", "-show_format", "-of", "json")
    with _sentences():
        arguments = (*_QUIET, *asked, *_input(path))
        answer = programs.run("ffprobe", *arguments, seconds=PROBING)
    clip = _clip(json.loads(answer))
    _require_bounded(clip)
    return clip


def transcode(path: Path) -> Path:
    """A new file beside the old one that every browser plays, without metadata.

    Films become MP4 (H.264, AAC) and sound MP3; streams that are that already are only copied.
    The caller removes both. Raises NotAccepted."""
    clip = probe(path)
    suffix = ".mp4" if clip.kind == "video" else ".mp3"
    made = path.with_name(f"{uuid4().hex}{suffix}")
    try:
        _convert(*_input(path), *_streams(clip), *_STRIPPED, *_container(suffix), f"file:{made}")
    except NotAccepted:
        made.unlink(missing_ok=True)
        raise
    return made


def still(path: Path) -> bytes:
    """A telling frame of a film, or the cover of a sound, as PNG; raises NotAccepted."""
    chosen = (
        "-map",
        "0:v:0",
        "-vf",
        f"thumbnail=24,scale={SIDE}:{SIDE}:force_original_aspect_ratio=decrease",
        "-frames:v",
        "1",
    )
    with _sentences():
        return programs.run(
            "ffmpeg",
            *_QUIET,
            *_input(path),
            *chosen,
            *_STRIPPED,
            *("-c:v", "png", "-f", "image2pipe", "pipe:1"),
            seconds=SHOWING,
        )


def film(frames: Iterable[bytes], size: tuple[int, int], rate: float) -> bytes:
    """A silent MP4 of raw RGB frames, of an even size, at so many a second."""
    raw = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", f"{rate:.3f}")
    with TemporaryDirectory(prefix="stonechat-") as folder:
        made = Path(folder) / "film.mp4"
        made_as = (*_H264, *_STRIPPED, *_container(".mp4"), f"file:{made}")
        _convert(*raw, "-protocol_whitelist", "pipe", "-i", "pipe:0", *made_as, given=frames)
        return made.read_bytes()


def _convert(*arguments: str, given: Iterable[bytes] = ()) -> None:
    with _sentences():
        programs.run("ffmpeg", *_QUIET, "-y", *arguments, seconds=MAKING, given=given)


@contextmanager
def _sentences() -> Iterator[None]:
    """A program that fails becomes a sentence for the person whose file it was."""
    if not available():
        raise NotAccepted(
            _("This server takes no films and no sound: its administrator can install ffmpeg.")
        )
    try:
        yield
    except programs.Failed as failure:
        sentence = _("The film or sound cannot be read: save it as MP4 or MP3 and send that.")
        raise NotAccepted(sentence) from failure


def _input(path: Path) -> tuple[str, ...]:
    # "file:" in front, or a name with a colon in it would be taken for a protocol.
    source = ("-f", _demuxer(path), "-i", f"file:{path}")
    return ("-protocol_whitelist", "file,pipe", *source)


def _demuxer(path: Path) -> str:
    """ffmpeg's name for the container, by the first bytes of the file."""
    with path.open("rb") as file:
        head = file.read(12)
    if head[4:8] == b"ftyp":
        return "mov"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    if head.startswith(b"OggS"):
        return "ogg"
    if head.startswith((b"ID3", *_MP3_FRAMES)):
        return "mp3"
    raise NotAccepted(_("This is neither film nor sound: send MP4, WebM, MP3 or OGG."))


def _clip(told: dict[str, Any]) -> Clip:
    streams = told.get("streams", [])
    pictures = [s for s in streams if s.get("codec_type") == "video" and not _is_cover(s)]
    sounds = [s for s in streams if s.get("codec_type") == "audio"]
    if not pictures and not sounds:
        raise NotAccepted(_("There is neither film nor sound in this file."))
    shown = pictures[0] if pictures else {}
    width, height = _seen_size(shown)
    return Clip(
        kind="video" if pictures else "audio",
        width=width,
        height=height,
        duration=float(told["format"].get("duration", 0)),
        frame_rate=shown.get("avg_frame_rate", ""),
        bitrate=int(told["format"].get("bit_rate", 0)),
        playable=_is_playable(told["format"]["format_name"], shown, sounds),
    )


def _is_cover(stream: dict[str, Any]) -> bool:
    return bool(stream.get("disposition", {}).get("attached_pic"))


def _seen_size(stream: dict[str, Any]) -> tuple[int, int]:
    """The size in pixels, after turning as the camera was held."""
    width, height = int(stream.get("width", 0)), int(stream.get("height", 0))
    turned = any(abs(data.get("rotation", 0)) == 90 for data in stream.get("side_data_list", []))
    return (height, width) if turned else (width, height)


def _is_playable(container: str, shown: dict[str, Any], sounds: list[dict[str, Any]]) -> bool:
    if not shown:
        return container == "mp3"
    return (
        "mp4" in container
        and (shown.get("codec_name"), shown.get("pix_fmt")) == ("h264", "yuv420p")
        and all(sound.get("codec_name") == "aac" for sound in sounds[:1])
    )


def _require_bounded(clip: Clip) -> None:
    frames, _mark, seconds = clip.frame_rate.partition("/")
    rate = int(frames or 0) / max(1, int(seconds or 1))
    if clip.width * clip.height > AREA or rate > FRAME_RATE:
        raise NotAccepted(
            _("The film is too large: send at most 3840 x 2160 pixels and 120 frames a second.")
        )


def _streams(clip: Clip) -> tuple[str, ...]:
    """Which streams go over, and how: one picture and one sound, no data, no subtitles."""
    if clip.kind == "audio":
        return ("-map", "0:a:0", *(_COPY if clip.playable else _MP3))
    chosen = ("-map", "0:v:0", "-map", "0:a:0?")
    return (*chosen, *(_COPY if clip.playable else (*_SMALLER, *_H264, *_AAC)))


def _container(suffix: str) -> tuple[str, ...]:
    if suffix == ".mp3":
        return ("-f", "mp3", "-write_id3v2", "0")
    return ("-f", "mp4", "-movflags", "+faststart")
