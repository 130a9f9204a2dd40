"""Pictures, sounds, emoji and link previews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from stonechat.api.entities.encoding import Entity, Moment
from stonechat.api.entities.tags import History

if TYPE_CHECKING:
    from stonechat.api.entities.accounts import AccountLike


class CustomEmoji(Entity, kw_only=True, frozen=True):
    """A small picture that stands for `:shortcode:`."""

    shortcode: str
    url: str
    static_url: str
    visible_in_picker: bool = True
    category: str | UnsetType = UNSET
    featured: bool | UnsetType = UNSET


class Focus(Entity, kw_only=True, frozen=True):
    """The point that a crop must keep; both from -1 to 1, y upwards."""

    x: float
    y: float


class MediaSize(Entity, kw_only=True, frozen=True):
    """Measures of one rendition: pixels, `size` "WxH", seconds, bits per second."""

    width: int | UnsetType = UNSET
    height: int | UnsetType = UNSET
    size: str | UnsetType = UNSET
    aspect: float | UnsetType = UNSET
    frame_rate: str | UnsetType = UNSET  # "a/b"
    duration: float | UnsetType = UNSET
    bitrate: int | UnsetType = UNSET


class MediaMeta(Entity, kw_only=True, frozen=True):
    """Measures of the original and of its preview."""

    original: MediaSize | UnsetType = UNSET
    small: MediaSize | UnsetType = UNSET
    focus: Focus | UnsetType = UNSET


class MediaAttachment(Entity, kw_only=True, frozen=True):
    """A file of a post; `url` is null while it is being prepared.

    `type` is one of unknown, image, gifv, video, audio.
    """

    id: str
    type: str
    url: str | None
    preview_url: str | None
    remote_url: str | None = None
    preview_remote_url: str | None = None
    text_url: str | None = None
    meta: MediaMeta | None = None
    description: str | None = None
    blurhash: str | None = None


class PreviewAuthor(Entity, kw_only=True, frozen=True):
    """Who wrote the page behind a link."""

    name: str
    url: str
    account: AccountLike | None = None


class PreviewCard(Entity, kw_only=True, frozen=True):
    """What a link leads to; `type` is one of link, photo, video, rich."""

    url: str
    title: str
    description: str
    type: str = "link"
    authors: Sequence[PreviewAuthor] = ()
    author_name: str = ""
    author_url: str = ""
    provider_name: str = ""
    provider_url: str = ""
    html: str = ""
    width: int = 0
    height: int = 0
    image: str | None = None
    image_description: str = ""
    embed_url: str = ""
    blurhash: str | None = None
    language: str | None = None
    published_at: Moment | None = None
    missing_attribution: bool | None | UnsetType = UNSET


class TrendsLink(PreviewCard, kw_only=True, frozen=True):
    """A link that many people share, with its last seven days."""

    history: Sequence[History]
