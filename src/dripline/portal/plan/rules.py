"""Why not: who may write on a measure, register a document, confirm it, or set a status by hand."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dripline.plans.plan import Measure
from dripline.plans.status import MeasureStatus, why_not_by_hand
from dripline.portal.accounts.models import Function
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.language import said
from dripline.portal.plan.models import Document

LARGEST = 20 << 20
"""Bytes of a scan: a court could read it, a disk can hold it."""
SIGNATURES = {b"%PDF-": "pdf", b"\x89PNG": "png", b"\xff\xd8\xff": "jpg"}
"""How files of the kinds that scans are kept in begin."""
BY_HAND = ("ON_TRACK", "WATCH", "LATE", "DONE")


def unit_of(viewer: Viewer) -> str:
    """The code of the plan's unit that a viewer speaks for: that of the organisation, or of the one above it."""
    place = viewer.organisation
    while place is not None and place.kind == "division":
        place = place.parent
    return "" if place is None else place.code


def responsible(viewer: Viewer, measure: Measure) -> bool:
    """Whether the viewer's organisation is one of the measure's units."""
    return unit_of(viewer) in {unit.code for unit in measure.units}


def why_not_write(viewer: Viewer, measure: Measure) -> str | None:
    """Why the viewer may not write an account or register a document."""
    if not responsible(viewer, measure):
        return _("Only the units responsible for the measure write here.")
    if not viewer.may(Function.ENTRY, Function.REVIEW, Function.APPROVE):
        return _("Your post reads only.")
    return None


def why_not_confirm(viewer: Viewer, document: Document) -> str | None:
    """Why the viewer may not confirm a document."""
    if not viewer.may(Function.REVIEW, Function.APPROVE):
        return _("Documents are confirmed by a reviewing or approving post.")
    if document.user_id == viewer.user:
        return _("You registered this document yourself; a colleague must confirm it.")
    if document.confirmations.filter(user=viewer.user).exists():
        return _("You have confirmed it already.")
    return None


def why_not_set(viewer: Viewer, found: MeasureStatus) -> str | None:
    """Why the viewer may not set the status by hand."""
    if not (viewer.whole_province and viewer.may(Function.APPROVE)):
        return _("Only an approving post of the province branch sets a status by hand.")
    reason = why_not_by_hand(found)
    return None if reason is None else said(reason)


def why_not_scan(content: bytes, size: int) -> str | None:
    """Why a file is no scan that may be kept."""
    if size > LARGEST:
        return _("The scan is larger than 20 MB.")
    if not any(content.startswith(begin) for begin in SIGNATURES):
        return _("A scan is a PDF, PNG or JPEG file; this is none of them, whatever it is called.")
    return None
