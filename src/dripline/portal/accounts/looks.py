"""Looking at rows: for a purpose that is named, noted in the trail, and refused where the purpose does not open them (FN 13).

A page of rows asks first (``purpose = asked(request)``; without one it shows ``accounts/_purpose.html`` with
``PurposeForm``), then looks (``scope = look(viewer, what, purpose)``) and reads the store within that scope only.
"""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dripline.errors import Refused
from dripline.portal.accounts.models import Look, Organisation, Role
from dripline.portal.accounts.scope import organisations, rows
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.audit.actions import record
from dripline.portal.language import said
from dripline.store import PURPOSES, Scope
from dripline.tables import TABLES, Table
from dripline.words import Text

NAME = "purpose"
LOOKED, REFUSED = "rows.looked", "rows.refused"
NOT_THEIRS = Text(
    zh="这些数据不在您可查看的范围内。", en="These rows are not among those that you may see."
)


class PurposeForm(forms.Form):
    """What rows are to be looked at for; its answer stands in the address, so a page can be come back to."""

    purpose = forms.ChoiceField(
        label=_("Purpose of this look"),
        help_text=_(
            "It is kept in the trail with your name; the institution sees the day and the purpose."
        ),
    )

    def __init__(self, *args: object, table: type[Table] | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        handling = None if table is None else table.handling
        open_to = PURPOSES if handling is None else handling.purposes
        self.fields[NAME].choices = [(key, said(PURPOSES[key])) for key in open_to]


def asked(request: HttpRequest) -> str | None:
    """The purpose that a request names; None where it names none that is known."""
    named = request.POST.get(NAME) or request.GET.get(NAME)
    return named if named in PURPOSES else None


def look(
    viewer: Viewer,
    what: type[Table] | str,
    purpose: str,
    *,
    of: Organisation | None = None,
    says: str = "",
) -> Scope:
    """The store's scope for this look, which is in the trail when it comes back.

    ``what`` is a table (then its purposes are asked too) or a kind of rows in one word; ``of`` narrows the look to one
    reporter; ``says`` holds keys for the trail alone (never a name or an amount). Refused, with the article, and that
    in the trail too, where role, institution or purpose does not open the rows.
    """
    kind = what if isinstance(what, str) else what.code
    try:
        scope = _scope(viewer, what, purpose, of)
    except Refused as refused:
        with transaction.atomic():
            record(REFUSED, kind, by=viewer, says=str(refused), purpose=purpose[:20])
        raise
    with transaction.atomic():
        event = record(LOOKED, kind, by=viewer, says=says, purpose=purpose)
        if viewer.role == Role.AUTHORITY and viewer.organisation is not None:
            place = viewer.organisation
            Look.objects.create(
                event=event, at=event.at, by=place, what=kind, purpose=purpose, of=of,
                city=place.city,
            )  # fmt: skip
    return scope


def _scope(viewer: Viewer, what: type[Table] | str, purpose: str, of: Organisation | None) -> Scope:
    scope = rows(viewer, purpose=purpose)
    table = TABLES.get(what) if isinstance(what, str) else what
    if table is not None and (reason := scope.why_not(table)):
        raise Refused(said(reason))
    if of is None:
        return scope
    if not of.reporter or not organisations(viewer).filter(pk=of.pk).exists():
        raise Refused(said(NOT_THEIRS))
    return Scope.of_reporters((of.reporter,), purpose=purpose)
