"""Registering programs, giving and taking tokens, joining, and coming in."""

from stonechat.access.actions._faults import Fault, Invalid
from stonechat.access.actions.applications import register_application
from stonechat.access.actions.joining import (
    ask_for_confirmation,
    confirm_address,
    invite,
    note_sign_in,
    sign_up,
)
from stonechat.access.actions.tokens import (
    give_back_token,
    issue_token,
    revoke_application,
    revoke_token,
)

__all__ = [
    "Fault",
    "Invalid",
    "ask_for_confirmation",
    "confirm_address",
    "give_back_token",
    "invite",
    "issue_token",
    "note_sign_in",
    "register_application",
    "revoke_application",
    "revoke_token",
    "sign_up",
]
