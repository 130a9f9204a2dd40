"""The addresses of the web door. A handle's page is `/@NAME`, as client programs expect."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path, register_converter

from stonechat.web import (
    faces,
    icons,
    media,
    notifications,
    people,
    posts,
    search,
    signing,
    timelines,
)
from stonechat.web.requests import LARGEST


class Handle:
    """`<handle:username>`: what a handle may be made of."""

    regex = r"[A-Za-z0-9_.-]{1,40}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PostId:
    """`<post:post_id>`: digits that can be a row's id."""

    regex = "[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        if int(value) > LARGEST:
            raise ValueError(value)
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class TagName:
    """`<tag:name>`: one segment that a database can be asked for."""

    regex = r"[^/\x00]{1,200}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Handle, "handle")
register_converter(PostId, "post")
register_converter(TagName, "tag")

FACE = (
    r"^avatars/(?P<kind>person|bot|group)-(?P<letters>\w{0,2})-(?P<colour>\d{1,2})"
    r"\.(?P<suffix>svg|png)$"
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", timelines.home, name="home"),
    path("all", timelines.everyone, name="everyone"),
    path("tags/<tag:name>", timelines.tag, name="tag"),
    path("bookmarks", timelines.bookmarks, name="bookmarks"),
    path("conversations", timelines.conversations, name="conversations"),
    path("notifications", notifications.notifications, name="notifications"),
    path("notifications/read", notifications.read_all, name="read"),
    path("write", posts.write, name="write"),
    path("posts", posts.publish, name="publish"),
    path("posts/<post:post_id>/vote", posts.vote, name="vote"),
    path("posts/<post:post_id>/delete", posts.delete, name="delete"),
    path("posts/<post:post_id>/edit", posts.edit, name="edit"),
    path("posts/<post:post_id>/history", posts.history, name="history"),
    path("posts/<post:post_id>/<slug:name>", posts.mark, name="mark"),
    path("people", people.directory, name="people"),
    path("people/suggested", people.suggested, name="suggested"),
    path("search", search.search, name="search"),
    path("@<handle:username>", people.profile, name="profile"),
    path("@<handle:username>/<post:post_id>", posts.post, name="post"),
    path("@<handle:username>/replies", people.profile, {"tab": "replies"}, name="replies"),
    path("@<handle:username>/media", people.profile, {"tab": "media"}, name="media"),
    path("@<handle:username>/follow", people.follow, name="follow"),
    path("@<handle:username>/unfollow", people.unfollow, name="unfollow"),
    path("media/<path:name>", media.media, name="file"),
    path("icons-<slug:digest>.svg", icons.icons, name="icons"),
    re_path(FACE, faces.face, name="face"),
    *signing.urlpatterns,
]
