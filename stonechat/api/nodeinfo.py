"""What other programs look up about a server before they speak to it, and its sign of life."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.utils.html import format_html

from stonechat.api.door import ApiRequest, endpoint
from stonechat.api.entities.encoding import encode
from stonechat.api.instance import MASTODON, host
from stonechat.api.numbers import numbers
from stonechat.api.responses import Answer
from stonechat.people.queries import by_handle

SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/2.0"
PROFILE_PAGE = "http://webfinger.net/rel/profile-page"
HOST_META = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">\n'
    '  <Link rel="lrdd" template="{}/.well-known/webfinger?resource={{uri}}"/>\n'
    "</XRD>\n"
)


@endpoint("GET", always=True)
def health(request: ApiRequest) -> Answer:
    """GET /health, asked by load balancers: this process answers."""
    return HttpResponse("OK", content_type="text/plain; charset=utf-8")


@endpoint("GET", always=True)
def links(request: ApiRequest) -> Answer:
    """GET /.well-known/nodeinfo."""
    return {"links": [{"rel": SCHEMA, "href": f"{settings.STONECHAT_URL}/nodeinfo/2.0"}]}


@endpoint("GET", always=True)
def nodeinfo(request: ApiRequest) -> Answer:
    """GET /nodeinfo/2.0; `upstream` lets programs that know only famous names speak to us."""
    known = numbers(request.viewer)
    return {
        "version": "2.0",
        "software": {"name": "stonechat", "version": settings.STONECHAT_VERSION},
        "protocols": [],
        "services": {"inbound": [], "outbound": []},
        "usage": {
            "users": {"total": known.people, "activeMonth": known.active},
            "localPosts": known.posts,
        },
        "openRegistrations": settings.STONECHAT_SIGNUP == "open",
        "metadata": {
            "nodeName": settings.STONECHAT_NAME,
            "nodeDescription": settings.STONECHAT_DESCRIPTION,
            "upstream": {"name": "mastodon", "version": MASTODON},
        },
    }


@endpoint("GET", always=True)
def host_meta(request: ApiRequest) -> Answer:
    """GET /.well-known/host-meta, in XML: clients find our domain by it."""
    body = format_html(HOST_META, settings.STONECHAT_URL)
    return HttpResponse(body, content_type="application/xrd+xml; charset=utf-8")


@endpoint("GET", always=True)
def webfinger(request: ApiRequest) -> Answer:
    """GET /.well-known/webfinger?resource=acct:NAME@HOST; only whom the asker may see."""
    resource = request.parameters.text("resource", required=True)
    found = by_handle(request.viewer, resource.removeprefix("acct:")).username
    page = f"{settings.STONECHAT_URL}/@{found}"
    body = {
        "subject": f"acct:{found}@{host()}",
        "aliases": [page],
        "links": [{"rel": PROFILE_PAGE, "type": "text/html", "href": page}],
    }
    return HttpResponse(encode(body), content_type="application/jrd+json; charset=utf-8")
