"""Timelines: which posts, in which order; and how somebody arranged their reading."""

from stonechat.timelines.queries.conversations import Exchange, conversation, conversations
from stonechat.timelines.queries.feeds import account, group, home, in_list, public, tag
from stonechat.timelines.queries.filters import filtered_posts, filters, keywords, one_filter
from stonechat.timelines.queries.lists import accounts_in_list, lists, lists_with, one_list
from stonechat.timelines.queries.markers import marker, markers
from stonechat.timelines.queries.matching import Caught, Match, matches
from stonechat.timelines.queries.search import Address, addressed, search
from stonechat.timelines.queries.tags import (
    Use,
    featured_id,
    followed_tags,
    named,
    tags_like,
    tags_to_feature,
)
from stonechat.timelines.queries.trends import (
    trending_links,
    trending_posts,
    trending_tags,
)

__all__ = [
    "Address",
    "Caught",
    "Exchange",
    "Match",
    "Use",
    "account",
    "accounts_in_list",
    "addressed",
    "conversation",
    "conversations",
    "featured_id",
    "filtered_posts",
    "filters",
    "followed_tags",
    "group",
    "home",
    "in_list",
    "keywords",
    "lists",
    "lists_with",
    "marker",
    "markers",
    "matches",
    "named",
    "one_filter",
    "one_list",
    "public",
    "search",
    "tag",
    "tags_like",
    "tags_to_feature",
    "trending_links",
    "trending_posts",
    "trending_tags",
]
