"""What the templates show: the finding in a sentence, the choices, charts and map."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.chapters import CHAPTER_TITLES, chapter_of
from dripline.indicators.compile import Figures
from dripline.periods import Period
from dripline.portal.catalogue.queries import cited
from dripline.portal.design import marks
from dripline.portal.jobs.models import Job, Status
from dripline.portal.language import said
from dripline.portal.statistics import charts, maps
from dripline.portal.statistics.asked import COMPARISONS
from dripline.portal.statistics.queries import CITIES, Line, Table, multiples, periods
from dripline.wording.figures import UNITS
from dripline.words import Language, Text

TWO = 2
YI = Text(zh="亿元", en="100 million yuan")


Points = Sequence[tuple[Period, Decimal | None]]


def page(table: Table, figures: Figures, points: Points, language: Language) -> dict[str, Any]:
    """Everything the page of a table shows."""
    unit = table.indicator.unit
    name = table.indicator.label.in_(language)
    largest = max((line.value for line in table.lines if line.value is not None), default=None)
    found: dict[str, Any] = {
        "table": table,
        "label": name,
        "unit": unit,
        "unit_words": unit_words(unit),
        "finding": finding(table, language),
        "largest": largest,
        "line_chart": charts.line(points, unit, name) if len(points) > 1 else None,
        "ways": [
            (way, words_of(way))
            for way in CATALOGUE[table.asked.code].breakdowns
            if set(way.split("+")) <= {*BREAKDOWNS, "total"}
        ],
        "comparisons": [(code, said(words)) for code, words in COMPARISONS.items()],
        "periods": periods(figures),
        "multiples": multiples(figures, table),
        "cited": cited(table.indicator.source),
    }
    if table.asked.way in CITIES:
        found["map"] = maps.drawn({line.keys[0] or "": line.value for line in table.lines})
    elif table.lines:
        found["bar_chart"] = charts.bars(table.lines, unit, language)
    return found


def unit_words(unit: str) -> str:
    """The unit of axes and columns: amounts stand in 亿元."""
    return said(YI if unit == "yuan" else UNITS[unit])


def words_of(way: str) -> str:
    """The words of a way of dividing."""
    if way == "total":
        return _("The whole")
    return " × ".join(said(BREAKDOWNS[part].label) for part in way.split("+"))


def choices(among: Collection[str] = ()) -> Any:
    """The indicators by chapter; ``among``: only these codes, if there are any."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, indicator in CATALOGUE.items():
        if among and code not in among:
            continue
        groups.setdefault(chapter_of(code), []).append((code, said(indicator.label)))
    for chapter, found in groups.items():
        yield said(CHAPTER_TITLES[chapter]), found


def finding(table: Table, language: Language) -> str:
    """What the table says, in a sentence."""
    unit, total = table.indicator.unit, table.total
    named = [line for line in table.lines if None not in line.keys and line.value is not None]
    if table.adds_up and total is not None and total.value and len(named) > TWO:
        first, second = named[:TWO]
        share = 100 * (first.value + second.value) / total.value
        return _("%(first)s and %(second)s hold %(share)s%% of the whole.") % {
            "first": first.label.in_(language),
            "second": second.label.in_(language),
            "share": marks.grouped(share, 1),
        }
    if len(named) > 1 and not table.adds_up:
        return _("From %(low)s in %(last)s to %(high)s in %(first)s.") % {
            "low": _told(named[-1], unit, language),
            "last": named[-1].label.in_(language),
            "high": _told(named[0], unit, language),
            "first": named[0].label.in_(language),
        }
    if total is not None and total.value is not None:
        change = total.change(unit)
        moved = (
            ""
            if change is None
            else marks.change(
                change, "points" if unit in ("percent", "points") else "percent", language
            )
        )
        return _("%(value)s, %(change)s.") % {
            "value": _told(total, unit, language),
            "change": moved or "—",
        }
    return _("There is no value for this period.")


def _told(line: Line, unit: str, language: Language) -> str:
    shown = marks.figure(line.value, unit, language)
    return f"{shown.text} {shown.unit}".strip()


def bridge(job: Job, language: Language) -> dict[str, Any]:
    """What the page of a bridge shows: progress, the reason it failed, or the parts."""
    found: dict[str, Any] = {"job": job, "waiting": job.status in (Status.QUEUED, Status.RUNNING)}
    if job.status != Status.DONE:
        return found
    told = job.result[language]
    names = [_("base"), *(part[language] for part in job.result["parts"]), _("compared")]
    steps = [(name, Decimal(value)) for name, value in zip(names, job.result["steps"], strict=True)]
    kept = [step for place, step in enumerate(steps) if step[1] or place in (0, len(steps) - 1)]
    chart = charts.waterfall(kept, job.result["unit"])
    rows = [([*row[:-1], _number(row[-1])], row[0] is not None) for row in told["rows"]]
    return found | {"heads": told["heads"], "rows": rows, "notes": told["notes"], "chart": chart}


def own_points(job: Job) -> Points:
    """The months that the worker has added up; none before it is done."""
    told = job.result.get("points", ()) if job.status == Status.DONE else ()
    return [
        (Period.parse(month), None if value is None else Decimal(value)) for month, value in told
    ]


def reading(job: Job, label: str, language: Language) -> dict[str, Any]:
    """What the page of a reading shows: progress, the reason it failed, or the months."""
    found: dict[str, Any] = {"job": job, "waiting": job.status in (Status.QUEUED, Status.RUNNING)}
    if job.status != Status.DONE:
        return found
    unit, points = job.result["unit"], own_points(job)
    chart = charts.line(points, unit, label) if len(points) > 1 else None
    told = job.result[language]
    rows = [[*row[:2], *map(_number, row[2:4]), *row[4:]] for row in told["rows"]]
    found |= {"heads": told["heads"], "rows": rows, "notes": told["notes"], "chart": chart}
    return found | {"unit_words": unit_words(unit), "finding": _way(points, unit, language)}


def _number(text: str | None) -> str:
    """A number that was kept as text, as people read it."""
    value = None if text is None else Decimal(text)
    return marks.grouped(value, 0 if value is None else max(0, -int(value.as_tuple().exponent)))


def _way(points: Points, unit: str, language: Language) -> str:
    """From the first known month to the last, and the change between them."""
    known = [(month, value) for month, value in points if value is not None]
    if len(known) < TWO:
        return ""
    (first, before), (last, after) = known[0], known[-1]
    line = Line((), YI, after, before, 0)
    rates = unit in ("percent", "points")
    change = marks.change(line.change(unit), "points" if rates else "percent", language)
    return _("%(first)s %(before)s, %(last)s %(after)s: %(change)s.") % {
        "first": marks.period(first, language),
        "before": _told(replace(line, value=before), unit, language),
        "last": marks.period(last, language),
        "after": _told(line, unit, language),
        "change": change,
    }
