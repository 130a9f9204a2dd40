"""What the rows of test_must_rows speak of: one of everything, made over the wire."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

import requests
from PIL import Image

from tests.served import Served

FRIENDS = ("bert", "cleo", "dora", "erik")
CHOICE = {"options": ["Yes", "No"], "expires_in": 600}
Eventually = Callable[[Callable[[], Any]], Any]


@dataclass
class Wire:
    """Plain requests with somebody's token."""

    url: str
    token: str

    def send(self, method: str, path: str, sent: Any = None, **more: Any) -> requests.Response:
        """One request: parameters with GET, else JSON."""
        how: dict[str, Any] = {"params" if method == "GET" else "json": sent or None}
        headers = {"Authorization": f"Bearer {self.token}"}
        return requests.request(
            method, f"{self.url}{path}", headers=headers, timeout=30, **(how | more)
        )

    def ask(self, method: str, path: str, sent: Any = None, **more: Any) -> Any:
        """What an API method answered; it must be well."""
        answer = self.send(method, f"/api/{path}", sent, **more)
        assert answer.status_code == 200, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def make(self, path: str, sent: Any = None, **more: Any) -> str:
        """POST; the id of what was made."""
        found: str = self.ask("POST", f"v1/{path}", sent, **more)["id"]
        return found


def things(
    wire: Wire, instance: Served, tokens: dict[str, str], eventually: Eventually
) -> dict[str, str]:
    """Ids by the names that the rows use; the one who asks is `me`."""
    friends = {name: Wire(instance.url, tokens[name]) for name in FRIENDS}
    everybody = {"me": wire, **friends}
    who = {
        name: one.ask("GET", "v1/accounts/verify_credentials")["id"]
        for name, one in everybody.items()
    }
    said = _said(wire, friends["bert"])
    wire.ask("POST", f"v1/accounts/{who['cleo']}/follow")
    told = _told(wire, friends, who, said, eventually)
    return who | said | told | _kept(wire, said) | _announced(wire, instance)


def _said(me: Wire, bert: Wire) -> dict[str, str]:
    """Posts, and what hangs on them."""
    say = partial(me.make, "statuses")
    own = say({"status": "My #granite"})
    return {
        "own": own,
        "doomed": say({"status": "A slip"}),
        "waiting": say({"status": "Later", "scheduled_at": "2190-05-05T09:00:00.000Z"}),
        "post": bert.make("statuses", {"status": "His stone"}),
        "quoting": bert.make("statuses", {"status": "She said", "quoted_status_id": own}),
        "poll": bert.ask("POST", "v1/statuses", {"status": "So?", "poll": CHOICE})["poll"]["id"],
        "media": me.make("media", files={"file": png()}),
    }


def _kept(me: Wire, said: dict[str, str]) -> dict[str, str]:
    """Lists, filters and tags."""
    asked = {"title": "Din", "context": ["public"], "filter_action": "warn"}
    made = me.ask("POST", "v2/filters", asked)["id"]
    keyword = me.ask("POST", f"v2/filters/{made}/keywords", {"keyword": "din"})
    status = me.ask("POST", f"v2/filters/{made}/statuses", {"status_id": said["own"]})
    return {
        "list": me.make("lists", {"title": "People"}),
        "filter": made,
        "keyword": keyword["id"],
        "kept": status["id"],
        "featured": me.make("featured_tags", {"name": "granite"}),
    }


def _told(
    me: Wire,
    friends: dict[str, Wire],
    who: dict[str, str],
    said: dict[str, str],
    eventually: Eventually,
) -> dict[str, str]:
    """Notifications, strangers who wait, a conversation, and people who ask to follow."""
    friends["cleo"].ask("POST", f"v1/accounts/{who['me']}/follow")
    me.ask("PATCH", "v1/accounts/update_credentials", {"locked": True})
    for name in "dora", "erik":
        friends[name].ask("POST", f"v1/accounts/{who['me']}/follow")
        friends[name].ask("POST", f"v1/statuses/{said['own']}/favourite")
    friends["cleo"].make("statuses", {"status": "Between us, @zoe", "visibility": "direct"})
    talks = eventually(lambda: me.ask("GET", "v1/conversations"))
    liked = eventually(lambda: _pair(me, "v1/notifications", {"types[]": ["favourite"]}))
    group = me.ask("GET", "v2/notifications", {"types[]": ["favourite"]})["notification_groups"][0]
    return _strangers(me, friends, eventually) | {
        "talk": talks[0]["id"],
        "told": liked[0]["id"],
        "told_too": liked[1]["id"],
        "group": group["group_key"],
    }


def _strangers(me: Wire, friends: dict[str, Wire], eventually: Eventually) -> dict[str, str]:
    me.ask("PATCH", "v2/notifications/policy", {"for_not_following": "filter"})
    for name in "bert", "erik":
        friends[name].make("statuses", {"status": "Do you know me, @zoe?"})
    one, other = eventually(lambda: _pair(me, "v1/notifications/requests"))
    return {"asking": one["id"], "asking_too": other["id"]}


def _pair(me: Wire, path: str, sent: Any = None) -> Any:
    found = me.ask("GET", path, sent)
    return found if len(found) == 2 else None


def _announced(me: Wire, instance: Served) -> dict[str, str]:
    instance.act(
        "from stonechat.audience.viewer import Viewer\n"
        "from stonechat.governance.actions import publish\n"
        "publish(Viewer.system(because='test'), 'The lift is out of order')"
    )
    return {"announced": me.ask("GET", "v1/announcements")[0]["id"]}


def png() -> bytes:
    """A picture of 64 by 48 pixels."""
    written = BytesIO()
    Image.new("RGB", (64, 48), "slategrey").save(written, "PNG")
    return written.getvalue()
