"""Who may do what with a post. Each rule is about a post that the viewer already sees."""

from __future__ import annotations

from stonechat.audience.models import Audience
from stonechat.audience.viewer import Viewer
from stonechat.people.models import Follow, Group
from stonechat.posts.models import Media, Poll, Post, QuotePolicy

OPEN = {Audience.ORGANISATION, Audience.UNLISTED}


def may_publish(viewer: Viewer) -> bool:
    """Everybody who signed in may speak."""
    return bool(viewer)


def may_post_in(viewer: Viewer, group: Group) -> bool:
    """Members post in their groups."""
    return bool(group.members.filter(account_id=viewer.account_id, accepted=True).exists())


def may_edit(viewer: Viewer, post: Post) -> bool:
    """Words are changed by who said them."""
    return bool(post.author_id == viewer.account_id and post.boost_of_id is None)


def may_delete(viewer: Viewer, post: Post) -> bool:
    """Words are taken back by who said them."""
    return bool(post.author_id == viewer.account_id)


def may_boost(viewer: Viewer, post: Post) -> bool:
    """What is open may be passed on; what was said to followers only by its author."""
    own = post.author_id == viewer.account_id
    return post.audience in OPEN or (own and post.audience == Audience.FOLLOWERS)


def may_quote(viewer: Viewer, post: Post) -> bool:
    """The author decides who quotes; what is not open only they may quote."""
    if post.author_id == viewer.account_id:
        return True
    if post.audience not in OPEN or post.quote_policy == QuotePolicy.NOBODY:
        return False
    return post.quote_policy == QuotePolicy.PUBLIC or _follows(viewer, post)


def may_favourite(viewer: Viewer, post: Post) -> bool:
    """Whoever reads a post may like and keep it."""
    return bool(viewer)


def may_pin(viewer: Viewer, post: Post) -> bool:
    """One's own words, unless they were for a few named people."""
    return may_edit(viewer, post) and post.audience != Audience.DIRECT


def may_vote(viewer: Viewer, poll: Poll) -> bool:
    """Everybody who reads a poll but its author."""
    return bool(viewer) and poll.post.author_id != viewer.account_id


def may_attach(viewer: Viewer, media: Media, to: Post | None = None) -> bool:
    """One's own upload that hangs on no other living post."""
    free = (
        media.post is None or media.post_id == getattr(to, "pk", 0) or bool(media.post.deleted_at)
    )
    return bool(media.owner_id == viewer.account_id and free)


def may_change_media(viewer: Viewer, media: Media) -> bool:
    """One's own upload, until it was used."""
    return bool(media.owner_id == viewer.account_id and media.post_id is None)


def _follows(viewer: Viewer, post: Post) -> bool:
    follow = Follow.objects.filter(account_id=viewer.account_id, target_id=post.author_id)
    return follow.filter(accepted=True).exists()
