"""Storing words: the version, its mentions, tags, media and poll, and the full-text index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from stonechat.audience.models import Audience
from stonechat.audience.viewer import Viewer
from stonechat.core import fulltext, ids
from stonechat.core.actions import Refused
from stonechat.posts import rules
from stonechat.posts.actions._words import MEDIA_AT_MOST, PollWords, Words
from stonechat.posts.models import Media, Mention, Poll, Post, Tag, Tagging, Version
from stonechat.posts.models.attachments import MediaState


@dataclass(frozen=True)
class Attached:
    """What hangs on a version beside its words."""

    media: list[Media]
    titles: list[str] | None = None  # of the poll's options

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The files as this version showed them."""
        return [{"id": media.pk, "description": media.description} for media in self.media]

    def indexed(self, words: Words) -> str:
        """Words, warning, poll options and descriptions of pictures are all found by search."""
        descriptions = [media.description for media in self.media]
        return "\n".join([words.spoiler, words.text, *(self.titles or []), *descriptions])


def write_version(post: Post, words: Words, attached: Attached, at: datetime) -> Version:
    """Add a version and everything that is found by its words."""
    number = post.versions.count() + 1 if post.current_id else 1
    version = Version.objects.create(
        post=post,
        number=number,
        text=words.text,
        html=words.html,
        spoiler=words.spoiler,
        sensitive=words.sensitive,
        language=words.language,
        media=attached.shown,
        poll=attached.titles,
        salt=words.salt,
        created_at=at,
    )
    post.current = version
    _name(post, words)
    if number > 1:
        Tagging.objects.filter(post=post).exclude(tag__folded__in=words.tags).delete()
    _tag(post, words)
    index = fulltext.put if number > 1 else fulltext.add
    index(post.pk, attached.indexed(words), words.language)
    return version


def attachable(viewer: Viewer, media_ids: list[int], post: Post | None = None) -> list[Media]:
    """The uploads to attach, in order; refused when they are too many, foreign or unfinished."""
    if len(media_ids) > MEDIA_AT_MOST:
        raise Refused(_("Cannot attach more than %d files.") % MEDIA_AT_MOST, "media_ids")
    found = Media.objects.select_related("post").in_bulk(media_ids)
    media = [found[id] for id in media_ids if id in found]
    if len(media) != len(media_ids) or not all(rules.may_attach(viewer, m, post) for m in media):
        raise Refused(
            _("Attach files that you uploaded yourself and have not used yet."), "media_ids"
        )
    if any(m.state != MediaState.READY for m in media):
        raise Refused(
            _("Cannot attach files that have not finished processing. Try again in a moment!")
        )
    return media


def attach(post: Post, media: list[Media]) -> None:
    """Hang these uploads on the post, in this order, and no others."""
    Media.objects.filter(post=post).exclude(pk__in=[m.pk for m in media]).update(post=None)
    for position, one in enumerate(media):
        one.post, one.position = post, position
        one.save(update_fields=["post", "position"])


def ask(post: Post, poll: PollWords, at: datetime) -> Poll:
    """Open a poll on the post."""
    return Poll.objects.create(
        id=ids.draw(Poll),
        post=post,
        options=poll.options,
        multiple=poll.multiple,
        hide_totals=poll.hide_totals,
        expires_at=at + poll.lasts,
    )


def _name(post: Post, words: Words) -> None:
    """Mentions of earlier versions stay: who was called once may go on reading."""
    people = set(words.people)
    if post.in_reply_to_account_id and post.audience == Audience.DIRECT:
        people.add(post.in_reply_to_account_id)
    people.discard(post.author_id)
    rows = [Mention(post=post, account_id=id) for id in sorted(people)]
    Mention.objects.bulk_create(rows, ignore_conflicts=True)


def _tag(post: Post, words: Words) -> None:
    if not words.tags:
        return
    Tag.objects.bulk_create(
        [Tag(folded=folded[:100], name=name[:100]) for folded, name in words.tags.items()],
        ignore_conflicts=True,
    )
    tags = Tag.objects.filter(folded__in=words.tags).values_list("pk", flat=True)
    rows = [Tagging(post=post, tag_id=tag) for tag in tags]
    Tagging.objects.bulk_create(rows, ignore_conflicts=True)
