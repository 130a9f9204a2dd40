"""Editing: a new version beside the old ones."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import F
from django.utils.translation import gettext as _

from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.core.actions import Refused, action, prepared_by, require
from stonechat.core.events import about_to, happened
from stonechat.posts import queries, rules
from stonechat.posts.actions._words import PollWords, Words, check_reach, words
from stonechat.posts.actions._writing import Attached, ask, attach, attachable, write_version
from stonechat.posts.events import PostEdited, PublishingPost, QuotePolicyChanged
from stonechat.posts.models import Media, Poll, Post, QuotePolicy


@dataclass(frozen=True)
class Correction:
    """The whole post as it shall be; what is left out (media, poll) is removed."""

    post_id: int
    words: Words
    media_ids: list[int] = field(default_factory=list)
    descriptions: dict[int, dict[str, str]] = field(default_factory=dict)
    poll: PollWords | None = None


def _correction(
    viewer: Viewer,
    post_id: int,
    *,
    text: str,
    spoiler: str = "",
    sensitive: bool = False,
    language: str = "",
    media_ids: list[int] | None = None,
    descriptions: dict[int, dict[str, str]] | None = None,
    poll: PollWords | None = None,
) -> Correction:
    """Check and render an edit. `descriptions`: {media id: {description, focus}} to change."""
    typed = words(viewer, text=text, spoiler=spoiler, sensitive=sensitive, language=language)
    if not (text.strip() or media_ids or poll):
        raise Refused(_("Validation failed: Text can't be blank"), "status")
    if poll:
        poll.check()
    return Correction(post_id, typed, media_ids or [], descriptions or {}, poll)


@prepared_by(_correction)
def edit(viewer: Viewer, new: Correction) -> Post:
    """Give a post a new version; one that changes nothing makes none."""
    post = queries.post(viewer, new.post_id)
    require(rules.may_edit(viewer, post), _("You can edit only your own posts."))
    check_reach(viewer, new.words)
    media = attachable(viewer, new.media_ids, post)
    about_to(_intent(post, new))
    changed = _change_media(post, media, new.descriptions)
    changed = _change_poll(post, new.poll) or changed
    if not changed and _same(post, new.words):
        return post
    _next_version(post, new.words, Attached(media, new.poll.options if new.poll else None))
    happened(PostEdited(viewer.account_id, post_id=post.pk), new.words.digest)
    return post


@action
def set_quote_policy(viewer: Viewer, post_id: int, policy: str) -> Post:
    """Decide who may quote one's post from now on."""
    post = queries.post(viewer, post_id)
    require(rules.may_edit(viewer, post), _("You can change only your own posts."))
    if policy not in QuotePolicy.values:
        raise Refused(_("Validation failed: Quote policy is not included in the list"))
    Post.objects.filter(pk=post.pk).update(quote_policy=policy, revision=F("revision") + 1)
    happened(QuotePolicyChanged(viewer.account_id, post_id=post.pk))
    return post


def _intent(post: Post, new: Correction) -> PublishingPost:
    return PublishingPost(
        actor_id=post.author_id,
        text=new.words.text,
        spoiler=new.words.spoiler,
        audience=post.audience,
        group_id=post.group_id,
        media_ids=new.media_ids,
    )


def _same(post: Post, new: Words) -> bool:
    old = post.current
    assert old is not None
    before = (old.text, old.spoiler, old.sensitive, old.language)
    return before == (new.text, new.spoiler, new.sensitive, new.language or old.language)


def _change_media(post: Post, media: list[Media], changes: dict[int, dict[str, str]]) -> bool:
    before = list(Media.objects.filter(post=post).order_by("position").values_list("pk", flat=True))
    attach(post, media)
    changed = before != [one.pk for one in media]
    for one in media:
        new = changes.get(one.pk, {})
        if "description" in new and new["description"] != one.description:
            one.description, changed = new["description"], True
            one.save(update_fields=["description"])
    return changed


def _change_poll(post: Post, new: PollWords | None) -> bool:
    """Another poll, or none, throws the ballots away; the same poll keeps them."""
    old = Poll.objects.filter(post=post).first()
    if old and new and (old.options, old.multiple) == (new.options, new.multiple):
        return False
    if old:
        old.delete()
    if new:
        ask(post, new, clock.now())
    return bool(old or new)


def _next_version(post: Post, new: Words, attached: Attached) -> None:
    now = clock.now()
    write_version(post, new, attached, now)
    post.edited_at = now
    post.revision += 1
    post.save(update_fields=["current", "edited_at", "revision"])
