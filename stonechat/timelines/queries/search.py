"""Full-text search over posts: `"quoted phrases"`, `-without`, and operators; newest first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import posts
from stonechat.core import fulltext
from stonechat.core.pages import Cursor, newest_first, page
from stonechat.people.models import Account
from stonechat.people.queries import by_handle
from stonechat.timelines.queries.operators import condition

LONGEST, MOST = 1000, 20  # characters of a search, and words in it; more would only cost
# Where something besides the words decides, more of the newest matches are looked through.
NARROWED = 20_000

_PART = re.compile(
    r'(?P<without>-)?(?:(?P<name>[A-Za-z]++):)?(?:"(?P<phrase>[^"]*+)"?|(?P<word>\S++))'
)


@dataclass
class Asked:
    """A search, taken apart."""

    words: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    conditions: list[Q] = field(default_factory=list)
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.without or self.conditions)


def search(
    viewer: Viewer,
    q: str,
    cursor: Cursor,
    *,
    account_id: int | None = None,
    offset: int = 0,
) -> list[int]:
    """Ids of posts that hold every word and meet every condition, newest first.

    Only the newest matches of the words are looked through (`core.fulltext`): common words stay
    fast, at the price of the oldest.
    """
    asked = _asked(viewer, q)
    if not asked:
        return []
    rows = posts(viewer).filter(*asked.conditions, boost_of=None)
    if account_id is not None:
        rows = rows.filter(author_id=account_id)
    narrowed = bool(asked.conditions or asked.without or account_id or cursor.max_id)
    if asked.words:
        rows = rows.filter(pk__in=_holding(asked.words, asked.language, narrowed))
    for word in asked.without:
        rows = rows.exclude(pk__in=_holding([word], asked.language, True))
    wanted = Cursor(cursor.limit + offset, cursor.max_id, cursor.since_id, cursor.min_id)
    ids = list(page(rows, wanted).values_list("pk", flat=True))
    return newest_first(ids[offset:], wanted)


def _holding(words: list[str], language: str, narrowed: bool) -> RawSQL:
    newest = NARROWED if narrowed else fulltext.NEWEST
    return fulltext.matching(words, language, newest)


def _asked(viewer: Viewer, q: str) -> Asked:
    """What nobody knows as an operator is a word like any other."""
    asked = Asked(language=get_language() or "")
    for part in list(_PART.finditer(_clean(q)))[:MOST]:
        _take(viewer, part, asked)
    return asked


def _take(viewer: Viewer, part: re.Match[str], asked: Asked) -> None:
    name, value = (part["name"] or "").lower(), part["phrase"] or part["word"] or ""
    found = condition(viewer, name, value) if name and value else None
    if found is not None:
        asked.conditions.append(~found if part["without"] else found)
        asked.language = value if name == "language" else asked.language
        return
    text = f"{part['name']}:{value}" if name else value
    if fulltext.searchable(text):
        (asked.without if part["without"] else asked.words).append(text)


def _clean(q: str) -> str:
    """No database takes a NUL or half a character."""
    return q[:LONGEST].replace("\0", " ").encode("utf-8", "ignore").decode()


# What is named outright: an address of ours, or a handle with a host.


@dataclass(frozen=True)
class Address:
    """What an address leads to: a post, an account, or nothing that the viewer may see."""

    post_id: int | None = None
    account_id: int | None = None


_PAGE = re.compile(r"/@(?P<handle>[A-Za-z0-9_.-]{1,40})(?:/(?P<post>[0-9]{1,18}))?/?")
_FULL_HANDLE = re.compile(r"@?[A-Za-z0-9_.-]{1,40}@[\w.-]{1,253}(?::[0-9]{1,5})?")


def addressed(viewer: Viewer, q: str) -> Address | None:
    """Where `https://here/@bob/123`, `https://here/@bob` or `@bob@here` leads.

    None for a search that is no address of ours, so that its words are looked for.
    """
    q = q.strip()
    if _FULL_HANDLE.fullmatch(q):
        return Address(account_id=_account(viewer, q))
    here = urlsplit(settings.STONECHAT_URL)
    prefix = f"{here.scheme}://{here.netloc}"
    found = _PAGE.fullmatch(q.removeprefix(prefix)) if q.startswith(prefix) else None
    if found is None:
        return None
    if found["post"] is None:
        return Address(account_id=_account(viewer, found["handle"]))
    readable = posts(viewer).filter(pk=int(found["post"]))
    return Address(post_id=readable.values_list("pk", flat=True).first())


def _account(viewer: Viewer, acct: str) -> int | None:
    try:
        return by_handle(viewer, acct).pk
    except Account.DoesNotExist:
        return None
