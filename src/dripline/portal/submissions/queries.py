"""What the board shows: who owes what and when, how far each is, how timely, complete and sound it was, at what cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from dripline.periods import Period
from dripline.portal.accounts.models import Organisation, Role
from dripline.portal.accounts.scope import organisations, visible
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.submissions import calendar, rules
from dripline.portal.submissions.models import Delivery, Line, Status
from dripline.store import Snapshot
from dripline.store.entries import day_in_china

MONTHS = 6
"""Months that a row of the board looks back on."""
YEAR = 12
FEW = 100
"""Reporters that are asked for by name; more are all asked for, as a database takes so many names and no more."""
READ = (
    *("uid", "reporter", "period", "attempt", "status", "made_at", "sent_at"),
    *("checked__id", "checked__rows"),
)
"""What the board reads of an attempt."""
GIVEN_BACK = (Status.RETURNED, Status.WITHDRAWN)
IN_HAND = (Status.SENT, Status.ACCEPTING, Status.ACCEPTED)


@dataclass(frozen=True, kw_only=True)
class Month:
    """One reporter and month: its attempts, and what the store has of it."""

    organisation: Organisation
    reporter: str
    due: calendar.Due
    owed: bool
    """Whether the register of reporters, as it stood at the month's end, names the reporter."""
    attempts: tuple[Delivery, ...]
    """The newest first."""
    expected: calendar.Expected
    stored_on: date | None
    broken: int | None
    """Broken places (rejects and errors) of the newest checked attempt."""

    @property
    def newest(self) -> Delivery | None:
        """The attempt that counts now."""
        return self.attempts[0] if self.attempts else None

    @cached_property
    def came_on(self) -> date | None:
        """The day on which what stands was sent; of what was never on the site, when it was accepted."""
        sent = [
            day_in_china(one.sent_at)
            for one in self.attempts
            if one.sent_at and one.status in IN_HAND
        ]
        return min((*sent, *filter(None, [self.stored_on])), default=None)

    @property
    def accepted(self) -> bool:
        """Whether the store has it."""
        return self.stored_on is not None

    @property
    def in_time(self) -> bool | None:
        """Whether it came by the last day; None as long as it has not come."""
        return None if self.came_on is None else self.came_on <= self.due.day

    @property
    def waits(self) -> bool:
        """Whether its newest attempt waits for the branch."""
        return self.newest is not None and self.newest.status in (Status.SENT, Status.ACCEPTING)

    def overdue(self, today: date) -> bool:
        """Whether it is owed, the last day is over, and nothing has come."""
        return self.owed and self.came_on is None and today > self.due.day

    def light(self, today: date) -> str:
        """The shape that tells how it stands."""
        if self.came_on is None:
            if self.overdue(today):
                return "late"
            return "watch" if self.attempts and self.newest.is_open else "none"
        if not self.accepted:
            return "ok"
        return "done" if self.in_time else "watch"

    def words(self, today: date) -> str:
        """How it stands, in words."""
        if self.accepted and self.waits:
            return _("accepted; a correction is under review")
        if self.accepted:
            return _("accepted, in time") if self.in_time else _("accepted, late")
        if self.came_on is not None:
            return _("under review")
        if self.overdue(today):
            return _("overdue")
        if self.attempts and self.newest.is_open:
            return str(self.newest.get_status_display())
        return _("not yet due") if self.owed else _("not in the register")

    @property
    def bounces(self) -> int:
        """Attempts that were returned, or given up for a mended one."""
        return sum(one.status in GIVEN_BACK for one in self.attempts)

    @property
    def hours(self) -> int | None:
        """Hours from the first upload to the last sending: what the month cost the institution."""
        sent = [one.sent_at for one in self.attempts if one.sent_at]
        if not sent:
            return None
        return round((max(sent) - min(one.made_at for one in self.attempts)) / timedelta(hours=1))

    @property
    def per_thousand(self) -> float | None:
        """Broken places per thousand rows of the newest checked attempt."""
        rows = next((one.checked.rows for one in self.attempts if hasattr(one, "checked")), 0)
        return None if self.broken is None or not rows else 1000 * self.broken / rows


@dataclass(frozen=True)
class Board:
    """Months of reporters that a viewer may see, read with a number of queries that no reporter adds to."""

    viewer: Viewer
    today: date

    @cached_property
    def snapshot(self) -> Snapshot | None:
        """The store as it is now."""
        store = calendar.store()
        return None if store is None else store.at(None)

    @cached_property
    def period(self) -> Period:
        """The month that is due now: the one before this."""
        return Period.of(self.today).shift(-1)

    def months(
        self, places: Iterable[Organisation], periods: list[Period]
    ) -> dict[tuple[str, Period], Month]:
        """Each reporter and month; ``periods`` in any order."""
        places = list(places)
        by = self._attempts({rules.reports_as(place) for place in places}, periods)
        broken = self._broken([one for some in by.values() for one in some])
        wide = {*periods, *(period.shift(-1) for period in periods)}
        received = {p: {} if self.snapshot is None else self.snapshot.received(p) for p in wide}
        owed = {period: calendar.owed(self.snapshot, period) for period in periods}
        first = {
            p: {} if self.snapshot is None else self.snapshot.first_accepted(p) for p in periods
        }
        due = {period: calendar.due(period) for period in periods}
        found = {}
        for place in places:
            reporter = rules.reports_as(place)
            for period in periods:
                attempts = by.get((reporter, str(period)), ())
                checked = [one for one in attempts if hasattr(one, "checked")]
                now = received[period].get(reporter, frozenset())
                found[reporter, period] = Month(
                    organisation=place,
                    reporter=reporter,
                    due=due[period],
                    owed=reporter in owed[period],
                    attempts=tuple(attempts),
                    expected=calendar.expected(
                        owed[period].get(reporter), now, received[period.shift(-1)], reporter
                    ),
                    stored_on=first[period].get(reporter),
                    broken=broken.get(checked[0].pk, 0) if checked else None,
                )
        return found

    def _attempts(
        self, reporters: set[str], periods: list[Period]
    ) -> dict[tuple[str, str], list[Delivery]]:
        found: dict[tuple[str, str], list[Delivery]] = {}
        asked = visible(Delivery, self.viewer).filter(period__in=[str(one) for one in periods])
        if len(reporters) <= FEW:
            asked = asked.filter(reporter__in=reporters)
        for one in asked.select_related("checked").only(*READ).order_by("-attempt"):
            if one.reporter in reporters:
                found.setdefault((one.reporter, one.period), []).append(one)
        return found

    def _broken(self, attempts: list[Delivery]) -> dict[int, int]:
        lines = visible(Line, self.viewer).filter(
            ~Q(severity="warning"), checked__delivery__in=[one.pk for one in attempts]
        )
        sums = lines.values_list("checked__delivery").annotate(Sum("broken"))
        return dict(sums.order_by())

    def owing(self, period: Period) -> list[Organisation]:
        """The reporters inside the viewer's sight that owe a month, or have handed over for it."""
        places = organisations(self.viewer).filter(role=Role.INSTITUTION).exclude(reporter="")
        owed = calendar.owed(self.snapshot, period)
        there = set() if self.snapshot is None else set(self.snapshot.received(period))
        there |= set(
            visible(Delivery, self.viewer)
            .filter(period=str(period))
            .values_list("reporter", flat=True)
        )
        if not owed:  # without the register all in force are expected
            return list(places.on(period.last_day))
        return [place for place in places if place.reporter in owed or place.reporter in there]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A reporter on the branch's board: this month, and the months before it."""

    now: Month
    before: tuple[Month, ...]

    @property
    def punctual(self) -> int | None:
        """Months of those looked at that came in time, in percent."""
        known = [one for one in (*self.before, self.now) if one.in_time is not None]
        return None if not known else 100 * sum(bool(one.in_time) for one in known) // len(known)


STATES = ("", "missing", "working", "review", "accepted", "late")


def state(month: Month, today: date) -> frozenset[str]:
    """The groups of the board's filter that a month belongs to."""
    found = set()
    if month.waits:
        found.add("review")
    if month.accepted:
        found.add("accepted")
    elif month.came_on is None:
        found.add("missing")
        if month.attempts and month.newest.is_open:
            found.add("working")
    if month.in_time is False or month.overdue(today):
        found.add("late")
    return frozenset(found)


def with_past(board: Board, shown: list[Month]) -> list[Row]:
    """The months shown, each with those before it."""
    if not shown:
        return []
    periods = [shown[0].due.period.shift(-back) for back in reversed(range(1, MONTHS))]
    past = board.months((one.organisation for one in shown), periods)
    return [
        Row(now=one, before=tuple(past[one.reporter, period] for period in periods))
        for one in shown
    ]


@dataclass(frozen=True, slots=True)
class Totals:
    """What the branch reads first about a month."""

    due: int
    accepted: int
    review: int
    late: int
    bounces: int
    hours: int | None
    """Median hours from first upload to sending, of those that sent."""


def totals(months: Iterable[Month], today: date) -> Totals:
    """Adds up a month over reporters."""
    months = list(months)
    states = [state(one, today) for one in months]
    hours = sorted(one.hours for one in months if one.hours is not None)
    return Totals(
        due=len(months),
        accepted=sum("accepted" in one for one in states),
        review=sum("review" in one for one in states),
        late=sum("late" in one for one in states),
        bounces=sum(one.bounces for one in months),
        hours=hours[len(hours) // 2] if hours else None,
    )
