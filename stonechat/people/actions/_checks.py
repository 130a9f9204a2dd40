"""What people type into a profile, cleaned, or refused with a sentence that says how to mend it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from stonechat.core import text
from stonechat.core.actions import Refused
from stonechat.people.models import Account, User

# Mastodon's: letters, digits and low lines, with dots and hyphens inside.
_USERNAME = re.compile(r"[A-Za-z0-9_]+([A-Za-z0-9_.-]+[A-Za-z0-9_]+)?")
_LOCALE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,4})?")
LONGEST_NAME = 40

# Who carries one of these names is believed to speak for the house.
RESERVED = {
    "admin",
    "administrator",
    "everybody",
    "help",
    "mod",
    "moderator",
    "postmaster",
    "root",
    "security",
    "stonechat",
    "support",
    "system",
    "webmaster",
}


def username(given: str, *, reserved_too: bool) -> str:
    """A handle that may be given away, as far as its letters say."""
    if not _USERNAME.fullmatch(given) or len(given) > LONGEST_NAME:
        reason = _("Choose a handle of 1 to 40 letters (a to z), digits, _ and, inside, . or -.")
        raise Refused(reason, field="username")
    if not reserved_too and given.lower() in RESERVED:
        raise Refused(_("This handle is reserved. Choose another."), field="username")
    return given


def free_username(given: str) -> None:
    """Refuse a handle that is in use, or was."""
    if Account.objects.filter(username__iexact=given).exists():
        raise Refused(_("This handle is taken. Choose another."), field="username")


def email(given: str) -> str:
    """An address for signing in, in small letters."""
    try:
        validate_email(given)
    except ValidationError:
        reason = _("This is no e-mail address. Write one such as ann@example.org.")
        raise Refused(reason, field="email") from None
    return given.lower()


def free_email(given: str) -> None:
    """Refuse an address with which somebody signs in already."""
    if User.objects.filter(email=given).exists():
        raise Refused(_("Somebody signs in with this address already."), field="email")


def hashed(password: str | None, *, email: str = "", handle: str = "") -> str:
    """The password as it is stored; None is none. Slow by intent: never inside a transaction."""
    if password is None:
        return make_password(None)
    try:
        validate_password(password, User(email=email, account=Account(username=handle)))
    except ValidationError as error:
        raise Refused(" ".join(error.messages), field="password") from error
    return make_password(password)


def words(given: str, most: int, field: str) -> str:
    """A text of several lines, cleaned, of at most `most` characters as readers count them."""
    try:
        clean = text.clean(given).strip()
    except ValueError as error:
        raise Refused(str(error), field=field) from error
    if text.length(clean) > most or len(clean) > 8 * most:
        reason = _("This is too long: write at most %(most)d characters.") % {"most": most}
        raise Refused(reason, field=field)
    return clean


def line(given: str, most: int, field: str) -> str:
    """A text on one line that fits a column of `most` characters."""
    clean = " ".join(words(given, most, field).split())
    if len(clean) > most:
        reason = _("This is too long: write at most %(most)d characters.") % {"most": most}
        raise Refused(reason, field=field)
    return clean


def one_of(given: Any, among: list[str], field: str) -> str:
    """One of several words."""
    if given not in among:
        reason = _("Choose one of: %(choices)s.") % {"choices": ", ".join(among)}
        raise Refused(reason, field=field)
    return str(given)


def locale(given: str) -> str:
    """A language tag such as `en` or `pt-BR`."""
    if not _LOCALE.fullmatch(given):
        raise Refused(_("Write a language such as en, de or da."), field="locale")
    return given


@cache
def _time_zones() -> set[str]:
    """Read from the disk once: it is some six hundred files."""
    return available_timezones()


def time_zone(given: str) -> str:
    """A name of the time zone database."""
    if given not in _time_zones():
        raise Refused(_("Write a time zone such as Europe/Berlin."), field="time_zone")
    return given
