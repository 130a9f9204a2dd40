"""The one rule of who may see what: mine, or addressed to me with nothing between us.

`seen_by(viewer)` is a single expression over posts. It takes the viewer as one value, an id or
a column, so a list, one row and the other direction (`who_may_see`) are the same SQL. Every
surface starts from `posts(viewer)` or `people(viewer)`; reaching somebody asks `may_reach`.

Each clause is a named function of (viewer, at), where `at` is the path to the post: "" for the
row itself, "boost_of__" for what it passes on. The property test removes each in turn and must
notice.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from stonechat.audience.models import Audience, Barrier
from stonechat.audience.viewer import Viewer
from stonechat.core.statements import Statement

if TYPE_CHECKING:
    from stonechat.people.models import Account
    from stonechat.posts.models import Post

Clause = Callable[[Viewer, str], Q]
NOBODY = Q(pk__in=[])


def posts(viewer: Viewer) -> QuerySet[Post]:
    """Every post that this viewer may read; a boost only where its original is seen too."""
    readable: QuerySet[Post] = _table("posts.Post").filter(seen_by(viewer), passed_on(viewer))
    return readable


def passed_on(viewer: Viewer) -> Q:
    """What a boost passes on must be seen too."""
    return Q(boost_of__isnull=True) | seen_by(viewer, "boost_of__")


def who_may_see(post_id: int) -> QuerySet[Account]:
    """Everybody who may read one post: the same expression, asked from the other side."""
    reader = Viewer.column("pk")
    readable = posts(reader).filter(pk=post_id)
    active: QuerySet[Account] = _table("people.Account").filter(suspended_at=None, deleted_at=None)
    return active.filter(Exists(readable))


def seen_by(viewer: Viewer, at: str = "") -> Q:
    """The rule, for the post at this path of the query."""
    if viewer.account_id is None:
        return standing(viewer, at) & open_to_the_world(viewer, at)
    admitted = reduce(or_, [clause(viewer, at) for clause in ADMITTING])
    refused = reduce(or_, [clause(viewer, at) for clause in REFUSING])
    return standing(viewer, at) & (mine(viewer, at) | (admitted & ~refused))


def standing(viewer: Viewer, at: str) -> Q:
    """What must hold whoever reads; a file's address, which asks for nobody, needs only this."""
    return reduce(lambda a, b: a & b, [clause(viewer, at) for clause in STANDING], Q())


# What must hold for everybody, the author included. (A post that is held or scheduled is not
# yet a post: it has no row here until it leaves.)


def not_deleted(viewer: Viewer, at: str) -> Q:
    return Q(**{f"{at}deleted_at__isnull": True})


def author_not_suspended(viewer: Viewer, at: str) -> Q:
    return Q(**{f"{at}author__suspended_at__isnull": True})


def author_not_gone(viewer: Viewer, at: str) -> Q:
    return Q(**{f"{at}author__deleted_at__isnull": True})


# What admits a reader.


def mine(viewer: Viewer, at: str) -> Q:
    return Q(**{f"{at}author_id": viewer.account_id})


def to_the_organisation(viewer: Viewer, at: str) -> Q:
    addressed = Q(**{f"{at}audience__in": [Audience.ORGANISATION, Audience.UNLISTED]})
    return addressed & Q(Exists(_inside(viewer)))


def to_followers(viewer: Viewer, at: str) -> Q:
    follow = _table("people.Follow").filter(
        account_id=viewer.inner, target_id=OuterRef(f"{at}author_id"), accepted=True
    )
    return Q(**{f"{at}audience": Audience.FOLLOWERS}) & Q(Exists(_inside(viewer)), Exists(follow))


def to_my_group(viewer: Viewer, at: str) -> Q:
    member = _table("people.Membership").filter(
        Q(group__history="all") | Q(since__lte=OuterRef(f"{at}created_at")),
        account_id=viewer.inner,
        group_id=OuterRef(f"{at}group_id"),
        accepted=True,
    )
    return Q(**{f"{at}audience": Audience.GROUP}) & Q(Exists(member))


def to_me_by_name(viewer: Viewer, at: str) -> Q:
    mention = _table("posts.Mention").filter(post_id=OuterRef(f"{at}pk"), account_id=viewer.inner)
    by_name = Q(**{f"{at}audience__in": [Audience.DIRECT, Audience.FOLLOWERS]})
    return by_name & Q(Exists(mention))


def open_to_the_world(viewer: Viewer, at: str) -> Q:
    if viewer.is_system or not settings.STONECHAT_OPEN_READING:
        return NOBODY
    return Q(**{f"{at}audience__in": [Audience.ORGANISATION, Audience.UNLISTED]})


# What refuses a reader whom the audience would admit.


def behind_a_barrier(viewer: Viewer, at: str) -> Q:
    return Q(Exists(_barriers(OuterRef(f"{at}author_id"), viewer.inner)))


def blocked_by_author(viewer: Viewer, at: str) -> Q:
    return Q(Exists(_blocks(OuterRef(f"{at}author_id"), viewer.inner)))


def blocking_the_author(viewer: Viewer, at: str) -> Q:
    return Q(Exists(_blocks(viewer.inner, OuterRef(f"{at}author_id"))))


STANDING: list[Clause] = [not_deleted, author_not_suspended, author_not_gone]
ADMITTING: list[Clause] = [to_the_organisation, to_followers, to_my_group, to_me_by_name]
REFUSING: list[Clause] = [behind_a_barrier, blocked_by_author, blocking_the_author]


# People.


def people(viewer: Viewer) -> QuerySet[Account]:
    """Every account that this viewer may know of: directory, search, completion start here.

    Suspended people stay (clients show them as such); blocks do not hide anybody here, since
    one must be able to find whom one blocked: reaching them is what `may_reach` refuses.
    """
    accounts: QuerySet[Account] = _table("people.Account").filter(deleted_at=None)
    if viewer.is_system:
        return accounts
    if viewer.account_id is None:
        return (
            accounts.filter(zone="inside") if settings.STONECHAT_OPEN_READING else accounts.none()
        )
    return accounts.filter(Q(pk=viewer.account_id) | known_to(viewer))


def known_to(viewer: Viewer) -> Q:
    """An account that is not behind a barrier; for a guest: of a group of theirs, or one that
    wrote to them by name."""
    shared = Exists(_shared_groups(OuterRef("pk"), viewer.inner))
    own_group = Exists(_memberships(OuterRef("pk"), viewer.inner))
    hidden = Q(kind="group", hosted__access="hidden")
    walled = Exists(_barriers(OuterRef("pk"), viewer.inner))
    wrote = Exists(_written_to(viewer.inner, OuterRef("pk")))
    return ~walled & (own_group | shared | (Exists(_inside(viewer)) & ~hidden) | wrote)


def reachable(viewer: Viewer) -> QuerySet[Account]:
    """Everybody whom the viewer may mention, message, follow, invite or add."""
    if viewer.is_system:
        return people(viewer)
    between = Exists(_blocks(OuterRef("pk"), viewer.inner)) | Exists(
        _blocks(viewer.inner, OuterRef("pk"))
    )
    return people(viewer).filter(suspended_at=None).exclude(between)


def may_reach(viewer: Viewer, account: Account) -> bool:
    """Whether the viewer may mention, message, follow, invite or add this account."""
    if viewer.account_id == account.pk:
        return True
    if not viewer:
        return reachable(viewer).filter(pk=account.pk).exists()
    return bool(REACHABLE(viewer.account_id, account.pk))


def _reachable(viewer_id: int, account_id: int) -> QuerySet[Any, Any]:
    return reachable(Viewer.person(viewer_id)).filter(pk=account_id).values_list("pk")


REACHABLE = Statement(_reachable)


def walled(account_id: int) -> bool:
    """Whether a barrier or a block stands before this person, or they are a guest.

    Stored counts count everybody, so for these people they would tell too much.
    """
    blocks = _table("people.Block").filter(Q(account_id=account_id) | Q(target_id=account_id))
    barriers = Barrier.objects.filter(one__seats__account_id=account_id)
    inside = _inside(Viewer.person(account_id))
    return not inside.exists() or barriers.exists() or bool(blocks.exists())


# The tables above us are named, not imported: this room stands below people and posts.


def _table(name: str) -> Any:
    model: type[Model] = apps.get_model(name)
    return model._default_manager.all()


def _inside(viewer: Viewer) -> QuerySet[Any]:
    inside: QuerySet[Any] = _table("people.Account").filter(pk=viewer.inner, zone="inside")
    return inside


def _barriers(one: Any, other: Any) -> QuerySet[Barrier]:
    return Barrier.objects.filter(one__seats__account_id=one, other__seats__account_id=other)


def _blocks(who: Any, whom: Any) -> QuerySet[Any]:
    blocks: QuerySet[Any] = _table("people.Block").filter(account_id=who, target_id=whom)
    return blocks


def _memberships(group_account: Any, who: Any) -> QuerySet[Any]:
    memberships: QuerySet[Any] = _table("people.Membership").filter(
        group__account_id=group_account, account_id=who, accepted=True
    )
    return memberships


def _shared_groups(one: Any, other: Any) -> QuerySet[Any]:
    shared: QuerySet[Any] = _table("people.Membership").filter(
        account_id=one,
        accepted=True,
        group__members__account_id=other,
        group__members__accepted=True,
    )
    return shared


def _written_to(whom: Any, by: Any) -> QuerySet[Any]:
    mentions: QuerySet[Any] = _table("posts.Mention").filter(
        account_id=whom, post__author_id=by, post__audience=Audience.DIRECT, post__deleted_at=None
    )
    return mentions
