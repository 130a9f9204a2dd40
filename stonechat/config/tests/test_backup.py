"""A backup holds everything, is made while people work, and proves itself when it is put back."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

pytestmark = pytest.mark.server

FILL = """
from django.db import connection
from stonechat.core import clock
from stonechat.core.models import Fact, Job, Secret
# On PostgreSQL the transaction ids of a busier cluster, from this one's far future.
xid = 10**12 if connection.vendor == "postgresql" else 0
words = "grüße\\n\\t\\\\ 🎉"
Fact.objects.bulk_create(
    Fact(xid=xid, name="Tried", kind="trail", at=clock.now(), data={"words": words, "n": n})
    for n in range(300)
)
Secret.objects.create(name="key", value="a\\nb")
Job.objects.create(name="x", due_at=clock.now())
"""
KEEP_WRITING = """
import sys
from stonechat.core import clock
from stonechat.core.models import Fact
print("writing", flush=True)
while True:
    Fact.objects.create(name="Tried", kind="trail", at=clock.now())
"""
CONTINUE = """
from stonechat.core import clock, journal
from stonechat.core.models import Fact
old = [fact.pk for fact in journal.facts_after(-2**60, 0, limit=1000)]
new = Fact.objects.create(name="Tried", kind="trail", at=clock.now())
assert len(old) == 300
assert [fact.pk for fact in journal.facts_after(-2**60, 0, limit=1000)] == [*old, new.pk]
try:
    Fact.objects.filter(pk=old[0]).update(name="Changed")
except Exception as error:
    assert "append-only" in str(error)
else:
    raise AssertionError("the triggers are gone")
"""


class Place:
    """A DATA_DIR with a database of its own, on the engine that the tests run on."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / uuid4().hex
        self.database = f"sqlite:///{self.data}/stonechat.sqlite3"
        if "postgres" in os.environ.get("STONECHAT_DATABASE_URL", ""):
            base = os.environ["STONECHAT_DATABASE_URL"].rsplit("/", 1)[0]
            with psycopg.connect(f"{base}/postgres", autocommit=True) as server:
                server.execute(f'CREATE DATABASE "{self.data.name}"')
            self.database = f"{base}/{self.data.name}"

    def environment(self) -> dict[str, str]:
        here = {"STONECHAT_DATA_DIR": str(self.data), "STONECHAT_DATABASE_URL": self.database}
        return {**os.environ, **here, "DJANGO_SETTINGS_MODULE": "stonechat.config.settings"}

    def run(self, *command: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "stonechat", *map(str, command)],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def script(self, text: str) -> list[str]:
        before = "import django; django.setup()\n"
        return [sys.executable, "-c", before + text]

    def fill(self) -> None:
        """Tables, some rows, a picture and a file that no backup needs."""
        upgrade = "from stonechat.config.upgrading import upgrade; upgrade()\n"
        subprocess.run(self.script(upgrade + FILL), env=self.environment(), check=True)
        (self.data / "media").mkdir()
        (self.data / "media" / "picture.png").write_bytes(b"\x89PNG" * 1000)
        (self.data / "leader.lock").touch()


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A place with data, which no test changes, and a backup of it."""
    place = Place(tmp_path_factory.mktemp("filled"))
    place.fill()
    file = place.data.parent / "saved.tar.gz"
    done = place.run("backup", file)
    assert done.returncode == 0, done.stderr
    return place, file


def test_a_backup_holds_rows_media_and_keys(filled):
    _, file = filled
    manifest, names = _manifest(file)
    assert {"files/media/picture.png", "files/secret_key", "manifest.json"} <= names
    assert not any(name.endswith((".lock", ".sock")) for name in names)
    assert manifest["tables"]["core_fact"]["count"] == 300
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.alone
def test_it_comes_back_whole_and_goes_on(filled, tmp_path):
    place = Place(tmp_path)
    done = place.run("restore", filled[1])
    assert done.returncode == 0, done.stderr
    assert "Every count and digest agrees." in done.stdout
    assert (place.data / "media" / "picture.png").read_bytes() == b"\x89PNG" * 1000
    assert (place.data / "secret_key").read_text() == (filled[0].data / "secret_key").read_text()
    assert not list(place.data.glob("restoring-*"))
    subprocess.run(place.script(CONTINUE), env=place.environment(), check=True)


def test_data_that_is_there_is_only_replaced_when_asked(filled, tmp_path):
    place = Place(tmp_path)
    place.run("restore", filled[1])
    refused = place.run("restore", filled[1])
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert place.run("restore", filled[1], "--replace").returncode == 0


def test_it_is_whole_while_somebody_writes(filled, tmp_path):
    place, other, file = Place(tmp_path), Place(tmp_path), tmp_path / "saved.tar"
    place.run("restore", filled[1])
    writer = subprocess.Popen(
        place.script(KEEP_WRITING), env=place.environment(), stdout=subprocess.PIPE
    )
    try:
        assert writer.stdout is not None
        writer.stdout.readline()
        assert place.run("backup", file).returncode == 0
    finally:
        writer.kill()
        writer.communicate()
    done = other.run("restore", file)
    assert done.returncode == 0, done.stderr
    assert _manifest(file)[0]["tables"]["core_fact"]["count"] > 300


def test_a_damaged_backup_changes_nothing(filled, tmp_path):
    place, file = Place(tmp_path), tmp_path / "damaged.tar"
    _rewritten(filled[1], file, lambda name, body: b"x" * len(body) if "picture" in name else body)
    done = place.run("restore", file)
    assert done.returncode == 1
    assert "media/picture.png" in done.stderr
    assert not (place.data / "media").exists()


def test_wrong_rows_are_found(filled, tmp_path):
    place, file = Place(tmp_path), tmp_path / "wrong.tar"

    def one_more(name, body):
        if name != "manifest.json":
            return body
        manifest = json.loads(body)
        manifest["tables"]["core_fact"]["count"] += 1
        return json.dumps(manifest).encode()

    _rewritten(filled[1], file, one_more)
    done = place.run("restore", file)
    assert done.returncode == 1
    assert "core_fact should hold 301 and holds 300" in done.stdout


def test_a_newer_backup_is_refused(filled, tmp_path):
    place, file = Place(tmp_path), tmp_path / "newer.tar"
    _rewritten(filled[1], file, lambda _, body: body.replace(b"0001_begin", b"9001_begin"))
    done = place.run("restore", file)
    assert done.returncode == 1
    assert "newer Stonechat" in done.stderr


@pytest.mark.parametrize("name", ["../out", "/tmp/out", "files/../../out"])
def test_an_archive_cannot_write_elsewhere(tmp_path, name):
    place, file = Place(tmp_path), tmp_path / "evil.tar"
    with tarfile.open(file, "w") as archive:
        _add(archive, name, b"evil")
    done = place.run("restore", file)
    assert done.returncode == 1
    assert "which no backup of ours holds" in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_archive_cannot_hold_links(tmp_path):
    place, file = Place(tmp_path), tmp_path / "link.tar"
    with tarfile.open(file, "w") as archive:
        link = tarfile.TarInfo("files/media")
        link.type, link.linkname = tarfile.SYMTYPE, "/tmp"
        archive.addfile(link)
    assert "which no backup of ours holds" in place.run("restore", file).stderr


def test_what_is_no_backup_is_said_so(tmp_path):
    file = tmp_path / "text"
    file.write_text("hello")
    assert "cannot be read as a backup" in Place(tmp_path).run("restore", file).stderr


def _manifest(file: Path) -> tuple[dict[str, Any], set[str]]:
    """What an archive says of itself, and the names in it."""
    with tarfile.open(file) as archive:
        content = archive.extractfile("manifest.json")
        assert content is not None
        return json.load(content), set(archive.getnames())


def _rewritten(source: Path, target: Path, change) -> None:
    """The same archive with changed members."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            _add(new, member.name, change(member.name, content.read()))


def _add(archive: tarfile.TarFile, name: str, body: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(body)
    archive.addfile(info, io.BytesIO(body))
