"""A browser for each member of the cast."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from stonechat.audience.viewer import Viewer
from stonechat.people.models import User

Browser = Callable[[Viewer], Client]


@pytest.fixture(autouse=True)
def _own_address(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]


@pytest.fixture
def browser(db: None) -> Browser:
    """`browser(alice)` is signed in as her; `browser(Viewer.anonymous())` as nobody."""

    def sign_in(viewer: Viewer) -> Client:
        client = Client()
        if viewer:
            user = User.objects.get(account_id=viewer.account_id)
            client.force_login(user, backend="stonechat.access.backends.ByMailOrHandle")
        return client

    return sign_in
