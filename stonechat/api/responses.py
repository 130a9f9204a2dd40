"""What an endpoint may return, and the HTTP response it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from stonechat.api.entities.encoding import Entity, Rendered, encode

# Bytes are JSON already; None is the empty success, `{}`.
Body: TypeAlias = Entity | Rendered | Mapping[str, object] | Sequence[object] | bytes | bool | None

JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """A body with another status than 200, or with headers such as Link."""

    body: Body
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Answer: TypeAlias = Body | Reply | HttpResponseBase


def respond(
    answer: Answer, status: int = 200, headers: Mapping[str, str] | None = None
) -> HttpResponseBase:
    """The response for an answer; a finished response passes as it is."""
    if isinstance(answer, HttpResponseBase):
        return answer
    if isinstance(answer, Reply):
        return respond(answer.body, answer.status, answer.headers)
    return HttpResponse(
        _bytes(answer), status=status, content_type=JSON, headers=dict(headers or {})
    )


def _bytes(body: Body) -> bytes:
    if body is None:
        return b"{}"
    return body if isinstance(body, bytes) else encode(body)
