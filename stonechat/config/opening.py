"""What may be open to whom, checked at every start before anybody is let in."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from stonechat.audience.models import Barrier
from stonechat.core import clock
from stonechat.core.models import Secret
from stonechat.people.models import Account, Zone

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
OPENED = "open_reading"  # the row that remembers an instance opened on the day it was empty


class NotOpened(SystemExit):
    """The server does not start; the text says which setting to change."""


def check_client_tests(host: str) -> None:
    """STONECHAT_CLIENT_TESTS opens every door, so it stays on this machine."""
    named = urlsplit(settings.STONECHAT_URL).hostname
    if settings.STONECHAT_CLIENT_TESTS and not {host, named} <= LOOPBACK:
        raise NotOpened(
            "STONECHAT_CLIENT_TESTS=1 lets anybody in and is only for tests on this machine:"
            " serve with --host 127.0.0.1 and STONECHAT_URL=http://localhost:8000, or unset it."
        )


def check_open_reading() -> None:
    """Reading without signing in is decided while nobody has spoken, and ends with the first wall.

    People who wrote for their colleagues must not find their words open to the world later.
    """
    if not settings.STONECHAT_OPEN_READING:
        return
    _remember_if_empty()
    if not Secret.objects.filter(name=OPENED).exists():
        raise NotOpened(
            "STONECHAT_OPEN_READING=1 can be set only while the instance is empty: people here"
            " wrote for their colleagues. Unset it, or start a new instance with another"
            " STONECHAT_DATA_DIR."
        )
    if Barrier.objects.exists() or Account.objects.filter(zone=Zone.GUEST).exists():
        raise NotOpened(
            "STONECHAT_OPEN_READING=1 cannot stay: there are barriers or guests, and what is open"
            " to the world has no walls. Unset it."
        )


@transaction.atomic
def _remember_if_empty() -> None:
    if not Account.objects.exists():
        Secret.objects.get_or_create(name=OPENED, defaults={"value": clock.now().isoformat()})
