"""The consent page: what it asks, when it need not ask, and where it sends the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from django.test import Client
from oauth2_provider.models import Grant

from stonechat.access.models import OUT_OF_BAND
from stonechat.people.models import User

pytestmark = pytest.mark.django_db


def sent_to(answer: Any) -> tuple[str, dict[str, str]]:
    """Address and parameters of a redirect."""
    assert answer.status_code == 302, answer.content
    parts = urlsplit(answer["Location"])
    return parts._replace(query="").geturl(), dict(parse_qsl(parts.query))


def test_whoever_is_not_signed_in_does_that_first(client: Client, program: Any) -> None:
    address, query = sent_to(client.get(program.address(state="s")))
    assert address == "/sign-in"
    assert query["next"] == program.address(state="s")


def test_the_page_says_in_words_what_the_program_may_do(browser: Client, program: Any) -> None:
    page = browser.get(program.address(scope="read:statuses push"))
    assert page.status_code == 200
    assert b"Tusk" in page.content
    assert b"Read all posts that you can read" in page.content
    assert b"Receive your notifications" in page.content
    assert b"Post, follow and change" not in page.content
    assert not Grant.objects.exists()


def test_it_can_be_asked_in_another_language(browser: Client, program: Any) -> None:
    assert browser.get(program.address(lang="de")).status_code == 200
    assert browser.get(program.address(lang="no such")).status_code == 200


def test_no_framing_and_no_keeping(browser: Client, program: Any) -> None:
    page = browser.get(program.address())
    assert page["X-Frame-Options"] == "DENY"
    assert "no-store" in page["Cache-Control"]
    assert "Cross-Origin-Opener-Policy" not in page


def test_yes_sends_a_code_and_the_state_back(browser: Client, program: Any) -> None:
    answer = browser.post(program.address(state="a b"), {"answer": "yes"})
    address, query = sent_to(answer)
    assert address == "https://client.example/back"
    assert query["state"] == "a b"
    assert Grant.objects.get(code=query["code"]).scope == "read write"


def test_anything_but_yes_is_no(browser: Client, program: Any) -> None:
    _address, query = sent_to(browser.post(program.address(state="s")))
    assert (query["error"], query["state"]) == ("access_denied", "s")
    assert not Grant.objects.exists()


def test_another_site_cannot_say_yes(program: Any, ann: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ann)
    assert browser.post(program.address(), {"answer": "yes"}).status_code == 403
    assert not Grant.objects.exists()


def test_a_program_without_an_address_gets_its_code_by_hand(
    browser: Client, register: Callable[..., Any]
) -> None:
    program = register("read", OUT_OF_BAND)
    asking = program.address(redirect_uri=OUT_OF_BAND, scope="read")
    address, query = sent_to(browser.post(asking, {"answer": "yes"}))
    assert address == "/oauth/authorize/native"
    page = browser.get(address, query)
    assert query["code"].encode() in page.content
    assert sent_to(browser.post(asking, {"answer": "no"})) == ("/oauth/authorize/native", {})
    assert b"was not let in" in browser.get("/oauth/authorize/native").content


def test_a_program_on_a_phone_has_its_own_scheme(
    browser: Client, register: Callable[..., Any]
) -> None:
    program = register("read", "com.tusk.app://back")
    asking = program.address(redirect_uri="com.tusk.app://back", scope="read")
    assert sent_to(browser.post(asking, {"answer": "yes"}))[0] == "com.tusk.app://back"


@pytest.mark.parametrize(
    "redirect_uri",
    [
        "https://client.example/back/further",
        "https://client.example:8443/back",
        "https://client.example/back?x=1",
        "http://client.example/back",
        "https://evil.example/back",
        "nonsense",
    ],
)
def test_another_address_is_not_gone_to(browser: Client, program: Any, redirect_uri: str) -> None:
    for answer in (
        browser.get(program.address(redirect_uri=redirect_uri)),
        browser.post(program.address(redirect_uri=redirect_uri), {"answer": "yes"}),
    ):
        assert answer.status_code == 400
        assert b"Something is wrong" in answer.content


@pytest.mark.parametrize("client_id", ["", "unknown", "\0", "%zz"])
def test_an_unknown_program_is_not_gone_to(browser: Client, program: Any, client_id: str) -> None:
    assert browser.get(program.address(client_id=client_id)).status_code == 400


def test_a_name_sent_twice_is_refused(browser: Client, program: Any) -> None:
    assert browser.get(program.address() + "&scope=read").status_code == 400


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"scope": "admin:read"}, "invalid_scope"),
        ({"scope": "read write follow"}, "invalid_scope"),
        ({"scope": "reed"}, "invalid_scope"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "none"}, "unauthorized_client"),
        ({"response_type": ""}, "invalid_request"),
        ({"code_challenge": "x", "code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": "x"}, "invalid_request"),
        ({"code_challenge": "x", "code_challenge_method": "S512"}, "invalid_request"),
    ],
)
def test_the_program_is_told_what_is_wrong(
    browser: Client, program: Any, changed: dict[str, str], error: str
) -> None:
    address, query = sent_to(browser.get(program.address(state="s", **changed)))
    assert address == "https://client.example/back"
    assert (query["error"], query["state"]) == (error, "s")
    assert query["error_description"]


def test_a_part_of_what_was_registered_may_be_asked_for(browser: Client, program: Any) -> None:
    assert browser.get(program.address(scope="read:lists write:media")).status_code == 200


def test_without_a_scope_it_is_read(browser: Client, program: Any) -> None:
    browser.post(program.address(scope=""), {"answer": "yes"})
    assert Grant.objects.get().scope == "read"


def test_a_program_without_secret_must_use_pkce(
    browser: Client, register: Callable[..., Any], pkce: dict[str, str]
) -> None:
    program = register("read write", public=True)
    _address, query = sent_to(browser.get(program.address()))
    assert query["error"] == "invalid_request"
    assert browser.get(program.address(**pkce)).status_code == 200


def test_who_agreed_before_is_not_asked_again(
    browser: Client,
    program: Any,
    code_from: Callable[..., str],
    trade: Callable[..., Any],
) -> None:
    trade(program, code_from(program, scope="read"))
    assert "code" in sent_to(browser.get(program.address(scope="read")))[1]
    assert "code" in sent_to(browser.get(program.address(scope="read:lists")))[1]
    assert browser.get(program.address(scope="read write")).status_code == 200


def test_another_program_is_asked_about(
    browser: Client,
    program: Any,
    register: Callable[..., Any],
    code_from: Callable[..., str],
    trade: Callable[..., Any],
) -> None:
    trade(program, code_from(program))
    assert browser.get(register().address()).status_code == 200


def test_a_program_may_want_another_sign_in(browser: Client, program: Any) -> None:
    address, query = sent_to(browser.get(program.address(force_login="true")))
    assert (address, query["again"]) == ("/sign-in", "1")
    assert "force_login" not in parse_qs(urlsplit(query["next"]).query)
    assert browser.get(query["next"]).status_code == 200
    assert browser.get(program.address(force_login="false")).status_code == 200
    assert browser.get(program.address(force_login="False")).status_code == 200


def test_who_has_just_signed_in_is_not_sent_to_do_so_again(client: Client, program: Any) -> None:
    address, query = sent_to(client.get(program.address(force_login="true")))
    assert address == "/sign-in"
    assert "force_login" not in parse_qs(urlsplit(query["next"]).query)


def test_the_address_may_end_with_a_slash(browser: Client, program: Any) -> None:
    """As the client toot writes it."""
    address = program.address().replace("authorize?", "authorize/?")
    assert browser.get(address).status_code == 200
