"""Draws flat shapes on a square of 64 units with Pillow, smooth by drawing large and shrinking."""

from __future__ import annotations

import io
import re
from functools import cache

from PIL import Image, ImageDraw, ImageFont

SIDE = 400
SCALE = 3  # drawn at 1200 px and shrunk: smooth edges at a third of the cost of 4 × 4
Point = tuple[float, float]
_TOKEN = re.compile(r"[MmLlHhVvCcSsZz]|-?\d*\.?\d+")


@cache
def outline(path: str) -> tuple[Point, ...]:
    """The points along an SVG path of M, L, H, V, C, S and Z, curves cut into twelve."""
    return tuple(_Walker(_TOKEN.findall(path)).points())


class _Walker:
    """Follows the commands of a path, keeping where it stands and how it came there."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.here: Point = (0, 0)
        self.handle: Point = (0, 0)

    def points(self) -> list[Point]:
        found: list[Point] = []
        command = ""
        while self.tokens:
            if self.tokens[0].isalpha():
                command = self.tokens.pop(0)
            if command in "Zz":
                continue
            found += self._step(command)
        return found

    def _pair(self, relative: bool) -> Point:
        x, y = float(self.tokens.pop(0)), float(self.tokens.pop(0))
        return (x + self.here[0], y + self.here[1]) if relative else (x, y)

    def _step(self, command: str) -> list[Point]:
        relative, kind = command.islower(), command.upper()
        if kind in "CS":
            return self._curve(kind, relative)
        x, y = self.here
        if kind == "H":
            self.here = (float(self.tokens.pop(0)) + (x if relative else 0), y)
        elif kind == "V":
            self.here = (x, float(self.tokens.pop(0)) + (y if relative else 0))
        else:
            self.here = self._pair(relative)
        self.handle = self.here
        return [self.here]

    def _curve(self, kind: str, relative: bool) -> list[Point]:
        start = self.here
        mirrored = (2 * start[0] - self.handle[0], 2 * start[1] - self.handle[1])
        first = self._pair(relative) if kind == "C" else mirrored
        second, end = self._pair(relative), self._pair(relative)
        self.here, self.handle = end, second
        return [_between(start, first, second, end, n / 12) for n in range(1, 13)]


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    u = 1 - t
    p, q, r, s = u**3, 3 * u * u * t, 3 * u * t * t, t**3
    return (p * a[0] + q * b[0] + r * c[0] + s * d[0], p * a[1] + q * b[1] + r * c[1] + s * d[1])


class Pen:
    """A canvas of `wide` × `high` units; colours are hex, an eighth and ninth digit are opacity."""

    def __init__(self, ground: str, wide: float = 64, high: float = 64, size: int = SIDE) -> None:
        self.size = (size, round(size * high / wide))
        self.k = size * SCALE / wide
        big = (self.size[0] * SCALE, self.size[1] * SCALE)
        self.image = Image.new("RGB", big, ground)
        self.draw = ImageDraw.Draw(self.image, "RGBA")

    def fill(self, path: str, colour: str) -> None:
        self.draw.polygon([(x * self.k, y * self.k) for x, y in outline(path)], colour)

    def line(self, path: str, colour: str, width: float) -> None:
        """A stroke with round ends; drawn as a stencil, so that a clear one shows no joints."""
        points = [(x * self.k, y * self.k) for x, y in outline(path)]
        w = round(width * self.k)
        left, top = (int(min(p[n] for p in points)) - w for n in (0, 1))
        right, low = (int(max(p[n] for p in points)) + w for n in (0, 1))
        stencil = Image.new("L", (right - left, low - top))
        moved = [(x - left, y - top) for x, y in points]
        opacity = int(colour[7:] or "ff", 16)
        draw = ImageDraw.Draw(stencil)
        draw.line(moved, opacity, w, joint="curve")
        for x, y in (moved[0], moved[-1]):
            draw.ellipse((x - w / 2, y - w / 2, x + w / 2, y + w / 2), opacity)
        self.image.paste(colour[:7], (left, top), stencil)

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        self._round(x * self.k, y * self.k, radius * self.k, colour)

    def _round(self, x: float, y: float, r: float, colour: str) -> None:
        self.draw.ellipse((x - r, y - r, x + r, y + r), colour)

    def ring(self, x: float, y: float, radius: float, colour: str, width: float) -> None:
        box = [(v + s * radius) * self.k for s in (-1, 1) for v in (x, y)]
        self.draw.ellipse(box, None, colour, round(width * self.k))

    def box(self, x: float, y: float, w: float, h: float, colour: str, radius: float = 0) -> None:
        corners = (x * self.k, y * self.k, (x + w) * self.k, (y + h) * self.k)
        self.draw.rounded_rectangle(corners, radius * self.k, colour)

    def word(self, x: float, y: float, text: str, colour: str, size: float) -> None:
        """Text centred on a point, in the font that comes with Pillow."""
        font = ImageFont.load_default(size * self.k)
        self.draw.text((x * self.k, y * self.k), text, colour, font, anchor="mm")

    def webp(self) -> bytes:
        out = io.BytesIO()
        self.image.reduce(SCALE).save(out, "WEBP", quality=88, method=2)
        return out.getvalue()
