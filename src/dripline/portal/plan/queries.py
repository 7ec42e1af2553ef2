"""The measures of a plan as they stand: facts of the store, worked out once a state, and what people have added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.db.models import Count, Max

from dripline.indicators.compile import Figures, finished
from dripline.indicators.coverage import BALANCES, Coverage
from dripline.indicators.results import read_results
from dripline.law import Law
from dripline.periods import Period
from dripline.plans.facts import Document as RegisteredDocument
from dripline.plans.facts import Facts, FigureSeen, Override, Status
from dripline.plans.gather import facts_of
from dripline.plans.load import load_plans, plan_called
from dripline.plans.plan import Measure, Plan
from dripline.plans.status import MeasureStatus, status_of
from dripline.portal.accounts.scope import visible
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.plan.models import Account, ByHand, Document
from dripline.portal.shown import all_figures, kept_at, kept_coverage, latest_compiled

HEADLINE = (
    "TE-BAL",
    "GR-YOY",
    "TE-COVERAGE",
    "TE-RATE-NEW",
    "FL-REGISTRY",
    "TE-CREDIT-SHARE",
    "FC-BAL",
)
"""What a page opens with: how much, how fast, how many, at what price, first loans, without pledge, in all its forms."""
MONTHS = 13
LIGHTS = {
    Status.DONE: "done",
    Status.ON_TRACK: "ok",
    Status.WATCH: "watch",
    Status.LATE: "late",
    Status.WAITING: "none",
}
"""The shape of each status; without an adopted target there is no light."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure of the strip: its value, the same a year before, and its last months."""

    code: str
    label: object
    unit: str
    value: Decimal | None
    year_before: Decimal | None
    months: tuple[Decimal | None, ...]

    @property
    def change(self) -> Decimal | None:
        """The change on the year: of amounts and counts in percent, of rates in points."""
        if self.value is None or self.year_before is None:
            return None
        if self.unit in ("percent", "points"):
            return self.value - self.year_before
        return None if not self.year_before else 100 * (self.value / self.year_before - 1)

    @property
    def change_unit(self) -> str:
        """What the change is counted in."""
        return "points" if self.unit in ("percent", "points") else "percent"


@dataclass(frozen=True, slots=True)
class Row:
    """A measure on the board."""

    measure: Measure
    found: MeasureStatus
    key: FigureSeen | None
    months: tuple[Decimal | None, ...]
    target: Decimal | None

    @property
    def light(self) -> str:
        """The light's shape; empty where there is none."""
        return LIGHTS.get(self.found.status, "")


@dataclass(frozen=True, slots=True)
class Board:
    """A plan on a day: every measure, and the period its figures are of."""

    plan: Plan
    on: date
    period: Period | None
    rows: tuple[Row, ...]
    headlines: tuple[Headline, ...]
    coverage: Coverage | None

    @property
    def counts(self) -> Counter[Status]:
        """How many measures stand how."""
        return Counter(row.found.status for row in self.rows)


def asked_plan(code: str) -> Plan | None:
    """The plan of a code; the first where none is named; None where there is no such plan."""
    plans = load_plans()
    return plans[0] if not code else next((plan for plan in plans if plan.code == code), None)


def measure_of(code: str, id: str) -> tuple[Plan, Measure] | None:
    """A measure of a plan, if there is one."""
    plan = asked_plan(code) if code else None
    if plan is None:
        return None
    found = next((each for each in plan.measures if each.id == id), None)
    return None if found is None else (plan, found)


def board(plan: Plan, on: date, *, with_figures: bool) -> Board:
    """Every measure of a plan as it stands; without figures for who may not see those of several institutions."""
    figures = all_figures()
    period = None if figures is None else latest_compiled(figures)
    facts = _facts(plan, figures, period, on)
    added = _added(plan)
    rows = []
    for measure in plan.measures:
        known = replace(facts.get(measure.id, Facts()), **added.get(measure.id, {}))
        found = status_of(measure, known, on=on, law=Law.load())
        key = next((seen for seen in known.figures if seen.value is not None), None)
        months = _months(figures, period, key.code) if with_figures and key else ()
        rows.append(Row(measure, found, key if with_figures else None, months, None))
    shown = with_figures and figures is not None and period is not None
    return Board(
        plan,
        on,
        period,
        tuple(rows),
        headlines(figures, period, HEADLINE) if shown else (),
        None if figures is None or period is None else kept_coverage(figures, period, BALANCES),
    )


def _facts(
    plan: Plan, figures: Figures | None, period: Period | None, on: date
) -> dict[str, Facts]:
    if figures is None or period is None:
        return {}
    return _kept_facts(str(figures.store.home.path), figures.snapshot.number, plan.code, period, on)


@lru_cache(maxsize=64)
def _kept_facts(home: str, number: int, code: str, period: Period, on: date) -> dict[str, Facts]:
    """The store's part of the facts, once for each state of it."""
    figures = all_figures()
    assert figures is not None
    return facts_of(plan_called(code, load_plans()), figures, period, on)


def headlines(figures: Figures, period: Period, codes: Sequence[str]) -> tuple[Headline, ...]:
    """The figures of the strip."""
    found = []
    for code in codes:
        indicator = figures.catalogue.indicator(code)
        months = _months(figures, period, code)
        found.append(Headline(code, indicator.label, indicator.unit, months[-1], months[0], months))
    return tuple(found)


def _months(figures: Figures, period: Period, code: str) -> tuple[Decimal | None, ...]:
    """A figure's last thirteen months as compiled; a month that was not is unknown."""
    months = [period.shift(-back) for back in range(MONTHS - 1, -1, -1)]
    return tuple(_month(figures, month, code) for month in months)


_known: dict[tuple[str, str], Decimal | None] = {}
"""Values by where their results lie: results never change, so a value once read stays right."""
KNOWN_MOST = 20_000


def _month(figures: Figures, month: Period, code: str) -> Decimal | None:
    if not figures.snapshot.held("CLDWDK", month):
        return None
    path = kept_at(figures, month)
    key = str(path), code
    if key not in _known:
        if not path.exists():  # compiled in a while: asked again then
            return None
        indicator = figures.catalogue.at(month.last_day).indicators.get(code)
        cells = read_results(path, code, "total")
        values = [] if indicator is None else [finished(cell, indicator) for cell in cells]
        if len(_known) >= KNOWN_MOST:
            _known.clear()
        _known[key] = values[0] if values else None
    return _known[key]


def _added(plan: Plan) -> dict[str, dict[str, object]]:
    """What people added to each measure: documents, and the status set by hand."""
    found: dict[str, dict[str, object]] = {}
    documents = Document.objects.filter(plan=plan.code).annotate(
        confirmed=Count("confirmations"), last=Max("confirmations__at")
    )
    for one in documents:
        known = found.setdefault(one.measure, {"documents": ()})
        known["documents"] = (*known.get("documents", ()), _registered(one))
    for one in ByHand.objects.filter(plan=plan.code, ended=None).order_by("id"):
        override = Override(Status[one.status], one.reason, one.post, one.day)
        found.setdefault(one.measure, {})["override"] = override
    return found


def _registered(one: Document) -> RegisteredDocument:
    return RegisteredDocument(
        kind=one.kind,
        title=one.title,
        number=one.number or None,
        day=one.day,
        registered_on=one.at.date(),
        confirmed_by=one.confirmed,
        confirmed_on=None if one.last is None else one.last.date(),
    )


def accounts(viewer: Viewer, plan: Plan, measures: Iterable[str]) -> dict[str, list[Account]]:
    """The latest account of each unit, by measure."""
    wanted = visible(Account, viewer).filter(plan=plan.code, measure__in=list(measures))
    latest: dict[tuple[str, int], Account] = {}
    for one in wanted.select_related("organisation").order_by("id"):
        latest[one.measure, one.organisation_id] = one
    found: dict[str, list[Account]] = {}
    for (measure, _), one in latest.items():
        found.setdefault(measure, []).append(one)
    return found


def documents(viewer: Viewer, plan: Plan, measure: Measure) -> list[Document]:
    """The registered documents of a measure, the latest first."""
    wanted = visible(Document, viewer).filter(plan=plan.code, measure=measure.id)
    counted = wanted.select_related("organisation", "user").prefetch_related("confirmations")
    return list(counted.annotate(confirmed=Count("confirmations")).order_by("-day", "-id"))
