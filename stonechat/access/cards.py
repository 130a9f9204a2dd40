"""What pages and entities show of programs and of the people whom the demo lets in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min
from oauth2_provider.models import AccessToken

from stonechat.access.models import Application
from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.models import Secret
from stonechat.people.models import User

# The secret that only the demo company has. Its value names those who are offered for one click.
DEMO = "demo"
OFFERED = 4  # people, where the secret names none


@dataclass(frozen=True)
class ApplicationCard:
    """A program as it registered; nothing secret."""

    id: int
    client_id: str
    name: str
    website: str
    scopes: tuple[str, ...]
    redirect_uris: tuple[str, ...]


@dataclass(frozen=True)
class Permission:
    """A program that I let act for me; `scopes` are those of all its tokens together."""

    application: ApplicationCard
    scopes: tuple[str, ...]
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class DemoPerson:
    """One of the cast, offered on the sign-in page of the demo company."""

    username: str
    name: str
    title: str


def of(application: Application) -> ApplicationCard:
    """The card of a row."""
    return ApplicationCard(
        id=application.pk,
        client_id=application.client_id,
        name=application.name,
        website=application.website,
        scopes=tuple(application.scopes.split()),
        redirect_uris=tuple(application.redirect_uris.split()),
    )


def application(application_id: int) -> ApplicationCard:
    """One program; raises `DoesNotExist`."""
    return of(Application.objects.get(pk=application_id))


def my_applications(viewer: Viewer) -> list[Permission]:
    """Every program that may act for the viewer, the newest permission first."""
    if viewer.account_id is None:
        return []
    tokens = AccessToken.objects.filter(
        user__account_id=viewer.account_id, application__isnull=False, expires__gt=clock.now()
    )
    spans = tokens.values("application_id").annotate(first=Min("created"), last=Max("created"))
    rows = {row["application_id"]: row for row in spans.order_by("-last")}
    granted = _granted(tokens.values_list("application_id", "scope"))
    programs = Application.objects.in_bulk(rows)
    return [
        Permission(of(programs[pk]), tuple(sorted(granted[pk])), row["first"], row["last"])
        for pk, row in rows.items()
    ]


def _granted(pairs: object) -> dict[int, set[str]]:
    granted: dict[int, set[str]] = {}
    for pk, scope in pairs:  # type: ignore[attr-defined]
        granted.setdefault(pk, set()).update(scope.split())
    return granted


def demo_people() -> list[DemoPerson]:
    """Those whom the sign-in page offers; nobody where this is not the demo company."""
    return [
        DemoPerson(user.account.username, user.account.name, user.account.title)
        for user in demo_users()
    ]


def demo_users() -> list[User]:
    """The users behind `demo_people`, in the order in which the secret names them."""
    secret = Secret.objects.filter(name=DEMO).first()
    if secret is None:
        return []
    named = secret.value.split()
    users = User.objects.filter(
        is_active=True,
        account__suspended_at=None,
        account__zone="inside",
        confirmed_at__isnull=False,
    ).select_related("account")
    if found := list(users.filter(account__username__in=named)):
        return sorted(found, key=lambda user: named.index(user.account.username))
    return list(users.order_by("account_id")[:OFFERED])
