"""Files of a delivery: announced with their size and hash, sent in pieces that may break off, asked how much arrived."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query
from ninja import Status as Answered

from dripline.portal.accounts.scope import visible
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.api.faults import Fault
from dripline.portal.api.operations.deliveries import FileOut, delivery_of, file_out
from dripline.portal.api.shapes import Asked, Hash, Line
from dripline.portal.api.site import api, follows, hands_over
from dripline.portal.submissions import uploads
from dripline.portal.submissions.models import File
from dripline.portal.submissions.storage import CHUNK
from dripline.store.entries import day_in_china

MOST = 1 << 53
tagged = {"tags": ["files"]}


class Announced(Asked):
    """A file that will come: its name as the standard names it, its size in bytes, the SHA-256 of its bytes."""

    name: Annotated[Line, Field(min_length=1)]
    size: Annotated[int, Field(ge=1, le=MOST)]
    sha256: Hash


def file_of(viewer: Viewer, uid: UUID, file: UUID) -> File:
    """The file; what is not the token's is not there."""
    found = visible(File, viewer).filter(uid=file, delivery__uid=uid)
    one = found.select_related("delivery__organisation").first()
    if one is None:
        raise Fault("not_found")
    return one


@api.post(
    "deliveries/{uuid:uid}/files",
    response={201: FileOut},
    auth=hands_over,
    summary="Announce a file",
    **tagged,
)
def announce(request: HttpRequest, uid: UUID, asked: Announced) -> Answered:
    """Names a file before its bytes come. The same name, size and hash goes on where it broke off; another replaces it."""
    now, delivery = timezone.now(), delivery_of(request.viewer, uid)
    file = uploads.announce(
        delivery,
        asked.name,
        asked.size,
        sha256=asked.sha256,
        by=request.viewer,
        now=now,
        on=day_in_china(now),
    )
    return Answered(201, file_out(file))


@api.get(
    "deliveries/{uuid:uid}/files/{uuid:file}",
    response=FileOut,
    auth=follows,
    summary="How much has arrived",
    **tagged,
)
def arrived(request: HttpRequest, uid: UUID, file: UUID) -> dict[str, object]:
    """Where a broken upload goes on."""
    return file_out(file_of(request.viewer, uid, file))


@api.put(
    "deliveries/{uuid:uid}/files/{uuid:file}",
    response=FileOut,
    auth=hands_over,
    summary="Send bytes",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    },
    **tagged,
)
def upload(
    request: HttpRequest, uid: UUID, file: UUID, offset: Annotated[int, Query(ge=0, le=MOST)] = 0
) -> dict[str, object]:
    """Appends the bytes of the body at ``offset``; whole in one, or in pieces one after the other."""
    one = file_of(request.viewer, uid, file)
    uploads.write(one, _pieces(request), offset=offset, by=request.viewer)
    return file_out(file_of(request.viewer, uid, file))


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    """The body as it comes, a little at a time: a large file needs no more memory than a small one."""
    while piece := request.read(CHUNK):
        yield piece


@api.delete(
    "deliveries/{uuid:uid}/files/{uuid:file}",
    response={204: None},
    auth=hands_over,
    summary="Take a file out",
    **tagged,
)
def remove(request: HttpRequest, uid: UUID, file: UUID) -> Answered:
    """Takes a file out of a draft."""
    uploads.remove(file_of(request.viewer, uid, file), by=request.viewer)
    return Answered(204, None)
