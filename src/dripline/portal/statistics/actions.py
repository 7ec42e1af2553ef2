"""Keeping views, and asking for work behind a figure.

Work that failed is not begun again by looking at its page, which would hide the reason; new rows make it new work.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dripline.errors import Refused
from dripline.indicators.bridge import End
from dripline.indicators.compile import Figures
from dripline.periods import Period
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.audit.actions import record
from dripline.portal.jobs.actions import enqueue
from dripline.portal.jobs.models import Job
from dripline.portal.statistics.asked import Asked
from dripline.portal.statistics.jobs import BRIDGE, OWN, READING
from dripline.portal.statistics.models import SavedView
from dripline.store.entries import day_in_china

MOST = 50
"""Views that a person may keep."""


@transaction.atomic
def save(viewer: Viewer, name: str, asked: Asked, *, shared: bool, now: datetime) -> SavedView:
    """Keeps a question under a name; the same name again is replaced."""
    name = name.strip()
    if not name or len(name) > 80:
        raise Refused(_("A view needs a name of at most 80 characters."))
    mine = SavedView.objects.filter(user=viewer.user)
    if mine.exclude(name=name).count() >= MOST:
        raise Refused(_("You keep fifty views already; remove one first."))
    view, _new = SavedView.objects.update_or_create(
        user_id=viewer.user,
        name=name,
        defaults={
            "organisation": viewer.organisation,
            "question": asked.query(),
            "shared": shared,
            "at": now,
        },
    )
    record("statistics.view_saved", view, by=viewer, says=view.question)
    return view


@transaction.atomic
def forget(viewer: Viewer, view: SavedView) -> None:
    """Removes a view of one's own."""
    if view.user_id != viewer.user:
        raise Refused(_("This view belongs to a colleague."))
    record("statistics.view_removed", view, by=viewer)
    view.delete()


@transaction.atomic
def ask_bridge(
    viewer: Viewer, figures: Figures, code: str, base: End, later: Period, *, now: datetime
) -> Job:
    """The work that splits the difference of two figures; once for each state of the store."""
    known = "" if base.known is None else base.known.isoformat()
    return enqueue(
        BRIDGE,
        f"{BRIDGE}:{_state(figures)}:{code}:{base.period}:{known}:{later}",
        now=now,
        organisation=viewer.organisation,
        again=False,
        code=code,
        base=str(base.period),
        known=known,
        later=str(later),
    )


@transaction.atomic
def ask_own_months(
    viewer: Viewer, figures: Figures, code: str, last: Period, *, now: datetime
) -> Job:
    """The work that adds up a figure of the viewer's own reporters month by month; once for each state of the store."""
    reporters = sorted(figures.scope.reporters or ())
    return enqueue(
        OWN,
        f"{OWN}:{_state(figures)}:{_short(reporters)}:{code}:{last}",
        now=now,
        organisation=viewer.organisation,
        again=False,
        code=code,
        last=str(last),
        reporters=reporters,
    )


@transaction.atomic
def ask_reading(
    viewer: Viewer, figures: Figures, code: str, asked: Mapping[str, str], *, now: datetime
) -> Job:
    """The work that reads a figure over months as published then, as known on a day, or restated.

    ``asked``: manner, first, last, known, definition, lists, as text; today is a part of it, for what has been published.
    """
    held = figures.scope.reporters
    told = dict(asked) | {"code": code, "today": day_in_china(now).isoformat()}
    told["reporters"] = None if held is None else sorted(held)
    key = f"{READING}:{_state(figures)}:{_short(sorted(told.items(), key=str))}"
    return enqueue(READING, key, now=now, organisation=viewer.organisation, again=False, **told)


def _state(figures: Figures) -> str:
    """What a figure rests on now, in short."""
    return f"{figures.snapshot.number}:{figures.law.digest[:16]}"


def _short(parts: Sequence[object]) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
