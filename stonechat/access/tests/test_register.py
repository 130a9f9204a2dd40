"""Programs make themselves known."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from stonechat.access import actions
from stonechat.access.models import OUT_OF_BAND, Application
from stonechat.audience.viewer import Viewer
from stonechat.core.actions import Refused
from stonechat.core.models import Fact

pytestmark = pytest.mark.django_db

NOBODY = Viewer.anonymous()
SENT = {"client_name": "Tusk", "redirect_uris": OUT_OF_BAND}


def test_the_answer_has_the_credentials(client: Client) -> None:
    sent = SENT | {"scopes": "read write:statuses", "website": "https://tusk.example/"}
    answer = client.post("/api/v1/apps", sent)
    assert answer.status_code == 200
    said = answer.json()
    application = Application.objects.get(client_id=said["client_id"])
    assert said == {
        "id": str(application.pk),
        "name": "Tusk",
        "website": "https://tusk.example/",
        "scopes": ["read", "write:statuses"],
        "redirect_uris": [OUT_OF_BAND],
        "redirect_uri": OUT_OF_BAND,
        "vapid_key": "",
        "client_id": application.client_id,
        "client_secret": said["client_secret"],
        "client_secret_expires_at": 0,
    }
    assert Fact.objects.get(name="application.registered").data == {
        "application_id": application.pk
    }


def test_the_secret_is_hashed_at_rest() -> None:
    application, secret = actions.register_application(NOBODY, "Tusk", [OUT_OF_BAND])
    application.refresh_from_db()
    assert len(secret) >= 40
    assert secret not in application.client_secret


def test_read_is_what_nobody_asked_for(client: Client) -> None:
    assert client.post("/api/v1/apps", SENT).json()["scopes"] == ["read"]


@pytest.mark.parametrize(
    "redirect_uris",
    ["tusk://back urn:ietf:wg:oauth:2.0:oob", "tusk://back\nurn:ietf:wg:oauth:2.0:oob"],
)
def test_addresses_may_stand_in_one_text(client: Client, redirect_uris: str) -> None:
    said = client.post("/api/v1/apps", SENT | {"redirect_uris": redirect_uris}).json()
    assert said["redirect_uris"] == ["tusk://back", OUT_OF_BAND]
    assert said["redirect_uri"] == f"tusk://back\n{OUT_OF_BAND}"


def test_addresses_may_be_a_list_in_json(client: Client) -> None:
    sent = {"client_name": "Tusk", "redirect_uris": ["tusk://back", OUT_OF_BAND]}
    answer = client.post("/api/v1/apps", json.dumps(sent), content_type="application/json")
    assert answer.json()["redirect_uris"] == ["tusk://back", OUT_OF_BAND]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"client_name": " "}, "name can't be blank"),
        ({"client_name": "n" * 256}, "name is too long"),
        ({"redirect_uris": ""}, "Redirect URI can't be blank"),
        ({"redirect_uris": "javascript:alert(1)"}, "Redirect URI is forbidden by the server."),
        ({"redirect_uris": "DATA:text/html,x"}, "Redirect URI is forbidden by the server."),
        ({"redirect_uris": "/back"}, "Redirect URI must be an absolute URI."),
        ({"redirect_uris": "https://"}, "Redirect URI must be an absolute URI."),
        ({"redirect_uris": "https://[::1"}, "Redirect URI must be a valid URI."),
        ({"redirect_uris": "https://a.example/#x"}, "Redirect URI cannot contain a fragment."),
        ({"redirect_uris": "https://a.example/ü"}, "Redirect URI must be an absolute URI."),
        ({"scopes": "read reed"}, "Scopes doesn't match configured on the server."),
        ({"website": "javascript:alert(1)"}, "Application website must be a valid URL"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stored(
    client: Client, wrong: dict[str, str], said: str
) -> None:
    answer = client.post("/api/v1/apps", SENT | wrong)
    assert answer.status_code == 422
    assert said in answer.json()["error"]
    assert not Application.objects.exists()


def test_an_action_refuses_what_the_door_lets_through() -> None:
    with pytest.raises(Refused, match="absolute"):
        actions.register_application(NOBODY, "Tusk", ["https://a.example/a b"])


def test_a_program_can_ask_who_it_is(client: Client, program: Any) -> None:
    token = actions.issue_token(Viewer.system(because="test"), None, "read", program.application)
    asking = {"Authorization": f"Bearer {token}"}
    said = client.get("/api/v1/apps/verify_credentials", headers=asking).json()
    assert (said["name"], said["scopes"]) == ("Tusk", ["read", "write", "push"])
    assert "client_secret" not in said
    assert client.get("/api/v1/apps/verify_credentials").status_code == 401
