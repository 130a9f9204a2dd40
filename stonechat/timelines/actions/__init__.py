"""How somebody arranges their reading."""

from stonechat.timelines.actions._filtering import UNCHANGED, KeywordChange
from stonechat.timelines.actions.conversations import hide, mark_read, mark_unread
from stonechat.timelines.actions.filters import (
    change_filter,
    filter_post,
    make_filter,
    remove_filter,
    unfilter_post,
)
from stonechat.timelines.actions.keywords import (
    add_keyword,
    change_by_keyword,
    change_keyword,
    remove_keyword,
)
from stonechat.timelines.actions.lists import (
    add_to_list,
    change_list,
    make_list,
    remove_from_list,
    remove_list,
)
from stonechat.timelines.actions.markers import Raced, move_markers
from stonechat.timelines.actions.tags import follow_tag, unfollow_tag

__all__ = [
    "UNCHANGED",
    "KeywordChange",
    "Raced",
    "add_keyword",
    "add_to_list",
    "change_by_keyword",
    "change_filter",
    "change_keyword",
    "change_list",
    "filter_post",
    "follow_tag",
    "hide",
    "make_filter",
    "make_list",
    "mark_read",
    "mark_unread",
    "move_markers",
    "remove_filter",
    "remove_from_list",
    "remove_keyword",
    "remove_list",
    "unfilter_post",
    "unfollow_tag",
]
