"""Users who sign in, accounts that others see, groups, and how they relate."""

from stonechat.people.models.accounts import Account, Kind, Zone
from stonechat.people.models.groups import Access, Group, History, Membership
from stonechat.people.models.relations import Block, Endorsement, Follow, Mute, Note
from stonechat.people.models.users import Invitation, Role, User

__all__ = [
    "Access",
    "Account",
    "Block",
    "Endorsement",
    "Follow",
    "Group",
    "History",
    "Invitation",
    "Kind",
    "Membership",
    "Mute",
    "Note",
    "Role",
    "User",
    "Zone",
]
