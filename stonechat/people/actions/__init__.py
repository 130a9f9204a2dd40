"""What can be done with accounts and between them."""

from stonechat.people.actions.accounts import (
    create_account,
    delete,
    restore,
    set_password,
    set_role,
    suspend,
)
from stonechat.people.actions.barriers import (
    create_segment,
    lift_barrier,
    raise_barrier,
    seat,
    unseat,
)
from stonechat.people.actions.blocks import block, mute, unblock, unmute
from stonechat.people.actions.follows import (
    accept_request,
    follow,
    reject_request,
    remove_follower,
    unfollow,
)
from stonechat.people.actions.groups import (
    accept_member,
    add_member,
    appoint_host,
    change_norms,
    create_group,
    join,
    leave,
    remove_member,
)
from stonechat.people.actions.notes import endorse, note, unendorse
from stonechat.people.actions.profiles import dismiss_suggestion, edit_profile, mark_verified

__all__ = [
    "accept_member",
    "accept_request",
    "add_member",
    "appoint_host",
    "block",
    "change_norms",
    "create_account",
    "create_group",
    "create_segment",
    "delete",
    "dismiss_suggestion",
    "edit_profile",
    "endorse",
    "follow",
    "join",
    "leave",
    "lift_barrier",
    "mark_verified",
    "mute",
    "note",
    "raise_barrier",
    "reject_request",
    "remove_follower",
    "remove_member",
    "restore",
    "seat",
    "set_password",
    "set_role",
    "suspend",
    "unblock",
    "unendorse",
    "unfollow",
    "unmute",
    "unseat",
]
