"""Which door answers which address."""

from __future__ import annotations

from stonechat.api import oauth
from stonechat.api import urls as api
from stonechat.web import urls as web

handler400 = "stonechat.web.errors.bad_request"
handler403 = "stonechat.web.errors.forbidden"
handler404 = "stonechat.web.errors.not_found"
handler500 = "stonechat.web.errors.broken"

urlpatterns = [*api.urlpatterns, *oauth.urlpatterns, *web.urlpatterns]
