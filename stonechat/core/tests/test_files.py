"""Stored files: random names, whole or not there, and signatures that turn."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import InMemoryStorage, default_storage

from stonechat.core import clock, files

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
NAME = "media/ab/cd/" + "0" * 28 + ".png"


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "stonechat.core.files.Disk", "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path


@pytest.fixture
def memory(settings, disk):
    """A storage elsewhere, as S3 is: without paths and without renaming."""
    backend = f"{InMemoryStorage.__module__}.{InMemoryStorage.__name__}"
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": backend}}


def everything(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def read(name):
    with files.open(name) as file:
        return file.read()


@pytest.mark.parametrize("content", [b"bytes", b""])
def test_bytes_are_stored(content, disk):
    name = files.store("media", content, ".png")
    assert read(name) == content
    assert files.path(name).read_bytes() == content
    assert everything(disk) == [disk / name]


def test_file_is_stored():
    assert read(files.store("media", io.BytesIO(b"a file"), "")) == b"a file"


def test_names_are_random():
    names = [files.store("media", b"the same", ".png") for _ in range(3)]
    assert len(set(names)) == 3
    assert all(len(name.replace("/", "")) == len("media") + 32 + len(".png") for name in names)


def test_broken_upload_leaves_nothing(disk):
    class Broken(io.BytesIO):
        def read(self, _size=-1):
            raise OSError("the connection broke")

    with pytest.raises(OSError, match="broke"):
        files.store("media", Broken(b"half"), ".png")
    assert everything(disk) == []


@pytest.mark.parametrize(
    "kind_and_suffix", [("../media", ".png"), ("media", "/../../x"), ("", ".png"), ("media", "png")]
)
def test_strange_kinds_are_refused(kind_and_suffix):
    kind, suffix = kind_and_suffix
    with pytest.raises(ValueError, match="not the name"):
        files.store(kind, b"", suffix)


@pytest.mark.parametrize("name", ["../secret_key", "/etc/passwd", "media/ab", NAME + "\n", ""])
def test_other_names_are_refused(name):
    for function in (files.path, files.open, files.remove, files.rename_random):
        with pytest.raises(ValueError, match="not the name"):
            function(name)


def test_file_is_removed_once_and_again(disk):
    name = files.store("media", b"", ".png")
    files.remove(name)
    files.remove(name)
    assert everything(disk) == []
    with pytest.raises(FileNotFoundError):
        files.open(name)


def test_new_random_part_ends_the_old_name(disk):
    old = files.store("media", b"a wall", ".png")
    new = files.rename_random(old)
    assert (read(new), new != old, new[-4:]) == (b"a wall", True, ".png")
    assert everything(disk) == [disk / new]


def test_new_random_part_elsewhere(memory):
    old = files.store("media", b"a wall", ".png")
    new = files.rename_random(old)
    assert read(new) == b"a wall"
    assert not default_storage.exists(old)


@pytest.mark.parametrize(("hours", "valid"), [(-13, False), (0, True), (24, True), (36, False)])
def test_signature_is_valid_for_its_period_and_the_next(hours, valid):
    assert files.verify(NAME, files.signature(NAME, NOON), NOON + timedelta(hours=hours)) is valid


def test_signature_is_for_one_name():
    assert not files.verify(NAME.replace("0", "1"), files.signature(NAME, NOON), NOON)


@pytest.mark.parametrize("sig", ["", "x", "ø", "a" * 32])
def test_other_signatures_are_refused(sig):
    assert not files.verify(NAME, sig, NOON)


def test_signature_needs_the_secret(settings):
    sig = files.signature(NAME, NOON)
    settings.SECRET_KEY = "another"
    assert not files.verify(NAME, sig, NOON)


def test_signed_name_is_of_now():
    with clock.set_to(NOON):
        name, _mark, sig = files.signed(NAME).partition("?")
    assert name == NAME
    assert files.verify(name, sig, NOON)
