"""Fills an empty database with Marlhaven: its people, groups and one year of what they said.

Everything is done by actions, with the clock set back; nothing is written past them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import singledispatchmethod
from io import BytesIO
from itertools import islice
from typing import Any

from django.core.files.base import File
from django.db import transaction

from stonechat.audience.models import Audience
from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import walled
from stonechat.core import clock
from stonechat.core.models import Secret
from stonechat.demo import cast, faces
from stonechat.demo.happenings import (
    Bookmarked,
    Edited,
    Followed,
    Happening,
    Joined,
    Liked,
    PassedOn,
    Pinned,
    Poll,
    Said,
    Voted,
)
from stonechat.demo.year import year
from stonechat.people import actions as people
from stonechat.people.models import Access
from stonechat.posts import actions as posts
from stonechat.posts.models import Intent, Post

SYSTEM = Viewer.system(because="demo")
BATCH = 200  # happenings in one transaction: few commits, and a lock held for about a second
LEVELS = {"director": 1, "head": 2, "lead": 3, "member": 4, "apprentice": 5, "guest": None}
ROLES = {"hanne": "admin", "aoife": "admin", "lukas": "monitor"}
INTENTS = {
    "ask": Intent.QUESTION,
    "fyi": Intent.FYI,
    "idea": Intent.IDEA,
    "thanks": Intent.PRAISE,
}


# Whom the sign-in page offers by one click, while the server is bound to loopback.
OFFERED = ["mara", "yusuf", "signe", "tobias", "hanne"]


def load(now: datetime | None = None, seed: int = 1) -> None:
    """Make the company and its year up to `now`; the database must have none of its handles."""
    now = now or clock.now()
    company = Company()
    with clock.set_to(now - timedelta(days=400)), transaction.atomic():
        company.found()
        Secret.objects.create(name="demo", value=" ".join(OFFERED))
    for batch in _batches(year(now, seed)):
        with transaction.atomic():
            for happening in batch:
                with clock.set_to(happening.at):
                    company.take(happening)


def _batches(happenings: Iterable[Happening]) -> Iterator[tuple[Happening, ...]]:
    rest = iter(happenings)
    while batch := tuple(islice(rest, BATCH)):
        yield batch


class Company:
    """What was made so far, by the names that the stories use."""

    def __init__(self) -> None:
        self.viewers: dict[str, Viewer] = {}
        self.groups: dict[str, tuple[int, int]] = {}  # account and group id
        self.posts: dict[str, Post] = {}
        self.said: dict[str, Said] = {}

    def found(self) -> None:
        """The people, the wall between two segments, the systems and the groups."""
        everybody = [*cast.people().values(), *cast.GUESTS.values()]
        for person in everybody:
            self._hire(person)
        for one, other in cast.BARRIERS:
            people.raise_barrier(SYSTEM, one, other)
        for system in cast.SYSTEMS.values():
            self._install(system)
        for username, viewer in self.viewers.items():
            self.viewers[username] = Viewer.person(
                viewer.account_id, walled=walled(viewer.account_id)
            )
        for group in cast.GROUPS.values():
            self._open(group)

    def _hire(self, person: cast.Person) -> None:
        account = people.create_account(
            SYSTEM,
            username=person.username,
            email=person.email,
            display_name=person.name,
            note=person.bio,
            role=ROLES.get(person.username, "member"),
            locale=person.language,
            time_zone=person.time_zone,
            unit=person.unit,
            title=person.title,
            manager=person.manager if person.manager in self.viewers else None,
            level=LEVELS[person.level],
            country=person.country,
            zone="guest" if person.zone else "inside",
            segments=[person.segment] if person.segment else [],
        )
        self._enrol(person.username, account.pk, faces.face(person))

    def _install(self, system: cast.System) -> None:
        account = people.create_account(
            SYSTEM,
            username=system.username,
            display_name=system.name,
            note=system.note,
            kind="bot",
        )
        self._enrol(system.username, account.pk, faces.chip(system))

    def _enrol(self, username: str, account_id: int, picture: bytes) -> None:
        self.viewers[username] = Viewer.person(account_id)
        people.edit_profile(self.viewers[username], avatar=_file(picture, username))

    def _open(self, group: cast.Group) -> None:
        host = self.viewers[group.owner]
        made = people.create_group(
            host,
            username=group.username,
            display_name=group.name,
            purpose=group.purpose,
            access=group.access,
        )
        picture = _file(faces.tile(group), group.username)
        people.edit_profile(host, made.account_id, avatar=picture)
        self.groups[group.username] = (made.account_id, made.pk)

    @singledispatchmethod
    def take(self, happening: Happening) -> None:
        """Do what happened, as the person who did it."""
        raise TypeError(f"Nobody knows how to do {happening!r}.")

    @take.register
    def _(self, said: Said) -> None:
        viewer = self.viewers[said.author]
        parent = self.posts[said.reply_to].pk if said.reply_to else None
        self.posts[said.key] = posts.publish(
            viewer,
            text=said.text,
            language=said.language,
            in_reply_to_id=parent,
            quoted_id=self.posts[said.quote].pk if said.quote else None,
            poll=_ballot(said.poll, said.at) if said.poll else None,
            media_ids=self._attach(viewer, said),
            intent=INTENTS.get(said.intent, Intent.UPDATE),
            **self._audience(said.audience),
        )
        self.said[said.key] = said

    def _audience(self, audience: str) -> dict[str, Any]:
        kind, _, group = audience.partition(":")
        if not group:
            return {"audience": kind}
        return {"audience": Audience.GROUP, "group_id": self.groups[group][1]}

    def _attach(self, viewer: Viewer, said: Said) -> list[int]:
        if said.picture is None:
            return []
        drawn = _file(faces.scene(said.picture.scene), said.picture.scene)
        return [posts.upload(viewer, drawn, description=said.picture.alt).pk]

    @take.register
    def _(self, edited: Edited) -> None:
        said, post = self.said[edited.key], self.posts[edited.key]
        posts.edit(
            self.viewers[said.author],
            post.pk,
            text=edited.text,
            language=said.language,
            media_ids=list(post.media.values_list("pk", flat=True)),
        )

    @take.register
    def _(self, pinned: Pinned) -> None:
        posts.pin(self.viewers[self.said[pinned.key].author], self.posts[pinned.key].pk)

    @take.register
    def _(self, liked: Liked) -> None:
        self._mark(posts.favourite, liked)

    @take.register
    def _(self, passed_on: PassedOn) -> None:
        self._mark(posts.boost, passed_on)

    @take.register
    def _(self, bookmarked: Bookmarked) -> None:
        self._mark(posts.bookmark, bookmarked)

    def _mark(
        self, mark: Callable[[Viewer, int], Post], done: Liked | PassedOn | Bookmarked
    ) -> None:
        mark(self.viewers[done.who], self.posts[done.key].pk)

    @take.register
    def _(self, voted: Voted) -> None:
        poll = self.posts[voted.key].poll
        posts.vote(self.viewers[voted.who], poll.pk, list(voted.choices))

    @take.register
    def _(self, followed: Followed) -> None:
        people.follow(self.viewers[followed.who], self.viewers[followed.whom].account_id)

    @take.register
    def _(self, joined: Joined) -> None:
        """By themselves where the group is open to them, else brought in by its host."""
        group, who = cast.GROUPS[joined.group], self.viewers[joined.who]
        account_id = self.groups[joined.group][0]
        if group.access == Access.OPEN and joined.who not in cast.GUESTS:
            people.join(who, account_id)
        else:
            people.add_member(self.viewers[group.owner], account_id, who.account_id)


def _ballot(poll: Poll, since: datetime) -> posts.PollWords:
    return posts.PollWords(list(poll.options), int((poll.closes - since).total_seconds()))


def _file(content: bytes, name: str) -> File[bytes]:
    return File(BytesIO(content), name=f"{name}.webp")
