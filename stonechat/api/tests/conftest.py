"""A program that asks the api door alone: its routes, its middleware, Django's real handler."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from stonechat.access import queries
from stonechat.access.queries import Access
from stonechat.access.secrets import digest
from stonechat.api import limits
from stonechat.audience.viewer import Viewer


@pytest.fixture
def program(settings: Any) -> Client:
    settings.ROOT_URLCONF = "stonechat.api.urls"
    settings.MIDDLEWARE = ["stonechat.api.errors.ApiErrors"]
    return Client()


@pytest.fixture
def token() -> Iterator[Callable[..., str]]:
    """Makes a token that this process believes for a second without asking the database."""

    def make(scopes: str = "read write follow", account_id: int | None = 7, **more: Any) -> str:
        name = f"{scopes} {account_id} {more}"
        viewer = Viewer.anonymous() if account_id is None else Viewer.person(account_id)
        access = Access(viewer, frozenset(scopes.split()), account_id, account_id, 1, 1, **more)
        queries._believe(digest(name), access)
        return f"Bearer {name}"

    yield make
    queries.forget_all()


@pytest.fixture(autouse=True)
def _fresh_counts() -> Iterator[None]:
    yield
    limits.reading.forget()
    limits.share(1)
