"""Nothing that was acknowledged is lost, and nothing happens twice, whatever is killed when."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from tests.served import Served, served

pytestmark = pytest.mark.server

WRITERS = 3
VICTIMS = ["worker", "leader", "parent"]  # in turn, so that no process is spared
PAGE = 20  # posts that one request may ask for

# What the database holds: each text with its posts, their facts, and what followed from them.
COUNT = """
import json
import django; django.setup()
from stonechat.core import journal
from stonechat.core.models import Fact, Job
from stonechat.notifications.models import Notification
from stonechat.people.models import Account
from stonechat.posts.models import Post
from stonechat.timelines.models import Conversation
posts = Post.objects.filter(current__isnull=False).values_list("pk", "current__text")
facts = Fact.objects.filter(name="post.published").values_list("data__post_id", flat=True)
told = Notification.objects.filter(type="mention").values_list("post_id", flat=True)
talks = Conversation.objects.filter(account__username="reader").values_list("start_id", flat=True)
print(json.dumps({
    "posts": list(posts),
    "facts": list(facts),
    "told": list(told),
    "talks": list(talks),
    "open": posts.exclude(audience="direct").count(),
    "counted": sum(Account.objects.values_list("statuses_count", flat=True)),
    "lag": journal.lag(),
    "jobs": Job.objects.count(),
}))
"""


class Writer(threading.Thread):
    """Somebody who posts one text after the other, each until it is acknowledged."""

    def __init__(self, instance: Served, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.instance, self.token = instance, instance.token(name)
        self.enough = threading.Event()
        self.acknowledged: dict[str, str] = {}
        self.interrupted = 0
        self.faults: list[str] = []

    def run(self) -> None:
        number = 0
        while not self.enough.is_set():
            number += 1
            to = "direct" if number % 3 == 0 else "public"
            self.say({"status": f"{self.name} says {number} to @reader", "visibility": to})

    def say(self, form: dict[str, str]) -> None:
        """Until somebody answers; the key makes one post of all attempts."""
        while True:
            try:
                status = ask(self.instance, self.token, "/api/v1/statuses", **form)
            except HTTPError as error:
                self.faults.append(f"{error.code} {error.read().decode()}")
                return
            except (OSError, ValueError):
                self.interrupted += 1  # killed before it answered, or nobody listens yet
                time.sleep(0.02)
            else:
                self.acknowledged[form["status"]] = status["id"]
                return


def ask(instance: Served, token: str, path: str, **form: str) -> Any:
    """What the API answers; a form is posted under a key made of its text."""
    headers = {"Authorization": f"Bearer {token}"}
    body = urlencode(form).encode() if form else None
    if form:
        headers["Idempotency-Key"] = form["status"]
    with urlopen(Request(instance.url + path, body, headers), timeout=20) as answer:
        return json.load(answer)


@contextmanager
def writing(instance: Served) -> Iterator[list[Writer]]:
    """So many people post at once, until the end of the block."""
    writers = [Writer(instance, f"writer{number}") for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        yield writers
    finally:
        for writer in writers:
            writer.enough.set()
        for writer in writers:
            writer.join(60)


def children(instance: Served) -> list[int]:
    assert instance.process is not None
    pid = instance.process.pid
    return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def leaders(instance: Served) -> list[int]:
    """The children that listen for the bell which says that there is work."""
    listening = {path.name.partition("-")[0] for path in (instance.data / "wake").iterdir()}
    return [pid for pid in children(instance) if str(pid) in listening]


def kill(instance: Served, victim: str) -> None:
    """End one process as the kernel would; a whole tree that is gone is started again."""
    if victim == "parent":
        instance.kill()
        instance.start()
        return
    deadline = time.monotonic() + 20
    while not (found := of_kind(instance, victim)):
        assert time.monotonic() < deadline, f"there is no {victim}: {instance.log()}"
        time.sleep(0.02)
    os.kill(random.choice(found), signal.SIGKILL)


def of_kind(instance: Served, victim: str) -> list[int]:
    leading = leaders(instance)
    return leading if victim == "leader" else [p for p in children(instance) if p not in leading]


def missing(instance: Served, token: str, ids: list[str]) -> list[str]:
    """Which of these posts the API does not show."""
    lost = []
    for start in range(0, len(ids), PAGE):
        page = ids[start : start + PAGE]
        query = urlencode([("id[]", one) for one in page])
        shown = {post["id"] for post in ask(instance, token, f"/api/v1/statuses?{query}")}
        lost += [one for one in page if one not in shown]
    return lost


def counted(instance: Served) -> dict[str, Any]:
    """What the database holds once everything that follows has been done."""
    environment = {**instance.environment, "DJANGO_SETTINGS_MODULE": "stonechat.config.settings"}
    deadline = time.monotonic() + 60
    while True:
        done = subprocess.run(
            [sys.executable, "-c", COUNT],
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
        )
        found: dict[str, Any] = json.loads(done.stdout)
        if not found["lag"]:
            return found
        assert time.monotonic() < deadline, f"the leader does not catch up: {found['lag']} left"


def survive(instance: Served, rounds: int) -> dict[str, str]:
    """Kill so often while people post; what was acknowledged, by text."""
    reader = instance.token("reader")
    with writing(instance) as writers:
        checked: set[str] = set()
        for number in range(rounds):
            wait_for_more(instance, writers, than=len(checked))
            kill(instance, VICTIMS[number % len(VICTIMS)])
            ids = acknowledged(writers)
            assert missing_when_up(instance, reader, sorted(ids - checked)) == []
            checked = ids
    assert [fault for writer in writers for fault in writer.faults] == []
    assert sum(writer.interrupted for writer in writers), "nobody noticed that anything was killed"
    assert not any(writer.is_alive() for writer in writers)
    return {text: id for writer in writers for text, id in writer.acknowledged.items()}


def acknowledged(writers: list[Writer]) -> set[str]:
    return {one for writer in writers for one in list(writer.acknowledged.values())}


def wait_for_more(instance: Served, writers: list[Writer], than: int) -> None:
    """Until something more was acknowledged, and then a moment that nobody foresees."""
    deadline = time.monotonic() + 30
    while len(acknowledged(writers)) < than + WRITERS:
        assert time.monotonic() < deadline, f"nobody can write any more: {instance.log()}"
        time.sleep(0.02)
    time.sleep(random.uniform(0, 0.3))


def missing_when_up(instance: Served, token: str, ids: list[str]) -> list[str]:
    """The same, asked again where the worker that was asked had just been killed."""
    for _ in range(50):
        try:
            return missing(instance, token, ids)
        except (OSError, ValueError):
            time.sleep(0.1)
    raise AssertionError(instance.log())


@pytest.mark.parametrize(
    "rounds",
    [
        pytest.param(10, marks=pytest.mark.once),
        pytest.param(100, marks=pytest.mark.long),
    ],
)
def test_what_was_acknowledged_is_there_once(rounds: int) -> None:
    with served(workers=2, STONECHAT_RATE_LIMITS="0") as instance:
        promised = survive(instance, rounds)
        found = counted(instance)
        posts = {text: str(id) for id, text in found["posts"]}
        assert twice(text for _, text in found["posts"]) == []
        assert {text: posts.get(text) for text in promised} == promised
        # Each post has its fact, and everybody was told of it: once.
        ids = sorted(id for id, _ in found["posts"])
        assert sorted(found["facts"]) == ids
        assert sorted(found["told"]) == ids
        assert found["counted"] == found["open"]
        assert len(found["talks"]) == len(set(found["talks"])) == len(ids) - found["open"]


def twice(things: Any) -> list[Any]:
    return [thing for thing, times in Counter(things).items() if times > 1]
