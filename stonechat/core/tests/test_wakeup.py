"""A bell that everybody on this machine hears, however deep the data lies."""

from __future__ import annotations

import select

import pytest

from stonechat.core import wakeup


@pytest.fixture(params=["shallow", "deep/" * 30], ids=["shallow", "deep"])
def data(request, settings, tmp_path):
    settings.STONECHAT_DATA_DIR = tmp_path / request.param


def hears(bell):
    return bool(select.select([bell], [], [], 0.2)[0])


def test_whoever_listens_hears_it(data):
    with wakeup.listener() as bell:
        assert not hears(bell)
        wakeup.ring()
        assert hears(bell)


def test_whoever_left_is_forgotten(data):
    with wakeup.listener():
        pass
    assert len(list(wakeup._folder().iterdir())) == 1
    wakeup.ring()
    assert list(wakeup._folder().iterdir()) == []


def test_ringing_where_nobody_ever_listened_does_nothing(data):
    wakeup.ring()


def test_a_listener_that_is_deaf_for_long_holds_nobody_up(data):
    with wakeup.listener() as bell:
        for _ in range(2_000):
            wakeup.ring()
        assert hears(bell)
