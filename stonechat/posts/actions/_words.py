"""From what somebody typed to what is stored: checked, rendered and resolved, before any lock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.audience.visibility import reachable
from stonechat.core import text as texts
from stonechat.core.actions import Refused
from stonechat.core.statements import Statement
from stonechat.people.queries import Named, handles_seen

# Mastodon's bounds (its documentation of POST /api/v1/statuses), shown in the instance entity.
MEDIA_AT_MOST = 4
POLL_OPTIONS, POLL_OPTION_LENGTH = (2, 4), 50
POLL_SECONDS = (300, 2_629_746)


@dataclass(frozen=True)
class PollWords:
    """A poll as it is asked for; `seconds` from publishing until it closes."""

    options: list[str]
    seconds: int
    multiple: bool = False
    hide_totals: bool = False

    def check(self) -> None:
        """Refuse what no poll can be."""
        low, high = POLL_OPTIONS
        if not low <= len(self.options) <= high:
            raise Refused(_("A poll needs %d to %d options.") % POLL_OPTIONS, "poll")
        if any(not option.strip() or len(option) > POLL_OPTION_LENGTH for option in self.options):
            raise Refused(
                _("Each option of a poll needs 1 to %d characters.") % POLL_OPTION_LENGTH, "poll"
            )
        if len(set(self.options)) != len(self.options):
            raise Refused(_("The options of a poll must differ."), "poll")
        low, high = POLL_SECONDS
        if not low <= self.seconds <= high:
            raise Refused(_("A poll may be open from 5 minutes to one month."), "poll")

    @property
    def lasts(self) -> timedelta:
        """How long people may vote."""
        return timedelta(seconds=self.seconds)


@dataclass(frozen=True)
class Words:
    """The words of one version, complete: what a `Version`, its mentions and tags are made of."""

    text: str
    html: str
    spoiler: str
    sensitive: bool
    language: str
    named: dict[str, Named] = field(default_factory=dict)  # everybody named whom the author sees
    tags: dict[str, str] = field(default_factory=dict)  # folded → as written
    links: list[str] = field(default_factory=list)
    salt: str = field(default_factory=lambda: token_hex(16))

    @property
    def digest(self) -> str:
        """Salted, so that erasing the salt with the words leaves nothing to guess from."""
        return sha256(f"{self.salt}\0{self.spoiler}\0{self.text}".encode()).hexdigest()

    @property
    def people(self) -> list[int]:
        """Ids of the persons and bots named, not of groups."""
        return [named.id for named in self.named.values() if named.group_id is None]

    @property
    def groups(self) -> list[Named]:
        """The groups named."""
        return [named for named in self.named.values() if named.group_id is not None]


def words(
    viewer: Viewer, *, text: str, spoiler: str = "", sensitive: bool = False, language: str = ""
) -> Words:
    """Check and render what was typed. A handle the viewer may not see stays plain text."""
    text, spoiler = _cleaned(text), _cleaned(spoiler)
    _check_length(text, spoiler)
    tokens = texts.parse(text)
    handles = {_local(t.address) for t in tokens if isinstance(t, texts.Mention)} - {""}
    named = handles_seen(viewer, handles) if handles else {}
    return Words(
        text=text,
        html=texts.html(tokens, mention=lambda a: _profile(named.get(_local(a))), tag=tag_url),
        spoiler=spoiler,
        sensitive=sensitive or bool(spoiler),
        language=language[:12],
        named=named,
        tags={texts.fold(t.name): t.name for t in tokens if isinstance(t, texts.Tag)},
        links=[t.url for t in tokens if isinstance(t, texts.Link)],
    )


def _reached(viewer_id: int, ids: list[int]) -> QuerySet[Any, Any]:
    return reachable(Viewer.person(viewer_id)).filter(pk__in=ids).values_list("pk")


REACHED = Statement(_reached)


def check_reach(viewer: Viewer, named: Words) -> None:
    """Refuse words that name somebody whom the viewer sees but may not reach."""
    others = {n.id: n for n in named.named.values() if n.id != viewer.account_id}
    if not others:
        return
    reached = {row[0] for row in REACHED(viewer.account_id, list(others))}
    for id, person in others.items():
        if id not in reached:
            raise Refused(
                _("You cannot mention @%s: one of you blocked the other, or the account is closed.")
                % person.username,
                "status",
            )


def tag_url(name: str) -> str:
    """Where a tag's posts are."""
    return f"{settings.STONECHAT_URL}/tags/{name}"


def _local(address: str) -> str:
    """The handle of one of ours; "" for an address elsewhere, which stays plain text."""
    handle, _, domain = address.lower().partition("@")
    ours = urlsplit(settings.STONECHAT_URL).netloc
    return handle if domain in {"", ours, ours.partition(":")[0]} else ""


def _profile(named: Named | None) -> str | None:
    return f"{settings.STONECHAT_URL}/@{named.username}" if named else None


def _cleaned(text: str) -> str:
    try:
        return texts.clean(text)
    except ValueError as error:
        raise Refused(str(error), "status") from error


def _check_length(text: str, spoiler: str) -> None:
    limit = settings.STONECHAT_POST_LENGTH
    # A cheap bound first: counting graphemes of a megabyte helps nobody.
    if len(text) + len(spoiler) > 20 * limit + 10_000 or texts.length(text, spoiler) > limit:
        raise Refused(
            _("Validation failed: Text character limit of %d exceeded. Shorten it.") % limit,
            "status",
        )
