"""What somebody writes about others for themselves, and whom they show on their profile."""

from __future__ import annotations

from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.actions import Refused, action, require
from stonechat.core.events import happened
from stonechat.people import events, queries, rules
from stonechat.people.actions import _checks
from stonechat.people.models import Endorsement, Follow, Note

LONGEST_NOTE = 2000  # characters, as Mastodon has it


@action
def note(viewer: Viewer, target_id: int, text: str) -> None:
    """Write something about somebody that only the viewer reads; an empty text clears it."""
    queries.account(viewer, target_id)
    require(rules.may_act(viewer), _("Sign in first."))
    written = _checks.words(text, LONGEST_NOTE, "comment")
    rows = Note.objects.filter(account_id=viewer.account_id, target_id=target_id)
    if written:
        Note.objects.update_or_create(
            account_id=viewer.account_id,
            target_id=target_id,
            defaults={"text": written},
            create_defaults={"text": written, "created_at": clock.now()},
        )
    elif not rows.delete()[0]:
        return
    happened(events.NoteWritten(viewer.account_id, target_id))


@action
def endorse(viewer: Viewer, target_id: int) -> None:
    """Show somebody whom the viewer follows on the viewer's profile."""
    target = queries.account(viewer, target_id)
    require(rules.may_follow(viewer, target), _("You cannot endorse this account."))
    follows = Follow.objects.filter(
        account_id=viewer.account_id, target_id=target_id, accepted=True
    )
    if not follows.exists():
        raise Refused(_("You must be already following the person you want to endorse"))
    _row, new = Endorsement.objects.get_or_create(
        account_id=viewer.account_id, target_id=target_id, defaults={"created_at": clock.now()}
    )
    if new:
        happened(events.Endorsed(viewer.account_id, target_id))


@action
def unendorse(viewer: Viewer, target_id: int) -> None:
    """Show somebody there no longer."""
    queries.account(viewer, target_id)
    require(bool(viewer), _("Sign in first."))
    rows = Endorsement.objects.filter(account_id=viewer.account_id, target_id=target_id)
    if rows.delete()[0]:
        happened(events.Unendorsed(viewer.account_id, target_id))
