"""A post as one viewer sees it: the shared part, and what is theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import people, posts
from stonechat.core.statements import Statement
from stonechat.people.cards import AccountCard
from stonechat.people.cards import cards as account_cards
from stonechat.people.models import Follow
from stonechat.posts.cards.attachments import PollCard, polls
from stonechat.posts.cards.counts import Counts, counts, my_marks
from stonechat.posts.cards.said import Named, Said, said
from stonechat.posts.models import Post, QuotePolicy, QuoteState
from stonechat.posts.rules import OPEN


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """A quoted post: whole one level deep, only its id below, nothing when it may not be seen."""

    state: str
    post: PostCard | None
    id: int | None


@dataclass(frozen=True, slots=True)
class PostCard:
    """Everything a template or an entity needs; nothing is left to fetch."""

    said: Said
    author: AccountCard
    group: AccountCard | None
    html: str
    named: tuple[Named, ...]
    counts: Counts
    favourited: bool
    boosted: bool
    bookmarked: bool
    pinned: bool
    muted: bool
    may_quote: bool
    poll: PollCard | None
    boost_of: PostCard | None
    quote: QuoteCard | None

    @property
    def id(self) -> int:
        """The post's id: of the wrapper where it is a boost."""
        return self.said.id

    @property
    def words(self) -> PostCard:
        """Where the words are: itself, or what it passes on."""
        return self.boost_of or self


@dataclass(frozen=True, slots=True)
class _Row:
    """A post that the viewer was found to see."""

    id: int
    revision: int
    author_id: int
    boost_of: int | None
    quote_of: int | None
    quote_state: str
    favourites: int
    boosts: int
    root_id: int
    group_account_id: int | None


def _readable(viewer_id: int, ids: list[int]) -> QuerySet[Post, Any]:
    return _columns(posts(Viewer.person(viewer_id)).filter(pk__in=ids))


def _columns(rows: QuerySet[Post]) -> QuerySet[Post, Any]:
    return rows.values_list(
        *("pk", "revision", "author_id", "boost_of_id", "quote_of_id", "quote_state"),
        *("favourites_count", "boosts_count", "root_id", "group__account_id"),
    )


READABLE = Statement(_readable)


def card(viewer: Viewer, post_id: int) -> PostCard:
    """One post; unseen is not found."""
    found = cards(viewer, [post_id])
    if not found:
        raise Post.DoesNotExist
    return found[0]


def cards(viewer: Viewer, ids: list[int]) -> list[PostCard]:
    """Posts in the order asked; those that the viewer may not read are left out."""
    rows = _with_what_they_carry(viewer, ids)
    page = _Page(viewer, rows)
    return [page.card(id) for id in ids if page.complete(id)]


def _with_what_they_carry(viewer: Viewer, ids: list[int]) -> dict[int, _Row]:
    """The posts, what they pass on, and what either quotes."""
    rows: dict[int, _Row] = {}
    wanted = list(ids)
    for _round in range(3):
        if wanted:
            rows |= {row[0]: _Row(*row) for row in _read(viewer, wanted)}
        carried = {id for row in rows.values() for id in (row.boost_of, row.quote_of) if id}
        wanted = [id for id in carried if id not in rows]
    return rows


def _read(viewer: Viewer, ids: list[int]) -> list[tuple[Any, ...]]:
    if viewer:
        return READABLE(viewer.account_id, ids)
    return list(_columns(posts(viewer).filter(pk__in=ids)))


class _Page:
    """Everything that the cards of one page share, fetched in bulk."""

    def __init__(self, viewer: Viewer, rows: dict[int, _Row]) -> None:
        self.viewer, self.rows = viewer, rows
        self.said = said({id: row.revision for id, row in rows.items()})
        self.accounts = account_cards(viewer, self._account_ids())
        self.counts = counts(viewer, {id: (r.favourites, r.boosts) for id, r in rows.items()})
        self.marks = my_marks(viewer, list(rows), list({r.root_id for r in rows.values()}))
        asked = [id for id, one in self.said.items() if one.has_poll]
        self.polls = polls(viewer, asked) if asked else {}
        self.hidden = self._hidden() if viewer.walled else set()
        self.followed = self._followed()

    def _account_ids(self) -> list[int]:
        groups = {row.group_account_id for row in self.rows.values() if row.group_account_id}
        return list({row.author_id for row in self.rows.values()} | groups)

    def _hidden(self) -> set[int]:
        """People named here whom the viewer may not know of."""
        named = {person.id for one in self.said.values() for person in one.named}
        known = people(self.viewer).filter(pk__in=named).values_list("pk", flat=True)
        return named - set(known) if named else set()

    def _followed(self) -> set[int]:
        """Authors here whose followers may quote them, and whom the viewer follows."""
        asked = {o.author_id for o in self.said.values() if o.quote_policy == QuotePolicy.FOLLOWERS}
        follows = Follow.objects.filter(account_id=self.viewer.account_id, target_id__in=asked)
        return (
            set(follows.filter(accepted=True).values_list("target_id", flat=True))
            if asked
            else set()
        )

    def complete(self, id: int | None) -> bool:
        """Seen, and by somebody the viewer may know of (a guest's group may have lost them)."""
        row = self.rows.get(id or 0)
        whole = row is not None and row.author_id in self.accounts
        return whole and (row is None or row.boost_of is None or self.complete(row.boost_of))

    def card(self, id: int, depth: int = 0) -> PostCard:
        row, one = self.rows[id], self.said[id]
        return PostCard(
            said=one,
            author=self.accounts[row.author_id],
            group=self.accounts.get(row.group_account_id or 0),
            html=self._html(one),
            named=tuple(person for person in one.named if person.id not in self.hidden),
            counts=self.counts[id],
            favourited=("favourited", id) in self.marks,
            boosted=("boosted", id) in self.marks,
            bookmarked=("bookmarked", id) in self.marks,
            pinned=("pinned", id) in self.marks,
            muted=("muted", row.root_id) in self.marks,
            may_quote=self._may_quote(one),
            poll=self.polls.get(id),
            boost_of=self.card(row.boost_of, depth) if row.boost_of else None,
            quote=self._quote(row, depth) if row.quote_of else None,
        )

    def _quote(self, row: _Row, depth: int) -> QuoteCard:
        quoted = row.quote_of
        if row.quote_state != QuoteState.ACCEPTED:
            return QuoteCard(row.quote_state, None, None)
        if quoted is None or not self.complete(quoted):
            return QuoteCard("unauthorized", None, None)
        if depth:
            return QuoteCard(row.quote_state, None, quoted)
        return QuoteCard(row.quote_state, self.card(quoted, depth + 1), quoted)

    def _may_quote(self, one: Said) -> bool:
        if one.author_id == self.viewer.account_id:
            return True
        allowed = one.quote_policy == QuotePolicy.PUBLIC or one.author_id in self.followed
        return bool(self.viewer) and one.audience in OPEN and allowed

    def _html(self, one: Said) -> str:
        """The words; a person behind a wall stays in them, without a link."""
        hidden = {person.username for person in one.named if person.id in self.hidden}
        if not hidden:
            return one.html
        return LINKED_NAME.sub(lambda m: f"@{m[1]}" if m[1].lower() in hidden else m[0], one.html)


LINKED_NAME = re.compile(
    r'<span class="h-card"><a href="[^"]*"[^>]*class="u-url mention"[^>]*>@'
    r"<span>([^<]*)</span></a></span>"
)
