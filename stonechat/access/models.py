"""OAuth applications, browser sessions and counted attempts.

Tokens and grants are django-oauth-toolkit's own tables, sign-in data is `people.User`.
"""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from oauth2_provider.models import AbstractApplication, ApplicationManager

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
FORBIDDEN_SCHEMES = {"data", "javascript", "vbscript"}


class Application(AbstractApplication):
    """A client program. Anyone may register one, so it can do nothing until a person agrees."""

    website = models.CharField(max_length=2000, blank=True)
    scopes = models.TextField(default="read")

    objects = ApplicationManager()

    class Meta(AbstractApplication.Meta):
        pass

    def allows_grant_type(self, *grant_types: Any) -> bool:
        """Mastodon's applications use the code and the client-credentials grant alike."""
        return bool(
            set(grant_types) & {self.GRANT_AUTHORIZATION_CODE, self.GRANT_CLIENT_CREDENTIALS}
        )

    def redirect_uri_allowed(self, uri: str) -> bool:
        """To the letter: neither another port nor a longer path."""
        return uri in self.redirect_uris.split()


class Session(AbstractBaseSession):
    """A browser that signed in, found by its person, so that it can be ended from elsewhere."""

    user_id = models.BigIntegerField(null=True, db_index=True)

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The engine that reads and writes these rows."""
        from stonechat.access.sessions import SessionStore

        return SessionStore


class Attempt(models.Model):
    """How often something was tried in one window of time; `key` hashes what, and by whom."""

    key = models.CharField(max_length=64)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="attempt_once")]

    def __str__(self) -> str:
        return f"{self.count} since {self.window:%H:%M:%S}"
