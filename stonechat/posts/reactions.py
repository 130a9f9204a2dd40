"""What follows from facts about posts, within this room: the background work they call for."""

from __future__ import annotations

from stonechat.core import jobs
from stonechat.core.text import Link, parse
from stonechat.posts.events import (
    MediaUploaded,
    PostDeleted,
    PostEvent,
    PostScheduled,
    ScheduleChanged,
)
from stonechat.posts.jobs import close_poll, fetch_card, leave, move_media, process_clip
from stonechat.posts.models import Media, Poll, Post, Scheduled
from stonechat.posts.models.attachments import MediaState


def look_up_link(event: PostEvent) -> None:
    """Fetch the page of the first link of a post without files."""
    post = Post.objects.select_related("current").get(pk=event.post_id)
    if post.current is None or post.media.exists():
        return
    links = [token.url for token in parse(post.current.text) if isinstance(token, Link)]
    if links:
        jobs.later(fetch_card, post_id=post.pk, url=links[0])


def await_end_of_poll(event: PostEvent) -> None:
    """Be there when the poll ends."""
    for poll in Poll.objects.filter(post_id=event.post_id, closed=False):
        jobs.later(close_poll, due=poll.expires_at, post_id=event.post_id)


def move_files(event: PostDeleted) -> None:
    """Addresses of a deleted post's files stop working."""
    if Media.objects.filter(post_id=event.post_id).exists():
        jobs.later(move_media, post_id=event.post_id)


def make_clip_ready(event: MediaUploaded) -> None:
    """Transcode what was uploaded raw."""
    if Media.objects.filter(pk=event.media_id, state=MediaState.PROCESSING).exists():
        jobs.later(process_clip, media_id=event.media_id)


def await_departure(event: PostScheduled | ScheduleChanged) -> None:
    """Be there when the post shall leave."""
    for row in Scheduled.objects.filter(pk=event.scheduled_id):
        jobs.later(leave, due=row.due_at, scheduled_id=row.pk)
