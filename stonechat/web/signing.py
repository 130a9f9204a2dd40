"""Signing in and out, joining, and confirming an address: the pages of whoever is not in yet."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from stonechat.access import actions, cards
from stonechat.access.limits import TooMany, place, spend
from stonechat.access.queries import viewer_for_user
from stonechat.audience.viewer import Viewer
from stonechat.core.actions import NotAllowed, Refused

BACKEND = "stonechat.access.backends.ByMailOrHandle"
LONGEST_PASSWORD = 200

# At most so many tries in so many seconds: of one name from one place, and joinings from a place.
SIGN_IN = (10, 300)
SIGN_UP = (5, 1_800)

SHOWN = require_http_methods(["GET", "HEAD", "POST"])


class SignInForm(forms.Form):
    """E-mail address or handle, and the password."""

    name = forms.CharField(label=gettext_lazy("E-mail or user name"), max_length=254)
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput,
    )


class SignUpForm(forms.Form):
    """What an account needs; the code only where joining is by invitation."""

    username = forms.CharField(label=gettext_lazy("User name"), max_length=30)
    email = forms.CharField(label=gettext_lazy("E-mail"), max_length=254, widget=forms.EmailInput)
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput,
    )
    invite_code = forms.CharField(
        label=gettext_lazy("Invitation code"), max_length=100, required=False
    )
    agreement = forms.BooleanField(label=gettext_lazy("I agree to the rules of this place."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.STONECHAT_SIGNUP != "invite":
            del self.fields["invite_code"]


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@SHOWN
def sign_in(request: HttpRequest) -> HttpResponse:
    """/sign-in; `next` is where to go on, `again` asks somebody who is in already."""
    if request.method != "POST" and request.user.is_authenticated and "again" not in request.GET:
        return HttpResponseRedirect(_after(request))
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = _tried(request, form)
        if status == 302:
            return HttpResponseRedirect(_after(request))
    return render(request, "access/sign_in.html", _around(request, form), status=status)


def _tried(request: HttpRequest, form: SignInForm) -> int:
    """Let somebody in, or write into the form why not; the status that says which."""
    if not form.is_valid():
        return 422
    given = form.cleaned_data
    try:
        spend("sign-in", f"{given['name'].lower()}|{_place(request)}", *SIGN_IN)
    except TooMany as error:
        form.add_error(None, str(error))
        return 429
    user = authenticate(request, username=given["name"], password=given["password"])
    if user is None:
        form.add_error("password", _("That did not match. Check both, or ask for a new password."))
        return 422
    return _let_in(request, user, form)


def _let_in(request: HttpRequest, user: Any, form: SignInForm) -> int:
    if user.confirmed_at is None:
        actions.ask_for_confirmation(viewer_for_user(user))
        form.add_error(None, _("First open the link in the mail that we have just sent you."))
        return 422
    _welcome(request, user)
    return 302


def _welcome(request: HttpRequest, user: Any) -> None:
    login(request, user, backend=BACKEND)
    actions.note_sign_in(viewer_for_user(user))


def _around(request: HttpRequest, form: SignInForm) -> dict[str, Any]:
    return {
        "form": form,
        "next": _after(request),
        "may_join": settings.STONECHAT_SIGNUP != "closed",
        "cast": cards.demo_people() if _on_this_machine(request) else [],
        "organisation": settings.STONECHAT_NAME,
    }


def _after(request: HttpRequest) -> str:
    """Where to go on: an address of this server, or home."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else settings.LOGIN_REDIRECT_URL


def _place(request: HttpRequest) -> str:
    return place(str(request.META.get("REMOTE_ADDR", "")))


@login_not_required
@never_cache
@require_POST
def sign_in_as_cast(request: HttpRequest) -> HttpResponse:
    """/sign-in/demo: one click, on the demo company, from the machine that it runs on."""
    users = cards.demo_users() if _on_this_machine(request) else []
    username = request.POST.get("username", "")
    user = next((user for user in users if user.account.username == username), None)
    if user is None:
        raise Http404
    _welcome(request, user)
    return HttpResponseRedirect(_after(request))


def _on_this_machine(request: HttpRequest) -> bool:
    """Asked by a loopback name, from a loopback address, and passed on by nobody."""
    passed_on = any(
        name.startswith(("HTTP_FORWARDED", "HTTP_X_FORWARDED")) for name in request.META
    )
    name = urlsplit(f"//{request.get_host()}").hostname or ""
    here = name == "localhost" or _is_loopback(name)
    return here and _is_loopback(str(request.META.get("REMOTE_ADDR", ""))) and not passed_on


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """/sign-out, by a button: an address alone must not sign anybody out."""
    logout(request)
    return HttpResponseRedirect(settings.LOGOUT_REDIRECT_URL or settings.LOGIN_URL)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@SHOWN
def sign_up(request: HttpRequest) -> HttpResponse:
    """/sign-up, where the administrator lets people join by themselves."""
    if settings.STONECHAT_SIGNUP == "closed":
        raise Http404
    form = SignUpForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = _joined(request, form)
        if status == 201:
            email = form.cleaned_data["email"]
            return render(request, "access/check_mail.html", {"email": email})
    return render(request, "access/sign_up.html", {"form": form}, status=status)


def _joined(request: HttpRequest, form: SignUpForm) -> int:
    """Make the account, or write into the form why not; the status that says which."""
    if not form.is_valid():
        return 422
    try:
        spend("sign-up", _place(request), *SIGN_UP)
        actions.sign_up(Viewer.anonymous(), **form.cleaned_data, locale=request.LANGUAGE_CODE)
    except TooMany as error:
        form.add_error(None, str(error))
        return 429
    except actions.Invalid as error:
        for fault in error.faults:
            form.add_error(fault.field if fault.field in form.fields else None, _sentence(fault))
        return 422
    except Refused as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return 422
    except NotAllowed as error:
        form.add_error("invite_code" if "invite_code" in form.fields else None, str(error))
        return 403
    return 201


def _sentence(fault: actions.Fault) -> str:
    """What to do about it; the fault itself speaks as Mastodon's API does."""
    sentences = {
        ("username", "ERR_INVALID"): _("Use letters, digits and low lines only."),
        ("username", "ERR_TAKEN"): _("Somebody has this name already. Choose another."),
        ("email", "ERR_INVALID"): _(
            "This is no e-mail address. Write one such as ann@example.org."
        ),
        ("email", "ERR_TAKEN"): _("Somebody signs in with this address already."),
        ("password", "ERR_TOO_SHORT"): _("This is too short. A sentence of some words is good."),
        ("password", "ERR_INVALID"): _("This is easy to guess. A sentence of some words is good."),
    }
    return sentences.get((fault.field, fault.code), fault.text)


@login_not_required
@never_cache
@SHOWN
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """/confirm/CODE from a mail: a button, since mail programs open links before people do."""
    if request.method != "POST":
        return render(request, "access/confirm.html")
    try:
        actions.confirm_address(Viewer.anonymous(), code)
    except (Refused, NotAllowed) as error:
        return render(request, "access/confirm.html", {"error": str(error)}, status=422)
    return HttpResponseRedirect(settings.LOGIN_URL)


urlpatterns = [
    path("sign-in", sign_in),
    path("sign-in/demo", sign_in_as_cast),
    path("sign-out", sign_out),
    path("sign-up", sign_up),
    path("confirm/<str:code>", confirm),
]
