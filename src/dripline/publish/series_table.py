"""A figure over periods as a table for people; each row names its vintage and its version."""

from __future__ import annotations

from collections.abc import Sequence

from dripline.indicators.basis import basis
from dripline.indicators.compile import Figures, finished
from dripline.indicators.labels import ALL, Labels
from dripline.indicators.readings import MANNERS, Manners, Point, periods_between, series
from dripline.indicators.versions import shown_as
from dripline.periods import Period
from dripline.publish.files import Shown
from dripline.publish.workbook import Value
from dripline.wording.figures import UNITS, one_version
from dripline.words import Language, Text

PERIOD, VALUE = Text(zh="数据期", en="period"), Text(zh="数值", en="value")
UNKNOWN, BASIS = Text(zh="未知行数", en="unknown"), Text(zh="依据", en="basis")
KNOWN, VERSION = Text(zh="数据截至", en="as known on"), Text(zh="口径版本", en="version")
NOW = Text(zh="今日", en="today")


def shown(
    figures: Figures,
    code: str,
    ends: tuple[Period, Period],
    by: Sequence[str],
    how: Manners,
    tongue: Language,
    points: Sequence[Point] | None = None,
) -> Shown:
    """A series as a table; each row names its vintage and its version. ``points``: where it has been read already."""
    indicator = shown_as(figures.catalogue.indicator(code), how.definition or ends[1].last_day)
    way = figures.catalogue.way(indicator, by)
    breakdowns = [] if way == "total" else [figures.catalogue.breakdowns[c] for c in way.split("+")]
    unit = UNITS[indicator.unit].in_(tongue)
    heads = [PERIOD.in_(tongue)]
    heads += [part for b in breakdowns for part in (b.code, b.label.in_(tongue))] or [""]
    heads += [f"{VALUE.in_(tongue)} ({unit})", UNKNOWN.in_(tongue), KNOWN.in_(tongue)]
    heads += [VERSION.in_(tongue), BASIS.in_(tongue)]
    rows: list[list[Value]] = []
    found = series(figures, code, periods_between(*ends), by, how) if points is None else points
    for point in found:
        labels = Labels(
            figures.snapshot.data(figures.scope, institutions=point.period), point.period
        )
        about = [NOW.in_(tongue) if point.known is None else str(point.known), point.version]
        for cell in point.cells:
            words: list[Value] = []
            for breakdown, key in zip(breakdowns, cell.keys, strict=True):
                words += [key, labels.of(breakdown, key).in_(tongue)]
            value, rests = finished(cell, indicator), basis(cell, ()).in_(tongue)
            words = words or [ALL.in_(tongue)]
            rows.append([str(point.period), *words, value, cell.unknown, *about, rests])
        if not point.cells:
            rows.append(empty(point, len(heads), about, tongue))
    title = f"{indicator.label.in_(tongue)} {ends[0]}–{ends[1]}"
    return Shown(title, heads, rows, notes(figures, code, how, tongue))


def empty(point: Point, width: int, about: Sequence[Value], tongue: Language) -> list[Value]:
    """A period without a figure, and why."""
    why = "" if point.why is None else point.why.in_(tongue)
    row: list[Value] = [str(point.period), *[None] * (width - 1)]
    row[-3:] = [*about, why]
    return row


def notes(figures: Figures, code: str, how: Manners, tongue: Language) -> list[str]:
    """How the series is read, and each version with its source."""
    found = [MANNERS[how.manner].in_(tongue)]
    if how.lists is not None:
        found.append(
            Text(zh=f"名单：{how.lists}期所用版本", en=f"lists: those of {how.lists}").in_(tongue)
        )
    indicator = figures.catalogue.indicator(code)
    for version in indicator.versions:
        found += [line.in_(tongue) for line in one_version(indicator, version)]
    return found
