"""The icons of the product, from Lucide, in one file that pages point into."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from lucide.templatetags.lucide import lucide

ICONS = (
    *("arrow-left", "at-sign", "bell", "bell-off", "bookmark", "building-2"),
    *("chart-column", "check", "chevron-down", "circle-alert", "clock", "door-open"),
    *("ellipsis", "eye", "file-text", "hand-heart", "heart", "history", "house"),
    *("id-card", "image", "info", "lightbulb", "lock", "mail", "log-out", "message-circle"),
    *("message-circle-question-mark", "pencil", "pin", "pin-off", "quote", "repeat-2"),
    *("search", "square-pen", "trash-2", "triangle-alert", "user-round"),
    *("user-round-plus", "users-round"),
)
YEAR = "public, max-age=31536000, immutable"


@cache
def sprite() -> str:
    """All icons as symbols; strokes and sizes are the stylesheet's."""
    symbols = "".join(_symbol(name) for name in ICONS)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'


def _symbol(name: str) -> str:
    inside = re.sub(r"^<svg[^>]*>|</svg>$", "", lucide(name, size=None).strip())
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inside}</symbol>'


@cache
def address() -> str:
    """Where the file is; it changes when an icon does."""
    return f"/icons-{sha256(sprite().encode()).hexdigest()[:8]}.svg"


@login_not_required
@require_safe
def icons(request: HttpRequest, digest: str) -> HttpResponse:
    """/icons-….svg, for ever the same at its address."""
    return HttpResponse(sprite(), "image/svg+xml", headers={"Cache-Control": YEAR})
