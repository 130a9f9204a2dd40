"""Stored files: the address is a capability; with a browser's session the post is asked as well."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from stonechat.audience.viewer import Viewer
from stonechat.core import files
from stonechat.core.faces import address
from stonechat.posts import actions

NOBODY = Viewer.anonymous()


@pytest.fixture
def document(alice, say):
    file = SimpleUploadedFile("plan.txt", b"Secret plan")
    media = actions.upload(alice, file)
    post = say(alice, "The plan", audience="followers", media_ids=[media.pk])
    return post, media.file


def test_a_program_fetches_it_by_its_address_alone(browser, document):
    answer = browser(NOBODY).get(f"/media/{files.signed(document[1])}")
    assert answer.status_code == 200
    assert answer["X-Stonechat-File"] == str(files.path(document[1]))
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''plan.txt")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_without_its_signature_there_is_nothing(browser, document):
    assert browser(NOBODY).get(f"/media/{document[1]}").status_code == 404
    assert browser(NOBODY).get(f"/media/{document[1]}?{'x' * 32}").status_code == 404


def test_a_browser_gets_only_what_its_person_may_read(browser, document, bob, carol):
    assert browser(bob).get(f"/media/{files.signed(document[1])}").status_code == 200
    assert browser(carol).get(f"/media/{files.signed(document[1])}").status_code == 404


def test_what_was_deleted_is_gone(browser, alice, document, lead):
    post, name = document
    old = files.signed(name)
    actions.delete(alice, post.pk)
    assert browser(NOBODY).get(f"/media/{old}").status_code == 404


@pytest.mark.parametrize("name", ["../secret_key", "pictures/../../secret_key", "x", ""])
def test_no_way_out_of_the_folder(browser, name, db):
    sig = files.signed(name).partition("?")[2]
    assert browser(NOBODY).get(f"/media/{name}?{sig}").status_code == 404


def test_faces_are_drawn_from_their_address(browser, db):
    svg = browser(NOBODY).get(address("person", "Wenke Petersen", 5))
    assert svg["Content-Type"] == "image/svg+xml"
    assert ">WP<" in svg.content.decode()
    png = browser(NOBODY).get(address("group", "Ä", 5, ".png"))
    assert png.content.startswith(b"\x89PNG")
    assert browser(NOBODY).get("/avatars/person-WP-99.svg").status_code == 404


def test_icons_are_one_file(browser, db):
    from stonechat.web import icons

    answer = browser(NOBODY).get(icons.address())
    assert answer.content.decode().count("<symbol") == len(icons.ICONS)
    assert "immutable" in answer["Cache-Control"]
