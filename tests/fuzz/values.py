"""Values for parameters: mostly of the right kind, often not, and sometimes vicious.

Ids are written as `{post:3}`, the third post of the world modulo how many there are, so that a
request can be kept in a file and sent to another world.
"""

from __future__ import annotations

from random import Random
from typing import Any

KINDS = [
    "post", "account", "media", "poll", "list", "filter", "keyword", "filtered", "featured",
    "notification", "group", "conversation", "scheduled", "announcement", "tag", "handle",
    "request", "quoting", "quoted", "asking",
]  # fmt: skip

TEXTS = [
    "", " ", "\n\t ", "Hello", "Hello @bob, see #Hull at https://example.org/a?b=c#d",
    "@alice@localhost:8000 @nobody @team @erin", "#" * 300, "@" * 300, "@bob " * 200, "#a" * 200,
    "x" * 501, "x" * 20_000, "x " * 9_000, "a\u0301" * 300, "Z" + "\u0327" * 900, "ﷺ" * 600,
    "🎉👨‍👩‍👧‍👦🇩🇰", "\u202egnp.exe", "\ufeff\u200b\u200d", "a\0b", "\0", "\ud800", "a\udfffb",
    "\x1b[31m", "\x85\u2028\u2029", "<script>alert(1)</script>", "<p>&amp;&lt;</p>", "'", '"', "\\",
    "' OR 1=1 --", "'; DROP TABLE core_fact; --", "%", "%s %d %(x)s", "{0} {x} {{", "$&", "../" * 9,
    "/etc/passwd", "http://", "http://[", "http://[::1", "http://a:99999999/", "https://x@y:z/",
    "http://127.0.0.1:1/", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd",
    "urn:ietf:wg:oauth:2.0:oob", "http://localhost:8000/@alice", "acct:alice@localhost", "none",
    "null", "undefined", "true", "false", "on", "off", "yes", "NaN", "Infinity", "１２３", "٣", "²",
    "en", "de", "de-AT", "zz", "x" * 40, "UTC", "Europe/Berlin", "Mars/Olympus", "+05:30", "public",
    "unlisted", "private", "direct", "followers", "home", "notifications", "hide", "warn", "all",
    "from:alice has:media is:reply before:2027-01-01 after:x in:all -not", 'from:"', "in:", ":",
    "before:9999-99-99", "after:-1", '"', '"a" "', "*", "NEAR(a b)", "a AND (", "0,0", "nan,inf",
    "1e999,-1e999", "read write", "read:nothing", "admin:write", "authorization_code",
    "client_credentials", "password", "code", "S256", "plain", "alice", "bob", "alice@example.org",
    "zoë@exämple.org", "a@b", "12345678901", "correct horse battery", "#", "/", "?", "..", ".",
]  # fmt: skip

NUMBERS = [
    0, 1, 2, 3, 5, 20, 40, 41, 80, 300, 3600, 86_400, 2_629_746, 10**9, 2**31 - 1, 2**31, 2**32,
    2**62, 2**63 - 1, 2**63, 2**64, 10**40, -1, -(2**31), -(2**63), -(2**63) - 1, 1.5, -0.0, 1e308,
    "1e5", " 1", "1 ", "+1", "0x1", "1_000", "１", "٣", "-", "", "00000000000000000000001",
]  # fmt: skip

MOMENTS = [
    "2030-01-01T00:00:00.000Z", "2001-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-12:00", "2027-02-30T00:00:00Z", "2027-01-01T25:00:00Z", "1e9", "now", "",
    "2027-01-01 00:00", "2027-W01-1", "20270101T000000Z", "-0001-01-01T00:00:00Z", 1767225600, 0,
]  # fmt: skip

# What a parameter of this name is for, whatever it is read by.
MEANT: dict[str, list[Any]] = {
    "status": ["Hello @bob #hull", "Again"], "text": ["Hello @bob #hull"], "comment": ["So"],
    "visibility": ["public", "private", "direct"], "audience": ["organisation", "direct"],
    "in_reply_to_id": ["{post:0}", "{post:1}"], "status_id": ["{post:1}"], "id": ["{post:2}"],
    "quoted_status_id": ["{post:0}"], "media_ids": [["{media:1}"], ["{media:1}", "{media:2}"]],
    "status_ids": [["{post:1}"]], "account_ids": [["{account:1}"]], "account_id": ["{account:1}"],
    "poll": [{"options": ["a", "b"], "expires_in": 3600}, {"options": ["a", "b"]}],
    "options": [["a", "b"], ["a"]], "choices": [[0], [0, 1], [1]], "expires_in": [3600, 0, ""],
    "acct": ["{handle:1}", "{handle:5}"], "q": ["hull", "from:alice hello", "#hull", "@bob"],
    "resource": ["acct:alice@localhost:8000"], "username": ["zoe", "alice"],
    "name": ["{tag:0}", "zoe"], "title": ["Hull"], "phrase": ["rain"], "keyword": ["rain"],
    "context": [["home", "public"], ["thread"]], "keywords_attributes": [[{"keyword": "sun"}]],
    "filter_action": ["warn", "hide"], "replies_policy": ["none", "list"], "rule_ids": [[1]],
    "email": ["zoe@example.org"], "password": ["correct horse battery"], "agreement": ["true"],
    "scheduled_at": ["2100-01-01T00:00:00Z"], "home": [{"last_read_id": "{post:3}"}],
    "fields_attributes": [[{"name": "a", "value": "b"}]], "source": [{"privacy": "private"}],
    "client_id": ["{client:0}"], "client_secret": ["{secret:0}"], "client_name": ["Tusk"],
    "redirect_uris": ["urn:ietf:wg:oauth:2.0:oob"], "redirect_uri": ["urn:ietf:wg:oauth:2.0:oob"],
    "response_type": ["code"], "grant_type": ["client_credentials", "authorization_code"],
    "scope": ["read", "read write"], "scopes": ["read write"], "token": ["x"], "answer": ["yes"],
    "max_id": ["{post:9}"], "since_id": ["{post:1}"], "min_id": ["{post:1}"], "limit": [1, 2, 40],
    "types": [["mention"]], "url": ["https://example.org/a"], "quote_approval_policy": ["nobody"],
    "file": [{"$file": "png", "name": "a.png"}, {"$file": "gif", "name": "a.gif"}],
    "avatar": [{"$file": "png", "name": "a.png"}], "header": [{"$file": "png", "name": "a.png"}],
    "focus": ["0.1,-1"], "description": ["A roof"], "duration": [60], "language": ["de"],
}  # fmt: skip

FILES = ["png", "half", "gif", "text", "pdf", "html", "empty", "svg", "zip", "mp3", "noise"]
NAMES = ["a.png", "", "x" * 300 + ".png", "../../a.png", "a\u202egnp.exe", "ä.jpg", ".png", "a"]


class Values:
    """Draws values; the same generator draws the same ones again."""

    def __init__(self, chance: Random, words: tuple[str, ...] = ()) -> None:
        self.chance = chance
        self.words = words

    def of(self, name: str, kind: str) -> Any:
        """A value for a parameter: often one that it is meant for, often quite another."""
        if name in MEANT and self.chance.random() < 0.5:
            return self.chance.choice(MEANT[name])
        return self.anything() if self.chance.random() < 0.3 else self.fitting(kind)

    def fitting(self, kind: str) -> Any:
        match kind:
            case "flag":
                return self.chance.choice([True, False, "true", "false", "1", "0", "", "x"])
            case "number":
                return self.chance.choice(NUMBERS)
            case "numbers":
                return [self.chance.choice(NUMBERS) for _ in range(self.some())]
            case "identity":
                return self.id()
            case "identities" | "getlist":
                return [self.id() for _ in range(self.some())]
            case "moment":
                return self.chance.choice(MOMENTS)
            case "file":
                return self.file()
            case "texts":
                return [self.text() for _ in range(self.some())]
            case "mapping":
                return {self.text()[:9]: self.anything() for _ in range(self.some())}
            case "rows":
                return [self.fitting("mapping") for _ in range(self.some())]
        return self.id() if self.chance.random() < 0.2 else self.text()

    def anything(self) -> Any:
        kinds = ["text", "number", "flag", "identity", "identities", "moment", "mapping", "texts"]
        which = self.chance.randrange(len(kinds) + 4)
        if which < len(kinds):
            return self.fitting(kinds[which])
        return [None, [], {}, self.nested(self.chance.choice([2, 5, 31, 40]))][which - len(kinds)]

    def nested(self, depth: int) -> Any:
        value: Any = self.text()[:9]
        for _ in range(depth):
            value = [value] if self.chance.random() < 0.5 else {"a": value}
        return value

    def text(self) -> str:
        if self.words and self.chance.random() < 0.3:
            return self.chance.choice(self.words)
        return self.chance.choice(TEXTS)

    def id(self, kind: str = "") -> str:
        """The id of something: of the kind asked for in most cases."""
        if self.chance.random() < 0.07:
            return str(self.chance.choice(NUMBERS))
        if not kind or self.chance.random() < 0.05:
            kind = self.chance.choice(KINDS)
        return f"{{{kind}:{self.chance.randrange(8)}}}"

    def file(self) -> dict[str, str]:
        return {"$file": self.chance.choice(FILES), "name": self.chance.choice(NAMES)}

    def some(self) -> int:
        return self.chance.choice([0, 1, 1, 2, 3, 4, 5, 21, 45])
