"""Timelines: which posts, in which order."""

from stonechat.timelines.queries.feeds import account, group, home, in_list, public, tag

__all__ = ["account", "group", "home", "in_list", "public", "tag"]
