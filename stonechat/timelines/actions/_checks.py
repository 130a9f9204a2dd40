"""What titles, keywords and choices may be; refused in Mastodon's words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from stonechat.core.actions import Refused
from stonechat.core.text import clean

LONGEST = 255


def words(typed: str, field: str, name: str) -> str:
    """A title or keyword, cleaned; refused when blank or too long. `name` is the field's name."""
    try:
        text = clean(typed).strip()
    except ValueError as error:
        raise Refused(str(error), field) from error
    if not text:
        raise Refused(_("Validation failed: %s can't be blank") % name, field)
    if len(text) > LONGEST:
        too_long = _("Validation failed: %(name)s is too long (maximum is %(most)d characters)")
        raise Refused(too_long % {"name": name, "most": LONGEST}, field)
    return text


def choice(chosen: str, among: Sequence[str], field: str, name: str) -> str:
    """One of several words."""
    if chosen not in among:
        raise Refused(_("Validation failed: %s is not included in the list") % name, field)
    return chosen
