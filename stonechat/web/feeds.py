"""A page of posts, and how to ask for the next one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse

from stonechat.core.pages import Listed
from stonechat.posts.cards import PostCard, cards
from stonechat.timelines.queries import matches
from stonechat.web.frame import page, part
from stonechat.web.requests import PAGE, WebRequest


@dataclass(frozen=True, slots=True)
class Feed:
    """Posts, newest first; `older` is the query of the next page, or empty at the end.

    `caught` names the filter of the reader that covers a post, by the post's id."""

    cards: list[PostCard]
    older: str = ""
    caught: dict[int, str] = field(default_factory=dict)

    @property
    def entries(self) -> list[tuple[PostCard, str]]:
        """Each post with what covers it, if anything does."""
        return [(card, self.caught.get(card.id, "")) for card in self.cards]

    @property
    def unanswered(self) -> list[PostCard]:
        """Questions of this page to which nobody has replied."""
        asked = (card.words for card in self.cards if card.words.said.intent == "question")
        return [card for card in asked if not card.counts.replies][:3]

    @property
    def topics(self) -> dict[str, PostCard]:
        """The tags of this page, each with the newest post that has it."""
        found: dict[str, PostCard] = {}
        for card in self.cards:
            for name, _ in card.words.said.tags:
                found.setdefault(name, card.words)
        return dict(list(found.items())[:6])


def feed(request: WebRequest, ids: list[int], context: str = "") -> Feed:
    """The cards of ids that came from a timeline; `context` is what filters call the place."""
    return _feed(request, ids, ids[-1] if len(ids) >= PAGE else None, context)


def listed_feed(request: WebRequest, listed: Listed[int]) -> Feed:
    """The same, for a list whose cursor is not the post's id."""
    return _feed(request, listed.items, listed.oldest if listed.full else None, "")


def _feed(request: WebRequest, ids: list[int], last: int | None, context: str) -> Feed:
    found = cards(request.viewer, ids)
    caught = matches(request.viewer, found, context) if context else {}
    hidden = {id for id, by in caught.items() if any(one.filter.hides(context) for one in by)}
    return Feed(
        [card for card in found if card.id not in hidden],
        _older(request, last),
        {id: by[0].filter.title for id, by in caught.items()},
    )


def _older(request: WebRequest, last: int | None) -> str:
    if last is None:
        return ""
    query = request.GET.copy()
    query["max_id"] = str(last)
    return f"?{query.urlencode()}"


def feed_page(request: WebRequest, template: str, shown: Feed, **context: Any) -> HttpResponse:
    """The page of a feed; "load more" gets its posts alone."""
    if request.htmx:
        return part(request, "posts/_feed.html", feed=shown)
    return page(request, template, feed=shown, **context)
