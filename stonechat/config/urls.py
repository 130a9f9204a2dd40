"""Which door answers which address."""

from __future__ import annotations

from stonechat.api import oauth
from stonechat.api import urls as api
from stonechat.web import signing

urlpatterns = [*api.urlpatterns, *oauth.urlpatterns, *signing.urlpatterns]
