"""Reports: asking the monitors to look."""

from __future__ import annotations

from stonechat.api.accounts import entity as account
from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.encoding import moment
from stonechat.api.entities.others import Report
from stonechat.api.limits import REPORTING
from stonechat.api.responses import Answer
from stonechat.governance import actions
from stonechat.people.cards import card


@endpoint("POST", scope="write:reports", limit=REPORTING)
def create(request: ApiRequest) -> Answer:
    """Report an account, and posts of it."""
    sent = request.parameters
    row = actions.report(
        request.viewer,
        sent.identity("account_id", required=True),
        post_ids=sent.identities("status_ids"),
        comment=sent.text("comment", ""),
        category=sent.text("category", ""),
        rule_ids=sent.identities("rule_ids"),
    )
    return Report(
        id=str(row.pk),
        action_taken=False,
        action_taken_at=None,
        category=row.category,
        comment=row.comment,
        forwarded=False,
        created_at=moment(row.created_at),
        status_ids=[str(id) for id in row.post_ids],
        rule_ids=[str(id) for id in row.rule_ids],
        target_account=account(card(request.viewer, row.target_id)),
    )
