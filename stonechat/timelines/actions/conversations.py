"""Reading direct exchanges, and putting them away."""

from __future__ import annotations

from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core.actions import action, require
from stonechat.core.events import happened
from stonechat.timelines import events, queries, rules
from stonechat.timelines.models import Conversation


@action
def mark_read(viewer: Viewer, conversation_id: int) -> None:
    """Say that an exchange is read to its end."""
    found = _own(viewer, conversation_id)
    if found.unread:
        _set(found, unread=False)
        happened(events.ConversationRead(viewer.account_id, conversation_id=found.pk))


@action
def mark_unread(viewer: Viewer, conversation_id: int) -> None:
    """Say that it is to be read again."""
    found = _own(viewer, conversation_id)
    if not found.unread:
        _set(found, unread=True)
        happened(events.ConversationUnread(viewer.account_id, conversation_id=found.pk))


@action
def hide(viewer: Viewer, conversation_id: int) -> None:
    """Put an exchange away until something is said in it; its posts stay."""
    found = _own(viewer, conversation_id)
    _set(found, hidden=True)
    happened(events.ConversationHidden(viewer.account_id, conversation_id=found.pk))


def _own(viewer: Viewer, conversation_id: int) -> Conversation:
    found = queries.conversation(viewer, conversation_id)
    require(rules.may_change(viewer, found), _("You can change only your own conversations."))
    return found


def _set(found: Conversation, **values: bool) -> None:
    Conversation.objects.filter(pk=found.pk).update(**values)
