"""The drawn pictures of the demo are valid, of the right size, and the same each time."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from stonechat.demo import faces
from stonechat.demo.cast import GROUPS, GUESTS, SYSTEMS, people
from stonechat.demo.wardrobe import looks


def test_everybody_has_a_look_of_their_own() -> None:
    drawn = looks()
    assert set(drawn) == {*people(), *GUESTS}
    assert len({tuple(look) for look in drawn.values()}) == len(drawn)


@pytest.mark.parametrize("username", ["mara", "yusuf", "samira", "emeka", "ruth", "henrike"])
def test_a_face_is_a_square_picture_and_stays_the_same(username: str) -> None:
    person = {**people(), **GUESTS}[username]
    drawn = faces.face(person)
    assert Image.open(BytesIO(drawn)).size == (400, 400)
    assert faces.face(person) == drawn


def test_groups_and_systems_have_their_sign() -> None:
    signs = [*map(faces.tile, GROUPS.values()), *map(faces.chip, SYSTEMS.values())]
    assert {Image.open(BytesIO(sign)).size for sign in signs} == {(400, 400)}
    assert len(set(signs)) == len(signs)


@pytest.mark.parametrize("name", faces.SCENES)
def test_a_scene_has_words_in_three_languages(name: str) -> None:
    assert Image.open(BytesIO(faces.scene(name))).size == (960, 600)
    assert set(faces.SCENES[name]) == {"en", "de", "da"}
