"""The status of a measure, from targets, documents and cases; never typed in, and with its reasons (FN 14).

Only a target that a document adopted gives a light. Several targets stand as the one that stands worst, and what cannot be told
is not counted as going well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from dripline.errors import LawError
from dripline.law import Footnote, Law
from dripline.law.units import Table
from dripline.plans.facts import Facts, Override, Status, TargetProgress
from dripline.plans.plan import Measure
from dripline.plans.progress import Light, judge, lag
from dripline.plans.reasons import Reason, activity, of_milestone, of_parts, of_target
from dripline.plans.targets import TOTAL, of_plans
from dripline.words import Text

BOUNDS: Final = "plan.status"
WORST_FIRST: Final = (Status.LATE, Status.WATCH, Status.WAITING, Status.ON_TRACK, Status.DONE)
NO_TARGET = Text(
    zh="没有文件为本措施确定目标：列示进展，不亮灯",
    en="no document has set a target for the measure: activity, and no light",
)
FROZEN = Text(
    zh="时限已过，结果已经定格，不得人工调整",
    en="its deadline is past and the result is frozen; it cannot be set by hand",
)
NO_LIGHT_BY_HAND = Text(
    zh="没有文件确定的目标，不得人工亮灯；请先登记目标文件",
    en="no document has set a target, so no light can be set by hand; register the document first",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureStatus:
    """How a measure stands on a day, and why.

    ``computed`` is what the facts say; ``status`` differs from it only by the override beside it. ``reasons`` decide
    or explain the light, ``activity`` is what else is known; ``because``: the numbers of the lawbook that were read.
    """

    measure: Measure
    on: date
    status: Status
    computed: Status
    frozen: bool
    reasons: tuple[Reason, ...]
    activity: tuple[Reason, ...] = ()
    override: Override | None = None
    because: tuple[Footnote, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far behind its pace, as a share of the way, a target is to be watched or late; how many confirm a document."""

    watch_over: Fraction
    late_over: Fraction
    confirmed_by: int


def status_of(measure: Measure, facts: Facts, *, on: date, law: Law) -> MeasureStatus:
    """How a measure stands on a day; a target of the plan that the facts leave out is one of which nothing is known."""
    today = law.on(on)
    facts = replace(facts, targets=(*facts.targets, *_left_out(measure, facts, law, on)))
    bounds = bounds_of(today.take(BOUNDS, Table))
    reasons = tuple(_judged(measure, facts, bounds, on))
    deciding = [reason for reason in reasons if reason.status is not None]
    given = {reason.status for reason in deciding}
    computed = next((status for status in WORST_FIRST if status in given), Status.NO_LIGHT)
    found = MeasureStatus(
        measure=measure,
        on=on,
        status=computed,
        computed=computed,
        frozen=_frozen(deciding, computed),
        reasons=reasons if deciding else (Reason("note", NO_TARGET), *reasons),
        activity=tuple(activity(measure, facts, bounds.confirmed_by, on)),
        because=today.read,
    )
    override = facts.override
    if override is None or override.day > on or why_not_by_hand(found) is not None:
        return found
    return replace(found, status=override.status, override=override)


def why_not_by_hand(found: MeasureStatus) -> Text | None:
    """Why nobody may set this status by hand, or None: a frozen result stands, and a light needs a target."""
    if found.computed is Status.NO_LIGHT:
        return NO_LIGHT_BY_HAND
    return FROZEN if found.frozen else None


def bounds_of(table: Table) -> Bounds:
    """The bounds as the lawbook has them."""
    watch, late, need = table["watch_over"], table["late_over"], table["confirmed_by"]
    if not (isinstance(watch, Decimal) and isinstance(late, Decimal) and isinstance(need, int)):
        raise LawError(f"{BOUNDS} needs watch_over, late_over and confirmed_by.")
    return Bounds(Fraction(watch), Fraction(late), need)


def _judged(measure: Measure, facts: Facts, bounds: Bounds, on: date) -> Iterator[Reason]:
    """Targets that decide, then steps with a day, then targets that are shown beside."""
    decide = deciding_targets(measure, facts.targets, on)
    yield from (of_target(one, status_of_target(one, bounds, on)) for one in decide)
    for step in measure.milestones:
        yield of_milestone(measure, step, facts, bounds.confirmed_by, on)
    for one in facts.targets:
        if one.target.way == TOTAL and one not in decide:
            yield of_target(one, None)
    yield from of_parts(one.found for one in facts.targets if one.target.way != TOTAL)


def _left_out(measure: Measure, facts: Facts, law: Law, on: date) -> Iterator[TargetProgress]:
    """Targets the plan names for the measure and a document had set by the day, without a word on how far they are."""
    told = {one.target.code for one in facts.targets}
    for target in of_plans(law, on):
        if target.code in measure.evidence.targets and target.code not in told:
            yield TargetProgress(target, judge(target, (), on))


def deciding_targets(
    measure: Measure, targets: Iterable[TargetProgress], on: date
) -> tuple[TargetProgress, ...]:
    """The targets that give the measure its light: of the whole province, named by the plan or serving the measure.

    Not its other lines, nor what is due after the measure's own last day. Of targets of one figure that follow each
    other, the ones that run today; when none runs, the last one that began.
    """
    named, last_day = measure.evidence, measure.deadline.day
    series: dict[str, list[TargetProgress]] = {}
    for one in targets:
        target = one.target
        ours = target.code in named.targets or measure.id in target.measures
        aside = target.way != TOTAL or target.code in named.other_lines
        if ours and not aside and (last_day is None or target.due <= last_day):
            series.setdefault(target.indicator or target.code, []).append(one)
    return tuple(one for each in series.values() for one in _current(each, on))


def _current(series: list[TargetProgress], on: date) -> list[TargetProgress]:
    running = [one for one in series if one.target.starts <= on <= one.target.due]
    if running:
        return running
    begun = [one for one in series if one.target.starts <= on]
    if begun:
        return [max(begun, key=lambda one: one.target.due)]
    return [min(series, key=lambda one: one.target.starts)]


def status_of_target(one: TargetProgress, bounds: Bounds, on: date) -> Status:
    """What a target makes of its measure; what is reached before the last day may still be lost."""
    match one.found.light:
        case Light.REACHED:
            return Status.DONE if on > one.target.due else Status.ON_TRACK
        case Light.ON_TRACK:
            return Status.ON_TRACK
        case Light.MISSED:
            return Status.LATE
        case Light.BEHIND:
            return _of_lag(lag(one.target, one.found), bounds)
        case _:
            return Status.WAITING


def _of_lag(behind: Fraction | None, bounds: Bounds) -> Status:
    # Without a way from base to goal there is nothing to be a little behind on.
    if behind is None or behind > bounds.late_over:
        return Status.LATE
    return Status.WATCH if behind > bounds.watch_over else Status.ON_TRACK


def _frozen(deciding: list[Reason], computed: Status) -> bool:
    """Whether nothing that comes later can change the answer: one frozen miss does, or everything frozen."""
    if not deciding:
        return False
    if computed is Status.LATE:
        return any(reason.frozen for reason in deciding if reason.status is Status.LATE)
    return all(reason.frozen for reason in deciding)
