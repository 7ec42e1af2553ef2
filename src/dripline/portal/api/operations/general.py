"""Whether the site is well, and what is owed when."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema

from dripline import __version__
from dripline.periods import Period
from dripline.portal.accounts.models import Role
from dripline.portal.accounts.scope import organisations, visible
from dripline.portal.api.shapes import Month
from dripline.portal.api.site import api, follows
from dripline.portal.submissions import calendar
from dripline.portal.submissions.models import Delivery
from dripline.store.entries import day_in_china


class Health(Schema):
    """The site answers."""

    status: str
    version: str


class Owed(Schema):
    """What one reporter owes for a month. ``expected_by``: its line of the register, or what it sent the month before."""

    reporter: str
    name: str
    period: str
    due: date
    provisional: bool
    working_days_left: int
    tables_in: list[str]
    tables_missing: list[str]
    expected_by: str
    accepted_on: date | None
    delivery: str | None
    status: str | None


@api.get("health", response=Health, tags=["site"], summary="Whether the site answers")
def health(request: HttpRequest) -> dict[str, str]:
    """No token needed."""
    return {"status": "ok", "version": __version__}


@api.get("calendar", response=list[Owed], auth=follows, tags=["deliveries"], summary="What is owed")
def owed(request: HttpRequest, period: Month | None = None) -> list[dict[str, object]]:
    """What each of the token's reporters owes for a month (left out: the month before this), until when, and how it stands."""
    today = day_in_china(timezone.now())
    asked = Period.parse(period) if period else Period.of(today).shift(-1)
    store = calendar.store()
    snapshot = None if store is None else store.at(None)
    register, due = calendar.owed(snapshot, asked), calendar.due(asked)
    now, before = (
        {} if snapshot is None else snapshot.received(one) for one in (asked, asked.shift(-1))
    )
    accepted = {} if snapshot is None else snapshot.first_accepted(asked)
    places = organisations(request.viewer).filter(role=Role.INSTITUTION).exclude(reporter="")
    attempts = visible(Delivery, request.viewer).filter(period=str(asked)).order_by("attempt")
    newest = {one.reporter: one for one in attempts}
    found = []
    for place in places:
        expected = calendar.expected(
            register.get(place.reporter), now.get(place.reporter, ()), before, place.reporter
        )
        delivery = newest.get(place.reporter)
        found.append(
            {
                "reporter": place.reporter,
                "name": place.name,
                "period": str(asked),
                "due": due.day,
                "provisional": due.provisional,
                "working_days_left": due.left(today),
                "tables_in": sorted(expected.inside),
                "tables_missing": sorted(expected.missing),
                "expected_by": "month before" if expected.usual else "register",
                "accepted_on": accepted.get(place.reporter),
                "delivery": None if delivery is None else str(delivery.uid),
                "status": None if delivery is None else delivery.status,
            }
        )
    return found
