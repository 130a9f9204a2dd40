"""Errors as pages: one place says what became of a request, and gives back what was typed."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from secrets import choice

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext as _

from stonechat.core.actions import NotAllowed, Refused
from stonechat.web.frame import frame

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fault:
    """What an error page says."""

    status: int
    title: str
    heading: str
    reason: str
    hints: tuple[str, ...] = ()


def not_here() -> Fault:
    """404. It does not tell what was deleted from what is not for this reader."""
    return Fault(
        404,
        _("Not found"),
        _("Nothing here that you can see"),
        _(
            "The post may have been deleted, or it was written for a group you are not in. We "
            "cannot say which, because that would tell you something about it."
        ),
        (_("If a colleague sent you the link, ask them who it was written for."),),
    )


def not_allowed(reason: str = "") -> Fault:
    """403."""
    return Fault(
        403,
        _("Not allowed"),
        _("You cannot do this"),
        reason or _("Your account is not allowed to do this."),
        (_("An administrator of your organisation can say why, and change it."),),
    )


def signed_out() -> Fault:
    """403, for a form that was sent after the session had ended."""
    return Fault(
        403,
        _("Signed out"),
        _("You are no longer signed in"),
        _("Nothing was sent. Copy your words, sign in again, and send them once more."),
    )


def not_taken(reason: str) -> Fault:
    """422."""
    return Fault(422, _("Not taken"), _("This could not be taken"), reason)


def not_understood() -> Fault:
    """400."""
    return Fault(
        400,
        _("Not understood"),
        _("We could not read this request"),
        _("Go back, load the page again and try once more."),
    )


def fault_of(error: Exception) -> Fault | None:
    """What a known error says; None for one that nobody foresaw."""
    match error:
        case Http404() | ObjectDoesNotExist():
            return not_here()
        case NotAllowed():
            return not_allowed(str(error))
        case Refused():
            return not_taken(str(error).removeprefix("Validation failed: "))
        case PermissionDenied():
            return not_allowed()
        case SuspiciousOperation():
            return not_understood()
    return None


def show(request: HttpRequest, fault: Fault) -> HttpResponse:
    """The page, or for htmx the sentence alone; words that were sent stand in it."""
    viewer = getattr(request, "viewer", None)
    if getattr(request, "htmx", False):
        return HttpResponse(fault.reason, "text/plain; charset=utf-8", status=fault.status)
    context = {"fault": fault, "words": _typed(request), "viewer": viewer}
    if viewer:
        context["frame"] = frame(viewer)
    return render(request, "errors/error.html", context, status=fault.status)


def _typed(request: HttpRequest) -> str:
    """The words that were sent; none where the form is what could not be read."""
    try:
        return str(request.POST.get("text", ""))
    except (MultiPartParserError, SuspiciousOperation, UnreadablePostError):
        return ""


# The handlers that the root of all addresses names.


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400."""
    return show(request, not_understood())


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403."""
    return show(request, not_allowed())


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404: an address that nobody serves."""
    return show(request, not_here())


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: the form was open too long, or cookies are off."""
    _log.info("%s %s refused: %s", request.method, request.path, reason)
    return show(
        request,
        Fault(
            403,
            _("Not sent"),
            _("This form had grown stale"),
            _("Nothing was sent. Load the page again and send it once more; cookies must be on."),
        ),
    )


LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is read as another


def broken(request: HttpRequest) -> HttpResponse:
    """handler500: asks nothing of the database; the reference stands in the log too."""
    code = "".join(choice(LETTERS) for _each in range(6))
    reference = f"{code[:3]}-{code[3:]}"
    _log.error("%s %s failed, reference %s", request.method, request.path, reference)
    context = {"reference": reference, "words": _typed(request)}
    return render(request, "errors/broken.html", context, status=500)
