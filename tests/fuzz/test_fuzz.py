"""Twenty thousand requests that nobody would send: whatever comes in, no address breaks.

What was found once stands in `found.jsonl`, a request a line, and is asked again each time. To
add one, copy the line that a failing run prints. FUZZ_SEED asks other questions, FUZZ_SHARE fewer.
"""

from __future__ import annotations

import json
import logging
import math
import os
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http.response import HttpResponseBase

from stonechat.audience.viewer import Viewer
from stonechat.config.doors import is_api
from stonechat.core import journal
from stonechat.people.models import Group
from stonechat.posts import actions as posts
from tests.fuzz.addresses import Address, addresses
from tests.fuzz.requests import SAMPLES, Request, made, send
from tests.fuzz.world import World, build

FOUND = Path(__file__).with_name("found.jsonl")
SEED = os.environ.get("FUZZ_SEED", "stonechat")
REQUESTS, EACH = 20_000, 82  # in all, and to each address, where that is more
BATCH = 40  # requests between two rollbacks: enough for them to meet what others left
ANSWERS = 20  # other than 401, 404 and 405, that each address has to give
SLOW = 3.0  # seconds of CPU that no request may cost
SHOWN = 15  # findings that a failing run prints

# What answers 404 or 405 by design: Mastodon's words for what a server does not have.
ABSENT = {
    "GET /api/v1/instance/activity",
    "GET /api/v1/instance/terms_of_service",
    "GET /api/v1/timelines/link",
    "GET /api/v1/annual_reports/<id:year>",
    "POST /api/v1/annual_reports/<id:year>/read",
    "POST /api/v1/annual_reports/<id:year>/generate",
    "GET /api/v1_alpha/async_refreshes/<name:id>",
    "/sign-in/demo",  # only the demo company is signed in to by one click
}


NO_JSON = {"/health", "/.well-known/host-meta"}  # a word for load balancers; XML by its standard
EMPTY = {"HEAD", "OPTIONS"}


@dataclass
class Findings(logging.Handler):
    """What broke, each place once, and what every address has answered."""

    broken: dict[str, str] = field(default_factory=dict)
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    raised: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.ERROR)

    def __hash__(self) -> int:
        return id(self)

    def emit(self, record: logging.LogRecord) -> None:
        """The server's own log says what was raised."""
        error = record.exc_info and record.exc_info[1]
        text = "".join(traceback.format_exception(error)[-6:]) if error else record.getMessage()
        self.raised.append(text)

    def note(self, what: str, request: Request) -> None:
        """Two findings are one when they broke in the same place."""
        raised = max(self.raised, key=len, default="")
        place = f"{what} {raised.strip().splitlines()[-1][:60] if raised else request.route}"
        line = msgspec.json.encode(json.loads(json.dumps(msgspec.to_builtins(request)))).decode()
        self.broken.setdefault(place, f"{what}\n{line}\n{raised}")


@pytest.fixture
def findings() -> Iterator[Findings]:
    noted = Findings()
    logging.getLogger().addHandler(noted)
    yield noted
    logging.getLogger().removeHandler(noted)


@pytest.fixture
def world(
    alice: Viewer,
    bob: Viewer,
    carol: Viewer,
    dave: Viewer,
    erin: Viewer,
    gina: Viewer,
    olga: Viewer,
    team: Group,
    lead: Callable[[], None],
    settings: Any,
    tmp_path: Path,
) -> World:
    settings.STONECHAT_RATE_LIMITS, settings.STONECHAT_SIGNUP = False, "open"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "stonechat.core.files.Disk", "OPTIONS": {"location": tmp_path}},
    }
    cast = {"alice": alice, "bob": bob, "carol": carol, "dave": dave}
    cast |= {"erin": erin, "gina": gina, "olga": olga}

    def picture(name: str) -> int:
        file = SimpleUploadedFile("a.png", SAMPLES["png"])
        return int(posts.upload(cast[name], file, description="Hull").pk)

    return build(cast, team.account_id, picture, lead)


def batches(share: float) -> Iterator[list[Request]]:
    """Every address as often as any other, in an order of the seed."""
    turn = in_turn(Random(f"{SEED} order"))
    count = share * max(REQUESTS, EACH * len(addresses()))
    for number in range(math.ceil(count / BATCH)):
        chance = Random(f"{SEED} {number}")
        yield [made(address, chance) for address in islice(turn, BATCH)]


def in_turn(chance: Random) -> Iterator[Address]:
    every = addresses()
    while True:
        chance.shuffle(every)
        yield from every


def ask_all(world: World, requests: list[Request], findings: Findings) -> None:
    """Ask one after the other, let the leader react, and undo it all."""
    with transaction.atomic():
        for request in requests:
            if not ask(world, request, findings):
                break  # a broken transaction breaks whatever comes after it
        else:
            react(requests[-1], findings)
        transaction.set_rollback(True)


def ask(world: World, request: Request, findings: Findings) -> bool:
    """Whether the answer is one that may be."""
    findings.raised.clear()
    began = time.process_time()
    answer = send(world, request)
    wrong = fault(request, answer, time.process_time() - began)
    if request.method != "OPTIONS":  # a browser's question before the question
        findings.answers[request.route, answer.status_code] += 1
    if wrong:
        findings.note(wrong, request)
    return answer.status_code < 500 and not connection.needs_rollback


def fault(request: Request, answer: HttpResponseBase, seconds: float) -> str:
    """What is wrong with an answer; nothing in most cases."""
    unavailable = answer.status_code == 503 and request.route.endswith("/translate")
    if answer.status_code >= 500 and not unavailable:
        return f"{answer.status_code} from {request.route}"
    if seconds > SLOW:
        return f"{seconds:.1f} s for {request.route}"
    if not is_api(request.path) or request.path in NO_JSON or request.method in EMPTY:
        return ""
    return "" if is_json(answer) else f"no JSON ({answer.status_code}) from {request.route}"


def is_json(answer: Any) -> bool:
    try:
        json.loads(answer.content, parse_constant=_no_json)
    except ValueError:
        return False
    return "json" in answer.headers["Content-Type"]


def _no_json(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def react(last: Request, findings: Findings) -> None:
    """What follows from the requests must not break either."""
    findings.raised.clear()
    while journal.react():
        pass
    if findings.raised:
        findings.note("a reaction", last)


def report(findings: Findings) -> str:
    said = list(findings.broken.values())
    return "\n\n".join([f"{len(said)} findings, seed {SEED!r}", *said[:SHOWN]])


@pytest.mark.once
def test_no_address_breaks(world: World, findings: Findings) -> None:
    ask_everything(world, findings, share=1)


@pytest.mark.server
@pytest.mark.skipif(connection.vendor == "sqlite", reason="asked all of it already")
def test_no_address_breaks_postgresql(world: World, findings: Findings) -> None:
    """It minds other things than SQLite does, which a part of the requests is enough to show."""
    ask_everything(world, findings, share=0.2)


def ask_everything(world: World, findings: Findings, share: float) -> None:
    """First what was found once, then so much of what the seed brings."""
    share = float(os.environ.get("FUZZ_SHARE", share))
    for line in FOUND.read_text().splitlines():
        ask_all(world, [msgspec.json.decode(line, type=Request)], findings)
    findings.answers.clear()
    for requests in batches(share):
        ask_all(world, requests, findings)
    assert not findings.broken, report(findings)
    # In a part of the requests chance decides how often; that each was tried is sure.
    assert_asked_enough(findings.answers, ANSWERS if share >= 1 else 1)


def assert_asked_enough(answers: Counter[tuple[str, int]], least: int) -> None:
    """A route that only ever says "not found" was not tried."""
    telling: Counter[str] = Counter()
    for (address, status), times in answers.items():
        path = address.split()[1]
        # A page of the web answers the methods that it likes.
        route = address if is_api(path) else path
        telling[route] += times * (status not in (401, 404, 405))
    few = {route: times for route, times in telling.items() if times < least}
    assert {route: times for route, times in few.items() if route not in ABSENT} == {}
    assert [address for address, status in answers if address in ABSENT and status < 400] == []
