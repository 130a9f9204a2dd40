"""Hashing what is already random (secrets, tokens, codes), and signing links."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core import signing

CONFIRMATION = "confirm an e-mail address"  # what the signature of a link is for
CONFIRM_WITHIN = timedelta(days=3)


class SecretHasher(PBKDF2PasswordHasher):
    """One round is enough for 128 random characters; it is paid on every token call."""

    algorithm = "pbkdf2_once"
    iterations = 1


def digest(secret: str) -> str:
    """The form in which a random secret is stored and looked up."""
    return sha256(secret.encode()).hexdigest()


def signed_address(user_id: int, email: str) -> str:
    """What the link in a mail carries: good for this address of this user only."""
    return signing.dumps([user_id, email], salt=CONFIRMATION)


def read_address(code: str) -> tuple[int, str] | None:
    """User and address of such a code; None for one too old or not ours."""
    try:
        user_id, email = signing.loads(code, salt=CONFIRMATION, max_age=CONFIRM_WITHIN)
    except signing.BadSignature:
        return None
    return user_id, email
