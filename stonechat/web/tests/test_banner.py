"""A server that lets anybody in says so on every page."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("open_doors", [True, False])
def test_open_doors_are_told(settings, open_doors: bool) -> None:
    settings.STONECHAT_CLIENT_TESTS = open_doors
    page = Client().get("/sign-in").content.decode()
    assert ("Every door is open" in page) == open_doors
