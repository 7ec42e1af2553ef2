"""Which doors beside the password the login page shows."""

from typing import Any

from django import template
from django.conf import settings

from dripline.portal.accounts.certificates import shown
from dripline.portal.accounts.models import Function

register = template.Library()


@register.simple_tag(takes_context=True)
def certificate_shown(context: dict[str, Any]) -> bool:
    """Whether the proxy has verified a certificate of this browser."""
    return shown(context["request"]) is not None


@register.simple_tag
def sign_on_service() -> str:
    """The name of the single sign-on service; empty where there is none."""
    service = settings.DRIPLINE_DOORS.oidc
    return "" if service is None else service["name"]


@register.filter
def function_label(code: str) -> str:
    """A function in the language of the page."""
    return str(Function(code).label) if code in Function.values else code


@register.filter
def first_part(says: str) -> str:
    """Whom a proposal is about, of the words it keeps."""
    return says.split(" · ")[0]
