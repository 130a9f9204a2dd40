"""Preview cards: what a page says about itself in its head, read from a bounded piece of it.

Tags are found by expressions that never go back, because Python's own HTML parser needs minutes for
a page made to hurt it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from stonechat.core import fetch
from stonechat.core.text import excerpt

HEAD = 500_000  # characters: some pages carry their style sheets in front of their title
TAG = 8_000  # characters of one tag
TITLE, DESCRIPTION, NAME = 200, 500, 100  # characters shown

_TAG = re.compile(
    r"<(?P<tag>meta|html)(?=[\s/])(?P<attributes>(?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+)>"
    r"|<title(?:\s[^<>]*+)?+>(?P<title>[^<]*+)",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"(?<![\w:.-])(?P<name>[\w:.-]++)\s*+=\s*+"
    r"(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"'<>]++))"
)
_CHARSET = re.compile(rb"<meta[^<>]{0,200}charset\s{0,9}=\s{0,9}[\"']?([\w-]{1,40})", re.IGNORECASE)
# The encodings of the web; Python knows others that are slow or no encodings of text.
_ENCODINGS = re.compile(
    r"utf-?(?:8|16(?:le|be)?)|us-ascii|iso-8859-\d{1,2}|windows-\d{3,4}|shift_jis|euc-(?:jp|kr)"
    r"|gb(?:2312|k|18030)|big5|koi8-[ru]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PreviewCard:
    """A page in a few words, all of them plain text; `image` is an address that was not fetched."""

    url: str
    title: str
    description: str = ""
    provider_name: str = ""
    author_name: str = ""
    image: str | None = None
    image_description: str = ""
    language: str | None = None
    published_at: str | None = None


def card(url: str, *, resolve: fetch.Resolver = fetch.dns) -> PreviewCard | None:
    """The card of a page, or None where it cannot be had or has no title."""
    try:
        fetched = fetch.get(url, resolve=resolve)
    except (fetch.Forbidden, fetch.Unreachable):
        return None
    return read(fetched) if fetched.status == 200 else None


def read(fetched: fetch.Fetched) -> PreviewCard | None:
    """The card of a page that was fetched, or None where it has no title."""
    told = _told(_text(fetched))
    title = _first(told, TITLE, "og:title", "twitter:title", "title")
    if not title:
        return None
    image = _first(told, TAG, "og:image:secure_url", "og:image", "og:image:url", "twitter:image")
    return PreviewCard(
        url=fetched.url,
        title=title,
        description=_first(
            told, DESCRIPTION, "og:description", "twitter:description", "description"
        ),
        provider_name=_first(told, NAME, "og:site_name", "application-name"),
        author_name=_first(told, NAME, "author", "article:author"),
        image=_address(fetched.url, image),
        image_description=_first(told, DESCRIPTION, "og:image:alt", "twitter:image:alt"),
        language=_language(_first(told, NAME, "lang", "og:locale")),
        published_at=_first(told, NAME, "article:published_time") or None,
    )


def _text(fetched: fetch.Fetched) -> str:
    """The start of the page, in the encoding that it names, or in the one that it has."""
    start = fetched.body[:HEAD]
    for encoding in _encodings(fetched):
        try:
            # A cut in the middle of the last character must not spoil the others.
            return start.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start > len(start) - 4:
                return start[: error.start].decode(encoding)
    return start.decode("windows-1252", errors="replace")


def _encodings(fetched: fetch.Fetched) -> Iterator[str]:
    if fetched.body.startswith(b"\xef\xbb\xbf"):
        yield "utf-8-sig"
    elif fetched.body.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "utf-16"
    declared = re.search(r"charset=[\"']?([\w-]{1,40})", fetched.content_type)
    found = _CHARSET.search(fetched.body, 0, 4_096)
    named = [declared[1] if declared else "", found[1].decode("latin-1") if found else ""]
    yield from (name for name in named if _ENCODINGS.fullmatch(name) and _is_known(name))
    yield "utf-8"


def _is_known(encoding: str) -> bool:
    try:
        b"".decode(encoding)
    except LookupError:
        return False
    return True


def _told(page: str) -> dict[str, str]:
    """What the page says about itself; of several answers the first counts."""
    told: dict[str, str] = {}
    for match in _TAG.finditer(page):
        for name, value in _statements(match):
            told.setdefault(name, value)
    return told


def _statements(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    if match["title"] is not None:
        yield "title", unescape(match["title"][:TAG])
        return
    attributes = _attributes(match["attributes"][:TAG])
    if match["tag"].lower() == "html":
        yield "lang", attributes.get("lang", "")
        return
    name = attributes.get("property") or attributes.get("name")
    if name and "content" in attributes:
        yield name.lower(), attributes["content"]


def _attributes(written: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written):
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), unescape(value))
    return found


def _first(told: Mapping[str, str], n: int, *names: str) -> str:
    """The first of these that is told, on one line of at most `n` characters."""
    lines = (excerpt(_visible(told.get(name, "")), n) for name in names)
    return next(filter(None, lines), "")


def _visible(text: str) -> str:
    """Without NUL and halves of characters, which `&#0;` and `&#xd800;` can smuggle in."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", "", text)


def _address(page: str, image: str) -> str | None:
    """The image's address in full, if it is one of the web."""
    try:
        url = urljoin(page, image) if image else ""
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def _language(told: str) -> str | None:
    """`de` of `de-DE` and of `de_DE`."""
    code = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", told)
    return code[0].lower() if code else None
