"""Who is asking. Made once per request or job, and named by every read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef


@dataclass(frozen=True, slots=True)
class Viewer:
    """One reader. `account_id` is a value, or a column to ask for many readers at once."""

    account_id: Any = None
    because: str = ""  # why the system itself reads or writes; empty for people
    walled: bool = True  # may stored counts differ from what this viewer could list?

    @classmethod
    def person(cls, account_id: int, *, walled: bool = True) -> Viewer:
        """Somebody who signed in; `walled=False` only where `visibility.walled` said so."""
        return cls(account_id=account_id, walled=walled)

    @classmethod
    def anonymous(cls) -> Viewer:
        """Nobody we know."""
        return cls()

    @classmethod
    def system(cls, because: str) -> Viewer:
        """The product itself, for a reason that stands in the journal; it reads no posts."""
        return cls(because=because)

    @classmethod
    def column(cls, name: str) -> Viewer:
        """Everybody in a column of the outer query: the other direction of the same rule."""
        return cls(account_id=OuterRef(name))

    def __bool__(self) -> bool:
        """True for somebody who signed in."""
        return self.account_id is not None

    @property
    def is_system(self) -> bool:
        """True for the product itself."""
        return bool(self.because) and self.account_id is None

    @property
    def inner(self) -> Any:
        """`account_id` as a subquery of the post's query must write it."""
        return (
            OuterRef(self.account_id) if isinstance(self.account_id, OuterRef) else self.account_id
        )

    def unwalled(self) -> Viewer:
        """The same person, known to have no barrier before them."""
        return replace(self, walled=False)
