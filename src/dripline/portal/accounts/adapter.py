"""How people come in: by invitation alone, and by certificate or single sign-on only where that stands for a person."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dripline.portal.accounts.models import Door, Identity
from dripline.portal.accounts.trail import came, turned_away
from dripline.portal.headers import client_address


class ByInvitation(DefaultAccountAdapter):
    """Nobody signs up; a security administrator invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address as everywhere."""
        return client_address(request)

    def is_safe_url(self, url: str | None) -> bool:
        """Addresses of this site without its name; whatever names a host is not followed."""
        return bool(url) and url.startswith("/") and super().is_safe_url(url)


class ByIdentity(DefaultSocialAccountAdapter):
    """An account of the sign-on service opens the account of the person it stands for, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Always ends here: signed in by identity, or refused. Nothing of the service's own account is kept."""
        target = sociallogin.get_redirect_url(request)
        response = sign_in(request, Door.OIDC, sociallogin.account.uid, "", target)
        raise ImmediateHttpResponse(response)


def sign_in(
    request: HttpRequest, door: str, subject: str, serial: str, target: str | None = None
) -> HttpResponse:
    """The person for whom a certificate or account stands is signed in; their second factor is still asked."""
    found = Identity.objects.filter(door=door, subject=subject, serial=serial)
    one = found.filter(user__is_active=True).select_related("user").first()
    if one is None:
        turned_away(door)
        reason = _(
            "This certificate or account stands for nobody here. Ask your security administrator."
        )
        return render(request, "account/refused.html", {"reason": reason}, status=403)
    came(request, door)
    record_authentication(request, one.user, method=door)
    return perform_login(request, one.user, redirect_url=target)
