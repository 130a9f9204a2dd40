"""The pictures that people attach to posts, with alternative texts in three languages."""

from __future__ import annotations

from collections.abc import Callable

from stonechat.demo.pen import Pen

WIDE, HIGH, PIXELS = 160.0, 100.0, 960

SCENES = {
    "harbour": {
        "en": "Morning light over a container harbour: a crane, stacked containers, a ship leaving.",
        "de": "Morgenlicht über einem Containerhafen: ein Kran, gestapelte Container, ein Schiff.",
        "da": "Morgenlys over en containerhavn: en kran, stablede containere og et skib.",
    },
    "quay": {
        "en": "A new, empty quay seen from a crane, frost on the stones, the sun just up.",
        "de": "Eine neue, leere Kaje von einem Kran aus, Reif auf den Steinen, die Sonne steht tief.",
        "da": "En ny, tom kaj set fra en kran, rim på stenene, solen lige oppe.",
    },
    "chart": {
        "en": "Line chart: rejected files per week, falling in steps from 140 to 35.",
        "de": "Kurve: abgewiesene Dateien pro Woche, in Stufen von 140 auf 35 fallend.",
        "da": "Kurve: afviste filer pr. uge, faldende i trin fra 140 til 35.",
    },
    "flow": {
        "en": "Four boxes and arrows: port fee to payment file to bank, and the message coming back.",
        "de": "Vier Kästen mit Pfeilen: Hafengebühr, Zahlungsdatei, Bank, und die Meldung zurück.",
        "da": "Fire kasser med pile: havneafgift, betalingsfil, bank, og beskeden tilbage.",
    },
    "whiteboard": {
        "en": "A whiteboard with a timeline, three causes circled in red and five ticked actions.",
        "de": "Eine Tafel mit Zeitachse, drei rot eingekreisten Ursachen und fünf Aufgaben.",
        "da": "En tavle med en tidslinje, tre årsager i røde cirkler og fem opgaver.",
    },
    "window": {
        "en": "View through a large window: a river, a ferry, warehouses on the other bank.",
        "de": "Blick durch ein großes Fenster: ein Fluss, eine Fähre, Speicher am anderen Ufer.",
        "da": "Udsigt gennem et stort vindue: en flod, en færge, pakhuse på den anden side.",
    },
    "plan": {
        "en": "Floor plan of two storeys, Payments next to Treasury, the kitchen in the middle.",
        "de": "Grundriss von zwei Etagen: Payments neben Treasury, die Teeküche in der Mitte.",
        "da": "Plan over to etager: Payments ved siden af Treasury, køkkenet i midten.",
    },
    "tariff": {
        "en": "First page of a tariff: large figures, a ship with its length marked, no footnotes.",
        "de": "Erste Seite eines Tarifs: große Zahlen, ein Schiff mit Maßlinie, keine Fußnoten.",
        "da": "Første side af en takst: store tal, et skib med mål, ingen fodnoter.",
    },
    "sketch": {
        "en": "Three sketches of a payment page on a phone, the right one with a ship on top.",
        "de": "Drei Skizzen einer Bezahlseite am Telefon, die rechte mit einem Schiff oben.",
        "da": "Tre skitser af en betalingsside på telefon, den til højre med et skib øverst.",
    },
    "contrast": {
        "en": "Two cards with grey text: 2.9 to 1, hard to read, and 5.8 to 1, easy to read.",
        "de": "Zwei Karten mit grauer Schrift: 2,9 zu 1, schwer, und 5,8 zu 1, leicht zu lesen.",
        "da": "To kort med grå tekst: 2,9 til 1, svær, og 5,8 til 1, let at læse.",
    },
    "tea": {
        "en": "A steaming cup on a wall by the harbour, gulls behind it.",
        "de": "Eine dampfende Tasse auf einer Mauer am Hafen, dahinter Möwen.",
        "da": "En dampende kop på en mur ved havnen, måger bagved.",
    },
    "map": {
        "en": "Map of a coast with dots where payments were made, dense along a ferry line.",
        "de": "Küstenkarte mit Punkten, wo bezahlt wurde, dicht entlang einer Fährlinie.",
        "da": "Kort over en kyst med prikker hvor der er betalt, tæt langs en færgerute.",
    },
}


def scene(name: str) -> bytes:
    """One of SCENES as WebP, 960 × 600."""
    ground, paint = _PAINTERS[name]
    pen = Pen(ground, WIDE, HIGH, PIXELS)
    paint(pen)
    return pen.webp()


def _sky(pen: Pen, top: str, low: str, height: float) -> None:
    """Twenty bands from one colour to another: a sky without a gradient's banding at this size."""
    one, two = (tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in (top, low))
    for n in range(40):
        mix = [round(a + (b - a) * n / 39) for a, b in zip(one, two, strict=True)]
        pen.box(0, height * n / 40, WIDE, height / 40 + 0.3, "#{:02x}{:02x}{:02x}".format(*mix))


def _boat(pen: Pen, x: float, y: float, hull: str, k: float = 1.0) -> None:
    pen.fill(f"M{x} {y}h{40 * k}l{-5 * k} {8 * k}h{-30 * k}Z", hull)
    pen.box(x + 8 * k, y - 6 * k, 12 * k, 6 * k, "#f4efe4")
    pen.box(x + 22 * k, y - 4 * k, 9 * k, 4 * k, "#b5380a")


def _harbour(pen: Pen) -> None:
    _sky(pen, "#35566b", "#f5cf9a", 66)
    pen.dot(112, 60, 9, "#ffe9c2")
    pen.box(0, 64, WIDE, 36, "#6f6f70")
    pen.fill("M0 64H160V70c-40 4-90 2-160 6Z", "#c98f73")
    for n, y in enumerate((70, 75, 80, 86)):
        pen.box(100 + 4 * (n % 2), y, 22 - 3 * n, 1.2, "#ffe9c2b0", 0.6)
    for path in (
        "M24 66V24",
        "M38 66V24",
        "M18 24H88",
        "M24 42H38",
        "M31 24V12L84 24",
        "M31 12L16 24",
    ):
        pen.line(path, "#18262e", 1.8)
    pen.line("M72 24V42", "#18262e", 0.7)
    pen.box(66, 42, 12, 5, "#b5380a")
    pen.box(0, 66, 52, 6, "#18262e")
    for x, y, colour in (
        (4, 58, "#14596f"),
        (4, 50, "#8a5a00"),
        (20, 58, "#7a2f4b"),
        (42, 60, "#5c4a86"),
    ):
        pen.box(x, y, 13, 7.5, colour)
    _boat(pen, 86, 68, "#1d2f39", 1.5)


def _quay(pen: Pen) -> None:
    _sky(pen, "#9fb8c8", "#f6dfc4", 46)
    pen.dot(40, 42, 6, "#fff3d6")
    pen.box(0, 46, WIDE, 54, "#5d7f8c")
    pen.fill("M0 46H160L160 52c-60 3-110-2-160 3Z", "#e6c9a6")
    pen.fill("M160 50L60 100H160Z", "#c9c4bb")
    pen.fill("M160 50L60 100H66L160 54Z", "#e9ecee")
    for n in range(7):
        x, y = 148 - n * 12, 58 + n * 6.2
        pen.box(x, y - 3, 2 + n * 0.35, 3 + n * 0.4, "#2a3338", 0.8)
    pen.line("M160 8L120 0", "#b5380a", 3)
    pen.line("M160 30L104 0", "#b5380a", 3)
    pen.line("M140 4V20", "#b5380a", 1.6)


def _axes(pen: Pen, ink: str) -> None:
    for y in (22, 38, 54, 70):
        pen.line(f"M16 {y}H150", ink, 0.4)


def _chart(pen: Pen) -> None:
    _axes(pen, "#2b4854")
    pen.line("M18 28L32 31L46 27L58 40L72 42L84 52L100 60L112 60L126 67L146 68", "#7fd0a4", 1.8)
    pen.dot(146, 68, 2.6, "#7fd0a4")
    for x, text in ((20, "Jan"), (62, "Apr"), (104, "Jul"), (144, "Nov")):
        pen.word(x, 80, text, "#8fabb0", 5)
    pen.word(48, 12, "Rejected files per week", "#d5e6e4", 6.4)
    pen.word(10, 28, "140", "#8fabb0", 4.6)
    pen.word(10, 68, "35", "#8fabb0", 4.6)


def _flow(pen: Pen) -> None:
    for x, text in ((12, "Port fee"), (63, "pain.001"), (114, "Bank")):
        pen.box(x, 20, 34, 18, "#2d3b42", 2)
        pen.box(x + 0.8, 20.8, 32.4, 16.4, "#ffffff", 1.4)
        pen.word(x + 17, 29, text, "#1a2429", 5.6)
    for path in ("M46 29H61", "M57 26L61 29L57 32", "M97 29H112", "M108 26L112 29L108 32"):
        pen.line(path, "#2d3b42", 0.9)
    pen.box(63, 64, 34, 18, "#b5380a", 2)
    pen.box(63.8, 64.8, 32.4, 16.4, "#fdeee7", 1.4)
    pen.word(80, 73, "R-message", "#932c06", 5.2)
    for path in ("M131 39V73H99", "M103 70L99 73L103 76", "M80 63V41", "M77 45L80 41L83 45"):
        pen.line(path, "#b5380a", 0.9)


def _whiteboard(pen: Pen) -> None:
    pen.box(10, 8, 140, 80, "#9aa3a6", 2)
    pen.box(12, 10, 136, 76, "#fbfbf8", 1)
    pen.line("M22 34H138", "#26323a", 0.9)
    for n, text in enumerate(("03:41", "06:12", "06:50", "07:18")):
        x = 26 + n * 36
        pen.line(f"M{x} 31V37", "#26323a", 0.9)
        pen.word(x, 25, text, "#26323a", 5)
    for x in (26, 62, 98):
        pen.ring(x, 25, 9, "#b5380a", 0.8)
    for n in range(5):
        y = 46 + n * 7.4
        pen.line(f"M24 {y + 1.5}l2 2 4-5", "#2d6b45", 1)
        pen.line(f"M36 {y + 1}H{92 + (n * 17) % 40}", "#5b6b73", 1.1)
    pen.box(60, 88, 40, 3, "#7d878b", 1)


def _window(pen: Pen) -> None:
    pen.box(14, 8, 132, 76, "#cfe0e6")
    _sky_in(pen)
    for x in (20, 44, 62, 92, 112):
        pen.box(x, 34, 18, 18, ("#8a4a36", "#9c5a41", "#7d4232")[x % 3])
        pen.fill(f"M{x} 34l9-9 9 9Z", "#5d2f24")
    pen.box(14, 52, 132, 32, "#6c94a3")
    _boat(pen, 60, 60, "#20343b", 0.9)
    for path in ("M14 8H146V84H14V8", "M58 8V84", "M102 8V84"):
        pen.line(path, "#f5f1ea", 3)
    pen.box(8, 84, 144, 5, "#e4dccf", 1)
    pen.box(24, 74, 8, 10, "#b5380a", 1)
    pen.line("M28 74c-4-6-6-8-8-14", "#3f6a3a", 1)
    pen.line("M28 74c2-8 4-10 8-13", "#3f6a3a", 1)


def _sky_in(pen: Pen) -> None:
    pen.dot(120, 22, 7, "#fff3d6")
    for x, y in ((40, 20), (78, 16)):
        pen.dot(x, y, 4, "#ffffffb0")
        pen.dot(x + 5, y + 1, 3.4, "#ffffffb0")


def _plan(pen: Pen) -> None:
    rooms = (
        (10, 14, 40, 28, "Payments", "#d8f0f6"),
        (50, 14, 34, 28, "Treasury", "#e5d9dd"),
        (10, 42, 30, 36, "Portal", "#dbe7d3"),
        (40, 42, 44, 36, "Tee", "#fff2cc"),
        (92, 14, 58, 24, "Customer care", "#f2e3b8"),
        (92, 38, 28, 40, "Luv", "#ffffff"),
        (120, 38, 30, 40, "Lee", "#ffffff"),
    )
    for x, y, w, h, name, colour in rooms:
        pen.box(x, y, w, h, "#39485a")
        pen.box(x + 0.6, y + 0.6, w - 1.2, h - 1.2, colour)
        pen.word(x + w / 2, y + h / 2, name, "#1a2429", 5)
    pen.word(46, 88, "1. Etage", "#5b6b73", 5)
    pen.word(120, 88, "2. Etage", "#5b6b73", 5)


def _tariff(pen: Pen) -> None:
    pen.box(36, 4, 88, 92, "#ffffff", 1)
    pen.word(66, 14, "Hull tariff", "#1a2429", 8)
    _boat(pen, 52, 34, "#14596f", 1.4)
    pen.line("M52 50H108", "#b5380a", 0.8)
    pen.line("M52 48V52", "#b5380a", 0.8)
    pen.line("M108 48V52", "#b5380a", 0.8)
    pen.word(80, 55, "62 m", "#b5380a", 5)
    for y, text in ((66, "412"), (77, "538"), (88, "690")):
        pen.line(f"M46 {y}H86", "#9aa3a6", 1)
        pen.word(106, y, text, "#1a2429", 8)


def _sketch(pen: Pen) -> None:
    for n, x in enumerate((16, 62, 108)):
        pen.box(x, 10, 36, 78, "#2d3b42", 5)
        pen.box(x + 1.2, 11.2, 33.6, 75.6, "#ffffff", 4)
        top = 34 if n == 2 else 22
        for row in range(4 - n):
            pen.line(f"M{x + 6} {top + row * 9}H{x + 28 - row * 3}", "#9aa3a6", 1.3)
        pen.box(x + 6, 72, 24, 8, "#b5380a" if n == 2 else "#c9c4bb", 2)
    _boat(pen, 114, 24, "#14596f", 0.6)
    pen.word(126, 56, "86,40", "#1a2429", 8)


def _contrast(pen: Pen) -> None:
    for x, ink, ratio in ((14, "#9a9fa2", "2.9 : 1"), (84, "#5b666b", "5.8 : 1")):
        pen.box(x, 18, 62, 64, "#ffffff", 3)
        pen.word(x + 31, 36, ratio, ink, 11)
        for y in (52, 60, 68):
            pen.line(f"M{x + 10} {y}H{x + 52 - (y % 5) * 2}", ink, 1.6)


def _tea(pen: Pen) -> None:
    _sky(pen, "#b9cfd6", "#f1e4cf", 60)
    pen.box(0, 52, WIDE, 20, "#7fa0a8")
    pen.box(0, 70, WIDE, 30, "#b9aa97")
    for x in (0, 38, 81, 120):
        pen.line(f"M{x} 70V84", "#9c8d7b", 0.8)
    pen.line("M0 84H160", "#9c8d7b", 0.8)
    pen.fill("M62 46h32v14c0 8-5 12-12 12h-8c-7 0-12-4-12-12Z", "#8a3b5c")
    pen.ring(96, 56, 6, "#8a3b5c", 2.4)
    for x in (70, 78, 86):
        pen.line(f"M{x} 42c-3-4 3-6 0-11", "#ffffffc0", 1.4)
    for x, y in ((26, 22), (40, 30), (124, 18), (138, 28)):
        pen.line(f"M{x} {y}c2-4 4-4 5 0c1-4 3-4 5 0", "#39485a", 0.8)


def _map(pen: Pen) -> None:
    pen.fill("M0 0H52c6 12-8 20-2 32s16 10 12 24-20 16-18 30 6 10 8 14H0Z", "#e4dcc6")
    pen.fill("M160 0H108c-6 10 8 18 4 30s-14 14-8 28 12 8 14 20 -2 16 2 22H160Z", "#e4dcc6")
    for n in range(13):
        pen.dot(54 + n * 4.4, 50 + (n * 7 % 5) - n * 0.9, 1.0 + (n in (0, 12)) * 1.4, "#b5380ac8")
    for x, y in (
        (48, 14),
        (58, 40),
        (44, 72),
        (50, 88),
        (112, 22),
        (106, 46),
        (116, 66),
        (118, 84),
    ):
        pen.dot(x, y, 2.2, "#b5380ac8")
        pen.dot(x + 4, y + 3, 1.2, "#b5380ac8")


_PAINTERS: dict[str, tuple[str, Callable[[Pen], None]]] = {
    "harbour": ("#35566b", _harbour),
    "quay": ("#9fb8c8", _quay),
    "chart": ("#12252d", _chart),
    "flow": ("#f6f4ee", _flow),
    "whiteboard": ("#d8d4cb", _whiteboard),
    "window": ("#e9e2d6", _window),
    "plan": ("#f6f4ee", _plan),
    "tariff": ("#8fa7ad", _tariff),
    "sketch": ("#efe9dd", _sketch),
    "contrast": ("#dfe6e4", _contrast),
    "tea": ("#b9cfd6", _tea),
    "map": ("#a9c6cf", _map),
}
