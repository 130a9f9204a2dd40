"""Search: people by name, unit and title."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from stonechat.people import queries
from stonechat.web.frame import page
from stonechat.web.people import persons
from stonechat.web.requests import WebRequest, may_be_open

MOST = 40
LONGEST = 200  # letters of a question


@may_be_open
@require_safe
def search(request: WebRequest) -> HttpResponse:
    """/search?q=: a tag typed with its sign leads to its page."""
    q = request.GET.get("q", "").strip()[:LONGEST]
    if q.startswith("#") and q[1:].isalnum():
        return HttpResponseRedirect(f"/tags/{urlencode({'': q[1:]})[1:]}")
    found = persons(request, queries.search(request.viewer, q, limit=MOST)) if q else []
    return page(request, "search/search.html", q=q, persons=found)
