"""Finding people: search, directory, and whom to follow, with the reason said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import people
from stonechat.people.models import Account, Block, Follow, Kind, Membership, Mute, User

WORDS = 5  # of a search that count; more would only cost
SEARCHED = ["username", "display_name", "unit", "title"]
TEAM, FRIENDS, UNIT = "team", "friends", "unit"
DISMISSED = "dismissed_suggestions"  # the preference that holds ids one does not want suggested


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody to follow: `source` is `team`, `friends` or `unit`, `reason` the same in words."""

    account_id: int
    source: str
    reason: str


def search(
    viewer: Viewer, q: str, *, limit: int = 40, offset: int = 0, following: bool = False
) -> list[int]:
    """Ids of accounts of which every word stands in handle, name, unit or title.

    Those whose handle or name begins with it come first; `following` asks only for those whom the
    viewer follows."""
    text = q.strip().removeprefix("@").partition("@")[0]
    words = text.split()[:WORDS]
    if not words or "\0" in text:
        return []
    rows = people(viewer).filter(reduce(and_, map(_holds, words)), suspended_at=None)
    if following:
        rows = rows.filter(_followed_by(viewer))
    ranked = rows.annotate(rank=_rank(text)).order_by(
        "rank", F("last_status_at").desc(nulls_last=True), "pk"
    )
    return list(ranked.values_list("pk", flat=True)[offset : offset + limit])


def _holds(word: str) -> Q:
    return _any(SEARCHED, "icontains", word)


def _rank(text: str) -> Case:
    exact = _any(["username"], "iexact", text)
    begins = _any(["username", "display_name"], "istartswith", text)
    surname = _any(["display_name"], "icontains", f" {text}")
    return Case(When(exact, then=0), When(begins, then=1), When(surname, then=2), default=Value(3))


def _any(columns: list[str], lookup: str, text: str) -> Q:
    tests = (Q(**{f"{column}__{lookup}": way}) for column in columns for way in _spellings(text))
    return reduce(or_, tests)


def _spellings(text: str) -> set[str]:
    """SQLite compares only ASCII letters without regard to case: others are tried each way."""
    return {text} if text.isascii() else {text, text.lower(), text.upper(), text.title()}


def _followed_by(viewer: Viewer) -> Q:
    follows = Follow.objects.filter(
        account_id=viewer.account_id, target_id=OuterRef("pk"), accepted=True
    )
    member = Membership.objects.filter(
        account_id=viewer.account_id, group__account_id=OuterRef("pk"), accepted=True
    )
    return Q(Exists(follows)) | Q(Exists(member))


def directory(
    viewer: Viewer, *, order: str = "active", offset: int = 0, limit: int = 40
) -> list[int]:
    """Ids of everybody who wants to be found, by latest post (`active`) or by joining (`new`)."""
    rows = people(viewer).filter(discoverable=True, suspended_at=None)
    by = F("last_status_at").desc(nulls_last=True) if order == "active" else F("pk").desc()
    return list(rows.order_by(by, "-pk").values_list("pk", flat=True)[offset : offset + limit])


def suggestions(viewer: Viewer, limit: int = 40) -> list[Suggestion]:
    """Whom to follow: one's team, then those whom one's own choices follow, then one's unit.

    Nothing else goes into the order, and each comes with its reason."""
    me = people(viewer).filter(pk=viewer.account_id).first()
    if me is None:
        return []
    found: dict[int, Suggestion] = {}
    for one in (*_team(viewer, me, limit), *_friends(viewer, limit), *_unit(viewer, me, limit)):
        found.setdefault(one.account_id, one)
    return list(found.values())[:limit]


def _team(viewer: Viewer, me: Account, limit: int) -> Iterator[Suggestion]:
    team = Q(manager_id=me.pk)
    if me.manager_id:
        team |= Q(pk=me.manager_id) | Q(manager_id=me.manager_id)
    for one in _ids(_new_to(viewer).filter(team), limit):
        yield Suggestion(one, TEAM, _("On your team"))


def _unit(viewer: Viewer, me: Account, limit: int) -> Iterator[Suggestion]:
    rows = _new_to(viewer).filter(unit=me.unit) if me.unit else Account.objects.none()
    for one in _ids(rows, limit):
        yield Suggestion(one, UNIT, _("Also in %(unit)s") % {"unit": me.unit})


def _friends(viewer: Viewer, limit: int) -> Iterator[Suggestion]:
    """Most of one's own first; those who keep their followers to themselves are left out."""
    rows = _ties(viewer).filter(target__in=_new_to(viewer).filter(hide_collections=False))
    counts = rows.values("target_id").annotate(number=Count("pk")).order_by("-number", "target_id")
    chosen = dict(counts.values_list("target_id", "number")[:limit])
    names = _first_names(_ties(viewer).filter(target_id__in=chosen))
    for one, number in chosen.items():
        yield Suggestion(one, FRIENDS, _followed_by_words(names[one], number - 1))


def _followed_by_words(name: str, others: int) -> str:
    if not others:
        return _("Followed by %(name)s") % {"name": name}
    words = ngettext(
        "Followed by %(name)s and %(others)d other you follow",
        "Followed by %(name)s and %(others)d others you follow",
        others,
    )
    return words % {"name": name, "others": others}


def _first_names(ties: QuerySet[Follow]) -> dict[int, str]:
    """For each target, what the first of its followers is called."""
    rows = ties.order_by("-id").values_list(
        "target_id", "account__display_name", "account__username"
    )
    return {target_id: display_name or username for target_id, display_name, username in rows}


def _ties(viewer: Viewer) -> QuerySet[Follow]:
    """Whom those follow whom the viewer follows."""
    mine = Follow.objects.filter(account_id=viewer.account_id, accepted=True).values("target_id")
    return Follow.objects.filter(accepted=True, account__in=people(viewer).filter(pk__in=mine))


def _new_to(viewer: Viewer) -> QuerySet[Account]:
    """People and bots whom the viewer may follow and has not yet had anything to do with."""
    me = viewer.account_id
    known = [
        Exists(Follow.objects.filter(account_id=me, target_id=OuterRef("pk"))),
        Exists(Mute.objects.filter(account_id=me, target_id=OuterRef("pk"))),
        Exists(Block.objects.filter(account_id=me, target_id=OuterRef("pk"))),
        Exists(Block.objects.filter(account_id=OuterRef("pk"), target_id=me)),
    ]
    rows = people(viewer).filter(discoverable=True, suspended_at=None).exclude(kind=Kind.GROUP)
    return rows.exclude(pk__in=[me, *_dismissed(me)]).exclude(reduce(or_, map(Q, known)))


def _dismissed(me: int) -> Iterable[int]:
    user = User.objects.filter(account_id=me).first()
    ids: list[int] = user.preference(DISMISSED, []) if user else []
    return ids


def _ids(rows: QuerySet[Account], limit: int) -> list[int]:
    return list(rows.order_by("username").values_list("pk", flat=True)[:limit])
