"""What a figure means, for its page: the definition in words, its versions, whom it serves, and where its lists come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dripline.codes import code_list
from dripline.definitions import Indicator
from dripline.indicators import BREAKDOWNS
from dripline.law import Law
from dripline.nodes import OnList, walk
from dripline.plans.load import load_plans
from dripline.portal.catalogue import queries as catalogue
from dripline.portal.language import said
from dripline.wording import lines
from dripline.words import Text


@dataclass(frozen=True, slots=True)
class Kind:
    """A list that the figure looks firms up in: its name, its entry in the lawbook, and the document it stands on."""

    label: Text
    entry: str
    cited: str
    article: str


def told(indicator: Indicator) -> dict[str, Any]:
    """Everything the page shows."""
    return {
        "indicator": indicator,
        "label": said(indicator.label),
        "unit": catalogue.unit_of(indicator),
        "lines": [(line.zh, line.en) for line in lines(indicator, BREAKDOWNS)],
        "meanings": catalogue.meanings(indicator),
        "source": catalogue.source_of(indicator),
        "cited": catalogue.cited(indicator.source),
        "measures": measures(indicator),
        "kinds": kinds(indicator),
    }


def measures(indicator: Indicator) -> list[tuple[str, str, str]]:
    """The measures of the plans whose evidence it is: plan, number, title."""
    return [
        (plan.code, measure.id, said(measure.title))
        for plan in load_plans()
        for measure in plan.measures
        if any(use.code == indicator.code for use in measure.evidence.indicators)
    ]


def kinds(indicator: Indicator) -> list[Kind]:
    """The lists by which firms are counted in; a set of the lawbook may name fewer of them on a day."""
    law, names = Law.load(), code_list("list_kind")
    on = [node for node in walk(indicator.measure) if isinstance(node, OnList)]
    found = []
    for kind in dict.fromkeys(kind for node in on for kind in node.kinds):
        entry = f"qualification.{kind}"
        known = law.entry(entry).values[-1] if entry in law.names() else None
        cited = "" if known is None else known.source.cited
        found.append(
            Kind(names.label(kind), entry if known else "", cited, known.article if known else "")
        )
    return found
