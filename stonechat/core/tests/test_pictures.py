"""Uploaded pictures come out upright, bounded, stripped and previewed, or not at all."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from stonechat.core import clips, files, pictures

RED, GREEN, BLUE = (220, 30, 30), (30, 200, 40), (40, 40, 210)


def halves(size=(64, 32), left=RED, right=BLUE, mode="RGB"):
    """A picture of two colours, so that turning and cutting it shows."""
    image = Image.new(mode, size, left)
    image.paste(right, (size[0] // 2, 0, *size))
    return image


def file(image, kind="PNG", **options):
    written = io.BytesIO()
    image.save(written, kind, **options)
    return io.BytesIO(written.getvalue())


def moving(kind="GIF", count=3, duration=100, size=(16, 12)):
    frames = [Image.new("RGB", size, (index * 40 % 250, 0, 90)) for index in range(count)]
    return file(frames[0], kind, save_all=True, append_images=frames[1:], duration=duration)


def shown(content):
    return Image.open(io.BytesIO(content))


def like(pixel, colour):
    return all(abs(a - b) < 40 for a, b in zip(pixel[:3], colour, strict=True))


@pytest.mark.parametrize(
    ("kind", "mime"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("GIF", "image/png"),
        ("WEBP", "image/webp"),
        ("AVIF", "image/jpeg"),
        ("HEIF", "image/jpeg"),
    ],
)
def test_formats_are_taken(kind, mime):
    taken = pictures.take_picture(file(halves(), kind))
    assert (taken.kind, taken.mime, taken.width, taken.height) == ("image", mime, 64, 32)
    assert shown(taken.main).get_format_mimetype() == mime
    assert shown(taken.preview).get_format_mimetype() == pictures.PREVIEW_MIME
    for content in (taken.main, taken.preview):
        assert like(shown(content).convert("RGB").getpixel((5, 5)), RED)
    assert len(taken.blurhash) == 4 + 2 * 12


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_metadata_and_location_are_stripped(kind):
    exif = Image.Exif()
    exif[0x010E] = "Secret place"
    exif[0x8825] = {1: "N", 2: (53.0, 33.0, 0.0)}
    uploaded = file(halves(), kind, exif=exif.tobytes())
    assert b"Secret place" in uploaded.getvalue()
    taken = pictures.take_picture(uploaded)
    for content in (taken.main, taken.preview):
        assert b"Secret place" not in content
        assert not dict(shown(content).getexif())


def test_comments_of_a_png_are_stripped():
    told = PngInfo()
    told.add_text("Author", "Secret name")
    assert b"Secret name" not in pictures.take_picture(file(halves(), pnginfo=told)).main


def test_what_follows_the_picture_is_stripped():
    uploaded = io.BytesIO(file(halves(), "JPEG").getvalue() + b"<script>alert(1)</script>")
    assert b"script" not in pictures.take_picture(uploaded).main


def test_orientation_is_applied():
    exif = Image.Exif()
    exif[0x0112] = 6  # held turned: its left side is up
    taken = pictures.take_picture(file(halves(), "JPEG", exif=exif.tobytes()))
    assert (taken.width, taken.height) == (32, 64)
    assert like(shown(taken.main).getpixel((16, 5)), RED)
    assert like(shown(taken.main).getpixel((16, 60)), BLUE)


def test_colour_profile_becomes_srgb():
    """In this profile red and green have changed places, so who ignores it shows red."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    strange = srgb.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    taken = pictures.take_picture(file(Image.new("RGB", (8, 8), RED), icc_profile=strange))
    assert like(shown(taken.main).getpixel((4, 4)), GREEN)
    assert "icc_profile" not in shown(taken.main).info


def test_damaged_colour_profile_is_ignored():
    taken = pictures.take_picture(file(halves(), "PNG", icc_profile=b"no profile"))
    assert like(shown(taken.main).getpixel((5, 5)), RED)


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        (halves(mode="RGB").convert("CMYK"), "JPEG"),
        (halves().convert("P"), "PNG"),
        (halves().convert("P"), "GIF"),
        (halves(left=(*RED, 255), right=(*BLUE, 0), mode="RGBA"), "PNG"),
        (halves(left=(*RED, 255), right=(*BLUE, 0), mode="RGBA"), "WEBP"),
        (halves(left=(*RED, 255), right=(*BLUE, 0), mode="RGBA"), "AVIF"),
    ],
)
def test_colours_of_all_modes_stay(image, kind):
    taken = pictures.take_picture(file(image, kind))
    assert like(shown(taken.main).convert("RGB").getpixel((5, 5)), RED)


def test_transparency_stays():
    image = halves(left=(*RED, 255), right=(*BLUE, 0), mode="RGBA")
    taken = pictures.take_picture(file(image, "AVIF"))
    assert (taken.mime, shown(taken.main).getpixel((60, 5))[3]) == ("image/png", 0)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16"])
def test_grey_pictures_are_taken(mode):
    image = Image.new("I;16", (8, 8), 0x8000) if mode == "I;16" else Image.new("L", (8, 8), 128)
    taken = pictures.take_picture(file(image if mode == "I;16" else image.convert(mode)))
    grey = shown(taken.main).convert("RGB").getpixel((4, 4))
    assert len(set(grey)) == 1
    assert mode == "1" or 120 < grey[0] < 136


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_large_picture_is_made_smaller(kind, monkeypatch):
    monkeypatch.setattr(pictures, "AREA", 20_000)
    monkeypatch.setattr(pictures, "PREVIEW_AREA", 5_000)
    taken = pictures.take_picture(file(halves((1_000, 500)), kind))
    assert (taken.width, taken.height) == (200, 100) == shown(taken.main).size
    assert (taken.small_width, taken.small_height) == (100, 50) == shown(taken.preview).size


@pytest.mark.parametrize("size", [(1, 1), (1, 1000), (3000, 1)])
def test_extreme_shapes_are_taken(size):
    taken = pictures.take_picture(file(Image.new("RGB", size)))
    assert (taken.width, taken.height) == size
    assert min(taken.small_width, taken.small_height) >= 1


def png_of(width, height):
    """A PNG whose head promises so many pixels; none of them is there."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    start = struct.pack(">I", len(head)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    pixels = struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + start + pixels)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("size", [(8_000, 7_000), (10_000, 10_000), (65_000, 65_000)])
def test_bomb_is_refused_before_it_is_decoded(size):
    # There are no pixels to decode: to begin would end with another sentence.
    with pytest.raises(files.NotAccepted, match="50 megapixels"):
        pictures.take_picture(png_of(*size))


@pytest.mark.parametrize(("count", "size"), [(pictures.FRAMES + 1, (1, 1)), (20, (4_000, 4_000))])
def test_endless_animation_is_refused(count, size):
    """A GIF whose frames cost nothing to write: each paints a single pixel."""
    head = b"GIF89a" + struct.pack("<HHBBB", *size, 0x80, 0, 0) + bytes(6)
    frame = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    with pytest.raises(files.NotAccepted, match="animation"):
        pictures.take_picture(io.BytesIO(head + count * frame + b";"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"This is a text file named picture.png",
        b"<svg xmlns='http://www.w3.org/2000/svg'></svg>",
        b"%PDF-1.4",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"BM" + bytes(100),
    ],
)
def test_other_files_are_refused(content):
    with pytest.raises(files.NotAccepted, match="send PNG, JPEG"):
        pictures.take_picture(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF", "HEIF"])
def test_damaged_pictures_are_refused(kind):
    content = file(Image.effect_noise((64, 64), 90).convert("RGB"), kind).getvalue()
    with pytest.raises(files.NotAccepted):
        pictures.take_picture(io.BytesIO(content[: len(content) // 2]))


def test_avatar_is_a_square():
    taken = pictures.take_avatar(file(halves((100, 50)), "JPEG"))
    assert (taken.width, taken.height) == pictures.AVATAR == shown(taken.main).size
    assert like(shown(taken.main).getpixel((10, 200)), RED)
    assert like(shown(taken.main).getpixel((390, 200)), BLUE)


@pytest.mark.parametrize(("focus", "colour"), [((-1, 0), RED), ((1, 0), BLUE)])
def test_cut_keeps_the_focus(focus, colour):
    taken = pictures.take_avatar(file(halves((200, 50))), focus)
    assert like(shown(taken.main).getpixel((200, 200)), colour)


def test_upper_focus_is_positive():
    upright = halves((300, 300)).transpose(Image.Transpose.ROTATE_270)  # red above blue
    taken = pictures.crop(file(upright), (150, 50), (0, 1))
    assert like(shown(taken.main).getpixel((75, 25)), RED)


def test_header_is_a_banner_of_the_first_frame():
    taken = pictures.take_header(moving())
    assert ((taken.width, taken.height), taken.animated) == (pictures.HEADER, False)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_moving_picture_moves_without_ffmpeg(kind, monkeypatch):
    monkeypatch.setenv("PATH", "")
    taken = pictures.take_picture(moving(kind, duration=120))
    assert (taken.kind, taken.mime, taken.animated) == ("image", "image/webp", True)
    image = shown(taken.main)
    assert (image.n_frames, image.size) == (3, (16, 12))
    image.seek(1)
    image.load()
    assert image.info["duration"] == 120


def test_time_between_frames_is_kept():
    assert pictures._repeated([100, 300, 100], (16, 12)) == pictures._Times(100, [1, 3, 1])
    assert pictures._repeated([20, 60_000], (16, 12)) == pictures._Times(30_010, [1, 1])


@pytest.mark.server
@pytest.mark.once
@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
@pytest.mark.skipif(not clips.available(), reason="ffmpeg is not installed")
def test_moving_picture_becomes_a_film(kind, tmp_path):
    taken = pictures.take_picture(moving(kind, count=4, duration=200, size=(17, 12)))
    assert (taken.kind, taken.mime, taken.animated) == ("gifv", "video/mp4", True)
    film = tmp_path / "film"
    film.write_bytes(taken.main)
    clip = clips.probe(film)
    assert (
        (clip.width, clip.height, clip.playable)
        == (taken.width, taken.height, True)
        == (16, 12, True)
    )
    assert abs(clip.duration - 0.8) < 0.05
