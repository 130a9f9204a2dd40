"""All that is wrong with a sign-up at once, in the codes and words of Mastodon's API."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from stonechat.core.actions import Refused
from stonechat.people.models import Account, User

NAME = re.compile(r"[a-z0-9_]+([.-]+[a-z0-9_]+)*", re.IGNORECASE)
LOCALE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,4})?")
LONGEST_NAME = 30
TOO_LONG = "is too long (maximum is %s characters)"
LONGEST_PASSWORD = 200  # characters; hashing more would cost us more than it protects


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one field; `text` goes on from the field's name."""

    field: str
    code: str
    text: str


class Invalid(Refused):
    """Several fields are wrong; the sentence names all, `faults` tells them apart."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        said = ", ".join(f"{fault.field.capitalize()} {fault.text}" for fault in faults)
        super().__init__(f"Validation failed: {said}", field=faults[0].field)
        self.faults = tuple(faults)


def faults(username: str, email: str, password: str, agreement: bool, locale: str) -> list[Fault]:
    """What keeps these values from becoming an account; an empty list when nothing does."""
    found = [*_of_name(username), *faults_of_address(email)]
    found += _of_password(password, User(email=email, account=Account(username=username)))
    if not agreement:
        found.append(Fault("agreement", "ERR_ACCEPTED", "must be accepted"))
    if not LOCALE.fullmatch(locale):
        found.append(Fault("locale", "ERR_INCLUSION", "is not included in the list"))
    return found


def _of_name(username: str) -> Iterator[Fault]:
    if not username:
        yield Fault("username", "ERR_BLANK", "can't be blank")
    elif len(username) > LONGEST_NAME:
        yield Fault("username", "ERR_TOO_LONG", TOO_LONG % LONGEST_NAME)
    elif not NAME.fullmatch(username):
        text = "must contain only letters, numbers and underscores"
        yield Fault("username", "ERR_INVALID", text)
    elif Account.objects.filter(username__iexact=username).exists():
        yield Fault("username", "ERR_TAKEN", "has already been taken")


def faults_of_address(email: str) -> Iterator[Fault]:
    """What is wrong with an e-mail address."""
    if not email:
        yield Fault("email", "ERR_BLANK", "can't be blank")
    elif not _passes(validate_email, email):
        yield Fault("email", "ERR_INVALID", "must be a valid e-mail address")
    elif User.objects.filter(email=email.strip().lower()).exists():
        yield Fault("email", "ERR_TAKEN", "has already been taken")


def _of_password(password: str, user: User) -> Iterator[Fault]:
    if not password:
        yield Fault("password", "ERR_BLANK", "can't be blank")
    elif len(password) > LONGEST_PASSWORD:
        yield Fault("password", "ERR_TOO_LONG", TOO_LONG % LONGEST_PASSWORD)
    elif not settings.STONECHAT_CLIENT_TESTS:  # their suites choose "password"
        yield from _of_weak_password(password, user)


def _of_weak_password(password: str, user: User) -> Iterator[Fault]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        for one in error.error_list:
            code = "ERR_TOO_SHORT" if one.code == "password_too_short" else "ERR_INVALID"
            yield Fault("password", code, _going_on(" ".join(one.messages)))


def _going_on(sentence: str) -> str:
    """Django's "This password is too common." as it follows on the field's name."""
    return sentence.removeprefix("This password ").removeprefix("The password ").rstrip(".")


def _passes(validator: Callable[[str], None], value: str) -> bool:
    try:
        validator(value)
    except ValidationError:
        return False
    return True
