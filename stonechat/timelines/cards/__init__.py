"""Lists, tags, conversations and filters, complete, in a fixed number of queries."""

from stonechat.timelines.cards.arranged import (
    FilterCard,
    FilterPostCard,
    KeywordCard,
    ListCard,
    MarkerCard,
    filter_card,
    filter_cards,
    filter_post_card,
    filter_post_cards,
    keyword_card,
    keyword_cards,
    list_card,
    list_cards,
    list_cards_with,
    marker_cards,
)
from stonechat.timelines.cards.conversations import (
    ConversationCard,
    conversation_card,
    conversation_cards,
)
from stonechat.timelines.cards.tags import (
    Day,
    FeaturedTagCard,
    TagCard,
    days,
    featured_tag_cards,
    tag_cards,
)

__all__ = [
    "ConversationCard",
    "Day",
    "FeaturedTagCard",
    "FilterCard",
    "FilterPostCard",
    "KeywordCard",
    "ListCard",
    "MarkerCard",
    "TagCard",
    "conversation_card",
    "conversation_cards",
    "days",
    "featured_tag_cards",
    "filter_card",
    "filter_cards",
    "filter_post_card",
    "filter_post_cards",
    "keyword_card",
    "keyword_cards",
    "list_card",
    "list_cards",
    "list_cards_with",
    "marker_cards",
    "tag_cards",
]
