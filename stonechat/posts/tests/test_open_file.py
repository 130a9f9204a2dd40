"""A file's signed address stops working with its post and with its author."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from stonechat.audience.viewer import Viewer
from stonechat.people import actions as people
from stonechat.posts import actions, queries
from stonechat.posts.models import Media, Post

End = Callable[[Viewer, Viewer, Post], object]
ENDS: list[End] = [
    lambda _system, author, post: actions.delete(author, post.pk),
    lambda system, author, _post: people.suspend(system, author.account_id),
    lambda system, author, _post: people.delete(system, author.account_id),
]


@pytest.mark.parametrize("end", ENDS, ids=["deleted", "suspended", "gone"])
def test_no_address_outlives_what_it_showed(
    system: Viewer, alice: Viewer, say: Callable[..., Post], end: End
) -> None:
    buffer = BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PNG")
    media = actions.upload(alice, ContentFile(buffer.getvalue(), "a.png"))
    post = say(alice, "Look", media_ids=[media.pk])
    assert queries.media_by_address(media.file) == media
    end(system, alice, post)
    with pytest.raises(Media.DoesNotExist):
        queries.media_by_address(media.file)
