"""What we do when people are shut out."""

from __future__ import annotations

from oauth2_provider.models import AccessToken, Grant

from stonechat.access import queries
from stonechat.access.models import Session
from stonechat.people.events import AccountDeleted, AccountSuspended
from stonechat.people.models import User


def end_access(event: AccountSuspended | AccountDeleted) -> None:
    """Every token, code and browser of a shut account, which let nobody in since it was shut."""
    users = User.objects.filter(account_id=event.account_id)
    AccessToken.objects.filter(user__in=users).delete()
    Grant.objects.filter(user__in=users).delete()
    Session.objects.filter(user_id__in=users.values("pk")).delete()
    queries.forget_all()
