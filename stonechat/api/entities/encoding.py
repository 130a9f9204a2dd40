"""From entities to bytes: the one encoder, the forms of time, and joining what is already bytes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NewType, TypeAlias

import msgspec
from django.utils.functional import Promise

# "2019-12-05T11:34:47.196Z"; made by `moment`, so that mypy refuses any other text in its place.
Moment = NewType("Moment", str)

# JSON that was rendered before, put into an entity as it is.
Rendered: TypeAlias = msgspec.Raw


class Entity(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """What all entities share: built by keyword, never changed, invisible to the collector."""


def moment(time: datetime) -> Moment:
    """The instant in UTC with exactly three decimals and `Z`, which clients parse literally."""
    return Moment(time.astimezone(UTC).isoformat(timespec="milliseconds")[:23] + "Z")


def midnight(time: datetime) -> Moment:
    """The UTC day's beginning: how an account says since when it exists."""
    return Moment(date(time) + "T00:00:00.000Z")


def date(time: datetime) -> str:
    """The UTC day, `YYYY-MM-DD`."""
    return time.astimezone(UTC).date().isoformat()


def _plain(value: object) -> str:
    """Lazy translations and safe HTML become plain text; anything else is a mistake."""
    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, str):
        return str.__str__(value)  # `str(value)` would stay the subclass that it is
    raise TypeError(f"{type(value).__name__} has no form in JSON")


_encoder = msgspec.json.Encoder(enc_hook=_plain)


def encode(value: object) -> bytes:
    """An entity, or lists and mappings of them, as JSON in UTF-8.

    Times must have been through `moment`: the encoder's own form of a datetime breaks clients.
    """
    return _encoder.encode(value)


def join(shared: bytes, mine: bytes) -> bytes:
    """One JSON object with the keys of two; they must have no key in common.

    `shared` is the part rendered once for everybody, `mine` the part of one viewer.
    """
    if shared == b"{}" or mine == b"{}":
        return mine if shared == b"{}" else shared
    return shared[:-1] + b"," + mine[1:]


def listing(parts: Iterable[bytes]) -> bytes:
    """A JSON array of values that are already JSON."""
    return b"[" + b",".join(parts) + b"]"
