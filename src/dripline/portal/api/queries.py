"""Tokens as their keepers see them."""

from __future__ import annotations

from django.db.models import QuerySet

from dripline.portal.accounts.viewers import Viewer
from dripline.portal.api import rules
from dripline.portal.api.models import Token


def tokens(viewer: Viewer) -> QuerySet[Token]:
    """The tokens of the viewer's own institution. Its security administrator sees them too, who sees no business."""
    if rules.why_not_keep(viewer):
        return Token.objects.none()
    found = Token.objects.filter(organisation=viewer.organisation)
    return found.select_related("made_by", "revoked_by")
