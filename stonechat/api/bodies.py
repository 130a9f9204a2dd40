"""Reads query string and body into one tree of values: JSON, form and multipart alike.

Keys nest as Rails nests them: `poll[options][]`, `fields_attributes[0][name]`, `source[privacy]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

import msgspec
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser
from django.utils.translation import gettext as _

from stonechat.api.errors import ApiError

Leaf: TypeAlias = "str | int | float | bool | UploadedFile[bytes] | None"
Value: TypeAlias = "Leaf | list[Value] | dict[str, Value]"
Pairs: TypeAlias = list[tuple[str, Value]]

DEEPEST = 32  # levels of nesting; what Rack allows
MOST_PAIRS = 1000  # what Django allows in multipart bodies

_BRACKETS = re.compile(r"\[([^\[\]]*)\]")


def sent(request: HttpRequest) -> dict[str, Value]:
    """All that the client sent; where both name a key, the query string wins, as in Rails.

    Raises `ApiError`: 400 for what cannot be read, 422 for NUL characters.
    """
    values = {**_body(request), **_tree(query(request))}
    return {name: _checked(value, 1) for name, value in values.items() if value is not None}


def query(request: HttpRequest) -> Pairs:
    """The query string's pairs, in order."""
    return list(_pairs(request.META.get("QUERY_STRING", "").encode("latin-1")))


def _body(request: HttpRequest) -> dict[str, Value]:
    """By content type; a body of any other type is not looked at."""
    kind = request.content_type or ""
    if kind == "multipart/form-data":
        return _tree(_multipart(request))
    if kind == "application/x-www-form-urlencoded":
        return _tree(list(_pairs(request.body)))
    if kind == "application/json" or kind.endswith("+json"):
        return _json(request.body)
    return {}


def _json(body: bytes) -> dict[str, Value]:
    if not body.strip():
        return {}
    try:
        value = msgspec.json.decode(body)
    except RecursionError as error:
        raise _too_deep() from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ApiError(400, _("The request body is not valid JSON.")) from error
    if not isinstance(value, dict):
        raise ApiError(400, _("The request body must be a JSON object."))
    return value


def _multipart(request: HttpRequest) -> Pairs:
    # Django would put U+FFFD for what is no UTF-8. Read as Latin-1, bytes survive to be checked.
    parser = MultiPartParser(request.META, request, request.upload_handlers, "latin-1")
    fields, files = parser.parse()
    request.__dict__["_files"] = files  # so that Django closes them when the request ends
    pairs: Pairs = [
        (key, _utf8(value.encode("latin-1"))) for key, values in fields.lists() for value in values
    ]
    return pairs + [(key, file) for key, each in files.lists() for file in each]


def _pairs(form: bytes) -> Iterator[tuple[str, Value]]:
    """The pairs of a form or query string, decoded strictly."""
    parts = [part for part in form.split(b"&") if part]
    if len(parts) > MOST_PAIRS:
        raise ApiError(400, _("The request has too many parameters."))
    for part in parts:
        key, _equals, value = part.partition(b"=")
        yield _unquoted(key), _unquoted(value)


def _unquoted(text: bytes) -> str:
    return _utf8(unquote_to_bytes(text.replace(b"+", b" ")))


def _utf8(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise ApiError(400, _("The request is not valid UTF-8.")) from error


def _tree(pairs: Pairs) -> dict[str, Value]:
    """Pairs with bracketed keys as nested mappings and lists."""
    root: dict[str, Value] = {}
    for key, value in pairs:
        _place(root, _steps(key), value)
    return root


def _steps(key: str) -> list[str]:
    """`poll[options][]` -> poll, options, "" (the end of a list).

    A list in a list, as Mastodon.py writes `id[][]`, is that list.
    """
    head, bracket, _rest = key.partition("[")
    if not head or not bracket:
        return [key]
    steps = [head, *_BRACKETS.findall(key[len(head) :])]
    return [head, *(step for before, step in pairwise(steps) if before or step)]


def _place(tree: dict[str, Value], steps: list[str], value: Value) -> None:
    if len(steps) > DEEPEST:
        raise _too_deep()
    here: dict[str, Value] | list[Value] = tree
    for at in range(1, len(steps)):
        here = _descend(here, steps[at - 1], steps[at], last=at == len(steps) - 1)
    if isinstance(here, list):
        here.append(value)
    else:
        here[steps[-1]] = value


def _descend(
    here: dict[str, Value] | list[Value], step: str, following: str, last: bool
) -> dict[str, Value] | list[Value]:
    """The container that holds `following`, made where it is not there yet."""
    if isinstance(here, list):
        return _row(here, following, last)
    inner = here.setdefault(step, [] if following == "" else {})
    if isinstance(inner, list) and following == "":
        return inner
    if isinstance(inner, dict) and following != "":
        return inner
    raise ApiError(400, _("The parameter %s was sent in two ways.") % step)


def _row(rows: list[Value], following: str, last: bool) -> dict[str, Value] | list[Value]:
    """The row of a list that a key belongs to: a new one when the last already has that key."""
    row = rows[-1] if rows else None
    if not isinstance(row, dict) or (last and following in row):
        row = {}
        rows.append(row)
    return row


def _checked(value: Value, depth: int) -> Value:
    """The value without nulls; refuses what no database and no reader can take."""
    if depth > DEEPEST:
        raise _too_deep()
    if isinstance(value, str) and "\0" in value:
        raise ApiError(422, _("Text must not contain NUL characters."))
    if isinstance(value, list):
        return [_checked(item, depth + 1) for item in value if item is not None]
    if isinstance(value, dict):
        return {key: _checked(item, depth + 1) for key, item in value.items() if item is not None}
    return value


def _too_deep() -> ApiError:
    return ApiError(400, _("The request is nested too deeply."))
