"""Login by a certificate that a proxy of ours has verified; off unless proxy and headers are named."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from dripline.portal.accounts import adapter
from dripline.portal.accounts.access import EVERYBODY, open_to
from dripline.portal.accounts.models import Door
from dripline.portal.headers import as_sent

VERIFIED = "SUCCESS"
"""What the usual proxies write where the certificate is good."""


def shown(request: HttpRequest) -> tuple[str, str] | None:
    """Subject and serial number of the certificate that the proxy verified; None where there is none.

    Headers that do not come from a proxy of ours have been taken off the request before.
    """
    if (names := settings.DRIPLINE_DOORS.certificate) is None:
        return None
    verified, subject, serial = (request.META.get(as_sent(name), "").strip() for name in names)
    return (subject, serial) if verified == VERIFIED and subject and serial else None


@open_to(*EVERYBODY)
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Signs in the person for whom the certificate stands."""
    if (certificate := shown(request)) is None:
        raise Http404
    return adapter.sign_in(request, Door.CERTIFICATE, *certificate)
