"""The command-line client toot, as people run it, against a served instance."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.clients.loaded_toot import Toot, kept_loaded
from tests.served import served

pytestmark = [pytest.mark.server, pytest.mark.once]

# The names of its commands, as typed; hidden ones are old names of others.
COMMANDS = """
from toot.cli import cli
def show(group, before=""):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            show(command, f"{before}{name} ")
        elif not command.hidden:
            print(before + name)
show(cli)
"""

EXCUSED = {
    "diag": "describes the machine, not the server",
    "tui": "draws on a terminal; its requests are those of the other commands",
}


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return _at_home(tmp_path_factory.mktemp("home"))


def _at_home(home: Path) -> dict[str, str]:
    """The environment of a program that keeps its files in a folder."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_CONFIG_HOME": f"{home}/config",
        "XDG_CACHE_HOME": f"{home}/cache",
        "LANG": "C.UTF-8",
        "LINES": "1000",  # a page that holds all, so that toot need not ask whether to go on
    }


@pytest.fixture(scope="module")
def signed_in(instance: Any, zoe: Any, browser: Any, surroundings: dict[str, str]) -> str:
    """`toot login`, which sends zoe to her browser and waits for the code; what it said."""
    program = str(Path(sys.executable).with_name("toot"))
    with subprocess.Popen(
        [program, "login", "--instance", instance.url],
        env=surroundings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        address = next(line.strip() for line in running.stdout if line.startswith("http"))
        code = browser(zoe).allow(address)
        said, _ = running.communicate(f"n\n{code}\n", timeout=60)
    assert running.returncode == 0, said
    return said


@pytest.fixture(scope="module")
def toot(
    signed_in: str, surroundings: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Toot]:
    """toot, signed in as zoe."""
    with kept_loaded(surroundings, tmp_path_factory.mktemp("said")) as program:
        yield program


@pytest.fixture(scope="module")
def api(instance: Any) -> Callable[..., Any]:
    """`api(bert, "POST", "accounts/1/follow", ...)`: what the others do, by plain requests."""

    def ask(person: Any, method: str, path: str, **sent: Any) -> Any:
        headers = {"Authorization": f"Bearer {person.token}"}
        address = f"{instance.url}/api/v1/{path}"
        answer = requests.request(method, address, headers=headers, json=sent or None, timeout=30)
        assert answer.ok, answer.text
        return answer.json()

    return ask


@pytest.fixture(scope="module")
def me(toot: Toot) -> dict[str, Any]:
    found: dict[str, Any] = toot.json("whoami")
    return found


# Signing in.


def test_the_browser_brings_the_code_to_the_program(signed_in, toot, instance):
    assert "Successfully logged in." in signed_in
    account = f"zoe@{instance.url.removeprefix('http://')}"
    assert f"* {account} ACTIVE" in toot("auth")
    assert "activated" in toot("activate", account)
    assert "@zoe" in toot("whoami")


def test_signing_out_forgets_the_token(toot, instance, surroundings):
    account = f"zoe@{instance.url.removeprefix('http://')}"
    config = Path(surroundings["XDG_CONFIG_HOME"]) / "toot" / "config.json"
    kept = config.read_text()
    assert "logged out" in toot("logout", account)
    assert "logged in" in toot("whoami", refused=True)
    config.write_text(kept)


def test_a_password_is_taken_only_while_clients_are_tested(toot, instance, zoe, tmp_path):
    words = ("login_cli", "--email", "zoe@example.org", "--password")
    assert "Login failed" in toot(*words, zoe.password, "-i", instance.url, refused=True)
    with (
        served(workers=1, STONECHAT_CLIENT_TESTS="1") as tested,
        kept_loaded(_at_home(tmp_path), tmp_path) as other,
    ):
        password = tested.password("zoe")
        assert "Successfully logged in" in other(*words, password, "-i", tested.url)
        assert "@zoe" in other("whoami")


def test_the_instance_says_what_it_is(toot, instance):
    assert "Stonechat" in toot("instance")
    assert toot.json("instance", instance.url)["uri"] == instance.url.removeprefix("http://")


# Posting.


def test_a_post_with_a_picture(toot, picture):
    said = toot.json(
        "post", "Look at this", "--media", str(picture), "--description", "Grey", "--sensitive"
    )
    attached = said["media_attachments"][0]
    assert (attached["type"], attached["description"]) == ("image", "Grey")
    assert attached["meta"]["original"]["size"] == "64x48"
    assert said["sensitive"]
    assert "Look at this" in toot("status", said["id"])


def test_a_post_with_a_poll(toot, api, ann):
    said = toot.json(
        *("post", "Tea or coffee?", "--poll-option", "Tea", "--poll-option", "Coffee"),
        *("--poll-expires-in", "1h", "--poll-multiple"),
    )
    poll = said["poll"]
    assert [option["title"] for option in poll["options"]] == ["Tea", "Coffee"]
    api(ann, "POST", f"polls/{poll['id']}/votes", choices=[1])
    assert toot.json("polls", "show", poll["id"])["votes_count"] == 1
    assert "Coffee" in toot("polls", "show", poll["id"])


def test_a_vote(toot, api, ann):
    options = {"options": ["Rain", "Sun"], "expires_in": 600}
    poll = api(ann, "POST", "statuses", status="Tomorrow?", poll=options)["poll"]
    assert "You voted!" in toot("polls", "vote", poll["id"], "1")
    assert toot.json("polls", "show", poll["id"])["own_votes"] == [1]
    assert "already voted" in toot("polls", "vote", poll["id"], "0", refused=True)


def test_a_conversation(toot, api, ann):
    first = api(ann, "POST", "statuses", status="Who brings cake?")
    reply = toot.json("post", "I do", "--reply-to", first["id"], "--language", "en")
    more = toot.json("post", "With plums", "--reply-last")
    assert (reply["in_reply_to_id"], more["in_reply_to_id"]) == (first["id"], reply["id"])
    thread = toot.json("thread", first["id"])
    assert [one["id"] for one in thread["descendants"]] == [reply["id"], more["id"]]
    shown = toot("thread", reply["id"])
    assert shown.index("Who brings cake?") < shown.index("I do") < shown.index("With plums")


def test_a_post_for_some_behind_a_warning(toot):
    said = toot.json("post", "It was the gardener", "-v", "private", "-p", "The end of the film")
    assert (said["visibility"], said["spoiler_text"]) == ("private", "The end of the film")
    assert said["sensitive"]


def test_a_post_from_a_pipe(toot):
    assert "Toot posted: http" in toot("post", typed="Typed elsewhere\nin two lines")


def test_a_post_for_later(toot):
    assert "Toot scheduled for: 20" in toot("post", "Later", "--scheduled-in", "10 minutes")


def test_a_file_alone(toot, picture):
    uploaded = toot.json("upload", str(picture), "-d", "Stones")
    assert uploaded["description"] == "Stones"
    assert "Successfully uploaded media" in toot("upload", str(picture))


def test_a_deleted_post_is_gone(toot):
    said = toot.json("post", "A slip")
    assert "Status deleted" in toot("delete", said["id"])
    assert "Record not found" in toot("status", said["id"], refused=True)


def test_what_one_does_with_a_post(toot, api, ann):
    post = api(ann, "POST", "statuses", status="Worth keeping")["id"]
    assert toot.json("favourite", post)["favourites_count"] == 1
    assert "Worth keeping" in toot("timelines", "favourites", "--no-pager")
    assert toot.json("unfavourite", post)["favourites_count"] == 0
    assert toot.json("reblog", post)["reblog"]["reblogs_count"] == 1
    assert "zoe" in toot("reblogged-by", post)
    assert toot.json("unreblog", post)["reblogs_count"] == 0
    assert toot.json("bookmark", post)["bookmarked"]
    assert "Worth keeping" in toot("bookmarks", "--once")
    assert not toot.json("unbookmark", post)["bookmarked"]


def test_a_post_first_on_the_profile(toot):
    post = toot.json("post", "Read this first")["id"]
    assert toot.json("pin", post)["pinned"]
    assert not toot.json("unpin", post)["pinned"]


# Reading.


def test_timelines(toot, api, ann):
    toot("follow", "ann")
    said = api(ann, "POST", "statuses", status="For everybody #granite")["id"]
    assert toot.json("timelines", "home", "--limit", "5")[0]["id"] == said
    assert toot.json("timelines", "public", "--local")[0]["id"] == said
    assert toot.json("timelines", "public", "--remote") == []
    assert toot.json("timelines", "tag", "granite", "--none", "chalk")[0]["id"] == said
    assert toot.json("timelines", "account", "ann")[0]["id"] == said
    for words in ["home"], ["public"], ["tag", "granite"], ["account", "ann"]:
        assert "For everybody" in toot("timelines", *words, "--no-pager", "--no-clear")
    assert "For everybody" in toot("timeline", "--once")
    assert "For everybody" in toot("timeline", "--account", "ann", "--once", "--reverse")


def test_all_pages_of_a_timeline_are_read_to_the_end(toot, api, bert):
    for number in range(7):
        api(bert, "POST", "statuses", status=f"Stone {number} #cairn")
    read = toot("timelines", "tag", "cairn", "--limit", "3", "--no-clear")
    assert [read.count(f"Stone {number} ") for number in range(7)] == [1] * 7


def test_timelines_of_what_is_popular(toot):
    assert isinstance(toot.json("timelines", "trending"), list)
    refused = toot("timelines", "link", "https://example.org/", "--no-pager", refused=True)
    assert "Record not found" in refused


def test_searching(toot, api, ann, eventually):
    post = api(ann, "POST", "statuses", status="A quartzite boulder #geology")
    assert [one["username"] for one in toot.json("search", "ann", "-t", "accounts")["accounts"]]
    assert "@ann" in toot("whois", "ann")
    assert eventually(lambda: toot.json("search", "quartzite", "-t", "statuses")["statuses"])
    assert "#geology" in toot("search", "geology")
    found = toot.json("search", post["url"], "--resolve")["statuses"]
    assert [one["id"] for one in found] == [post["id"]]


def test_notifications(toot, me, api, bert, eventually):
    api(bert, "POST", f"accounts/{me['id']}/follow")
    api(bert, "POST", "statuses", status="Hello @zoe, are you there?")
    assert eventually(lambda: toot.json("notifications", "--type", "mention"))
    assert eventually(lambda: toot.json("notifications", "--type", "follow"))
    assert "are you there?" in toot("notifications")
    assert "cleared" in toot("notifications", "--clear")
    assert toot.json("notifications") == []


# People.


def test_following(toot, api, bert, me):
    assert toot.json("follow", "bert")["following"]
    assert "bert" in toot("following")
    assert "zoe" in toot("followers", "bert")
    assert not toot.json("unfollow", "bert")["following"]
    assert "bert" not in toot("following")


def test_being_asked(toot, api, cleo, me):
    toot("update-account", "--locked")
    api(cleo, "POST", f"accounts/{me['id']}/follow")
    assert "cleo" in toot("follow-requests", "list")
    assert toot.json("follow-requests", "accept", "cleo")["followed_by"]
    api(cleo, "POST", f"accounts/{me['id']}/unfollow")
    api(cleo, "POST", f"accounts/{me['id']}/follow")
    assert not toot.json("follow-requests", "reject", "cleo")["followed_by"]
    toot("update-account", "--no-locked")


def test_keeping_away(toot):
    assert toot.json("mute", "bert")["muting"]
    assert "bert" in toot("muted")
    assert not toot.json("unmute", "bert")["muting"]
    assert toot("muted") == "No accounts muted\n"
    assert toot.json("block", "bert")["blocking"]
    assert "bert" in toot("blocked")
    assert not toot.json("unblock", "bert")["blocking"]
    assert toot("blocked") == "No accounts blocked\n"


def test_the_profile(toot, picture):
    changed = toot.json(
        *("update-account", "--display-name", "Zoe of the hills", "--note", "Walks", "--bot"),
        *("--avatar", str(picture), "--header", str(picture), "--language", "de"),
        *("--privacy", "unlisted", "--no-discoverable", "--sensitive"),
    )
    assert (changed["display_name"], changed["source"]["note"]) == ("Zoe of the hills", "Walks")
    assert (changed["source"]["privacy"], changed["source"]["language"]) == ("unlisted", "de")
    assert (changed["bot"], changed["discoverable"], changed["source"]["sensitive"]) == (
        True,
        False,
        True,
    )
    assert changed["avatar"] != changed["header"]
    back = ("--privacy", "public", "--language", "en", "--no-bot", "--no-sensitive")
    assert "Account updated" in toot("update-account", *back, "--discoverable")


# Lists and tags.


def test_lists(toot, api, ann):
    assert "list" in toot("lists", "list")
    toot("follow", "ann")
    assert "created" in toot("lists", "create", "Geologists", "--replies-policy", "list")
    assert "Added account" in toot("lists", "add", "Geologists", "ann")
    assert "ann" in toot("lists", "accounts", "Geologists")
    said = api(ann, "POST", "statuses", status="For the list")["id"]
    assert toot.json("timelines", "list", "Geologists")[0]["id"] == said
    assert "Removed account" in toot("lists", "remove", "Geologists", "ann")
    assert "follow" in toot("lists", "add", "Geologists", "bert", refused=True)
    assert "deleted" in toot("lists", "delete", "Geologists")
    assert "Geologists" not in toot("lists", "list")


def test_tags(toot):
    toot("post", "Found some #basalt")
    assert "following #basalt" in toot("tags", "follow", "basalt")
    assert "#basalt" in toot("tags", "followed")
    assert "Followed" in toot("tags", "info", "basalt")
    assert "no longer following" in toot("tags", "unfollow", "basalt")
    assert "now featured" in toot("tags", "feature", "basalt")
    assert "#basalt" in toot("tags", "featured")
    assert "no longer featured" in toot("tags", "unfeature", "basalt")


# Everything.


def test_every_command_is_run_here(surroundings):
    program = [sys.executable, "-c", COMMANDS]
    has = subprocess.run(program, env=surroundings, capture_output=True, text=True, check=True)
    assert set(has.stdout.splitlines()) - _run_here() == set(EXCUSED)


def _run_here() -> set[str]:
    """The first word, and the first two, of every command line that this file writes down."""
    typed = [_words(node) for node in ast.walk(ast.parse(Path(__file__).read_text()))]
    return {" ".join(words[:length]) for words in typed for length in (1, 2)}


def _words(node: ast.AST) -> list[str]:
    """The constant words of a call or of what is spread into one."""
    given = node.args if isinstance(node, ast.Call) else getattr(node, "elts", [])
    return [str(word.value) for word in given if isinstance(word, ast.Constant)]
