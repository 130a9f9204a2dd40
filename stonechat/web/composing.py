"""The composer: what may be chosen, what was typed, and how it becomes a post.

Whatever is refused, the words stay: the form is shown again with the sentence that says why, and
files that were taken in already are kept by their ids.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stonechat.audience.viewer import Viewer
from stonechat.core.actions import NotAllowed, Refused
from stonechat.people.cards import cards as account_cards
from stonechat.people.queries.groups import Readers, my_groups, readers
from stonechat.posts import actions, queries
from stonechat.posts.cards import MediaCard, PostCard, QuoteCard, card
from stonechat.web.requests import WebRequest, number

FILES = 4  # as many as a post may have
POLL_OPTIONS = 4
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Choice:
    """An audience that may be chosen: the sentence says who would read it."""

    value: str
    icon: str
    who: str
    sentence: str


@dataclass(slots=True)
class Typed:
    """What stands in the form."""

    text: str = ""
    intent: str = "update"
    audience: str = "organisation"
    spoiler: str = ""
    language: str = ""
    key: str = ""
    options: list[str] = field(default_factory=list)
    seconds: int = DAY
    multiple: bool = False
    media: list[MediaCard] = field(default_factory=list)
    in_reply_to: int | None = None
    quoted: int | None = None

    @property
    def four_options(self) -> list[str]:
        """The lines of the poll, empty ones included."""
        return (self.options + [""] * POLL_OPTIONS)[:POLL_OPTIONS]


@dataclass(slots=True)
class Composer:
    """The form as a template shows it; `error` is why the last try did not go."""

    typed: Typed
    choices: list[Choice]
    parent: QuoteCard | None = None
    quoted: QuoteCard | None = None
    error: str = ""
    limit: int = 0
    free_files: int = FILES

    @property
    def intents(self) -> list[tuple[str, str, str, str]]:
        """Value, colour, icon and word of each intent."""
        return [
            ("update", "", "pencil", _("Update")),
            ("question", "v-q", "message-circle-question-mark", _("Question")),
            ("fyi", "v-f", "info", _("For information")),
            ("idea", "v-d", "lightbulb", _("Idea")),
            ("praise", "v-p", "hand-heart", _("Thanks")),
        ]

    @property
    def durations(self) -> list[tuple[int, str]]:
        """How long a poll may be open."""
        return [
            (3600, _("1 hour")),
            (DAY, _("1 day")),
            (3 * DAY, _("3 days")),
            (7 * DAY, _("1 week")),
        ]


def composer(viewer: Viewer, typed: Typed, error: str = "") -> Composer:
    """The form, with whom it answers or quotes and who would read each choice."""
    return Composer(
        typed=typed,
        choices=[] if typed.in_reply_to else choices(viewer),
        parent=_seen(viewer, typed.in_reply_to),
        quoted=_seen(viewer, typed.quoted),
        error=error,
        limit=settings.STONECHAT_POST_LENGTH,
        free_files=FILES - len(typed.media),
    )


def _seen(viewer: Viewer, post_id: int | None) -> QuoteCard | None:
    """What is answered or quoted; it may have gone while somebody wrote."""
    try:
        return QuoteCard("accepted", card(viewer, post_id), post_id) if post_id else None
    except ObjectDoesNotExist:
        return None


def choices(viewer: Viewer) -> list[Choice]:
    """The audiences, from wide to narrow."""
    known = readers(viewer)
    followers = _people(known.followers + 1)
    return [
        Choice("organisation", "building-2", *_organisation(known)),
        *_groups(viewer, known),
        Choice("followers", "user-round-plus", followers, _("You and who follows you, no others.")),
        Choice("direct", "at-sign", _("Only the people you name"), _("Write @ and their names.")),
    ]


def _organisation(known: Readers) -> tuple[str, str]:
    name = settings.STONECHAT_NAME
    if known.everybody is None:
        return _("Everybody at %(name)s") % {"name": name}, _("They can read this.")
    words = ngettext("%(n)s person at %(name)s", "All %(n)s people at %(name)s", known.everybody)
    return words % {"n": known.everybody, "name": name}, _("can read this.")


def _groups(viewer: Viewer, known: Readers) -> list[Choice]:
    mine = my_groups(viewer)
    named = account_cards(viewer, [group.account_id for group in mine])
    return [
        Choice(
            f"group:{group.id}",
            "users-round",
            f"{named[group.account_id].name}, {_people(known.groups.get(group.id, 1))}",
            _("can read this."),
        )
        for group in mine
        if group.account_id in named
    ]


def _people(n: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": n}


# From the form to the post.


def typed_in(request: WebRequest) -> Typed:
    """What was sent, as it was sent; uploads that were kept before come by their ids."""
    sent = request.POST
    return Typed(
        text=sent.get("text", ""),
        intent=sent.get("intent", "update"),
        audience=sent.get("audience", "organisation"),
        spoiler=sent.get("spoiler", ""),
        language=sent.get("language", ""),
        key=sent.get("key", "")[:64] or uuid4().hex,
        options=[option.strip() for option in sent.getlist("option") if option.strip()],
        seconds=number(sent.get("seconds", "")) or DAY,
        multiple="multiple" in sent,
        media=_kept(request.viewer, sent.getlist("media")),
        in_reply_to=number(sent.get("in_reply_to", "")),
        quoted=number(sent.get("quoted", "")),
    )


def _kept(viewer: Viewer, ids: list[str]) -> list[MediaCard]:
    kept: list[MediaCard] = []
    for one in filter(None, map(number, ids[:FILES])):
        try:
            kept.append(MediaCard.of(queries.upload(viewer, one)))
        except ObjectDoesNotExist:
            continue  # thrown away, or used in another tab: the words matter more
    return kept


def take_files(request: WebRequest, typed: Typed) -> None:
    """Take the files in, each with the description beside it; they stay with the form."""
    described = request.POST.getlist("description")
    for place, file in enumerate(request.FILES.getlist("file")[: FILES - len(typed.media)]):
        about = described[place] if place < len(described) else ""
        typed.media.append(MediaCard.of(actions.upload(request.viewer, file, description=about)))


def publish(viewer: Viewer, typed: Typed) -> int:
    """The id of the new post."""
    group, audience = None, typed.audience
    if audience.startswith("group:"):
        group, audience = number(audience.removeprefix("group:")) or 0, "group"
    post = actions.publish(
        viewer,
        text=typed.text,
        audience=audience,
        group_id=group,
        spoiler=typed.spoiler,
        language=typed.language,
        intent=typed.intent,
        media_ids=[one.id for one in typed.media],
        poll=_poll(typed),
        in_reply_to_id=typed.in_reply_to,
        quoted_id=typed.quoted,
        key=typed.key,
    )
    return int(post.pk)


def _poll(typed: Typed) -> actions.PollWords | None:
    if not typed.options:
        return None
    return actions.PollWords(typed.options, typed.seconds, typed.multiple)


FAULTS = (Refused, NotAllowed, ObjectDoesNotExist)


def sentence(error: Exception) -> str:
    """Why it did not go."""
    if isinstance(error, ObjectDoesNotExist):
        return _("What you answer, or the group you chose, is no longer there for you.")
    return str(error).removeprefix("Validation failed: ")


def correct(viewer: Viewer, shown: PostCard, text: str, spoiler: str) -> None:
    """Change the words of one's post; what hangs on it stays as it is."""
    said = shown.said
    actions.edit(
        viewer,
        said.id,
        text=text,
        spoiler=spoiler,
        sensitive=said.sensitive and bool(said.media),
        language=said.language,
        media_ids=[one.id for one in said.media],
        poll=_same_poll(shown),
    )


def _same_poll(shown: PostCard) -> actions.PollWords | None:
    poll = shown.poll
    if poll is None:
        return None
    seconds = int((poll.expires_at - shown.said.created_at).total_seconds())
    return actions.PollWords(poll.titles, seconds, poll.multiple, poll.votes is None)
