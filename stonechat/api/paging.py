"""Long lists: which part a client asks for, and the links to the parts beside it."""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from stonechat.api.bodies import query
from stonechat.api.errors import ApiError
from stonechat.api.parameters import Parameters
from stonechat.api.responses import Body, Reply
from stonechat.core.pages import Cursor, Listed

# Replaced by the link's own, or a secret that must not be repeated.
NOT_KEPT = {"max_id", "since_id", "min_id", "access_token", "bearer_token"}


def cursor(parameters: Parameters, default: int = 20, most: int | None = None) -> Cursor:
    """The part asked for; a limit above `most` (twice the default) is cut, a negative one refused.

    `limit=0` stays 0: an empty page, or everything where the endpoint says so.
    """
    return Cursor(
        limit=limit(parameters, default, most),
        max_id=parameters.number("max_id"),
        since_id=parameters.number("since_id"),
        min_id=parameters.number("min_id"),
    )


def limit(parameters: Parameters, default: int = 20, most: int | None = None) -> int:
    """How many rows, at most `most` (twice the default)."""
    return min(_not_negative(parameters, "limit", default), most or 2 * default)


def offset(parameters: Parameters) -> int:
    """How many rows to skip; only search, directory, trends and suggestions know it."""
    return _not_negative(parameters, "offset", 0)


def paged(
    request: HttpRequest,
    body: Body,
    page: Listed[Any],
    prev: Literal["min_id", "since_id"] = "min_id",
) -> Reply:
    """A page and its links, from the ids at the ends of what was listed."""
    link = link_header(request, page.newest, page.oldest, page.full, prev)
    return Reply(body, headers={"Link": link} if link else {})


def link_header(
    request: HttpRequest,
    newest: int | None,
    oldest: int | None,
    full: bool,
    prev: Literal["min_id", "since_id"] = "min_id",
) -> str:
    """`<…max_id=OLDEST>; rel="next", <…min_id=NEWEST>; rel="prev"`, or empty for an empty page.

    The ids are those that the list is ordered by. `full`: whether a further page is offered; for
    most lists when as many rows came as the limit, for home, public and notifications always.
    """
    links = []
    if oldest is not None and full:
        links.append(f'<{_beside(request, "max_id", oldest)}>; rel="next"')
    if newest is not None:
        links.append(f'<{_beside(request, prev, newest)}>; rel="prev"')
    return ", ".join(links)


def _beside(request: HttpRequest, name: str, row_id: int) -> str:
    """This address with another cursor, every other parameter kept."""
    kept = [(key, str(value)) for key, value in query(request) if key not in NOT_KEPT]
    return f"{settings.STONECHAT_URL}{request.path}?{urlencode([*kept, (name, str(row_id))])}"


def _not_negative(parameters: Parameters, name: str, default: int) -> int:
    number = parameters.number(name, default)
    if number < 0:
        raise ApiError(400, _("The parameter %s must not be negative") % name)
    return number
