"""What may be opened, and when a start is refused with a sentence."""

from __future__ import annotations

import pytest

from stonechat.config.opening import NotOpened, check_client_tests, check_open_reading


@pytest.mark.parametrize(
    ("host", "url"),
    [("0.0.0.0", "http://localhost:8000"), ("127.0.0.1", "http://chat.example.org")],  # noqa: S104
)
def test_client_tests_stay_on_this_machine(settings, host: str, url: str) -> None:
    settings.STONECHAT_CLIENT_TESTS, settings.STONECHAT_URL = True, url
    with pytest.raises(NotOpened, match="only for tests on this machine"):
        check_client_tests(host)


def test_client_tests_are_fine_on_loopback(settings) -> None:
    settings.STONECHAT_CLIENT_TESTS, settings.STONECHAT_URL = True, "http://localhost:8000"
    check_client_tests("127.0.0.1")


@pytest.mark.django_db
def test_reading_is_opened_while_nobody_is_here_and_stays_so(settings, request) -> None:
    settings.STONECHAT_OPEN_READING = True
    check_open_reading()
    request.getfixturevalue("alice")
    check_open_reading()


@pytest.mark.django_db
def test_reading_is_not_opened_over_what_people_wrote(settings, alice) -> None:
    settings.STONECHAT_OPEN_READING = True
    with pytest.raises(NotOpened, match="only while the instance is empty"):
        check_open_reading()


@pytest.mark.django_db
@pytest.mark.parametrize("wall", ["erin", "gina"])
def test_an_open_instance_has_no_walls(settings, request, wall: str) -> None:
    settings.STONECHAT_OPEN_READING = True
    check_open_reading()
    request.getfixturevalue(wall)
    with pytest.raises(NotOpened, match="barriers or guests"):
        check_open_reading()
