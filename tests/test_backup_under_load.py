"""A backup taken while people post comes back whole, and everything promised before it is there."""

from __future__ import annotations

import json
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from tests import served as serving
from tests.served import Served, served

pytestmark = [pytest.mark.server, pytest.mark.once]


class Writer(threading.Thread):
    """Somebody who posts one picture after the other; `said` are ids of post and picture."""

    def __init__(self, instance: Served, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.url, self.token = instance.url, instance.token(name)
        self.enough = threading.Event()
        self.said: list[tuple[str, str]] = []

    def run(self) -> None:
        while not self.enough.is_set():
            shade = len(self.said) % 256
            picture = self.send("/api/v2/media", file=drawn(shade))
            post = self.send("/api/v1/statuses", status=f"Shade {shade}", media_ids=[picture["id"]])
            self.said.append((post["id"], picture["id"]))

    def send(self, path: str, file: BytesIO | None = None, **fields: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        body = json.dumps(fields).encode()
        if file is not None:
            headers["Content-Type"] = MULTIPART_CONTENT
            body = encode_multipart(BOUNDARY, {"file": file})
        with urlopen(Request(self.url + path, body, headers), timeout=20) as answer:
            return json.load(answer)


def drawn(shade: int) -> BytesIO:
    """A small picture of one colour."""
    file = BytesIO()
    Image.new("RGB", (40, 30), (shade, 90, 120)).save(file, "PNG")
    file.seek(0)
    file.name = f"{shade}.png"
    return file


@contextmanager
def writing(instance: Served) -> Iterator[list[Writer]]:
    writers = [Writer(instance, name) for name in ("ann", "ben")]
    for writer in writers:
        writer.start()
    try:
        yield writers
    finally:
        for writer in writers:
            writer.enough.set()
        for writer in writers:
            writer.join(30)


@contextmanager
def nothing_yet(like: Served, folder: Path) -> Iterator[Served]:
    """A place without data or tables, on the same engine and at the same address."""
    with serving._database() as database:
        own = {"STONECHAT_DATA_DIR": str(folder), **database}
        instance = Served(like.url, folder, 1, like.environment | own)
        try:
            yield instance
        finally:
            instance.stop()


def test_it_restores_to_the_same_counts_and_digests(tmp_path: Path) -> None:
    file, folder = tmp_path / "saved.tar.gz", tmp_path / "empty"
    with served(workers=2, STONECHAT_RATE_LIMITS="0") as instance:
        with writing(instance) as writers:
            wait_for(writers, 4)
            promised = [said for writer in writers for said in list(writer.said)]
            assert "rows in" in instance.run("backup", str(file))
            assert sum(len(writer.said) for writer in writers) > len(promised), "nobody wrote"
        token = writers[0].token
        instance.stop()
        folder.mkdir()
        with nothing_yet(instance, folder) as other:
            assert "Every count and digest agrees." in other.run("restore", str(file))
            assert counts(file)["posts_post"] >= len(promised)
            other.start()
            for post, picture in promised:
                assert shown(other, token, post) == picture


def wait_for(writers: list[Writer], many: int) -> None:
    while any(len(writer.said) < many for writer in writers):
        assert all(writer.is_alive() for writer in writers)
        writers[0].join(0.05)


def counts(file: Path) -> dict[str, int]:
    """How many rows of each table a backup says it holds."""
    with tarfile.open(file) as archive:
        manifest = archive.extractfile("manifest.json")
        assert manifest is not None
        tables = json.load(manifest)["tables"]
    return {name: table["count"] for name, table in tables.items()}


def shown(instance: Served, token: str, post: str) -> str:
    """The id of the picture of a post, once its file has been fetched."""
    asked = Request(
        f"{instance.url}/api/v1/statuses/{post}", headers={"Authorization": f"Bearer {token}"}
    )
    with urlopen(asked, timeout=20) as answer:
        (media,) = json.load(answer)["media_attachments"]
    with urlopen(media["url"], timeout=20) as answer:
        assert Image.open(BytesIO(answer.read())).size == (40, 30)
    return str(media["id"])
