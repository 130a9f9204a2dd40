"""Writes: an action opens the transaction, must ask, changes, and says what happened.

`@action` fails a call in which `require(...)` was never reached, so no write can forget to ask.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")


class NotAllowed(Exception):
    """The viewer may not do this; the text is a sentence for them (403)."""


class Refused(Exception):
    """What was asked for cannot be done as it stands; the text says how to mend it (422)."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.field = field


class NeverAsked(AssertionError):
    """A programming error: an action ended without `require`."""


class _Asking:
    """Whether the running action has asked yet."""

    asked = False


_asking: ContextVar[_Asking | None] = ContextVar("asking", default=None)


def require(allowed: bool, reason: str) -> None:
    """Go on only if the rule said yes; otherwise the viewer gets the reason."""
    current = _asking.get()
    if current is not None:
        current.asked = True
    if not allowed:
        raise NotAllowed(reason)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run a write in one transaction, and undo it if it never asked."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        current = _Asking()
        token = _asking.set(current)
        try:
            with transaction.atomic():
                result = function(*args, **kwargs)
                if not current.asked:
                    raise NeverAsked(f"{function.__module__}.{function.__name__} asked nobody")
                return result
        finally:
            _asking.reset(token)

    return _marked(run)


def prepared_by(prepare: Callable[..., Any]) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Like `@action`, for work that needs no row: `prepare(viewer, …)` runs before the lock.

    The action receives the viewer and what `prepare` returned. Text, hashing and thumbnails
    belong here, so that the only write lock of SQLite is held for milliseconds.
    """

    def decorate(function: Callable[..., R]) -> Callable[..., R]:
        body = action(function)

        @wraps(prepare)
        def run(viewer: Any, *args: Any, **kwargs: Any) -> R:
            return body(viewer, prepare(viewer, *args, **kwargs))

        run.__name__, run.__module__ = function.__name__, function.__module__
        return _marked(run)

    return decorate


def _marked(run: Callable[P, R]) -> Callable[P, R]:
    """Leave the mark by which the net `tests/test_asks.py` knows an action."""
    run.__action__ = True  # type: ignore[attr-defined]
    return run
