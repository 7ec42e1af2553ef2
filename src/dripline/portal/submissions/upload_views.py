"""Files coming in: by a plain form, or in pieces that go on where they broke off."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dripline.errors import Refused
from dripline.portal.accounts.access import open_to
from dripline.portal.accounts.models import Function
from dripline.portal.accounts.scope import visible
from dripline.portal.submissions import storage, uploads
from dripline.portal.submissions.models import File
from dripline.portal.submissions.views import WHO, done, found, today_of

OFFSET = "Upload-Offset"
OVERHEAD = 1 << 20
"""What a form may weigh beside its files."""


@require_POST
@open_to(*WHO, functions=(Function.ENTRY,))
def files(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One or several files of a plain form; they are on disk before this is called."""
    one, now, on = found(request, uid), timezone.now(), today_of()
    given = request.FILES.getlist("files")
    if not given:
        messages.error(request, _("Choose at least one file."))
    for each in given:
        try:
            uploads.whole(
                one,
                each.name,
                each.size,
                each.chunks(storage.CHUNK),
                by=request.viewer,
                now=now,
                on=on,
            )
        except Refused as refused:
            messages.error(request, str(refused))
    return redirect("submissions:delivery", one.uid)


@require_POST
@open_to(*WHO, functions=(Function.ENTRY,))
def announce(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A file that will come in pieces: its address, and where to begin."""
    one = found(request, uid)
    size = request.POST.get("size", "")
    try:
        if not size.isdecimal() or len(size) > 15:
            raise Refused(_("The size of a file is a number of bytes."))
        file = uploads.announce(
            one,
            request.POST.get("name", ""),
            int(size),
            sha256=request.POST.get("sha256", ""),
            by=request.viewer,
            now=timezone.now(),
            on=today_of(),
        )
    except Refused as refused:
        return JsonResponse({"error": str(refused)}, status=409)
    return JsonResponse(_told(file), status=201)


def _told(file: File) -> dict[str, object]:
    length = file.size if file.complete else storage.length(file.stored)
    return {
        "upload": str(file.uid),
        "offset": length,
        "size": file.size,
        "complete": file.complete,
        "sha256": file.sha256 if file.complete else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*WHO, functions=(Function.ENTRY,))
def piece(request: HttpRequest, uid: UUID) -> HttpResponse:
    """GET and HEAD tell how many bytes have come; POST appends the body at the offset its header names."""
    seen = visible(File, request.viewer).select_related("delivery__organisation")
    file = get_object_or_404(seen, uid=uid)
    status, error = 200, ""
    if request.method == "POST":
        at = request.headers.get(OFFSET, "")
        try:
            if not at.isdecimal() or len(at) > 15:
                raise Refused(_("The header Upload-Offset tells at which byte a piece begins."))
            uploads.write(file, _body(request), offset=int(at), by=request.viewer)
        except Refused as refused:
            status, error = 409, str(refused)
    answer = JsonResponse(_told(file) | ({"error": error} if error else {}), status=status)
    answer.headers[OFFSET] = str(_told(file)["offset"])
    return answer


def _body(request: HttpRequest) -> Iterator[bytes]:
    """The body as it comes, never held as a whole."""
    while chunk := request.read(storage.CHUNK):
        yield chunk


@require_POST
@open_to(*WHO, functions=(Function.ENTRY,))
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Takes a file out of a draft."""
    seen = visible(File, request.viewer).select_related("delivery__organisation")
    file = get_object_or_404(seen, uid=uid)
    return done(request, file.delivery, lambda: uploads.remove(file, by=request.viewer))
