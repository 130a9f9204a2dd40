"""Making and cutting follows and memberships, with the numbers that count them.

Numbers change by as many rows as the database says it changed, so that two requests at once
cannot count one follow twice."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from stonechat.people.models import Account, Endorsement, Follow, Membership


def count_follow(account_id: int, target_id: int, by: int) -> None:
    """One follow more, or fewer."""
    Account.objects.filter(pk=account_id).update(following_count=F("following_count") + by)
    Account.objects.filter(pk=target_id).update(followers_count=F("followers_count") + by)


def count_member(group_account: int, by: int) -> None:
    """One member more, or fewer."""
    Account.objects.filter(pk=group_account).update(followers_count=F("followers_count") + by)


def cut(account_id: int, target_id: int) -> bool:
    """Undo one's follow, or request, and what hangs on it; was there one?"""
    rows = Follow.objects.filter(account_id=account_id, target_id=target_id)
    followed, _each = rows.filter(accepted=True).delete()
    asked, _each = rows.delete()
    if followed:
        count_follow(account_id, target_id, -1)
    Endorsement.objects.filter(account_id=account_id, target_id=target_id).delete()
    return bool(followed or asked)


def leave(group_account: int, account_id: int) -> bool:
    """Undo a membership, or the wish for one; was there one?"""
    rows = Membership.objects.filter(group__account_id=group_account, account_id=account_id)
    member, _each = rows.filter(accepted=True).delete()
    asked, _each = rows.delete()
    if member:
        count_member(group_account, -1)
    return bool(member or asked)


def cut_all(account_id: int) -> None:
    """Undo every follow to and from an account, and its memberships."""
    out = Follow.objects.filter(account_id=account_id)
    into = Follow.objects.filter(target_id=account_id)
    member = Membership.objects.filter(account_id=account_id)
    _fewer("followers_count", out.filter(accepted=True), "target_id")
    _fewer("following_count", into.filter(accepted=True), "account_id")
    _fewer("followers_count", member.filter(accepted=True), "group__account_id")
    for rows in (out, into, member):
        rows.delete()
    Endorsement.objects.filter(Q(account_id=account_id) | Q(target_id=account_id)).delete()
    Account.objects.filter(pk=account_id).update(followers_count=0, following_count=0)


def _fewer(column: str, rows: QuerySet[Follow] | QuerySet[Membership], of: str) -> None:
    ids: Iterable[int] = rows.values_list(of, flat=True)
    Account.objects.filter(pk__in=ids).update(**{column: F(column) - 1})


def changed(account_id: int) -> None:
    """What others see of an account is another now: what was rendered before is stale."""
    Account.objects.filter(pk=account_id).update(revision=F("revision") + 1)
