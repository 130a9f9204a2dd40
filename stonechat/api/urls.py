"""The table of routes: each address, which endpoint answers which method, one group per page of
Mastodon's documentation.

    group("api/v1/statuses", at("", POST=statuses.create), at("/<id:id>", GET=statuses.show))

The resolver reads from top to bottom and skips a group whole, so what is asked most stands first.
"""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, URLResolver, include, path, register_converter

from stonechat.api import instance, media, nodeinfo, oddities, polls, statuses, timelines
from stonechat.api.door import Endpoint, router
from stonechat.api.parameters import LARGEST


class IdConverter:
    """`<id:id>`: digits that can be a row's id; anything else is an unknown address (404)."""

    regex = "[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        if int(value) > LARGEST:
            raise ValueError(value)
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class NameConverter:
    """`<name:tag>`: one segment of text that a database can be asked for."""

    regex = r"[^/\x00]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(IdConverter, "id")
register_converter(NameConverter, "name")


def at(address: str, **endpoints: Endpoint[Any]) -> URLPattern:
    """One line of the table: `at("/<id:id>", GET=show, DELETE=destroy)`."""
    return path(address, router(**endpoints))


def group(prefix: str, *routes: URLPattern | URLResolver) -> URLResolver:
    """Routes that begin alike."""
    return path(prefix, include(list(routes)))


TIMELINES = group(
    "api/v1/timelines",
    at("/home", GET=timelines.home),
    at("/public", GET=timelines.public),
    at("/tag/<name:name>", GET=timelines.tag),
    at("/list/<id:list_id>", GET=timelines.in_list),
)

STATUSES = [
    group(
        "api/v1/statuses",
        at("", GET=statuses.show_many, POST=statuses.create),
        at("/<id:id>", GET=statuses.show, PUT=statuses.edit, DELETE=statuses.destroy),
        at("/<id:id>/context", GET=statuses.context),
        at("/<id:id>/history", GET=statuses.history),
        at("/<id:id>/source", GET=statuses.source),
        at("/<id:id>/favourite", POST=statuses.favourite),
        at("/<id:id>/unfavourite", POST=statuses.unfavourite),
        at("/<id:id>/reblog", POST=statuses.reblog),
        at("/<id:id>/unreblog", POST=statuses.unreblog),
        at("/<id:id>/bookmark", POST=statuses.bookmark),
        at("/<id:id>/unbookmark", POST=statuses.unbookmark),
        at("/<id:id>/mute", POST=statuses.mute),
        at("/<id:id>/unmute", POST=statuses.unmute),
        at("/<id:id>/pin", POST=statuses.pin),
        at("/<id:id>/unpin", POST=statuses.unpin),
        at("/<id:id>/favourited_by", GET=statuses.favourited_by),
        at("/<id:id>/reblogged_by", GET=statuses.reblogged_by),
        at("/<id:id>/quotes", GET=statuses.quotes),
        at("/<id:id>/quotes/<id:quoting_id>/revoke", POST=statuses.revoke_quote),
        at("/<id:id>/interaction_policy", PUT=statuses.interaction_policy),
    ),
    at("api/v1/favourites", GET=statuses.favourites),
    at("api/v1/bookmarks", GET=statuses.bookmarks),
    at("api/v1/accounts/<id:id>/statuses", GET=timelines.of_account),
    group(
        "api/v1/scheduled_statuses",
        at("", GET=statuses.scheduled),
        at(
            "/<id:id>",
            GET=statuses.show_scheduled,
            PUT=statuses.reschedule,
            DELETE=statuses.cancel,
        ),
    ),
    at("api/v1/polls/<id:id>", GET=polls.show),
    at("api/v1/polls/<id:id>/votes", POST=polls.vote),
]

MEDIA = [
    at("api/v2/media", POST=media.create),
    at("api/v1/media", POST=media.create),
    at("api/v1/media/<id:id>", GET=media.show, PUT=media.update, DELETE=media.destroy),
]

INSTANCE = [
    at("api/v2/instance", GET=instance.show),
    group(
        "api/v1/instance",
        at("", GET=instance.show_v1),
        at("/rules", GET=instance.nothing),
        at("/peers", GET=instance.nothing),
        at("/domain_blocks", GET=instance.nothing),
        at("/activity", GET=instance.absent),
        at("/terms_of_service", GET=instance.absent),
        at("/extended_description", GET=instance.extended_description),
        at("/privacy_policy", GET=instance.privacy_policy),
        at("/translation_languages", GET=instance.translation_languages),
        at("/languages", GET=instance.languages),
    ),
    at("api/v1/peers/search", GET=instance.nothing),
]

DISCOVERY = [
    at("health", GET=nodeinfo.health),
    at(".well-known/nodeinfo", GET=nodeinfo.links),
    at("nodeinfo/2.0", GET=nodeinfo.nodeinfo),
    at(".well-known/host-meta", GET=nodeinfo.host_meta),
    at(".well-known/webfinger", GET=nodeinfo.webfinger),
]

ODDITIES = [
    at("api/v1/statuses/<id:id>/translate", POST=oddities.translate),
    at("api/v1/timelines/link", GET=oddities.link_timeline),
    at("api/v1/accounts/<id:id>/identity_proofs", GET=oddities.identity_proofs),
    group(
        "api/v1/domain_blocks",
        at(
            "",
            GET=oddities.domain_blocks,
            POST=oddities.block_domain,
            DELETE=oddities.unblock_domain,
        ),
        at("/preview", GET=oddities.preview_domain_block),
    ),
    group(
        "api/v1/annual_reports",
        at("", GET=oddities.annual_reports),
        at("/<id:year>", GET=oddities.annual_report),
        at("/<id:year>/state", GET=oddities.annual_report_state),
        at("/<id:year>/read", POST=oddities.change_annual_report),
        at("/<id:year>/generate", POST=oddities.change_annual_report),
    ),
    at("api/v1_alpha/async_refreshes/<name:id>", GET=oddities.async_refresh),
    at("api/v1/admin/<path:rest>", **oddities.ADMINISTRATION),
    at("api/v2/admin/<path:rest>", **oddities.ADMINISTRATION),
]

urlpatterns = [TIMELINES, *STATUSES, *MEDIA, *INSTANCE, *DISCOVERY, *ODDITIES]
