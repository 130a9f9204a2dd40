"""The server about itself: instance, node information, and features that are not there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from stonechat.api.entities.instance import Instance, V1Instance

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _closed(settings: Any) -> None:
    settings.STONECHAT_OPEN_READING = False
    settings.STONECHAT_URL = "https://chat.example.org"
    settings.STONECHAT_NAME = "Marlhaven"


def test_the_instance_in_both_versions(program: Client):
    new, old = program.get("/api/v2/instance").json(), program.get("/api/v1/instance").json()
    assert set(new) == set(Instance.__struct_fields__)
    assert set(old) == set(V1Instance.__struct_fields__)
    assert new["domain"] == old["uri"] == "chat.example.org"
    assert new["title"] == old["title"] == "Marlhaven"
    assert new["version"].startswith("4.5.0 (compatible; Stonechat ")
    assert new["api_versions"] == {"mastodon": 7}
    assert new["configuration"]["urls"]["streaming"] == "wss://chat.example.org"
    assert old["urls"]["streaming_api"] == "wss://chat.example.org"
    assert new["thumbnail"]["url"].startswith("https://chat.example.org/static/")


def test_an_address_may_end_with_a_slash(program: Client):
    """As the library Mastodon.py writes this one."""
    assert program.get("/api/v2/instance/").json()["domain"] == "chat.example.org"


def test_streams_without_encryption(program: Client, settings: Any):
    settings.STONECHAT_URL = "http://localhost:8000"
    instance = program.get("/api/v2/instance").json()
    assert instance["configuration"]["urls"]["streaming"] == "ws://localhost:8000"
    assert instance["domain"] == "localhost:8000"


def test_limits_come_from_the_settings(program: Client, settings: Any):
    settings.STONECHAT_POST_LENGTH = 1234
    settings.STONECHAT_UPLOAD_LIMIT = 5_000_000
    limits = program.get("/api/v2/instance").json()["configuration"]
    assert limits["statuses"]["max_characters"] == 1234
    assert limits["media_attachments"]["image_size_limit"] == 5_000_000


@pytest.mark.parametrize(
    ("mode", "enabled", "spoken"), [("open", True, False), ("invite", False, True)]
)
def test_whether_one_can_sign_up(
    program: Client, settings: Any, mode: str, enabled: bool, spoken: bool
):
    settings.STONECHAT_SIGNUP = mode
    registrations = program.get("/api/v2/instance").json()["registrations"]
    assert (registrations["enabled"], bool(registrations["message"])) == (enabled, spoken)


def test_a_closed_server_tells_strangers_no_numbers(program: Client):
    assert program.get("/api/v1/instance").json()["stats"]["user_count"] == 0
    assert program.get("/nodeinfo/2.0").json()["usage"]["users"]["total"] == 0


@pytest.mark.django_db
def test_an_open_one_does(program: Client, settings: Any):
    settings.STONECHAT_OPEN_READING = True
    stats = program.get("/api/v1/instance").json()["stats"]
    assert stats == {"user_count": 0, "status_count": 0, "domain_count": 0}


def test_node_information(program: Client):
    links = program.get("/.well-known/nodeinfo").json()["links"]
    assert links[0]["href"] == "https://chat.example.org/nodeinfo/2.0"
    info = program.get("/nodeinfo/2.0").json()
    assert info["software"]["name"] == "stonechat"
    assert info["metadata"]["upstream"]["name"] == "mastodon"


def test_host_meta(program: Client):
    response = program.get("/.well-known/host-meta")
    assert response.headers["Content-Type"].startswith("application/xrd+xml")
    assert b"https://chat.example.org/.well-known/webfinger?resource={uri}" in response.content


@pytest.mark.django_db
def test_a_stranger_finds_nobody_by_webfinger(program: Client):
    address = "/.well-known/webfinger"
    assert program.get(address).status_code == 400
    for resource in ("acct:alice@chat.example.org", "acct:alice@elsewhere.example", "%00", "@"):
        assert program.get(f"{address}?resource={resource}").status_code in {404, 422}


def test_health(program: Client):
    response = program.get("/health")
    assert (response.status_code, response.content) == (200, b"OK")
    assert response.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("rules", 200, []),
        ("peers", 200, []),
        ("domain_blocks", 200, []),
        ("translation_languages", 200, {}),
        ("activity", 404, {"error": "Record not found"}),
        ("terms_of_service", 404, {"error": "Record not found"}),
        ("extended_description", 200, {"updated_at": None, "content": ""}),
    ],
)
def test_what_is_not_there(program: Client, path: str, status: int, body: Any):
    response = program.get(f"/api/v1/instance/{path}")
    assert (response.status_code, response.json()) == (status, body)


def test_a_description_is_escaped(program: Client, settings: Any):
    settings.STONECHAT_DESCRIPTION = "<b>us</b>"
    content = program.get("/api/v1/instance/extended_description").json()["content"]
    assert content == "<p>&lt;b&gt;us&lt;/b&gt;</p>"


def test_the_privacy_policy_names_us(program: Client):
    policy = program.get("/api/v1/instance/privacy_policy").json()
    assert "Marlhaven" in policy["content"]
    assert policy["updated_at"].endswith("T00:00:00.000Z")


def test_languages(program: Client):
    assert {"code": "da", "name": "Danish"} in program.get("/api/v1/instance/languages").json()


ODDITIES = [
    ("POST", "v1/statuses/1/translate", 503),
    ("GET", "v1/timelines/link", 400),
    ("GET", "v1/timelines/link?url=https://example.org", 404),
    ("GET", "v1/accounts/1/identity_proofs", 200),
    ("GET", "v1/domain_blocks", 200),
    ("GET", "v1/domain_blocks/preview?domain=example.org", 200),
    ("POST", "v1/domain_blocks", 400),
    ("POST", "v1/domain_blocks?domain=example.org", 422),
    ("DELETE", "v1/domain_blocks?domain=example.org", 200),
    ("GET", "v1/annual_reports", 200),
    ("GET", "v1/annual_reports/2025", 404),
    ("GET", "v1/annual_reports/2025/state", 200),
    ("POST", "v1/annual_reports/2025/read", 404),
    ("POST", "v1/annual_reports/2025/generate", 404),
    ("GET", "v1_alpha/async_refreshes/abc", 404),
    ("GET", "v1/collections", 404),
    ("GET", "v1/admin/accounts", 403),
    ("POST", "v1/admin/accounts/1/action", 403),
    ("GET", "v2/admin/accounts", 403),
]


@pytest.mark.parametrize(("method", "path", "status"), ODDITIES)
def test_features_that_are_not_there(
    program: Client, token: Any, method: str, path: str, status: int
):
    response = program.generic(method, f"/api/{path}", headers={"Authorization": token()})
    assert response.status_code == status
    assert status == 200 or response.json()["error"]


@pytest.mark.parametrize("path", ["v1/annual_reports", "v1/domain_blocks", "v1/admin/accounts"])
def test_and_need_a_token_all_the_same(program: Client, path: str):
    assert program.get(f"/api/{path}").status_code == 401
