"""One served instance for all clients, its people, and the browser that they sign in with."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
import requests
from mastodon import Mastodon

from tests.clients.things import Wire, png
from tests.served import Served, served

T = TypeVar("T")

OOB = "urn:ietf:wg:oauth:2.0:oob"
SCOPES = "read write follow push profile"
VERIFIER = "a-verifier-has-between-43-and-128-characters"
PATIENCE = 20  # seconds for what the leader does, on a busy machine


@dataclass
class Person:
    """Somebody on the instance; a password only where they sign in by themselves."""

    username: str
    token: str = ""
    password: str = ""


@pytest.fixture(scope="module")
def instance() -> Iterator[Served]:
    """As an organisation runs it, but people may join, and no client is told to slow down."""
    with served(STONECHAT_RATE_LIMITS="0", STONECHAT_SIGNUP="open") as running:
        yield running
        assert "Traceback" not in running.log(), running.log()


@pytest.fixture(scope="module")
def zoe(instance: Served) -> Person:
    """She signs in with a browser."""
    return Person("zoe", password=instance.password("zoe", "--name", "Zoe"))


@pytest.fixture(scope="module")
def tokens(instance: Served) -> dict[str, str]:
    """Of everybody who needs no browser."""
    return instance.tokens("ann", "bert", "cleo", "dora", "erik", "many")


@pytest.fixture(scope="module")
def ann(tokens: dict[str, str]) -> Person:
    return Person("ann", tokens["ann"])


@pytest.fixture(scope="module")
def bert(tokens: dict[str, str]) -> Person:
    return Person("bert", tokens["bert"])


@pytest.fixture(scope="module")
def cleo(tokens: dict[str, str]) -> Person:
    return Person("cleo", tokens["cleo"])


@pytest.fixture(scope="module")
def many(tokens: dict[str, str]) -> Person:
    """Somebody who has said much."""
    return Person("many", tokens["many"])


@pytest.fixture(scope="module")
def mastodon(instance: Served) -> Callable[[Person], Any]:
    """`mastodon(ann)` is the library Mastodon.py with her token."""

    def client(person: Person) -> Any:
        return Mastodon(
            access_token=person.token, api_base_url=instance.url, ratelimit_method="throw"
        )

    return client


class Fields(HTMLParser):
    """The hidden fields of the form on a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = dict(attrs)
        if tag == "input" and have.get("type") == "hidden":
            self.hidden[have["name"] or ""] = have.get("value") or ""


@dataclass
class Browser:
    """What a person's browser does without script: keep cookies, follow, send forms."""

    home: str
    person: Person
    session: requests.Session = field(default_factory=requests.Session)

    def allow(self, address: str) -> str:
        """Go where a program sends me, sign in where asked, say yes; the code it gets."""
        page = self._follow(self.session.get(address, allow_redirects=False))
        if urlsplit(page.url).path == "/sign-in":
            name, password = self.person.username, self.person.password
            page = self._send(page, name=name, password=password)
        if 'name="answer"' in page.text:
            page = self._send(page, answer="yes")
        return self._code(page)

    def _send(self, page: requests.Response, **typed: str) -> requests.Response:
        sent = {**Fields(page.text).hidden, **typed}
        return self._follow(self.session.post(page.url, sent, allow_redirects=False))

    def _follow(self, answer: requests.Response) -> requests.Response:
        """Every redirect on this server; one that leaves it is the answer."""
        while answer.is_redirect:
            there = urljoin(answer.url, answer.headers["Location"])
            if not there.startswith(self.home):
                return answer
            answer = self.session.get(there, allow_redirects=False)
        assert answer.status_code == 200, answer.text
        return answer

    def _code(self, page: requests.Response) -> str:
        if page.is_redirect:
            return parse_qs(urlsplit(page.headers["Location"]).query)["code"][0]
        shown = re.search(r"<code>(\S+)</code>", page.text)
        assert shown, page.text
        return shown[1]


@pytest.fixture(scope="module")
def browser(instance: Served) -> Callable[[Person], Browser]:
    """`browser(zoe)` is a new one of hers."""
    return lambda person: Browser(instance.url, person)


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small picture in a file."""
    file = tmp_path_factory.mktemp("pictures") / "stones.png"
    file.write_bytes(png())
    return file


@pytest.fixture(scope="module")
def eventually() -> Callable[[Callable[[], Any]], Any]:
    """`eventually(ask)` asks until the answer is true: the leader works in its own time."""

    def wait(ask: Callable[[], T]) -> T:
        deadline = time.monotonic() + PATIENCE
        while not (answer := ask()):
            assert time.monotonic() < deadline, "it did not come in time"
            time.sleep(0.1)
        return answer

    return wait


@pytest.fixture(scope="module")
def program(instance: Served) -> dict[str, str]:
    """The credentials of a program that registered as Phanpy does, by a form."""
    sent = {"client_name": "Must", "redirect_uris": OOB, "scopes": SCOPES}
    made = requests.post(f"{instance.url}/api/v1/apps", data=sent, timeout=30)
    assert made.status_code == 200, made.text
    return {name: made.json()[name] for name in ("client_id", "client_secret")}


@pytest.fixture(scope="module")
def sign_in(
    instance: Served, program: dict[str, str], browser: Callable[[Person], Browser]
) -> Callable[[Person], dict[str, Any]]:
    """The way of every client: the browser at /oauth/authorize with PKCE, then /oauth/token."""
    hashed = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest())
    asked = {
        "response_type": "code",
        "client_id": program["client_id"],
        "redirect_uri": OOB,
        "scope": SCOPES,
        "code_challenge": hashed.decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    traded = {"grant_type": "authorization_code", "redirect_uri": OOB, "code_verifier": VERIFIER}

    def go(person: Person) -> dict[str, Any]:
        code = browser(person).allow(f"{instance.url}/oauth/authorize?{urlencode(asked)}")
        sent = {**traded, **program, "code": code}
        answer = requests.post(f"{instance.url}/oauth/token", data=sent, timeout=30)
        assert answer.status_code == 200, answer.text
        granted: dict[str, Any] = answer.json()
        return granted

    return go


@pytest.fixture(scope="module")
def wire(instance: Served, zoe: Person, sign_in: Callable[[Person], dict[str, Any]]) -> Wire:
    """Requests as zoe, through the program."""
    return Wire(instance.url, sign_in(zoe)["access_token"])
