"""Pages of the system administrator for what goes between zones."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dripline.errors import DriplineError
from dripline.portal.accounts.access import open_to
from dripline.portal.accounts.models import Function, Role
from dripline.portal.language import said
from dripline.portal.zone import EXTRA, INNER
from dripline.portal.zones import actions, keys, queries
from dripline.portal.zones.bundles import NotTaken
from dripline.portal.zones.forms import TakeForm
from dripline.portal.zones.models import ZONE_WORDS, Channel, Outgoing

system = open_to(Role.AUTHORITY, functions=(Function.SYSTEM,), zones=(INNER, EXTRA))


def _of_the_site(request: HttpRequest) -> None:
    """Channels are the site's own: the province branch's administrator looks after them, no city's does."""
    if not request.viewer.of_province:
        raise Http404


@system
def board(request: HttpRequest) -> HttpResponse:
    """Every channel with its numbers, what waits, and the bundles of late."""
    _of_the_site(request)
    try:
        own = keys.fingerprint(keys.load(settings.ENVIRONMENT.folder).public_key())
    except DriplineError:
        own = ""
    lines = list(queries.lines())
    context = {
        "zone_word": dict(ZONE_WORDS)[settings.DRIPLINE_ZONE],
        "own": own,
        "lines": lines,
        "form": TakeForm(),
    }
    return render(request, "zones/board.html", context)


@require_POST
@system
def take(request: HttpRequest) -> HttpResponse:
    """Takes a bundle that was carried here."""
    _of_the_site(request)
    form = TakeForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose the file of a bundle."))
        return redirect("zones:board")
    with tempfile.TemporaryDirectory() as aside:
        path = Path(aside) / "bundle"
        with path.open("wb") as file:
            for chunk in form.cleaned_data["bundle"].chunks():
                file.write(chunk)
        try:
            taken, new = actions.take(path, by=request.viewer, now=timezone.now())
        except NotTaken as error:
            messages.error(request, said(error.why))
        except DriplineError as error:
            messages.error(request, str(error))
        else:
            words = _("Taken: %(bundle)s.") if new else _("%(bundle)s was taken before.")
            messages.success(request, words % {"bundle": taken})
    return redirect("zones:board")


@require_POST
@system
def write(request: HttpRequest, name: str) -> HttpResponse:
    """Writes the next bundle of a channel."""
    _of_the_site(request)
    channel = get_object_or_404(Channel, name=name)
    try:
        made = actions.write(channel, by=request.viewer, now=timezone.now())
    except DriplineError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Written: %(bundle)s. Carry the file over.") % {"bundle": made})
    return redirect("zones:board")


@system
def file(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """The file of a bundle, to be carried."""
    _of_the_site(request)
    outgoing = get_object_or_404(Outgoing, channel__name=name, number=number)
    try:
        content = actions.file_of(outgoing).open("rb")
    except DriplineError as error:
        messages.error(request, str(error))
        return redirect("zones:board")
    return FileResponse(content, as_attachment=True, filename=outgoing.file_name)
