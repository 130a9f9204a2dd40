"""Programs register, people join through them, and addresses are confirmed."""

from __future__ import annotations

from stonechat.access import actions, cards, granting
from stonechat.access.cards import ApplicationCard
from stonechat.access.scopes import DEFAULT
from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.oauth import Application, CredentialApplication, Token
from stonechat.api.errors import NOT_FOUND, ApiError
from stonechat.api.limits import REGISTERING, SIGNING_UP, Limit
from stonechat.api.parameters import Parameters
from stonechat.api.responses import Answer

CONFIRMING = Limit("confirming", 5, 1_800)  # mails that one person can have sent


@endpoint("POST", always=True, limit=REGISTERING)
def register(request: ApiRequest) -> Answer:
    """POST /api/v1/apps: a program makes itself known."""
    sent = request.parameters
    application, secret = actions.register_application(
        request.viewer,
        name=sent.text("client_name", ""),
        redirect_uris=_words(sent, "redirect_uris"),
        scopes=_words(sent, "scopes") or [DEFAULT],
        website=sent.text("website", ""),
    )
    return _with_credentials(cards.of(application), secret)


def _words(sent: Parameters, name: str) -> list[str]:
    """A list, or one text with its parts on lines or between spaces."""
    return [word for text in sent.texts(name) for word in text.split()]


def _with_credentials(card: ApplicationCard, secret: str) -> CredentialApplication:
    return CredentialApplication(
        id=str(card.id),
        name=card.name,
        website=card.website or None,
        scopes=card.scopes,
        redirect_uris=card.redirect_uris,
        redirect_uri="\n".join(card.redirect_uris),
        client_id=card.client_id,
        client_secret=secret,
    )


@endpoint("GET", app=True)
def verify_credentials(request: ApiRequest) -> Answer:
    """GET /api/v1/apps/verify_credentials: which program a token belongs to."""
    assert request.access is not None
    if request.access.application_id is None:
        raise ApiError(404, NOT_FOUND)
    card = cards.application(request.access.application_id)
    return Application(
        id=str(card.id),
        name=card.name,
        website=card.website or None,
        scopes=card.scopes,
        redirect_uris=card.redirect_uris,
        redirect_uri="\n".join(card.redirect_uris),
    )


@endpoint("POST", scope="write:accounts", app=True, limit=SIGNING_UP)
def sign_up(request: ApiRequest) -> Answer:
    """POST /api/v1/accounts: somebody joins, and the program may act for them from then on."""
    sent, access = request.parameters, request.access
    assert access is not None
    try:
        account = actions.sign_up(
            request.viewer,
            username=sent.text("username", ""),
            email=sent.text("email", ""),
            password=sent.text("password", ""),
            agreement=sent.flag("agreement", False),
            invite_code=sent.text("invite_code", ""),
            locale=sent.text("locale") or "en",
            time_zone=sent.text("time_zone") or "UTC",
        )
    except actions.Invalid as error:
        raise ApiError(422, str(error), details=_details(error)) from error
    granted = granting.first_token(account, access.application_id, sorted(access.scopes))
    return Token(access_token=granted.token, scope=granted.scope, created_at=granted.created_at)


def _details(error: actions.Invalid) -> dict[str, list[dict[str, str]]]:
    details: dict[str, list[dict[str, str]]] = {}
    for fault in error.faults:
        said = {"error": fault.code, "description": fault.text}
        details.setdefault(fault.field, []).append(said)
    return details


@endpoint("POST", scope="write:accounts", unconfirmed=True, limit=CONFIRMING)
def ask_for_confirmation(request: ApiRequest) -> Answer:
    """POST /api/v1/emails/confirmations: send the mail again, or to a corrected address."""
    actions.ask_for_confirmation(request.viewer, request.parameters.text("email", ""))
    return None


@endpoint("GET", scope="read:accounts", unconfirmed=True)
def check_confirmation(request: ApiRequest) -> Answer:
    """GET /api/v1/emails/check_confirmation: true once the address is confirmed."""
    assert request.access is not None
    return request.access.confirmed
