"""The table of routes: each address, which endpoint answers which method, one group per page of
Mastodon's documentation.

    group("api/v1/statuses", at("", POST=statuses.create), at("/<id:id>", GET=statuses.show))

The resolver reads from top to bottom and skips a group whole, so what is asked most stands first.
"""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, URLResolver, include, path, register_converter

from stonechat.api import (
    accounts,
    announcements,
    applications,
    conversations,
    filters,
    instance,
    lists,
    markers,
    media,
    nodeinfo,
    notifications,
    oddities,
    polls,
    profile,
    relations,
    reports,
    search,
    statuses,
    tags,
    timelines,
    trends,
)
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

PEOPLE = [
    group(
        "api/v1/accounts",
        at("", GET=accounts.index, POST=applications.sign_up),
        at("/verify_credentials", GET=profile.verify_credentials),
        at("/update_credentials", PATCH=profile.update_credentials),
        at("/relationships", GET=relations.relationships),
        at("/familiar_followers", GET=relations.familiar_followers),
        at("/search", GET=accounts.search),
        at("/lookup", GET=accounts.lookup),
        at("/<id:id>", GET=accounts.show),
        at("/<id:id>/followers", GET=accounts.followers),
        at("/<id:id>/following", GET=accounts.following),
        at("/<id:id>/endorsements", GET=accounts.endorsements),
        at("/<id:id>/follow", POST=relations.follow),
        at("/<id:id>/unfollow", POST=relations.unfollow),
        at("/<id:id>/remove_from_followers", POST=relations.remove_from_followers),
        at("/<id:id>/block", POST=relations.block),
        at("/<id:id>/unblock", POST=relations.unblock),
        at("/<id:id>/mute", POST=relations.mute),
        at("/<id:id>/unmute", POST=relations.unmute),
        at("/<id:id>/note", POST=relations.note),
        at("/<id:id>/endorse", POST=relations.endorse),
        at("/<id:id>/pin", POST=relations.endorse),
        at("/<id:id>/unendorse", POST=relations.unendorse),
        at("/<id:id>/unpin", POST=relations.unendorse),
    ),
    group(
        "api/v1/profile",
        at("", GET=profile.show_profile, PATCH=profile.update_profile),
        at("/avatar", DELETE=profile.destroy_avatar),
        at("/header", DELETE=profile.destroy_header),
    ),
    at("api/v1/preferences", GET=profile.preferences),
    at("api/v1/directory", GET=accounts.directory),
    at("api/v1/endorsements", GET=relations.endorsements),
    at("api/v1/blocks", GET=relations.blocks),
    at("api/v1/mutes", GET=relations.mutes),
    group(
        "api/v1/follow_requests",
        at("", GET=relations.follow_requests),
        at("/<id:id>/authorize", POST=relations.authorize_follow_request),
        at("/<id:id>/reject", POST=relations.reject_follow_request),
    ),
    at("api/v2/suggestions", GET=relations.suggestions),
    at("api/v1/suggestions", GET=relations.suggestions_v1),
    at("api/v1/suggestions/<id:id>", DELETE=relations.dismiss_suggestion),
]

NOTIFICATIONS = [
    group(
        "api/v1/notifications",
        at("", GET=notifications.index),
        at("/<id:id>", GET=notifications.show, DELETE=notifications.destroy),
        at("/<id:id>/dismiss", POST=notifications.dismiss),
        at("/clear", POST=notifications.clear),
        at("/destroy_multiple", DELETE=notifications.destroy_many),
        at("/unread_count", GET=notifications.unread_count),
        at(
            "/policy",
            GET=notifications.v1_policy,
            PATCH=notifications.set_v1_policy,
            PUT=notifications.put_v1_policy,
        ),
        at("/requests", GET=notifications.requests),
        at("/requests/merged", GET=notifications.merged),
        at("/requests/accept", POST=notifications.accept_requests),
        at("/requests/dismiss", POST=notifications.dismiss_requests),
        at("/requests/<id:id>", GET=notifications.show_request),
        at("/requests/<id:id>/accept", POST=notifications.accept_request),
        at("/requests/<id:id>/dismiss", POST=notifications.dismiss_request),
    ),
    group(
        "api/v2/notifications",
        at("", GET=notifications.groups),
        at("/clear", POST=notifications.clear),
        at("/unread_count", GET=notifications.unread_groups_count),
        at(
            "/policy",
            GET=notifications.policy,
            PATCH=notifications.set_policy,
            PUT=notifications.put_policy,
        ),
        at("/<name:key>", GET=notifications.group),
        at("/<name:key>/accounts", GET=notifications.group_accounts),
        at("/<name:key>/dismiss", POST=notifications.dismiss_group),
    ),
]

HOUSE = [
    at("api/v1/reports", POST=reports.create),
    group(
        "api/v1/announcements",
        at("", GET=announcements.index),
        at("/<id:id>/dismiss", POST=announcements.dismiss),
        at(
            "/<id:id>/reactions/<name:name>",
            PUT=announcements.react,
            DELETE=announcements.unreact,
        ),
    ),
]

APPLICATIONS = [
    at("api/v1/apps", POST=applications.register),
    at("api/v1/apps/verify_credentials", GET=applications.verify_credentials),
    at("api/v1/emails/confirmations", POST=applications.ask_for_confirmation),
    at("api/v1/emails/check_confirmation", GET=applications.check_confirmation),
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
        at("/rules", GET=instance.house_rules),
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
    at("api/v1/custom_emojis", GET=instance.nothing),
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

READING = [
    at("api/v1/markers", GET=markers.index, POST=markers.move),
    at("api/v2/search", GET=search.search),
    group(
        "api/v1/lists",
        at("", GET=lists.index, POST=lists.create),
        at("/<id:id>", GET=lists.show, PUT=lists.update, DELETE=lists.destroy),
        at(
            "/<id:id>/accounts",
            GET=lists.accounts,
            POST=lists.add_accounts,
            DELETE=lists.remove_accounts,
        ),
    ),
    at("api/v1/accounts/<id:id>/lists", GET=lists.of_account),
    group(
        "api/v1/conversations",
        at("", GET=conversations.index),
        at("/<id:id>", DELETE=conversations.destroy),
        at("/<id:id>/read", POST=conversations.read),
        at("/<id:id>/unread", POST=conversations.unread),
    ),
    group(
        "api/v2/filters",
        at("", GET=filters.index, POST=filters.create),
        at("/<id:id>", GET=filters.show, PUT=filters.update, DELETE=filters.destroy),
        at("/<id:id>/keywords", GET=filters.keywords, POST=filters.add_keyword),
        at(
            "/keywords/<id:id>",
            GET=filters.show_keyword,
            PUT=filters.update_keyword,
            DELETE=filters.destroy_keyword,
        ),
        at("/<id:id>/statuses", GET=filters.statuses, POST=filters.add_status),
        at("/statuses/<id:id>", GET=filters.show_status, DELETE=filters.destroy_status),
    ),
    group(
        "api/v1/filters",
        at("", GET=filters.index_v1, POST=filters.create_v1),
        at("/<id:id>", GET=filters.show_v1, PUT=filters.update_v1, DELETE=filters.destroy_v1),
    ),
]

TAGS = [
    at("api/v1/followed_tags", GET=tags.followed),
    group(
        "api/v1/tags",
        at("/<name:name>", GET=tags.show),
        at("/<name:name>/follow", POST=tags.follow),
        at("/<name:name>/unfollow", POST=tags.unfollow),
        at("/<name:name>/feature", POST=tags.feature),
        at("/<name:name>/unfeature", POST=tags.unfeature),
    ),
    group(
        "api/v1/featured_tags",
        at("", GET=tags.featured, POST=tags.feature_by_name),
        at("/suggestions", GET=tags.feature_suggestions),
        at("/<id:id>", DELETE=tags.unfeature_by_id),
    ),
    at("api/v1/accounts/<id:id>/featured_tags", GET=tags.featured_by),
    group(
        "api/v1/trends",
        at("", GET=trends.tags_by_older_name),
        at("/tags", GET=trends.tags),
        at("/statuses", GET=trends.posts),
        at("/links", GET=trends.links),
    ),
]

urlpatterns = [
    TIMELINES,
    *STATUSES,
    *PEOPLE,
    *READING,
    *TAGS,
    *NOTIFICATIONS,
    *MEDIA,
    *HOUSE,
    *APPLICATIONS,
    *INSTANCE,
    *DISCOVERY,
    *ODDITIES,
]
