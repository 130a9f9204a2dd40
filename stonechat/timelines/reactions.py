"""What follows: direct posts are filed as conversations, and who goes leaves no reading behind."""

from __future__ import annotations

from stonechat.audience.models import Audience
from stonechat.people.events import AccountDeleted
from stonechat.posts.events import PostEvent
from stonechat.posts.models import Mention, Post
from stonechat.timelines.models import Conversation, Filter, List, Marker, TagFollow


def file_conversation(event: PostEvent) -> None:
    """Bring the exchange that a direct post belongs to up to date, for each who takes part."""
    post = Post.objects.get(pk=event.post_id)
    if post.audience != Audience.DIRECT:
        return
    exchange = _exchange(post)
    start_id = exchange[0]
    for account_id in _people(post) | _holders(start_id, post.pk):
        said = Post.objects.filter(pk__in=exchange, deleted_at=None)
        mine = said.filter(author_id=account_id) | said.filter(mentions__account_id=account_id)
        _file(account_id, start_id, mine.order_by("-pk").first())


def _exchange(post: Post) -> list[int]:
    """Ids of the direct posts that hang together with this one, the first of them first."""
    thread = Post.objects.filter(root_id=post.root_id, audience=Audience.DIRECT).order_by("pk")
    starts: dict[int | None, int] = {}
    for id, parent in thread.values_list("pk", "in_reply_to_id"):
        starts[id] = starts.get(parent, id)
    return [id for id, start in starts.items() if id is not None and start == starts[post.pk]]


def _people(post: Post) -> set[int]:
    named = Mention.objects.filter(post=post).values_list("account_id", flat=True)
    return {post.author_id, *named}


def _holders(start_id: int, post_id: int) -> set[int]:
    """Whose row ends with this post: a deletion must move them."""
    rows = Conversation.objects.filter(start_id=start_id, last_post_id=post_id)
    return set(rows.values_list("account_id", flat=True))


def _file(account_id: int, start_id: int, last: Post | None) -> None:
    rows = Conversation.objects.filter(account_id=account_id, start_id=start_id)
    if last is None:
        rows.delete()
        return
    unread = last.author_id != account_id
    row, new = rows.get_or_create(
        account_id=account_id,
        start_id=start_id,
        defaults={"last_post": last, "unread": unread},
    )
    if new or row.last_post_id == last.pk:
        return
    if last.pk > row.last_post_id:  # something was said: it is news, and comes out of hiding
        row.unread, row.hidden = unread, False
    row.last_post = last
    row.save(update_fields=["last_post", "unread", "hidden"])


def forget_reading(event: AccountDeleted) -> None:
    """How somebody read goes with their account."""
    for kept in (List, TagFollow, Marker, Conversation, Filter):
        kept._default_manager.filter(account_id=event.account_id).delete()
