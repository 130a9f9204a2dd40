"""What a client sent, whichever way it sent it, behind getters that say what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal, overload

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from stonechat.api.bodies import Value, sent
from stonechat.api.errors import NOT_FOUND, ApiError

LARGEST = 2**63 - 1  # what a row's id can be
NO_RECORD = 0  # an id that no row has
FALSE = {"0", "f", "F", "false", "FALSE", "off", "OFF"}
INVALID_TIME = "Record invalid"  # Mastodon's own words, which clients compare

_DIGITS = re.compile(r"[0-9]{1,19}")
_WHOLE = re.compile(r"-?[0-9]{1,19}")


class Parameters:
    """The parameters of a request, or of one mapping inside it (`source`, `poll`).

    JSON null counts as not given. A value of the wrong type is refused (422), a required one that
    is missing too (400); the sentence names the parameter as the client wrote it.
    """

    __slots__ = ("_values", "_within")

    def __init__(self, values: Mapping[str, Value], within: str = "") -> None:
        self._values = values
        self._within = within

    def given(self, name: str) -> bool:
        """Was it sent at all? An empty string counts: it clears."""
        return name in self._values

    @overload
    def text(self, name: str, *, required: Literal[True]) -> str: ...
    @overload
    def text(self, name: str, default: str) -> str: ...
    @overload
    def text(self, name: str) -> str | None: ...
    def text(self, name: str, default: str | None = None, *, required: bool = False) -> str | None:
        """A text as it was sent, empty included; `required` also refuses an empty one."""
        value = self._values.get(name)
        if required and value in (None, ""):
            raise self._missing(name)
        return default if value is None else self._text(name, value)

    def texts(self, name: str) -> list[str]:
        """A list of texts; one alone counts as a list of one. Empty when not given."""
        return [self._text(name, item) for item in self._list(name)]

    @overload
    def choice(self, name: str, among: Sequence[str], default: str) -> str: ...
    @overload
    def choice(self, name: str, among: Sequence[str]) -> str | None: ...
    def choice(self, name: str, among: Sequence[str], default: str | None = None) -> str | None:
        """One of several words; empty counts as not given."""
        value = self.text(name)
        if not value:
            return default
        if value not in among:
            raise self._wrong(name, _("must be one of: %s") % ", ".join(among))
        return value

    @overload
    def flag(self, name: str, default: bool) -> bool: ...
    @overload
    def flag(self, name: str) -> bool | None: ...
    def flag(self, name: str, default: bool | None = None) -> bool | None:
        """Yes or no; in forms everything but a few words for no is yes, and empty is not given."""
        value = self._values.get(name)
        if value is None or value == "":
            return default
        return self._text(name, value) not in FALSE

    @overload
    def number(self, name: str, default: int) -> int: ...
    @overload
    def number(self, name: str) -> int | None: ...
    def number(self, name: str, default: int | None = None) -> int | None:
        """A whole number of at most 64 bits; empty is not given."""
        value = self._values.get(name)
        if value is None or value == "":
            return default
        text = str(value)
        if isinstance(value, bool) or not _WHOLE.fullmatch(text) or abs(int(text)) > LARGEST:
            raise self._wrong(name, _("must be a whole number"))
        return int(text)

    def numbers(self, name: str) -> list[int]:
        """A list of whole numbers, such as the positions of chosen poll options."""
        each = {f"{name}[{place}]": item for place, item in enumerate(self._list(name))}
        return [number for key in each if (number := Parameters(each).number(key)) is not None]

    @overload
    def identity(self, name: str, *, required: Literal[True]) -> int: ...
    @overload
    def identity(self, name: str) -> int | None: ...
    def identity(self, name: str, *, required: bool = False) -> int | None:
        """An id, as number or text; empty is none. One that no row can have is not found (404)."""
        value = self._values.get(name)
        if value is None or value == "":
            if required:
                raise self._missing(name)
            return None
        found = _identity(self._text(name, value))
        if found == NO_RECORD:
            raise ApiError(404, NOT_FOUND)
        return found

    def identities(self, name: str) -> list[int]:
        """A list of ids. One that no row can have becomes `NO_RECORD`: whoever looks it up finds
        nothing, and says so or leaves it out as for any unknown id."""
        return [_identity(text) for text in self.texts(name) if text]

    def moment(self, name: str) -> datetime | None:
        """A time; one without a zone is UTC. Empty is not given."""
        value = self.text(name)
        if not value:
            return None
        try:
            time = parse_datetime(value)
            if time is not None:
                return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            pass  # no such day, or one before the first: refused like any other text
        raise ApiError(422, INVALID_TIME)

    def mapping(self, name: str) -> Parameters:
        """What lies inside `name[…]`; empty when not given."""
        value = self._values.get(name)
        if value is None or value == "":
            value = {}
        return self._inside(name, value)

    def rows(self, name: str) -> list[Parameters]:
        """A list of mappings, written as a list or keyed by position; empty when not given."""
        return [self._inside(f"{name}[{at}]", row) for at, row in enumerate(self._list(name))]

    def file(self, name: str) -> UploadedFile[bytes] | None:
        """An uploaded file; an empty text is none."""
        value = self._values.get(name)
        if isinstance(value, UploadedFile):
            return value
        if value is None or value == "":
            return None
        raise self._wrong(name, _("must be a file, sent as multipart/form-data"))

    def require(self, *names: str) -> None:
        """Refuse the request (400) unless all of these were sent and say something."""
        for name in names:
            if self._values.get(name) in (None, "", [], {}):
                raise self._missing(name)

    def _list(self, name: str) -> list[Value]:
        value = self._values.get(name)
        if isinstance(value, dict) and all(key.isdecimal() for key in value):
            return [value[key] for key in sorted(value, key=lambda key: (len(key), key))]
        if isinstance(value, list):
            return value
        return [] if value is None or value == "" else [value]

    def _text(self, name: str, value: Value) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str | int | float):
            return str(value)
        raise self._wrong(name, _("must be a single value"))

    def _inside(self, name: str, value: Value) -> Parameters:
        if isinstance(value, dict):
            return Parameters(value, self._path(name))
        raise self._wrong(name, _("must be a set of named values"))

    def _path(self, name: str) -> str:
        return f"{self._within}[{name}]" if self._within else name

    def _wrong(self, name: str, what: str) -> ApiError:
        return ApiError(422, f"{self._path(name)} {what}")

    def _missing(self, name: str) -> ApiError:
        return ApiError(400, _("The parameter %s is missing") % self._path(name))


def parameters(request: HttpRequest) -> Parameters:
    """Query string and body of any method as one; read once, then kept on the request."""
    kept = request.__dict__.get("parameters")
    if kept is None:
        kept = request.__dict__["parameters"] = Parameters(sent(request))
    assert isinstance(kept, Parameters)
    return kept


def _identity(text: str) -> int:
    """The id that this text names, or `NO_RECORD`."""
    number = int(text) if _DIGITS.fullmatch(text) else NO_RECORD
    return number if number <= LARGEST else NO_RECORD
