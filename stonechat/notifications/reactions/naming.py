"""Who is named in a post, and who only since it was changed."""

from __future__ import annotations

from stonechat.core import text
from stonechat.posts.models import Mention, Post, Version


def named(post: Post) -> list[int]:
    """Everybody named, in the order of their names in the text."""
    mentions = Mention.objects.filter(post=post).order_by("pk")
    return list(mentions.values_list("account_id", flat=True))


def newly_named(post: Post) -> list[int]:
    """Those whom the first version did not name: the others were told when it was published."""
    first = Version.objects.filter(post=post, number=1).values_list("text", flat=True).first()
    before = {one.handle for one in text.parse(first or "") if isinstance(one, text.Mention)}
    mentions = Mention.objects.filter(post=post).order_by("pk")
    rows = mentions.values_list("account_id", "account__username")
    answered = post.in_reply_to_account_id
    return [one for one, name in rows if name.lower() not in before and one != answered]
