"""The cast of every test: made by actions, so a test begins in a state the product can reach.

alice writes; bob follows her; carol is in the group; dave is blocked by alice; erin sits behind
a barrier; gina is a guest in the group; olga is an administrator.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import walled
from stonechat.core import jobs, journal
from stonechat.people import actions as people
from stonechat.people.models import Account, Group
from stonechat.posts import actions as posts
from stonechat.posts.models import Post

SYSTEM = Viewer.system(because="test")


@pytest.fixture
def system() -> Viewer:
    """The product itself."""
    return SYSTEM


@pytest.fixture
def member(db: None) -> Callable[..., Viewer]:
    """`member("zoe", zone="guest")` makes one more person."""

    def make(username: str, **directory: Any) -> Viewer:
        account = people.create_account(
            SYSTEM, username=username, email=f"{username}@example.org", **directory
        )
        return Viewer.person(account.pk, walled=walled(account.pk))

    return make


@pytest.fixture
def alice(member: Callable[..., Viewer]) -> Viewer:
    return member("alice", display_name="Alice Author", segments=["research"])


@pytest.fixture
def bob(member: Callable[..., Viewer], alice: Viewer) -> Viewer:
    bob = member("bob", display_name="Bob")
    people.follow(bob, alice.account_id)
    return bob


@pytest.fixture
def team(alice: Viewer) -> Group:
    """A group of alice's that people must be let into."""
    return people.create_group(alice, username="team", display_name="The team", access="ask")


@pytest.fixture
def carol(member: Callable[..., Viewer], alice: Viewer, team: Group) -> Viewer:
    carol = member("carol", display_name="Carol")
    people.join(carol, team.account_id)
    people.accept_member(alice, team.account_id, carol.account_id)
    return carol


@pytest.fixture
def dave(member: Callable[..., Viewer], alice: Viewer) -> Viewer:
    dave = member("dave", display_name="Dave")
    people.block(alice, dave.account_id)
    return dave


@pytest.fixture
def erin(member: Callable[..., Viewer], alice: Viewer) -> Viewer:
    erin = member("erin", display_name="Erin", segments=["trading"])
    people.raise_barrier(SYSTEM, "research", "trading")
    return Viewer.person(erin.account_id, walled=True)


@pytest.fixture
def gina(member: Callable[..., Viewer], alice: Viewer, team: Group) -> Viewer:
    """A guest in the group."""
    gina = member("gina", display_name="Gina", zone="guest")
    people.add_member(alice, team.account_id, gina.account_id)
    return gina


@pytest.fixture
def olga(member: Callable[..., Viewer]) -> Viewer:
    return member("olga", display_name="Olga", role="admin")


@pytest.fixture
def say() -> Callable[..., Post]:
    """`say(alice, "text", audience="followers")` publishes."""

    def publish(viewer: Viewer, text: str = "Hello", **asked: Any) -> Post:
        post: Post = posts.publish(viewer, text=text, **asked)
        return post

    return publish


@pytest.fixture
def lead(db: None) -> Callable[[], None]:
    """Do what the leader does until nothing is left to do."""

    def work() -> None:
        while journal.react() or jobs.run_due():
            pass

    return work


@pytest.fixture
def account() -> Callable[[Viewer], Account]:
    """The account behind a viewer."""
    return lambda viewer: Account.objects.get(pk=viewer.account_id)
