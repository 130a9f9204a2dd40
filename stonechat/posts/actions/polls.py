"""Voting."""

from __future__ import annotations

from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.actions import Refused, action, require
from stonechat.core.events import happened
from stonechat.posts import queries, rules
from stonechat.posts.events import PollVoted
from stonechat.posts.models import Ballot, Poll


@action
def vote(viewer: Viewer, poll_id: int, choices: list[int]) -> Poll:
    """Cast one's ballot, once."""
    poll = queries.poll(viewer, poll_id)
    require(bool(viewer), _("Sign in first."))
    _check(viewer, poll, choices)
    Ballot.objects.bulk_create(
        [Ballot(poll=poll, account_id=viewer.account_id, choice=choice) for choice in set(choices)]
    )
    happened(PollVoted(viewer.account_id, post_id=poll.post_id))
    return poll


def _check(viewer: Viewer, poll: Poll, choices: list[int]) -> None:
    """The texts are Mastodon's: clients test for them."""
    if poll.expires_at <= clock.now():
        raise Refused(_("Validation failed: The poll has already ended"))
    if not rules.may_vote(viewer, poll):
        raise Refused(_("Validation failed: You can't vote in your own polls"))
    if not choices or (len(set(choices)) > 1 and not poll.multiple):
        raise Refused(
            _("Validation failed: Choose one option, or several where the poll allows it")
        )
    if any(not 0 <= choice < len(poll.options) for choice in choices):
        raise Refused("The chosen vote option does not exist")
    if poll.ballots.filter(account_id=viewer.account_id).exists():
        raise Refused("You have already voted on this poll")
