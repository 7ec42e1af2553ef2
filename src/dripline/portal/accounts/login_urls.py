"""Addresses of the login: those of allauth that this site uses, and no other. Nothing here needs e-mail."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa import urls as second_factor
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from dripline.portal.accounts import certificates

View = Callable[..., HttpResponse]


def deed(view: View) -> View:
    """What is posted to a page of the library and the event it leaves are one transaction."""

    @wraps(view)
    def whole(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return whole


def single_sign_on(view: View) -> View:
    """Is not there unless a sign-on service is named."""

    @wraps(view)
    def named(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.DRIPLINE_DOORS.oidc is None:
            raise Http404
        return view(request, *args, **kwargs)

    return named


WHILE_SIGNING_IN = ("mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn")
"""Wrong answers must be counted even where the page is refused, so these are no single transaction."""


def _flat(patterns: list[URLPattern | URLResolver], before: str = "") -> list[URLPattern]:
    found = []
    for one in patterns:
        where = before + str(one.pattern)
        if isinstance(one, URLResolver):
            found += _flat(one.url_patterns, where)
        else:
            view = one.callback if one.name in WHILE_SIGNING_IN else deed(one.callback)
            found.append(path(where, view, name=one.name))
    return found


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", deed(account.password_change), name="account_change_password"),
    path("password/set/", deed(account.password_set), name="account_set_password"),
    path("certificate/", certificates.sign_in, name="certificate_login"),
    *_flat(second_factor.urlpatterns, "2fa/"),
    path("oidc/<provider_id>/login/", single_sign_on(oidc.login), name="openid_connect_login"),
    path(
        "oidc/<provider_id>/login/callback/",
        single_sign_on(oidc.callback),
        name="openid_connect_callback",
    ),
    path(
        "oidc/cancelled/",
        single_sign_on(social.login_cancelled),
        name="socialaccount_login_cancelled",
    ),
    path("oidc/error/", single_sign_on(social.login_error), name="socialaccount_login_error"),
]
