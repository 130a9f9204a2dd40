"""The server itself: what it is called, what it allows, what it promises."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _

from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities import instance as entities
from stonechat.api.entities.encoding import moment
from stonechat.api.errors import NOT_FOUND, ApiError
from stonechat.api.numbers import numbers
from stonechat.api.responses import Answer
from stonechat.governance.queries import rules

# The version whose behaviour we follow; clients read the number and ignore the rest.
MASTODON = "4.5.0"
API_VERSION = 7  # Mastodon 4.5
POLICY_WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)  # when the text of `_policy` last changed
THUMBNAIL = "brand/thumbnail.png"
ICON, ICON_SIZE = "brand/icon-192.png", "192x192"

IMAGES = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic")
VIDEOS = ("video/mp4", "video/webm", "video/quicktime")
SOUNDS = ("audio/mpeg", "audio/ogg", "audio/wav", "audio/flac", "audio/mp4")

# Mastodon's numbers, which clients check before they send.
ACCOUNTS = entities.AccountLimits(max_featured_tags=10, max_pinned_statuses=5)
POLLS = entities.PollLimits(
    max_options=4, max_characters_per_option=50, min_expiration=300, max_expiration=2_629_746
)


@endpoint("GET", always=True)
def show(request: ApiRequest) -> Answer:
    """GET /api/v2/instance: the first call of every client."""
    return entities.Instance(
        domain=host(),
        title=settings.STONECHAT_NAME,
        version=version(),
        source_url=settings.STONECHAT_URL,
        description=settings.STONECHAT_DESCRIPTION,
        usage=_usage(request),
        thumbnail=entities.Thumbnail(url=_static(THUMBNAIL)),
        icon=[entities.Icon(src=_static(ICON), size=ICON_SIZE)],
        languages=_languages(),
        configuration=_configuration(),
        registrations=_registrations(),
        api_versions=entities.ApiVersions(mastodon=API_VERSION),
        contact=entities.Contact(email=settings.STONECHAT_CONTACT),
        rules=_rules(),
    )


@endpoint("GET", always=True, deprecated="2022-11-14")
def show_v1(request: ApiRequest) -> Answer:
    """GET /api/v1/instance."""
    return entities.V1Instance(
        uri=host(),
        title=settings.STONECHAT_NAME,
        short_description=settings.STONECHAT_DESCRIPTION,
        description=settings.STONECHAT_DESCRIPTION,
        email=settings.STONECHAT_CONTACT,
        version=version(),
        urls=entities.V1Urls(streaming_api=_streaming()),
        stats=_stats(request),
        thumbnail=_static(THUMBNAIL),
        languages=_languages(),
        registrations=_registrations().enabled,
        approval_required=False,
        invites_enabled=settings.STONECHAT_SIGNUP == "invite",
        configuration=_v1_configuration(),
        contact_account=None,
        rules=_rules(),
    )


@endpoint("GET", always=True)
def house_rules(request: ApiRequest) -> Answer:
    """GET /api/v1/instance/rules: how we treat each other."""
    return _rules()


def _rules() -> list[entities.Rule]:
    return [entities.Rule(id=str(rule.id), text=rule.text, hint=rule.hint) for rule in rules()]


@endpoint("GET", always=True)
def nothing(request: ApiRequest) -> Answer:
    """Emoji nobody drew; peers and blocked domains of a server that speaks to no other."""
    return []


@endpoint("GET", always=True)
def absent(request: ApiRequest) -> Answer:
    """Terms of service nobody set; activity, which we do not publish."""
    raise ApiError(404, NOT_FOUND)


@endpoint("GET", always=True)
def extended_description(request: ApiRequest) -> Answer:
    """GET /api/v1/instance/extended_description."""
    content = format_html("<p>{}</p>", text) if (text := settings.STONECHAT_DESCRIPTION) else ""
    return entities.ExtendedDescription(updated_at=None, content=content)


@endpoint("GET", always=True)
def privacy_policy(request: ApiRequest) -> Answer:
    """GET /api/v1/instance/privacy_policy."""
    return entities.PrivacyPolicy(updated_at=moment(POLICY_WRITTEN), content=_policy())


@endpoint("GET", always=True)
def translation_languages(request: ApiRequest) -> Answer:
    """No translation service, so no pair of languages."""
    return {}


@endpoint("GET", always=True)
def languages(request: ApiRequest) -> Answer:
    """What a post can say that it is written in."""
    return [
        entities.Language(code=code, name=str(info["name"]))
        for code, info in sorted(LANG_INFO.items())
        if "name" in info and len(code) <= 3
    ]


def host() -> str:
    """Our domain, with the port where it is not the usual one."""
    return urlsplit(settings.STONECHAT_URL).netloc


def version() -> str:
    """The version that clients compare, then who really answers."""
    return f"{MASTODON} (compatible; Stonechat {settings.STONECHAT_VERSION})"


def _configuration() -> entities.Configuration:
    reading = "public" if settings.STONECHAT_OPEN_READING else "authenticated"
    feed = entities.FeedAccess(local=reading, remote="disabled")
    return entities.Configuration(
        accounts=ACCOUNTS,
        statuses=_statuses(),
        media_attachments=_media(),
        polls=POLLS,
        urls=entities.Urls(streaming=_streaming()),
        vapid=entities.Vapid(public_key=""),
        translation=entities.TranslationSupport(enabled=False),
        timelines_access=entities.TimelinesAccess(
            live_feeds=feed, hashtag_feeds=feed, trending_link_feeds=feed
        ),
        limited_federation=True,
    )


def _v1_configuration() -> entities.V1Configuration:
    return entities.V1Configuration(
        accounts=ACCOUNTS, statuses=_statuses(), media_attachments=_media(), polls=POLLS
    )


def _statuses() -> entities.StatusLimits:
    return entities.StatusLimits(
        max_characters=settings.STONECHAT_POST_LENGTH,
        max_media_attachments=4,
        characters_reserved_per_url=23,
    )


def _media() -> entities.MediaLimits:
    return entities.MediaLimits(
        supported_mime_types=[*IMAGES, *VIDEOS, *SOUNDS],
        description_limit=1500,
        image_size_limit=settings.STONECHAT_UPLOAD_LIMIT,
        image_matrix_limit=33_177_600,
        video_size_limit=settings.STONECHAT_UPLOAD_LIMIT,
        video_frame_rate_limit=120,
        video_matrix_limit=8_294_400,
    )


def _registrations() -> entities.Registrations:
    message = {
        "open": None,
        "invite": _("Ask a colleague for an invitation."),
        "closed": _("Your administrator makes the accounts here."),
    }[settings.STONECHAT_SIGNUP]
    return entities.Registrations(
        enabled=settings.STONECHAT_SIGNUP == "open", approval_required=False, message=message
    )


def _usage(request: ApiRequest) -> entities.Usage:
    active = numbers(request.viewer).active
    return entities.Usage(users=entities.UserNumbers(active_month=active))


def _stats(request: ApiRequest) -> entities.V1Stats:
    known = numbers(request.viewer)
    return entities.V1Stats(user_count=known.people, status_count=known.posts, domain_count=0)


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _streaming() -> str:
    """ws:// for http:// and wss:// for https://."""
    return f"ws{settings.STONECHAT_URL.removeprefix('http')}"


def _static(name: str) -> str:
    return f"{settings.STONECHAT_URL}{static(name)}"


def _policy() -> str:
    """What is true of every Stonechat; an organisation's own policy stands beside it."""
    first = _("%(name)s runs this server and decides where what you write here is kept.")
    second = _(
        "Who may read a post is written on it. When you delete one, it disappears for readers at "
        "once; your organisation's rules say when it is erased."
    )
    return format_html("<p>{}</p><p>{}</p>", first % {"name": settings.STONECHAT_NAME}, second)
