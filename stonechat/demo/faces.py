"""Draws the pictures of the demo: faces, tiles of groups, chips of systems, scenes for posts."""

from __future__ import annotations

from stonechat.demo.cast import Group, Person, System
from stonechat.demo.pen import Pen
from stonechat.demo.scenery import SCENES, scene
from stonechat.demo.wardrobe import CLOTHES, GROUNDS, HAIR, SKIN, looks

__all__ = ["SCENES", "chip", "face", "scene", "tile"]

HEAD = "M20.5 29c0-8 5-13 11.5-13s11.5 5 11.5 13-5 15-11.5 15-11.5-7-11.5-15Z"
BODY = "M8 66c0-12 9-18 24-18s24 6 24 18Z"
# Hair behind the head and hair before it; a style may lack either.
BEHIND = {
    "bob": "M16 31c0-12 6-20 16-20s16 8 16 20v11c-4 3-28 3-32 0Z",
    "long": "M17 30c0-12 6-19 15-19s15 7 15 19c0 9 2 15 4 20H13c2-5 4-11 4-20Z",
    "waves": "M16 29c0-11 6-18 16-18s16 7 16 18c0 4 4 5 3 9-1 3-3 3-2 6 1 4-2 7-6 7H21c-4 0-7-3-6-7 "
    "1-3-1-3-2-6-1-4 3-5 3-9Z",
    "fringe": "M16 30c0-12 6-19 16-19s16 7 16 19v15c-5 3-27 3-32 0Z",
    "scarf": "M14 32c0-13 8-21 18-21s18 8 18 21c0 10 4 18 8 32H6c4-14 8-22 8-32Z",
}
BEFORE = {
    "bob": "M19 30c-1-11 5-16 13-16s14 5 13 16c-1-5-3-8-5-10-6 3-15 3-17 1-2 2-3 5-4 9Z",
    "long": "M20 29c-1-10 5-15 12-15s13 5 12 15c-3-3-6-6-8-10-4 5-11 7-16 10Z",
    "waves": "M19 30c-1-11 5-17 13-17s14 6 13 17c-1-4-4-7-6-10-2 3-6 4-9 4-5 0-8 1-11 6Z",
    "fringe": "M19 30c-2-12 5-17 13-17s15 5 13 17c-1-2-1-3-2-5-7 2-15 2-22 0-1 2-1 3-2 5Z",
    "bun": "M19 30c-1-12 5-17 13-17s14 5 13 17c-2-5-4-9-7-11-4 3-10 3-14 1-2 2-4 5-5 10Z",
    "pony": "M19 30c-1-12 5-17 13-17s14 5 13 17c-1-5-3-8-6-10-4 3-11 3-15 1-2 2-4 4-5 9Z",
    "braid": "M19 31c-2-12 5-18 13-18s15 6 13 18c-1-5-4-9-13-13-9 4-12 8-13 13Z",
    "short": "M19 30c-1-13 6-19 14-19 8 0 13 6 12 18-2-3-3-6-4-9-6 1-14 1-18-1-2 3-3 6-4 11Z",
    "side": "M19 29c-2-12 5-19 14-18 9 0 13 7 12 18-2-4-3-7-6-10-3 3-11 4-16 2-2 2-3 4-4 8Z",
    "quiff": "M19 29c-1-8 1-12 4-13-1-4 5-8 11-7 7 0 12 4 11 12 0 3 0 5 0 8-2-3-3-6-4-9-5-1-13-1-17 0-3 2-4 5-5 9Z",
    "crop": "M19 31c-3-13 4-20 13-20s16 7 13 20c-1-4-2-7-4-9-3-1-4-3-5-4-4 4-10 5-14 5-1 2-2 4-3 8Z",
    "pixie": "M19 32c-3-14 4-21 13-21s16 7 13 20c-1-3-2-5-3-8-6 1-12-1-15-4-1 4-5 5-6 7-1 2-1 4-2 6Z",
    "buzz": "M20 27c0-9 5-13 12-13s12 4 12 13c-2-4-4-6-6-7-4-1-8-1-12 0-2 1-4 3-6 7Z",
    "afro": "M19 29c0-10 5-14 13-14s13 4 13 14c-2-4-4-7-6-8-5 2-10 2-14 0-3 1-5 4-6 8Z",
    "curls": "M19 30c-2-11 5-16 13-16s15 5 13 16c-1-4-3-7-6-9-5 3-10 3-14 0-3 2-5 5-6 9Z",
    "mop": "M18 31c-2-13 5-20 14-20s16 7 14 20c-1-2-2-4-3-6-2 1-4 0-5-2-2 2-5 3-7 1-2 2-5 2-7 1-2 1-4 3-6 6Z",
    "sides": "M20 31c-2-3-2-8 0-11 0 4 1 6 0 11Zm24 0c2-3 2-8 0-11 0 4-1 6 0 11Z",
    "scarf": "M18 30c0-11 6-17 14-17s14 6 14 17c-1-7-6-12-14-12s-13 5-14 12Z",
}
SCARF_FRONT = (
    "M20 35c2 7 7 8.300 12 8.300s10-1.300 12-8.300c2 10 1 14-3 17-5 3-13 3-18 0-4-3-5-7-3-17Z"
)
BEARD = "M20.5 30c1 3 3 5 5 5 4-2 9-2 13 0 2 0 4-2 5-5 .5 9-4 16-11.5 16S20 39 20.5 30Z"
CURLS = (
    (19, 22),
    (17, 29),
    (22, 16),
    (28, 12),
    (36, 12),
    (42, 16),
    (45, 22),
    (47, 29),
    (18, 36),
    (46, 36),
)
INK = "#1c1512"


def face(person: Person) -> bytes:
    """The drawn face of a person, WebP, 400 × 400, the same every time."""
    skin, style, hair, clothes, *worn = looks()[person.username]
    seed = sum(map(ord, person.username + person.name))
    pen = Pen(GROUNDS[seed % len(GROUNDS)])
    colours = (SKIN[skin], HAIR.get(hair, "#37576b"))
    _ground(pen, seed)
    _behind(pen, style, colours[1])
    _dress(pen, clothes, colours[0])
    _head(pen, colours[0], worn, ears=style != "scarf")
    _beard(pen, worn, colours[1] if hair != "none" else HAIR["grey"])
    _before(pen, style, colours[1])
    pale = "beard" in worn and hair not in ("white", "silver")
    _mouth(pen, seed, worn, light=pale or skin in "ef")
    _features(pen, seed, worn, dark=skin in "ef")
    return pen.webp()


def _ground(pen: Pen, seed: int) -> None:
    """Something quiet behind the head: nothing, a sun, a horizon or a hill."""
    kind = seed % 5
    if kind == 1:
        pen.dot(48, 18, 11, "#ffffff66")
    elif kind == 2:
        pen.fill("M0 42c12-4 22 4 34 0s20-4 30 0V64H0Z", "#ffffff55")
    elif kind == 3:
        pen.fill("M0 50c14-22 30-22 44-8 8-6 14-6 20-2V64H0Z", "#ffffff50")


def _behind(pen: Pen, style: str, colour: str) -> None:
    if style in BEHIND:
        pen.fill(BEHIND[style], colour)
    if style == "afro":
        pen.dot(32, 25, 18, colour)
    if style == "pony":
        pen.fill("M40 17c7-2 11 4 10 12-.5 7-1 11-6 16-1-6 0-10-2-15Z", colour)
    for x, y in CURLS if style == "curls" else ():
        pen.dot(x, y, 5.4, colour)


def _dress(pen: Pen, clothes: str, skin: str) -> None:
    """Neck and clothes; the word ends in the place of its colour in CLOTHES."""
    cut = clothes.rstrip("0123456789")
    colour = CLOTHES[int(clothes[len(cut) :])]
    pen.fill(BODY, colour)
    if cut == "stripe":
        for y, x in ((54.5, 13.5), (58.5, 10.5), (62.5, 9)):
            wide = 64 - 2 * x
            pen.fill(
                f"M{x} {y}c8-2 {wide - 8}-2 {wide} 0v1.8c-8-2-{wide - 8}-2-{wide} 0Z", "#ffffff88"
            )
    pen.fill("M27 40h10v9c0 3-10 3-10 0Z", skin)
    pen.fill("M27 43c3 3 7 3 10 0v3c-3 2-7 2-10 0Z", "#0000001f")
    _neckline(pen, cut, colour, skin)


def _neckline(pen: Pen, cut: str, colour: str, skin: str) -> None:
    if cut == "roll":
        pen.fill("M25.500 44c4 2 9 2 13 0v6.500c-4 2-9 2-13 0Z", colour)
        pen.line("M26 47.500c4 1.600 8 1.600 12 0", "#00000026", 0.7)
    elif cut == "collar":
        pen.fill("M26 47l6 6 6-6 3 2-5 8-4-4-4 4-5-8Z", "#ffffffd0")
    elif cut == "blazer":
        pen.fill("M26 47l6 14 6-14c-3 2-9 2-12 0Z", "#f7f3ec")
        pen.fill("M27 47h10l-5 7Z", skin)
        pen.line("M25.500 48l6.500 16 6.500-16", "#00000030", 1)
    elif cut == "hoodie":
        pen.fill("M22 49c3-3 5-4 5-4 2 5 8 5 10 0 0 0 2 1 5 4-4 6-16 6-20 0Z", "#0000002e")
        pen.line("M29 53v5", "#ffffffcc", 0.8)
        pen.line("M35 53v5", "#ffffffcc", 0.8)


def _head(pen: Pen, skin: str, worn: list[str], *, ears: bool) -> None:
    for x in (20.6, 43.4) if ears else ():
        pen.dot(x, 31, 2.6, skin)
    pen.fill(HEAD, skin)
    if "freckles" in worn:
        for x, y in ((25, 34), (27, 35), (26, 36), (37, 35), (39, 34), (38, 36)):
            pen.dot(x, y, 0.45, "#a8623a99")
    else:
        pen.dot(25.5, 35, 2.4, "#e0604418")
        pen.dot(38.5, 35, 2.4, "#e0604418")
    if "earrings" in worn:
        pen.dot(20.3, 34.6, 1.1, "#d9a521")
        pen.dot(43.7, 34.6, 1.1, "#d9a521")


def _beard(pen: Pen, worn: list[str], colour: str) -> None:
    if "beard" in worn:
        pen.fill(BEARD, colour)
    if "moustache" in worn:
        pen.fill("M26 37c2-3 5-3 6-2 1-1 4-1 6 2-2 1-4 1-6 0-2 1-4 1-6 0Z", colour)


def _before(pen: Pen, style: str, colour: str) -> None:
    if style == "bun":
        pen.dot(32, 10, 6.5, colour)
    for part in BEFORE.get(style, "").split("Zm24 0"):
        if part:
            start = part if part.startswith("M") else "M44 31" + part
            pen.fill(start, colour)
    if style == "scarf":
        pen.fill(SCARF_FRONT, colour)
        pen.line("M21 45c5 5 13 6 20 2", "#00000022", 0.8)
    if style == "braid":
        for n in range(5):
            pen.dot(45.5 - n * 0.5, 34 + n * 4.2, 2.9 - n * 0.2, colour)
        pen.dot(43.5, 54, 1.2, "#d9a521")


def _mouth(pen: Pen, seed: int, worn: list[str], *, light: bool) -> None:
    """A smile, light on what is dark; under a moustache a smaller one."""
    colour = "#ffffffe0" if light else "#3b1d12bf"
    smiles = ("M28 37c2.300 2.200 5.700 2.200 8 0", "M28.500 37.500c2 1.400 5 1.400 7 0")
    if "moustache" in worn:
        pen.line("M29.500 39.200c1.500 1 3.500 1 5 0", colour, 1.2)
    else:
        pen.line(smiles[seed % 2], colour, 1.4)


def _features(pen: Pen, seed: int, worn: list[str], *, dark: bool) -> None:
    pen.line("M32 31.500c.8 1.600 .8 2.400-.6 2.600", "#3b1d1259", 0.9)
    if "darkglasses" in worn:
        pen.box(22.6, 27, 8.4, 6, "#22282b", 2.6)
        pen.box(33, 27, 8.4, 6, "#22282b", 2.6)
        pen.line("M30.500 29h3", "#22282b", 1)
        return
    _eyes(pen, seed, "#0d0907" if dark else INK)
    if "glasses" in worn:
        _glasses(pen, "#d9a521" if dark else ("#22282b", "#5b2b1f", "#1d5a6b")[seed % 3])


def _eyes(pen: Pen, seed: int, colour: str) -> None:
    for x in (27.5, 36.5):
        pen.dot(x, 30, 1.5, colour)
        pen.dot(x + 0.5, 29.5, 0.42, "#ffffffd9")
    lift = (0.0, 0.6, -0.3)[seed % 3]
    pen.line(f"M25.200 {26.9 - lift}c1.200-.9 3-.9 4.300 0", f"{INK}8c", 0.8)
    pen.line(f"M34.500 {26.9 - lift}c1.200-.9 3-.9 4.300 0", f"{INK}8c", 0.8)


def _glasses(pen: Pen, colour: str) -> None:
    pen.ring(27.3, 30, 4.6, colour, 1.0)
    pen.ring(36.7, 30, 4.6, colour, 1.0)
    pen.line("M31.300 29.400h1.400", colour, 1)
    pen.line("M22.800 29l-2-.6", colour, 1)
    pen.line("M41.200 29l2-.6", colour, 1)


# The strokes of each tile and chip, on the same 64 units: ground, ink, paths.
SIGNS = {
    "payments": ("#14596f", "#d8f0f6", ("M14 22H50V46H14V22", "M14 30H50", "M22 39H30")),
    "release": ("#2d5a3c", "#d7f5e2", ("M32 12V38", "M22 22L32 12L42 22", "M14 46H50")),
    "hull": (
        "#7a2f4b",
        "#ffe1ea",
        ("M12 44c6 5 12 5 20 0c8 5 14 5 20 0", "M16 38l3-12h26l3 12", "M32 26V12l10 6-10 4"),
    ),
    "tea": (
        "#8a5a00",
        "#fff2cc",
        (
            "M16 26h26v10c0 6-4 10-10 10h-6c-6 0-10-4-10-10V26",
            "M42 28h4c7 0 7 10 0 10h-4",
            "M24 12v6",
            "M33 12v6",
        ),
    ),
    "everyone": ("#b5380a", "#ffe9df", ("M16 46V26l16-12 16 12v20H16", "M27 46V35h10v11")),
    "a11y": (
        "#3c4f86",
        "#e2e8ff",
        ("M32 22V38", "M18 24L32 27L46 24", "M32 38L24 52", "M32 38L40 52", "M32 14V15"),
    ),
    "audit": (
        "#4a4a3f",
        "#f0ecd2",
        ("M18 12H46V52H18V12", "M25 24H39", "M25 32H39", "M25 41L30 45L40 36"),
    ),
    "skerry": (
        "#33384a",
        "#cdd6f5",
        ("M10 44c5 4 10 4 15 0c5 4 10 4 15 0c5 4 9 4 14 0", "M18 36L28 20L34 28L38 24L46 36"),
    ),
    "anvil": (
        "#26323a",
        "#9fd3c0",
        (
            "M14 22H50",
            "M14 22c0 8 6 12 14 12v8",
            "M44 22c0 8-4 12-10 12v8",
            "M20 50H44",
            "M28 42H34",
        ),
    ),
    "papertray": (
        "#26323a",
        "#e8c98b",
        ("M20 36V14H36L44 22V36", "M36 14V22H44", "M14 38V50H50V38"),
    ),
}


def tile(group: Group) -> bytes:
    """The square picture of a group, WebP, 400 × 400."""
    return _sign(group.username)


def chip(system: System) -> bytes:
    """The square picture of a system, WebP, 400 × 400."""
    return _sign(system.username)


def _sign(name: str) -> bytes:
    ground, ink, paths = SIGNS[name]
    pen = Pen(ground)
    for path in paths:
        pen.line(path, ink, 4)
    return pen.webp()
