"""Publishing a post."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from stonechat.audience.models import Audience
from stonechat.audience.viewer import Viewer
from stonechat.core import clock, ids
from stonechat.core.actions import Refused, prepared_by, require
from stonechat.core.events import about_to, happened
from stonechat.posts import queries, rules
from stonechat.posts.actions._counting import count
from stonechat.posts.actions._destination import Destination, destination
from stonechat.posts.actions._words import PollWords, Words, check_reach, words
from stonechat.posts.actions._writing import Attached, ask, attach, attachable, write_version
from stonechat.posts.events import PostPublished, PostQuoted, PublishingPost
from stonechat.posts.models import Idempotency, Intent, Media, Post, QuotePolicy, QuoteState


@dataclass(frozen=True)
class Draft:
    """Everything that was asked for, with the words already rendered."""

    words: Words
    audience: str
    group_id: int | None = None
    in_reply_to_id: int | None = None
    media_ids: list[int] = field(default_factory=list)
    poll: PollWords | None = None
    quoted_id: int | None = None
    quote_policy: str = QuotePolicy.PUBLIC
    intent: str = Intent.UPDATE
    application_id: int | None = None
    key: str = ""


def _draft(
    viewer: Viewer,
    *,
    text: str,
    audience: str = Audience.ORGANISATION,
    spoiler: str = "",
    sensitive: bool = False,
    language: str = "",
    poll: PollWords | None = None,
    media_ids: list[int] | None = None,
    **rest: Any,
) -> Draft:
    """Check and render a post; `rest` are the other fields of `Draft`.

    `key` is the client's idempotency key: the same key within an hour gives the first post.
    """
    typed = words(viewer, text=text, spoiler=spoiler, sensitive=sensitive, language=language)
    made = Draft(words=typed, audience=audience, poll=poll, media_ids=media_ids or [], **rest)
    _check(made)
    return made


def _check(made: Draft) -> None:
    if made.quote_policy not in QuotePolicy.values:
        raise Refused(_("Validation failed: Quote policy is not included in the list"))
    if made.intent not in Intent.values:
        raise Refused(_("Validation failed: Intent is not included in the list"))
    if made.poll:
        made.poll.check()
    if made.poll and made.media_ids:
        raise Refused(_("A post can have a poll or files, not both."), "media_ids")
    if not (made.words.text.strip() or made.media_ids or made.poll or made.quoted_id):
        raise Refused(_("Validation failed: Text can't be blank"), "status")


@prepared_by(_draft)
def publish(viewer: Viewer, made: Draft) -> Post:
    """Say something: the post, its fact, and everything a reader must find at once."""
    require(rules.may_publish(viewer), _("Sign in to post."))
    if made.key and (before := _published_before(viewer, made.key)):
        return before
    check_reach(viewer, made.words)
    parent = made.in_reply_to_id and queries.original(viewer, made.in_reply_to_id)
    quoted = made.quoted_id and queries.original(viewer, made.quoted_id)
    to = destination(viewer, made.words, made.audience, made.group_id, parent or None)
    media = attachable(viewer, made.media_ids)
    if quoted:
        to = _quoting(viewer, quoted, to)
    about_to(_intent(viewer, made, to))
    post = _write(viewer, made, to, parent or None, quoted or None, media)
    count(post)
    happened(PostPublished(actor_id=viewer.account_id, post_id=post.pk), made.words.digest)
    _follow_up(viewer, made, post, quoted or None)
    return post


def _quoting(viewer: Viewer, quoted: Post, to: Destination) -> Destination:
    require(rules.may_quote(viewer, quoted), _("Its author does not let others quote this post."))
    closed = quoted.audience not in rules.OPEN and to.audience in rules.OPEN
    return Destination(quoted.audience, quoted.group_id) if closed else to


def _intent(viewer: Viewer, made: Draft, to: Destination) -> PublishingPost:
    return PublishingPost(
        actor_id=viewer.account_id,
        text=made.words.text,
        spoiler=made.words.spoiler,
        audience=to.audience,
        group_id=to.group_id,
        media_ids=made.media_ids,
    )


def _write(
    viewer: Viewer,
    made: Draft,
    to: Destination,
    parent: Post | None,
    quoted: Post | None,
    media: list[Media],
) -> Post:
    now, id = clock.now(), ids.draw(Post)
    post = Post.objects.create(
        id=id,
        author_id=viewer.account_id,
        audience=to.audience,
        group_id=to.group_id,
        created_at=now,
        intent=made.intent,
        root_id=parent.root_id if parent else id,
        in_reply_to=parent,
        in_reply_to_account_id=parent.author_id if parent else None,
        quote_of=quoted,
        quote_state=QuoteState.ACCEPTED if quoted else QuoteState.NONE,
        quote_policy=made.quote_policy,
        application_id=made.application_id,
    )
    if media:
        attach(post, media)
    if made.poll:
        ask(post, made.poll, now)
    titles = made.poll.options if made.poll else None
    write_version(post, made.words, Attached(media, titles), now)
    post.save(update_fields=["current"])
    return post


def _follow_up(viewer: Viewer, made: Draft, post: Post, quoted: Post | None) -> None:
    """Tell whoever was quoted, and remember the client's key."""
    if quoted:
        happened(PostQuoted(viewer.account_id, post_id=quoted.pk, quoting_id=post.pk))
    if made.key:
        Idempotency.objects.create(
            account_id=viewer.account_id, key=made.key, post=post, created_at=clock.now()
        )


def _published_before(viewer: Viewer, key: str) -> Post | None:
    first = Idempotency.objects.filter(account_id=viewer.account_id, key=key, post__isnull=False)
    found = first.select_related("post").first()
    return found.post if found else None
