"""A program, a person who signs in, and the way from one to the other."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from stonechat.access import actions, queries
from stonechat.access.models import Application
from stonechat.audience.viewer import Viewer
from stonechat.core import clock
from stonechat.people import actions as people
from stonechat.people.models import User

PASSWORD = "seven stones in a wall"
VERIFIER = "a-verifier-of-the-length-that-the-standard-wants-0123456789"
BACK = "https://client.example/back"


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> Iterator[None]:
    """Hashes that take no time, and nothing believed from an earlier test."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "stonechat.access.secrets.SecretHasher",
    ]
    queries.forget_all()
    yield
    queries.forget_all()


@pytest.fixture
def noon() -> Iterator[datetime]:
    """The clock stands still, a minute after all windows of limits began."""
    moment = datetime(2026, 3, 2, 12, 1, tzinfo=UTC)
    with clock.set_to(moment):
        yield moment


@pytest.fixture
def ann(db: None) -> User:
    """Somebody with a password."""
    account = people.create_account(
        Viewer.system(because="test"),
        username="ann",
        email="ann@example.org",
        password=PASSWORD,
        confirmed=True,
    )
    return User.objects.select_related("account").get(account_id=account.pk)


@dataclass
class Program:
    """A registered program, with its secret in plain."""

    application: Application
    secret: str

    @property
    def credentials(self) -> dict[str, str]:
        return {"client_id": self.application.client_id, "client_secret": self.secret}

    def address(self, **changed: str) -> str:
        """Where it sends a browser to be let in."""
        asked = {
            "response_type": "code",
            "client_id": self.application.client_id,
            "redirect_uri": BACK,
            "scope": "read write",
        } | changed
        return "/oauth/authorize?" + urlencode({k: v for k, v in asked.items() if v})


@pytest.fixture
def register(db: None) -> Callable[..., Program]:
    def make(scopes: str = "read write push", *redirect_uris: str, public: bool = False) -> Program:
        application, secret = actions.register_application(
            Viewer.anonymous(), "Tusk", redirect_uris or [BACK], scopes.split(), public=public
        )
        return Program(application, secret)

    return make


@pytest.fixture
def program(register: Callable[..., Program]) -> Program:
    return register()


@pytest.fixture
def browser(client: Client, ann: User) -> Client:
    """Ann's, signed in."""
    client.force_login(ann)
    return client


@pytest.fixture
def code_from(browser: Client) -> Callable[..., str]:
    """Ann says yes; the code that the program gets."""

    def ask(program: Program, **changed: str) -> str:
        answer = browser.post(program.address(**changed), {"answer": "yes"})
        assert answer.status_code == 302, answer.content
        return parse_qs(urlsplit(answer["Location"]).query)["code"][0]

    return ask


@pytest.fixture
def trade(client: Client) -> Callable[..., Any]:
    """`trade(program, code)` brings a code to the token address."""

    def post(program: Program, code: str, **changed: str) -> Any:
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": BACK,
            **program.credentials,
        }
        return client.post("/oauth/token", sent | changed)

    return post


def challenge(verifier: str = VERIFIER) -> str:
    """The S256 challenge of a verifier."""
    hashed = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()


@pytest.fixture
def pkce() -> dict[str, str]:
    return {"code_challenge": challenge(), "code_challenge_method": "S256"}


@pytest.fixture
def verifier() -> str:
    return VERIFIER


@pytest.fixture
def password() -> str:
    return PASSWORD
