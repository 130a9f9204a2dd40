"""Foreign programs on a leash."""

from __future__ import annotations

import time

import pytest

from stonechat.core import programs


def test_program_reads_and_writes():
    assert programs.run("cat", seconds=5, given=[b"a", b"b"]) == b"ab"


def test_program_has_a_deadline():
    start = time.monotonic()
    with pytest.raises(programs.Failed):
        programs.run("sleep", "5", seconds=0.01)
    assert time.monotonic() - start < 4


def test_deadline_counts_while_the_program_does_not_read():
    with pytest.raises(programs.Failed):
        programs.run("sleep", "5", seconds=0.01, given=[b"a" * 1_000_000])


def test_complaint_is_told():
    with pytest.raises(programs.Failed, match="no-such-file"):
        programs.run("cat", "no-such-file", seconds=5)


def test_program_that_wants_nothing_may_end_early():
    assert programs.run("true", seconds=5, given=[b"a" * 1_000_000]) == b""


def test_missing_program_is_told():
    assert not programs.present("no-such-program")
    with pytest.raises(programs.Failed, match="not installed"):
        programs.run("no-such-program", seconds=5)
