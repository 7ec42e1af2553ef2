"""Which notices concern a viewer."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from dripline.portal.accounts.models import Function
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.notices.models import Notice

RECENT = 200
"""Notices that are looked at when the unread are counted: what is older is history."""


def mine(viewer: Viewer) -> QuerySet[Notice]:
    """Notices to the viewer's own organisation that concern one of the viewer's functions.

    Narrower than what a viewer may see: the branch may read every bank's record, but a bank's news is not its own.
    """
    if viewer.organisation is None:
        return Notice.objects.none()
    wanted = Q(functions=[])
    for function in viewer.functions & set(Function.values):
        wanted |= Q(functions__icontains=f'"{function}"')
    return Notice.objects.filter(wanted, organisation=viewer.organisation)


def unread(viewer: Viewer) -> int:
    """How many of the latest the viewer has not seen."""
    if viewer.user is None:
        return 0
    latest = mine(viewer).order_by("-id").values("pk")[:RECENT]
    return Notice.objects.filter(pk__in=latest).exclude(reads__user=viewer.user).count()
