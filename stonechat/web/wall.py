"""The dry-stone wall of sign-in and covers: a row of stones, the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

GAP = 6


@dataclass(frozen=True)
class Stone:
    """A rounded block; `shade` names its class in the stylesheet."""

    shade: str
    x: int
    y: int
    width: int
    height: int
    corner: int


def wall(seed: int, width: int, rows: int, height: int, stones: int = 0) -> list[Stone]:
    """Rows of stones across `width`; one of them is `mine`. At most `stones` where given."""
    draw = Random(seed)
    laid = [stone for row in range(rows) for stone in _row(draw, row, width, height)]
    laid = laid[-stones:] if stones else laid
    chosen = draw.randrange(len(laid) // 3, len(laid))
    return [_mine(one) if at == chosen else one for at, one in enumerate(laid)]


def _row(draw: Random, row: int, width: int, height: int) -> list[Stone]:
    stones: list[Stone] = []
    x = -draw.randrange(4, 30)
    while x < width:
        long = draw.randrange(height - 6, height * 2)
        lower = draw.randrange(0, height // 6) if row == 0 else 0
        shade = draw.choices(("t1", "t2", "t3", "t4"), (4, 4, 2, 1))[0]
        corner = draw.randrange(height // 4, height // 2 - 4)
        stones.append(Stone(shade, x, row * (height + GAP) + lower, long, height - lower, corner))
        x += long + GAP
    return stones


def _mine(stone: Stone) -> Stone:
    return Stone("mine", stone.x, stone.y, stone.width, stone.height, stone.corner)
