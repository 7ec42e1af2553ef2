"""Why not."""

from __future__ import annotations

import ipaddress
import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from dripline.portal.accounts.models import Function
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.notices.models import Way

MOST = 5
"""Ways an organisation may have."""


def new_secret() -> str:
    """What a webhook's calls are signed with."""
    return secrets.token_urlsafe(32)


def why_not_add(viewer: Viewer, kind: str, address: str) -> str | None:
    """Why a way may not be added."""
    if viewer.organisation is None or not viewer.may(Function.APPROVE, Function.SECURITY):
        return _("Approval or security administration of your organisation decides where news go.")
    if Way.objects.filter(organisation=viewer.organisation).count() >= MOST:
        return _("Your organisation has five ways already; remove one first.")
    if kind == Way.Kind.MAIL:
        return _why_no_mail(address)
    if kind == Way.Kind.WEBHOOK:
        return _why_no_webhook(address)
    return _("Choose e-mail or a call of your own program.")


def _why_no_mail(address: str) -> str | None:
    if not settings.DRIPLINE_MAIL:
        return _("This site sends no e-mail: its network has none.")
    try:
        validate_email(address)
    except ValidationError:
        return _("This is no e-mail address.")
    return None


def _why_no_webhook(address: str) -> str | None:
    """Only hosts the operator named are called: a site must not be made to look into its own network."""
    parts = urlsplit(address)
    try:
        host = parts.hostname or ""
        parts.port  # noqa: B018  (reading it checks it)
    except ValueError:
        return _("This is no address of a program.")
    if parts.scheme != "https" or not host or parts.username or parts.password:
        return _("Write https:// and the address of your program, without a password in it.")
    if _is_number(host) or host not in settings.DRIPLINE_WEBHOOK_HOSTS:
        return _("The operator of this site has not allowed calls to this host.")
    return None


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def why_not_remove(viewer: Viewer, way: Way) -> str | None:
    """Why a way may not be removed."""
    if not viewer.may(Function.APPROVE, Function.SECURITY):
        return _("Approval or security administration of your organisation decides where news go.")
    if viewer.organisation is None or way.organisation_id != viewer.organisation.pk:
        return _("This way belongs to another organisation.")
    return None
