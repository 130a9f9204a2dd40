"""Who signs in with a password: by e-mail address or by handle."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from stonechat.access import rules
from stonechat.people.models import User


class ByMailOrHandle(BaseBackend):
    """`name@example.org`, `@name` or `name`; unknown names take as long as wrong passwords."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **others: Any,
    ) -> User | None:
        if not username or password is None:
            return None
        user = _named(username.strip())
        if user is None:
            User().set_password(password)
            return None
        right = user.check_password(password)
        return user if right and rules.may_sign_in(user) else None

    def get_user(self, user_id: Any) -> User | None:
        """Asked for every request of a browser, so a shut account is out at once."""
        user = User.objects.select_related("account").filter(pk=user_id).first()
        return user if user is not None and rules.may_sign_in(user) else None


def _named(name: str) -> User | None:
    users = User.objects.select_related("account")
    if "@" in name[1:]:
        return users.filter(email=name.lower()).first()
    return users.filter(account__username__iexact=name.removeprefix("@")).first()
