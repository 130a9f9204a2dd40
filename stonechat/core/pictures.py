"""Takes uploaded pictures: recognised by content, stripped of metadata, bounded and previewed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import IO, Literal

import blurhash
import pillow_heif
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from stonechat.core import clips
from stonechat.core.files import NotAccepted

pillow_heif.register_heif_opener()

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "HEIF")
PIXELS = 50_000_000  # more than any camera in a telephone makes by default
FRAMES = 1_000
MOVING_PIXELS = 300_000_000  # all frames together: a few seconds of decoding
AREA = 3840 * 2160  # Mastodon's bound, in pixels
FILM_AREA = 1280 * 720
PREVIEW_AREA = 640 * 360
PREVIEW_SUFFIX, PREVIEW_MIME = ".webp", "image/webp"
AVATAR = (400, 400)
HEADER = (1500, 500)

MIME = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
}
_SRGB = ImageCms.createProfile("sRGB")


@dataclass(frozen=True)
class Picture:
    """A picture as it is served; `preview` is WebP, sizes are in pixels."""

    kind: Literal["image", "gifv"]
    main: bytes
    suffix: str
    mime: str
    preview: bytes
    width: int
    height: int
    small_width: int
    small_height: int
    blurhash: str
    animated: bool = False


def take_picture(file: IO[bytes]) -> Picture:
    """The picture without metadata, upright, in sRGB, and no larger than 3840 x 2160 in area.

    A moving one becomes a silent film (`gifv`) where ffmpeg is present, else it stays what it is.
    Raises NotAccepted."""
    with _opened(file) as image:
        if getattr(image, "is_animated", False):
            return _moving(image)
        return _picture(_bounded(_upright(image, AREA), AREA), _suffix(image))


def take_avatar(file: IO[bytes], focus: tuple[float, float] = (0, 0)) -> Picture:
    """The picture cut to 400 x 400 around the focus."""
    return crop(file, AVATAR, focus)


def take_header(file: IO[bytes], focus: tuple[float, float] = (0, 0)) -> Picture:
    """The picture cut to 1500 x 500 around the focus."""
    return crop(file, HEADER, focus)


def crop(file: IO[bytes], size: tuple[int, int], focus: tuple[float, float] = (0, 0)) -> Picture:
    """The first frame, cut to a size in pixels.

    `focus` is Mastodon's: from -1 to 1, left to right and bottom to top."""
    centre = ((focus[0] + 1) / 2, (1 - focus[1]) / 2)
    with _opened(file) as image:
        upright = _upright(image, 4 * size[0] * size[1])
        cut = ImageOps.fit(upright, size, Image.Resampling.LANCZOS, centering=centre)
        return _picture(cut, _suffix(image))


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[Image.Image]:
    """The picture in the file; whatever is wrong with it, then or later, is NotAccepted."""
    try:
        with Image.open(file, formats=FORMATS) as image:
            _require_bounded(image)
            yield image
    except UnidentifiedImageError:
        sentence = _("This is not a picture: send PNG, JPEG, GIF, WebP, AVIF or HEIC.")
        raise NotAccepted(sentence) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        sentence = _("The picture is damaged: save it again in your picture program and send that.")
        raise NotAccepted(sentence) from error


def _too_large() -> NotAccepted:
    return NotAccepted(_("The picture is too large: make it smaller than 50 megapixels."))


def _require_bounded(image: Image.Image) -> None:
    """Known from the head of the file, before a single pixel is decoded."""
    if image.width * image.height > PIXELS:
        raise _too_large()


def _require_short(image: Image.Image) -> int:
    """The number of frames, if all of them can be decoded in bounded time."""
    frames = int(getattr(image, "n_frames", 1))
    if frames > FRAMES or frames * image.width * image.height > MOVING_PIXELS:
        raise NotAccepted(_("The animation is too long or too large: make it shorter or smaller."))
    return frames


# --- one frame ----------------------------------------------------------------------------------


def _upright(image: Image.Image, area: int) -> Image.Image:
    """The decoded frame, turned as the camera was held, in sRGB, with alpha only where it counts.

    `area` lets a large JPEG be decoded at a smaller scale, not below so many pixels."""
    if image.width * image.height > 4 * area:
        side = int(area**0.5)
        image.draft(None, (side, side))
    return _shown(ImageOps.exif_transpose(image))


def _shown(frame: Image.Image) -> Image.Image:
    mode = "RGBA" if frame.has_transparency_data else "RGB"
    if frame.mode.startswith(("I", "F")):  # 16 bits a channel, of which a screen shows eight
        frame = frame.point(lambda value: value / 256).convert("L")
    profiled = _in_srgb(frame, mode)
    return (profiled or frame).convert(mode)


def _in_srgb(frame: Image.Image, mode: str) -> Image.Image | None:
    """The frame with its colour profile applied, or None where it has none that makes sense."""
    profile = frame.info.get("icc_profile")
    if not profile or frame.mode not in {"RGB", "RGBA", "CMYK", "L"}:
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(frame, source, _SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _bounded(frame: Image.Image, area: int) -> Image.Image:
    """The frame, made smaller where it has more pixels than `area`."""
    size = _bounded_size(frame.size, area)
    return frame if size == frame.size else frame.resize(size, Image.Resampling.LANCZOS)


def _bounded_size(size: tuple[int, int], area: int) -> tuple[int, int]:
    width, height = size
    scale = min(1.0, (area / (width * height)) ** 0.5)
    return max(1, int(width * scale)), max(1, int(height * scale))


def _suffix(image: Image.Image) -> str:
    """What every browser shows: HEIC and AVIF become JPEG, or PNG where they are transparent."""
    if image.format in {"PNG", "GIF"}:
        return ".png"
    if image.format == "WEBP":
        return ".webp"
    return ".png" if image.has_transparency_data else ".jpg"


def _picture(frame: Image.Image, suffix: str) -> Picture:
    return _described(frame, _encoded(frame, suffix), suffix)


def _described(frame: Image.Image, main: bytes, suffix: str, *, animated: bool = False) -> Picture:
    """The frame stands for the whole in the preview."""
    small = _bounded(frame, PREVIEW_AREA)
    return Picture(
        kind="gifv" if suffix == ".mp4" else "image",
        main=main,
        suffix=suffix,
        mime=MIME[suffix],
        preview=_encoded(small, PREVIEW_SUFFIX),
        width=frame.width,
        height=frame.height,
        small_width=small.width,
        small_height=small.height,
        blurhash=hash_of(small),
        animated=animated,
    )


def _encoded(frame: Image.Image, suffix: str) -> bytes:
    """The bare pixels in a format; a new picture holds nothing of the old one's metadata."""
    bare = Image.new(frame.mode, frame.size)
    bare.paste(frame)
    written = io.BytesIO()
    match suffix:
        case ".jpg":
            bare.save(written, "JPEG", quality=88, optimize=True, progressive=True)
        case ".png":
            bare.save(written, "PNG")
        case ".webp":
            bare.save(written, "WEBP", quality=82, method=2)
    return written.getvalue()


def hash_of(frame: Image.Image) -> str:
    """The blurhash, 4 x 3 components over white, of a picture reduced to at most 32 pixels."""
    small = frame.convert("RGBA").resize(_within(frame.size, 32))
    white = Image.new("RGBA", small.size, "white")
    pixels = Image.alpha_composite(white, small).convert("RGB")
    rows = [[pixels.getpixel((x, y)) for x in range(pixels.width)] for y in range(pixels.height)]
    return str(blurhash.encode(rows, 4, 3))


def _within(size: tuple[int, int], side: int) -> tuple[int, int]:
    scale = side / max(size)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


# --- many frames --------------------------------------------------------------------------------


def _moving(image: Image.Image) -> Picture:
    count = _require_short(image)
    size = _even(_bounded_size(image.size, FILM_AREA))
    times = _repeated(_durations(image, count), size)
    first = _frame(image, 0, size)
    if not clips.available():
        return _described(first, _animation(image, times, size), ".webp", animated=True)
    frames = (_frame(image, index, size).convert("RGB").tobytes() for index in _played(times))
    film = clips.film(frames, size, rate=1000 / times.step)
    return _described(first, film, ".mp4", animated=True)


@dataclass(frozen=True)
class _Times:
    """How often each frame is shown for `step` milliseconds."""

    step: float
    shown: list[int]


def _durations(image: Image.Image, count: int) -> list[float]:
    """Milliseconds a frame; what is shorter than 20 is shown for 100, as browsers do."""
    durations = []
    for index in range(count):
        image.seek(index)
        image.load()
        durations.append(float(image.info.get("duration", 0)))
    return [duration if duration >= 20 else 100.0 for duration in durations]


def _repeated(durations: list[float], size: tuple[int, int]) -> _Times:
    """In steps of the shortest frame; evenly, where that would be too many frames."""
    step = min(durations)
    shown = [round(duration / step) for duration in durations]
    if sum(shown) > FRAMES or sum(shown) * size[0] * size[1] > MOVING_PIXELS:
        return _Times(sum(durations) / len(durations), [1] * len(durations))
    return _Times(step, shown)


def _played(times: _Times) -> Iterator[int]:
    return chain.from_iterable([index] * shown for index, shown in enumerate(times.shown))


def _frame(image: Image.Image, index: int, size: tuple[int, int]) -> Image.Image:
    if image.tell() != index:
        image.seek(index)
    return _shown(image.copy()).resize(size, Image.Resampling.BILINEAR)


def _even(size: tuple[int, int]) -> tuple[int, int]:
    """H.264 stores colours for pairs of pixels."""
    return max(2, size[0] // 2 * 2), max(2, size[1] // 2 * 2)


def _animation(image: Image.Image, times: _Times, size: tuple[int, int]) -> bytes:
    """An animated WebP, for a server without ffmpeg."""
    first, *rest = (_frame(image, index, size) for index in range(len(times.shown)))
    written = io.BytesIO()
    durations = [round(shown * times.step) for shown in times.shown]
    first.save(
        written, "WEBP", save_all=True, append_images=rest, duration=durations, loop=0, method=0
    )
    return written.getvalue()
