"""Every target with how far it is: those of the plans and those of the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dripline.indicators.compile import Figures
from dripline.plans.progress import Judgement, judge
from dripline.plans.readings import Readings
from dripline.plans.targets import Target, of_plans, of_register


def every_target(shown: Figures, on: date) -> Iterator[Target]:
    """Those of the plans, then those of the register; these serve the measures their figures serve."""
    yield from of_plans(shown.law, on)
    data = shown.snapshot.data(shown.scope)
    for target in of_register(data, on):
        indicator = shown.catalogue.indicators.get(target.indicator or "")
        if indicator is None:
            yield target
        else:
            yield replace(target, label=indicator.label, measures=indicator.serves)


def judged(shown: Figures, on: date) -> Iterator[tuple[Target, Judgement]]:
    """Each target with its status."""
    readings = Readings(shown, on)
    for target in every_target(shown, on):
        found = judge(target, tuple(readings.of(target)), on)
        why = readings.why_none(target)
        yield target, found if why is None else replace(found, because=why)


def unset(shown: Figures, on: date) -> list[str]:
    """Measures of the plan that have figures and no target."""
    served = {m for indicator in shown.catalogue.indicators.values() for m in indicator.serves}
    set_ = {measure for target in every_target(shown, on) for measure in target.measures}
    return sorted(served - set_)
