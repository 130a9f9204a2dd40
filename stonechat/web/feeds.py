"""A page of posts, and how to ask for the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from stonechat.core.pages import Listed
from stonechat.posts.cards import PostCard, cards
from stonechat.web.frame import page, part
from stonechat.web.requests import PAGE, WebRequest


@dataclass(frozen=True, slots=True)
class Feed:
    """Posts, newest first; `older` is the query of the next page, or empty at the end."""

    cards: list[PostCard]
    older: str = ""

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


def feed(request: WebRequest, ids: list[int]) -> Feed:
    """The cards of ids that came from a timeline."""
    last = ids[-1] if len(ids) >= PAGE else None
    return Feed(cards(request.viewer, ids), _older(request, last))


def listed_feed(request: WebRequest, listed: Listed[int]) -> Feed:
    """The same, for a list whose cursor is not the post's id."""
    last = listed.oldest if listed.full else None
    return Feed(cards(request.viewer, listed.items), _older(request, last))


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
