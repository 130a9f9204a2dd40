"""Editing one's profile, or a group's."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from stonechat.audience.viewer import Viewer
from stonechat.core import files
from stonechat.core.actions import NotAllowed, Refused
from stonechat.core.models import Fact
from stonechat.people.actions import create_account, edit_profile, follow
from stonechat.people.models import Account, Group, User

Behind = Callable[[Viewer], Account]


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """Uploads go to a folder of this test."""
    options = {"location": tmp_path, "base_url": "/media/"}
    disk = {"BACKEND": "stonechat.core.files.Disk", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": disk}
    return tmp_path


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(file, "PNG")
    file.seek(0)
    return file


def test_only_what_is_given_changes(alice: Viewer, account: Behind):
    edit_profile(alice, note="Returns, queues", locked=True)
    now = account(alice)
    assert (now.note, now.note_html) == ("Returns, queues", "<p>Returns, queues</p>")
    assert (now.locked, now.display_name, now.revision) == (True, "Alice Author", 1)


def test_others_are_told_nothing_has_changed(alice: Viewer, bob: Viewer, account: Behind):
    with pytest.raises(NotAllowed, match="own profile"):
        edit_profile(bob, alice.account_id, note="Ha")
    assert account(alice).note == ""


def test_whoever_does_not_see_an_account_is_told_nothing(alice: Viewer, erin: Viewer):
    with pytest.raises(Account.DoesNotExist):
        edit_profile(erin, alice.account_id, note="Ha")


def test_hosts_edit_their_group(alice: Viewer, carol: Viewer, team: Group):
    assert edit_profile(alice, team.account_id, note="Ships").note == "Ships"
    with pytest.raises(NotAllowed):
        edit_profile(carol, team.account_id, note="Sinks")


def test_it_is_one_fact_and_preferences_are_none(alice: Viewer):
    before = Fact.objects.count()
    edit_profile(alice, privacy="unlisted", language="da", show_media=False)
    assert Fact.objects.count() == before
    user = User.objects.get(account_id=alice.account_id)
    assert user.preferences == {"privacy": "unlisted", "language": "da", "show_media": False}
    edit_profile(alice, note="x", bot=True)
    fact = Fact.objects.latest("id")
    assert (fact.name, fact.actor_id) == ("profile.changed", alice.account_id)


def test_a_note_links_tags_and_pages_but_nobody(alice: Viewer, bob: Viewer, account: Behind):
    """A link to somebody would tell whoever is behind a wall that they are there."""
    edit_profile(alice, note="With @bob on #Ferries, see https://example.org")
    html = account(alice).note_html
    assert "u-url mention" not in html
    assert "@bob" in html
    assert "/tags/ferries" in html
    assert 'href="https://example.org"' in html


def test_fields_are_rendered_on_one_line(alice: Viewer, account: Behind):
    edit_profile(alice, fields=[{"name": "Site", "value": "https://example.org"}, {"name": ""}])
    (field,) = account(alice).fields
    assert (field["name"], field["value"]) == ("Site", "https://example.org")
    assert 'rel="me nofollow noopener"' in field["html"]
    assert "<p>" not in field["html"]


def test_pictures_are_cropped_and_replaced(
    alice: Viewer, account: Behind, media: Path, django_capture_on_commit_callbacks: Any
):
    edit_profile(alice, avatar=picture(), avatar_description="Me in blue")
    first = account(alice).avatar
    with files.open(first) as stored:
        assert Image.open(stored).size == (400, 400)
    with django_capture_on_commit_callbacks(execute=True):
        edit_profile(alice, avatar=None)
    assert (account(alice).avatar, account(alice).avatar_description) == ("", "")
    assert not (media / first).exists()


def test_opening_a_locked_account_lets_everybody_in(alice: Viewer, bob: Viewer, account: Behind):
    edit_profile(bob, locked=True)
    follow(alice, bob.account_id)
    assert account(bob).followers_count == 0
    edit_profile(bob, locked=False)
    assert (account(bob).followers_count, account(alice).following_count) == (1, 1)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("note", {"note": "x" * 501}),
        ("display_name", {"display_name": "\ud800"}),
        ("fields", {"fields": [{"name": "a", "value": "b"}] * 5}),
        ("fields", {"fields": [{"name": "", "value": "b"}]}),
        ("fields", {"fields": [{"name": "a", "value": "b" * 256}]}),
        ("avatar", {"avatar": io.BytesIO(b"no picture")}),
        ("privacy", {"privacy": "everyone"}),
        ("quote_policy", {"quote_policy": "friends"}),
        ("language", {"language": "english please"}),
        ("time_zone", {"time_zone": "Nowhere"}),
        ("attribution_domains", {"attribution_domains": ["a.example"] * 101}),
    ],
)
def test_what_is_wrong_is_named(alice: Viewer, field: str, wrong: dict[str, Any], account: Behind):
    with pytest.raises(Refused) as refused:
        edit_profile(alice, **wrong)
    assert refused.value.field in {field, "locale"}
    assert account(alice).revision == 0


def test_an_account_nobody_signs_in_to_has_no_preferences(system: Viewer, olga: Viewer):
    bot = create_account(system, username="anvil", kind="bot")
    assert edit_profile(olga, bot.pk, note="Builds").note == "Builds"
    with pytest.raises(Refused, match="Nobody signs in"):
        edit_profile(olga, bot.pk, privacy="direct")
