"""Avatars of those who chose none, drawn from the address alone."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stonechat.core import faces

HEADERS = {"Cache-Control": "public, max-age=604800", "Access-Control-Allow-Origin": "*"}


@login_not_required
@require_safe
def face(request: HttpRequest, kind: str, letters: str, colour: str, suffix: str) -> HttpResponse:
    """/avatars/person-WP-3.svg, or .png: whoever asks learns only what they asked with."""
    shade = int(colour)
    if shade >= len(faces.COLOURS):
        raise Http404
    if suffix == "png":
        return HttpResponse(faces.picture(letters, shade), "image/png", headers=HEADERS)
    return HttpResponse(faces.drawing(kind, letters, shade), "image/svg+xml", headers=HEADERS)
