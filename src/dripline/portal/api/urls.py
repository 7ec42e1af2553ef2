"""Addresses of the interface and of its pages."""

from django.urls import path

from dripline.portal.accounts.access import EVERYBODY, EVERYWHERE, Access
from dripline.portal.api import site, views
from dripline.portal.api.door import through

app_name = "api"
urlpatterns = [
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("api/", views.describe, name="reference"),
    path(f"{site.ROOT}openapi.json", views.openapi, name="openapi"),
    *site.urls(),
    path(
        f"{site.ROOT}<path:rest>",
        through(views.nothing, Access(EVERYBODY, (), EVERYWHERE)),
        name="nothing",
    ),
]
