"""My own account: who I am, my profile, and how I like to post and read."""

from __future__ import annotations

from typing import Any

from stonechat.api.accounts import counts, entity, picture, profile_fields
from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.accounts import CredentialAccountMine, Profile, Role, Source
from stonechat.api.entities.encoding import Rendered
from stonechat.api.entities.others import Preferences
from stonechat.api.parameters import Parameters
from stonechat.api.responses import Answer
from stonechat.audience.viewer import Viewer
from stonechat.people import actions
from stonechat.people.cards import MyCard, mine

FLAGS = ["locked", "bot", "discoverable", "hide_collections", "indexable"]
SHOWN = ["show_media", "show_media_replies", "show_featured"]
TEXTS = ["display_name", "note", "avatar_description", "header_description"]
# Ids as Mastodon numbers its roles; a bit mask of 1 is an administrator's.
ROLES = {
    "member": Role(id="-99", name="", permissions="0"),
    "monitor": Role(id="1", name="Monitor", permissions="0"),
    "admin": Role(id="3", name="Admin", permissions="1", highlighted=True),
}


def own(viewer: Viewer) -> Rendered:
    """The viewer's own account, with what only they may see."""
    my = mine(viewer)
    source = Source(
        note=my.card.note,
        fields=profile_fields(my.card, plain=True),
        privacy=my.preferences["privacy"],
        sensitive=my.preferences["sensitive"],
        language=my.preferences["language"],
        follow_requests_count=my.follow_requests_count,
        hide_collections=my.card.hide_collections,
        discoverable=my.card.discoverable,
        indexable=my.card.indexable,
        attribution_domains=my.preferences["attribution_domains"],
        quote_policy=my.preferences["quote_policy"],
    )
    part = CredentialAccountMine(source=source, role=ROLES[my.role], **counts(my.card))
    return entity(my.card, part)


def profile_entity(my: MyCard) -> Profile:
    """My profile as I typed it."""
    card = my.card
    avatar = picture(card, "avatar") if card.avatar else None
    header = picture(card, "header") if card.header else None
    return Profile(
        id=str(card.id),
        display_name=card.display_name,
        note=card.note,
        fields=profile_fields(card, plain=True),
        avatar=avatar,
        avatar_static=avatar,
        avatar_description=card.avatar_description,
        header=header,
        header_static=header,
        header_description=card.header_description,
        locked=card.locked,
        bot=card.bot,
        indexable=card.indexable,
        hide_collections=card.hide_collections,
        discoverable=card.discoverable,
        attribution_domains=my.preferences["attribution_domains"],
        **{name: my.preferences[name] for name in SHOWN},
    )


# Endpoints.


@endpoint("GET", scope="profile read:accounts")
def verify_credentials(request: ApiRequest) -> Answer:
    """Who I am."""
    return own(request.viewer)


@endpoint("PATCH", scope="write:accounts")
def update_credentials(request: ApiRequest) -> Answer:
    """Change my profile and my defaults for posting; only what is given changes."""
    changes = profile_changes(request.parameters) | _source(request.parameters.mapping("source"))
    actions.edit_profile(request.viewer, **changes)
    return own(request.viewer)


@endpoint("GET", scope="profile read:accounts")
def show_profile(request: ApiRequest) -> Answer:
    """My profile, for a form to edit it."""
    return profile_entity(mine(request.viewer))


@endpoint("PATCH", scope="write:accounts")
def update_profile(request: ApiRequest) -> Answer:
    """Change my profile; only what is given changes."""
    changes = profile_changes(request.parameters) | _given_flags(request.parameters, SHOWN)
    actions.edit_profile(request.viewer, **changes)
    return profile_entity(mine(request.viewer))


@endpoint("DELETE", scope="write:accounts")
def destroy_avatar(request: ApiRequest) -> Answer:
    """Have no picture."""
    actions.edit_profile(request.viewer, avatar=None)
    return own(request.viewer)


@endpoint("DELETE", scope="write:accounts")
def destroy_header(request: ApiRequest) -> Answer:
    """Have no header."""
    actions.edit_profile(request.viewer, header=None)
    return own(request.viewer)


@endpoint("GET", scope="read:accounts")
def preferences(request: ApiRequest) -> Answer:
    """How I like to post and read."""
    chosen = mine(request.viewer).preferences
    return Preferences(
        visibility=chosen["privacy"],
        sensitive=chosen["sensitive"],
        language=chosen["language"],
        quote_policy=chosen["quote_policy"],
        expand_media=chosen["expand_media"],
        expand_spoilers=chosen["expand_spoilers"],
        autoplay_gifs=chosen["autoplay_gifs"],
    )


def profile_changes(sent: Parameters) -> dict[str, Any]:
    """What of a profile was sent, in the words of `people.actions.edit_profile`."""
    changes: dict[str, Any] = _given_flags(sent, FLAGS)
    changes |= {name: text for name in TEXTS if (text := sent.text(name)) is not None}
    changes |= {name: file for name in ("avatar", "header") if (file := sent.file(name))}
    if sent.given("attribution_domains"):
        changes["attribution_domains"] = sent.texts("attribution_domains")
    if sent.given("fields_attributes"):
        rows = sent.rows("fields_attributes")
        changes["fields"] = [{key: row.text(key, "") for key in ("name", "value")} for row in rows]
    return changes


def _given_flags(sent: Parameters, names: list[str]) -> dict[str, bool]:
    return {name: flag for name in names if (flag := sent.flag(name)) is not None}


def _source(sent: Parameters) -> dict[str, Any]:
    """My defaults for posting; an empty language is none, an empty word is not given."""
    changes: dict[str, Any] = _given_flags(sent, ["sensitive"])
    changes |= {name: word for name in ("privacy", "quote_policy") if (word := sent.text(name))}
    language = sent.text("language")
    return changes if language is None else changes | {"language": language}
