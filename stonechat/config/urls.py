"""Which door answers which address."""

from __future__ import annotations

from stonechat.api import oauth
from stonechat.api import urls as api

urlpatterns = [*api.urlpatterns, *oauth.urlpatterns]
