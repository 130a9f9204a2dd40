"""A face for whoever has none: letters on a colour, at an address that needs no look-up.

The address holds all that is drawn, so it tells nobody more than the name that stands beside it,
and whoever asks for it may be anybody. SVG for pages; PNG for client programs, most of which
draw no SVG.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from html import escape
from io import BytesIO
from urllib.parse import quote

from PIL import Image, ImageDraw, ImageFont

# White letters on each have a contrast of 5.5:1 or more.
COLOURS = (
    *("#27596f", "#4a4f8c", "#6a3ea1", "#7a2f5c", "#8f2d3f", "#8a3d16"),
    *("#6b4e00", "#4d5a17", "#2f6240", "#1f5f57", "#3d5563", "#57463c"),
)
SIDE = 240  # pixels of a PNG: a large avatar on a screen of double density
INITIALS = {"person": 2, "bot": 2, "group": 1}


def address(kind: str, name: str, id: int, suffix: str = ".svg") -> str:
    """The path of the face of an account, such as `/avatars/person-WP-3.svg`."""
    colour = sha256(str(id).encode()).digest()[0] % len(COLOURS)
    return f"/avatars/{kind}-{quote(_letters(name, INITIALS[kind]))}-{colour}{suffix}"


def _letters(name: str, most: int) -> str:
    """The first letters of the first and the last word."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    chosen = words if len(words) < 2 else [words[0], words[-1]]
    return "".join(word[0] for word in chosen)[:most].upper()[:most]


def drawing(kind: str, letters: str, colour: int) -> str:
    """The face as SVG, square: a page rounds it to a pebble, a tile or a chip."""
    font = "ui-monospace, monospace" if kind == "bot" else "system-ui, sans-serif"
    size = 26 if len(letters) < 2 else 23
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" fill="{COLOURS[colour]}"/>'
        f'<text x="32" y="33" fill="#fff" font-family="{font}" font-size="{size}" '
        'font-weight="600" text-anchor="middle" dominant-baseline="central">'
        f"{escape(letters)}</text></svg>"
    )


@lru_cache(maxsize=1_000)
def picture(letters: str, colour: int) -> bytes:
    """The face as a PNG; letters that our typeface lacks are left out."""
    image = Image.new("RGB", (SIDE, SIDE), COLOURS[colour])
    shown = "".join(letter for letter in letters if ord(letter) < 0x250)
    font = ImageFont.load_default(SIDE * 0.4)
    middle = (SIDE / 2, SIDE / 2)
    ImageDraw.Draw(image).text(middle, shown, fill="white", font=font, anchor="mm")
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()
