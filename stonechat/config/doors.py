"""Which door a path belongs to, and what must not come through any."""

from __future__ import annotations

from collections.abc import Iterable

# Doors for programs: no session, no cookie, errors as JSON. `/oauth/authorize` is for people.
API_PATHS = (
    "/api/",
    "/oauth/token",
    "/oauth/revoke",
    "/oauth/userinfo",
    "/.well-known/",
    "/nodeinfo/",
    "/health",
)
HEALTH = "/health"  # asked by load balancers, by address and not by name

# What a program may see in a window that a person signs in with: a client's pop-up keeps its
# opener only when no page on the way cuts it off.
POPUP_PATHS = ("/oauth/authorize", "/sign-in")


def is_api(path: str) -> bool:
    """True where programs come in."""
    return path.startswith(API_PATHS)


def comes_through_a_proxy(headers: Iterable[str]) -> bool:
    """True if any lower-case header name says that somebody else passed the request on."""
    return any(name == "forwarded" or name.startswith("x-forwarded-") for name in headers)
