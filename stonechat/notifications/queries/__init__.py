"""Reads of one's inbox; the viewer comes first, and nothing is listed that they may not see."""

from stonechat.notifications.queries.groups import (
    GROUPABLE,
    GroupEntry,
    accounts,
    group,
    grouped,
    in_group,
    unread_groups,
)
from stonechat.notifications.queries.inbox import Entry, Which, inbox, one, unread
from stonechat.notifications.queries.requests import (
    VERDICTS,
    PolicyEntry,
    RequestEntry,
    policy,
    request,
    requests,
)

__all__ = [
    "GROUPABLE",
    "VERDICTS",
    "Entry",
    "GroupEntry",
    "PolicyEntry",
    "RequestEntry",
    "Which",
    "accounts",
    "group",
    "grouped",
    "in_group",
    "inbox",
    "one",
    "policy",
    "request",
    "requests",
    "unread",
    "unread_groups",
]
