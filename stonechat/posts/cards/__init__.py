"""Complete posts for screens and entities, in a fixed number of queries a page."""

from stonechat.posts.cards.attachments import LinkCard, MediaCard, PollCard
from stonechat.posts.cards.posts import PostCard, QuoteCard, card, cards
from stonechat.posts.cards.said import Named, Said, said

__all__ = [
    "LinkCard",
    "MediaCard",
    "Named",
    "PollCard",
    "PostCard",
    "QuoteCard",
    "Said",
    "card",
    "cards",
    "said",
]
