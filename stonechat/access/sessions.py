"""The session engine (SESSION_ENGINE): Django's own, with each session's person in a column."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as InDatabase

from stonechat.access.models import Session


class SessionStore(InDatabase):
    """Sessions of a person can be listed and ended: see `access.reactions.end_access`."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = super().create_model_instance(data)
        assert isinstance(session, Session)
        session.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return session
