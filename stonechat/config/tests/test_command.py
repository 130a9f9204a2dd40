"""The commands an administrator types, each as a process of its own."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = [pytest.mark.server, pytest.mark.once]
Run = Callable[..., subprocess.CompletedProcess[str]]


def _command(data: Path) -> Run:
    def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        database = f"sqlite:///{data}/stonechat.sqlite3"
        here = {"STONECHAT_DATA_DIR": str(data), "STONECHAT_DATABASE_URL": database}
        return subprocess.run(
            [sys.executable, "-m", "stonechat", *words],
            env={**os.environ, **here, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def stonechat(data):
    """`stonechat(*words)` in a place where mia is administrator."""
    run = _command(data)
    done = run("account", "create", "mia", "--email", "mia@example.org", "--admin", "--level", "2")
    assert done.returncode == 0, done.stderr
    assert "mia@example.org" in done.stdout
    return run


def _rows(data: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(data / "stonechat.sqlite3") as database:
        return database.execute(query).fetchall()


def test_an_account_has_what_the_directory_knows(stonechat, data):
    about = ["--unit", "Wire", "--country", "dk", "--manager", "mia", "--segment", "trading"]
    made = stonechat("account", "create", "ben", "--email", "ben@example.org", *about)
    assert made.returncode == 0, made.stderr
    query = """SELECT a.unit, a.country, m.username FROM people_account a
               JOIN people_account m ON m.id = a.manager_id WHERE a.username = 'ben'"""
    assert _rows(data, query) == [("Wire", "DK", "mia")]


def test_a_name_that_is_taken_is_said_so_in_a_sentence(stonechat):
    again = stonechat("account", "create", "mia", "--email", "other@example.org")
    assert again.returncode == 1
    assert again.stderr.strip()
    assert "Traceback" not in again.stderr


def test_a_token_stands_alone_on_the_last_line(stonechat, data):
    drawn = stonechat("token", "create", "zoe").stdout.splitlines()[-1]
    assert len(drawn) >= 32
    assert " " not in drawn
    assert _rows(data, "SELECT count(*) FROM people_account WHERE username = 'zoe'") == [(1,)]


def test_a_token_may_be_given(stonechat):
    given = stonechat("token", "create", "mia", "--scopes", "read", "--value", "given-token")
    assert given.stdout.splitlines()[-1] == "given-token"


def test_a_post_is_published(stonechat, data):
    done = stonechat("post", "Hello from the line", "--as", "mia")
    assert done.returncode == 0, done.stderr
    assert _rows(data, "SELECT count(*) FROM core_fact WHERE name = 'post.published'") == [(1,)]


def test_a_post_of_nobody_says_what_to_do(stonechat):
    done = stonechat("post", "Hello", "--as", "nobody")
    assert done.returncode == 1
    assert "stonechat account create" in done.stderr


def test_what_people_wrote_is_for_this_user_only(stonechat, data):
    assert (data / "stonechat.sqlite3").stat().st_mode & 0o077 == 0


def test_check_says_that_all_is_well(stonechat):
    done = stonechat("check")
    assert done.returncode == 0, done.stdout
    assert "The database is up to date." in done.stdout


def test_check_says_what_a_database_lacks(tmp_path):
    done = _command(tmp_path)("check")
    assert done.returncode == 0
    assert "`stonechat serve` makes them" in done.stdout


def test_check_fails_without_a_database(tmp_path):
    url = "postgres://nobody@127.0.0.1:1/nothing"
    done = _command(tmp_path)("check", STONECHAT_DATABASE_URL=url)
    assert done.returncode == 1
    assert "STONECHAT_DATABASE_URL says where it is" in done.stdout


def test_a_wrong_setting_is_explained(tmp_path):
    done = _command(tmp_path)("check", STONECHAT_POST_LENGTH="many")
    assert done.returncode == 1
    assert "whole number" in done.stderr
    assert "Traceback" not in done.stderr


def test_three_copies_are_kept_of_what_was_before_a_change(stonechat, data, tmp_path):
    shutil.copytree(data, tmp_path, dirs_exist_ok=True)
    with sqlite3.connect(tmp_path / "stonechat.sqlite3") as database:
        # As if the last release had lacked them: they fail on what is there, after the copy.
        database.execute("DELETE FROM django_migrations WHERE app = 'core'")
    for number in range(4):
        old = tmp_path / "backups" / f"before-x-{number}.sqlite3"
        old.parent.mkdir(exist_ok=True)
        old.touch()
        os.utime(old, (number, number))
    _command(tmp_path)("token", "create", "mia")
    kept = sorted(path.name for path in (tmp_path / "backups").iterdir())
    assert len(kept) == 3
    assert kept[1:] == ["before-x-2.sqlite3", "before-x-3.sqlite3"]
    with sqlite3.connect(tmp_path / "backups" / kept[0]) as copy:
        assert copy.execute("SELECT count(*) FROM people_account WHERE username = 'mia'").fetchone()
