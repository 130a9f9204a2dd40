"""Cursors from parameters, and the links to the pages beside."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import RequestFactory

from stonechat.api import paging
from stonechat.api.errors import ApiError
from stonechat.api.parameters import parameters
from stonechat.core.pages import Cursor, Listed

HOME = "/api/v1/timelines/home"


def cursor(query: str, **bounds: int) -> Cursor:
    return paging.cursor(parameters(RequestFactory().get(f"{HOME}?{query}")), **bounds)


def test_a_cursor():
    assert cursor("") == Cursor(limit=20)
    assert cursor("max_id=9&since_id=3&min_id=&limit=5") == Cursor(limit=5, max_id=9, since_id=3)


def test_a_limit_above_the_maximum_is_cut():
    assert cursor("limit=1000").limit == 40
    assert cursor("limit=1000", default=40).limit == 80
    assert cursor("limit=1000", default=100, most=500).limit == 500
    assert cursor("limit=0").limit == 0


@pytest.mark.parametrize("query", ["limit=-1", "limit=x", "max_id=x", f"min_id={2**63}"])
def test_cursors_that_are_refused(query: str):
    with pytest.raises(ApiError) as refused:
        cursor(query)
    assert refused.value.status == (400 if query == "limit=-1" else 422)


def test_a_negative_offset_is_refused():
    with pytest.raises(ApiError, match="offset"):
        paging.offset(parameters(RequestFactory().get("/?offset=-1")))


def links(query: str, page: Listed[Any], **more: Any) -> dict[str, tuple[str, list[Any]]]:
    request = RequestFactory().get(f"{HOME}?{query}")
    header = paging.paged(request, [], page, **more).headers.get("Link", "")
    found = {}
    for link in filter(None, header.split(", ")):
        address, rel = link.split("; ")
        parts = urlsplit(address.strip("<>"))
        found[rel] = (f"{parts.scheme}://{parts.netloc}{parts.path}", parse_qsl(parts.query))
    return found


def test_links_keep_the_other_parameters(settings: Any):
    settings.STONECHAT_URL = "https://chat.example.org"
    query = "limit=2&types[]=mention&types[]=poll&max_id=90&access_token=secret"
    found = links(query, Listed([1, 2], 80, 70, full=True))
    kept = [("limit", "2"), ("types[]", "mention"), ("types[]", "poll")]
    address = f"https://chat.example.org{HOME}"
    assert found == {
        'rel="next"': (address, [*kept, ("max_id", "70")]),
        'rel="prev"': (address, [*kept, ("min_id", "80")]),
    }


def test_a_page_that_is_not_full_has_no_next():
    assert list(links("", Listed([1], 80, 80, full=False))) == ['rel="prev"']


def test_an_empty_page_has_no_links():
    assert links("max_id=1", Listed([])) == {}


def test_older_lists_lead_back_by_since_id():
    _address, query = links("", Listed([1], 5, 5), prev="since_id")['rel="prev"']
    assert query == [("since_id", "5")]
