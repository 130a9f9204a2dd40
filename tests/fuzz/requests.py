"""Requests: made from a seed, kept as JSON, and sent into a world."""

from __future__ import annotations

import json
import re
from io import BytesIO
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from stonechat.config.doors import is_api
from tests.fuzz.addresses import Address
from tests.fuzz.values import KINDS, MEANT, Values
from tests.fuzz.world import World

FORM = "application/x-www-form-urlencoded"
TYPES = [*["application/json"] * 3, FORM, FORM, MULTIPART_CONTENT]
ODD_TYPES = ["", "text/plain", "multipart/form-data", "application/json; charset=utf-16", "x/y;;"]
JUNK = ["{", "[1]", "null", '{"a":' * 3000, "a[b]" * 40 + "=1", "a[]=1&a=2", "%ff=%00", "--x"]
OTHERS = ["dave", "erin", "olga", "gina", "nobody", "garbage", "program"]
WHO = ["alice"] * 16 + ["bob"] * 3 + OTHERS
# Whose what some addresses are about is; everything else is mostly alice's.
OWNERS = {"api/v1/follow_requests": "carol", "api/v./(notifications|filters)": "alice"}
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
MOST_NAMES = 6
NEEDED = {
    "status", "text", "title", "phrase", "keyword", "name", "context", "choices", "resource",
    "acct", "q", "client_id", "client_secret", "grant_type", "response_type", "redirect_uri",
    "client_name", "redirect_uris", "scheduled_at", "account_id", "status_id", "username",
    "email", "password", "agreement", "file",
}  # fmt: skip

# Which id a route's parameter is, by the beginning of the route; the first that fits counts.
PLACES = [
    ("api/v1/scheduled", "id", "scheduled"),
    ("api/v1/follow_requests", "id", "asking"),
    ("api/v1/(accounts|suggestions)", "id", "account"),
    ("api/v1/notifications/requests", "id", "request"),
    ("api/v1/notifications", "id", "notification"),
    ("api/v2/notifications", "key", "key"),
    ("api/v1/statuses/<id:id>/quotes/", "id", "quoted"),
    ("api/v1/statuses", "quoting_id", "quoting"),
    ("api/v1/statuses", "id", "post"),
    ("api/v1/polls", "id", "poll"),
    ("api/v1/media", "id", "media"),
    ("api/v1/conversations", "id", "conversation"),
    ("api/v1/announcements", "id", "announcement"),
    ("api/v1/announcements", "name", "emoji"),
    ("api/v1/featured_tags", "id", "featured"),
    ("api/v2/filters/keywords", "id", "keyword"),
    ("api/v1/filters", "id", "keyword"),
    ("api/v2/filters/statuses", "id", "filtered"),
    ("api/v2/filters", "id", "filter"),
    ("api/v1/", "list_id|id", "list"),
    ("api/v1/annual_reports", "year", "year"),
    ("", "post_id", "post"),
    ("", "username", "handle"),
    ("media/", "name", "file"),
    ("posts/", "name", "mark"),
    ("", "name", "tag"),
]
EMOJI = ["🎉", "👍🏽", "x", "🇩🇰"]
MARKS = ["favourite", "boost", "bookmark", "pin", "mute", "unfavourite", "unboost", "x"]


class Request(msgspec.Struct, kw_only=True):
    """A request as it is kept: ids as `{post:3}`, bytes as Latin-1."""

    method: str
    path: str
    who: str
    query: list[tuple[str, Any]] = []
    kind: str = ""
    body: Any = None
    route: str = ""


# Making.


def made(address: Address, chance: Random) -> Request:
    """A request to this address; the same chance makes the same request."""
    values = Values(chance, address.words)
    fields = _fields(address, values)
    request = Request(
        method=_method(address, chance),
        path=_path(address, values),
        who=_who(address, chance),
        route=str(address),
    )
    if request.method in ("GET", "HEAD", "OPTIONS") or chance.random() < 0.1:
        request.query = _pairs(fields)
    elif chance.random() < 0.07:
        request.kind, request.body = chance.choice([*TYPES, *ODD_TYPES]), chance.choice(JUNK)
    else:
        kinds = TYPES if address.api else [FORM, MULTIPART_CONTENT]
        request.kind = MULTIPART_CONTENT if "$file" in repr(fields) else chance.choice(kinds)
        request.body = fields if "json" in request.kind else _pairs(fields)
    return request


def _who(address: Address, chance: Random) -> str:
    owner = next((who for at, who in OWNERS.items() if re.match(at, address.route)), "")
    return owner if owner and chance.random() < 0.7 else chance.choice(WHO)


def _method(address: Address, chance: Random) -> str:
    odd = {"GET": "HEAD"}.get(address.method, "OPTIONS")
    return odd if chance.random() < 0.03 else address.method


def _fields(address: Address, values: Values) -> dict[str, Any]:
    """Some of the parameters that the view looks for, and now and then one that it does not."""
    chance = values.chance
    if chance.random() < 0.35:
        return _proper(address, values)
    many = min(len(address.names), chance.randint(0, MOST_NAMES))
    names = dict(chance.sample(address.names, many))
    if chance.random() < 0.05:
        names[values.text()[:20]] = "text"
    return {name: values.of(name, kind) for name, kind in names.items()}


def _proper(address: Address, values: Values) -> dict[str, Any]:
    """Only what is meant by names, as a friendly client sends it."""
    names = [name for name, _ in address.names if name in MEANT]
    some = values.chance.sample(names, min(len(names), values.chance.randint(1, 4)))
    wanted = [name for name in names if name in NEEDED]
    return {name: values.chance.choice(MEANT[name]) for name in {*some, *wanted}}


def _pairs(fields: dict[str, Any]) -> list[tuple[str, Any]]:
    """As a form nests: `poll[options][]=a`."""
    return [pair for name, value in fields.items() for pair in _flat(name, value)]


def _flat(name: str, value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, list):
        return [pair for item in value for pair in _flat(f"{name}[]", item)]
    if isinstance(value, dict) and "$file" not in value:
        return [pair for key, item in value.items() for pair in _flat(f"{name}[{key}]", item)]
    return [(name, value)]


def _path(address: Address, values: Values) -> str:
    if address.route.startswith("^"):  # the only regular expression is that of the drawn faces
        return f"/avatars/person-{values.chance.choice(['WP', 'ÆØ', '', '_1'])}-3.svg"
    return "/" + PARAMETER.sub(lambda found: _part(address, found[2], values), address.route)


def _part(address: Address, name: str, values: Values) -> str:
    fitting = (kind for at, names, kind in PLACES if _fits(address, at, names, name))
    kind = next(fitting, "")
    if values.chance.random() < 0.06:
        return values.text()
    if kind in {"mark", "emoji"}:
        return values.chance.choice(MARKS if kind == "mark" else EMOJI)
    if kind in {"tag", "handle", "file", "key"} or kind in KINDS:
        return values.id(kind)
    return "2025" if kind == "year" else values.chance.choice(["x", "accounts", "{tag:0}"])


def _fits(address: Address, at: str, names: str, name: str) -> bool:
    return bool(re.match(at, address.route) and re.fullmatch(names or ".*", name))


# Sending.


def send(world: World, request: Request) -> HttpResponseBase:
    """The answer, whatever it is: an error of the server is an answer too."""
    browser = world.browsers.get(request.who)
    api = is_api(request.path)
    client = browser if browser and not api else Client(raise_request_exception=False)
    token = world.tokens.get(request.who) or ("garbage" if request.who == "garbage" else "")
    headers = {"Authorization": f"Bearer {token}"} if token and api else {}
    path, body = _address(world, request), _bytes(world, request)
    return client.generic(request.method, path, body, request.kind, headers=headers)


def _address(world: World, request: Request) -> str:
    """The path; that of a file has its signature for a query."""
    path = quote(_utf8(world.filled(request.path)), safe="/?=&:@!$'()*+,;~-._")
    pairs = [(world.filled(name), _filled(world, value)) for name, value in request.query]
    query = urlencode([(_utf8(name), _utf8(value)) for name, value in pairs])
    return f"{path}?{query}" if query and "?" not in path else path


def _bytes(world: World, request: Request) -> bytes:
    if request.body is None:
        return b""
    if isinstance(request.body, str):
        return request.body.encode("latin-1")
    if isinstance(request.body, dict):
        return world.filled(json.dumps(request.body)).encode()
    pairs = [(world.filled(name), _filled(world, value)) for name, value in request.body]
    if request.kind != MULTIPART_CONTENT:
        return urlencode([(_utf8(name), _utf8(value)) for name, value in pairs]).encode()
    return encode_multipart(BOUNDARY, _as_mapping(pairs))


def _as_mapping(pairs: list[tuple[str, Any]]) -> dict[str, list[Any]]:
    fields: dict[str, list[Any]] = {}
    for name, value in pairs:
        clean = re.sub(r'[\r\n"]', "", name.encode("utf-8", "replace").decode())
        text = _utf8(value).decode("utf-8", "replace")
        fields.setdefault(clean, []).append(value if _is_file(value) else text)
    return fields


def _is_file(value: Any) -> bool:
    return isinstance(value, SimpleUploadedFile)


def _filled(world: World, value: Any) -> Any:
    if isinstance(value, dict) and "$file" in value:
        return SimpleUploadedFile(_name(value["name"]), SAMPLES.get(value["$file"], b"noise"))
    return world.filled("" if value is None else str(value))


def _name(name: str) -> str:
    return re.sub(r"[\x00-\x1f\"]", "", name) or "x"


def _utf8(value: Any) -> bytes:
    """Half a character goes over the wire as its three bytes, which are no UTF-8."""
    return str(getattr(value, "name", value)).encode("utf-8", "surrogatepass")


def _drawn(how: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (9, 7), "teal").save(file, how)
    return file.getvalue()


SAMPLES = {
    "png": _drawn("PNG"),
    "half": _drawn("PNG")[:60],
    "gif": _drawn("GIF"),
    "text": b"a,b\n1,2\n",
    "html": b"<html><script>1</script>",
    "empty": b"",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "pdf": b"%PDF-1.4\n%%EOF",
    "zip": b"PK\x03\x04" + b"\x00" * 26,
    "mp3": b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\x00" * 20,
    "noise": bytes(range(256)),
}
