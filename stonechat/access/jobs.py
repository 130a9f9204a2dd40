"""Mail that confirms addresses, and clearing away what is past."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _
from oauth2_provider.models import AccessToken, Grant

from stonechat.access.events import ConfirmationAsked
from stonechat.access.models import Attempt, Session
from stonechat.access.secrets import signed_address
from stonechat.core import clock
from stonechat.core.jobs import job, later
from stonechat.people.models import User

LONGEST_WINDOW = timedelta(days=2)  # twice the longest window that a limit counts in


def ask_by_mail(event: ConfirmationAsked) -> None:
    """After `ConfirmationAsked`: have the mail sent, however long that takes."""
    later(mail_confirmation, user_id=event.user_id)


@job
def mail_confirmation(user_id: int) -> None:
    """Send the link to an address that nobody confirmed yet, in its owner's language."""
    user = User.objects.filter(pk=user_id, confirmed_at=None).first()
    if user is None:
        return
    with translation.override(user.locale):
        link = f"{settings.STONECHAT_URL}/confirm/{signed_address(user.pk, user.email)}"
        subject = _("Confirm your e-mail address for %s") % settings.STONECHAT_NAME
        text = _(
            "Open this link within three days:\n\n%s\n\nIf it was not you who joined, do nothing."
        )
        send_mail(subject, text % link, None, [user.email])


@job
def clear_access() -> None:
    """Nightly: codes, tokens and browsers that are over, and counts of windows long past."""
    for model in (AccessToken, Grant):
        model.objects.filter(expires__lt=clock.now()).delete()
    Session.objects.filter(expire_date__lt=clock.now()).delete()
    Attempt.objects.filter(window__lt=clock.now() - LONGEST_WINDOW).delete()
