"""Methods for features that we do not have, answered as a Mastodon server without them does."""

from __future__ import annotations

from django.utils.translation import gettext as _

from stonechat.api.door import ApiRequest, Endpoint, endpoint
from stonechat.api.entities.others import AnnualReportState, WrappedAnnualReports
from stonechat.api.errors import NOT_ALLOWED, NOT_FOUND, ApiError
from stonechat.api.responses import Answer


@endpoint("POST", scope="read:statuses", public=True)
def translate(request: ApiRequest, id: int) -> Answer:
    """No translation service is set up."""
    raise ApiError(503, "Service Unavailable")


@endpoint("GET", public=True)
def link_timeline(request: ApiRequest) -> Answer:
    """Posts with a trending link: none trends."""
    request.parameters.require("url")
    raise ApiError(404, NOT_FOUND)


@endpoint("GET", scope="read:accounts", deprecated="2022-03-30")
def identity_proofs(request: ApiRequest, id: int) -> Answer:
    """Nobody proves identities this way any more."""
    return []


# Whole domains can be blocked only where there are others.


@endpoint("GET", scope="read:blocks")
def domain_blocks(request: ApiRequest) -> Answer:
    return []


@endpoint("POST", scope="write:blocks")
def block_domain(request: ApiRequest) -> Answer:
    request.parameters.require("domain")
    raise ApiError(422, _("Validation failed: Domain is not one that this server speaks to"))


@endpoint("DELETE", scope="write:blocks")
def unblock_domain(request: ApiRequest) -> Answer:
    request.parameters.require("domain")
    return {}


@endpoint("GET", scope="read:blocks")
def preview_domain_block(request: ApiRequest) -> Answer:
    return {"following_count": 0, "followers_count": 0}


# Years in review are not made here: they would count what single people do.


@endpoint("GET", scope="read:accounts")
def annual_reports(request: ApiRequest) -> Answer:
    return WrappedAnnualReports()


@endpoint("GET", scope="read:accounts")
def annual_report(request: ApiRequest, year: int) -> Answer:
    raise ApiError(404, NOT_FOUND)


@endpoint("GET", scope="read:accounts")
def annual_report_state(request: ApiRequest, year: int) -> Answer:
    return AnnualReportState(state="ineligible")


@endpoint("POST", scope="write:accounts")
def change_annual_report(request: ApiRequest, year: int) -> Answer:
    raise ApiError(404, NOT_FOUND)


@endpoint("GET", scope="read")
def async_refresh(request: ApiRequest, id: str) -> Answer:
    """Nothing is ever fetched after an answer, so no refresh has a name."""
    raise ApiError(404, NOT_FOUND)


def _administration(method: str) -> Endpoint[str]:
    @endpoint(method)
    def refuse(request: ApiRequest, rest: str) -> Answer:
        raise ApiError(403, NOT_ALLOWED)

    return refuse


# Administration has pages of its own; by the API nobody has these rights.
ADMINISTRATION = {
    method: _administration(method) for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
}
