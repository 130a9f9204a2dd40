"""Client programs and their tokens."""

from __future__ import annotations

from collections.abc import Sequence

from stonechat.api.entities.encoding import Entity


class Application(Entity, kw_only=True, frozen=True):
    """A program that registered here; `redirect_uri` is the list joined by newlines."""

    id: str
    name: str
    website: str | None
    scopes: Sequence[str]
    redirect_uris: Sequence[str]
    redirect_uri: str
    vapid_key: str = ""


class CredentialApplication(Application, kw_only=True, frozen=True):
    """The same for its own eyes; a secret that expires at 0 never does."""

    client_id: str
    client_secret: str
    client_secret_expires_at: int = 0


class Token(Entity, kw_only=True, frozen=True):
    """The right to act as somebody; `created_at` in UNIX seconds."""

    access_token: str
    scope: str
    created_at: int
    token_type: str = "Bearer"  # noqa: S105 (the kind of token, not a secret)
