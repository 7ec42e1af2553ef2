"""A figure of a period as a table for people: keys with their words, values, and what stands above and below it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dripline.canon import meaning_hash
from dripline.definitions import Indicator
from dripline.engines.data import Cell
from dripline.engines.fold import Moment
from dripline.indicators.arrived import added_tables, arrived, says
from dripline.indicators.basis import basis
from dripline.indicators.compile import Figures, finished
from dripline.indicators.coverage import coverage
from dripline.indicators.labels import ALL, Labels
from dripline.indicators.missing import Rule, used
from dripline.indicators.reported import main_table
from dripline.indicators.versions import shown_as
from dripline.periods import Period
from dripline.publish.files import Shown
from dripline.publish.workbook import Value
from dripline.wording.figures import UNITS
from dripline.words import Language, Text

VALUE, UNKNOWN = Text(zh="数值", en="value"), Text(zh="未知行数", en="unknown")
AS_OF = Text(zh="截至", en="as of")
BASIS = Text(zh="依据", en="basis")


def rule_of(shown: Figures, indicator: Indicator, period: Period) -> Rule:
    """The rule for missing reporters that a figure used, and whom it met."""
    return used(shown.rows(period), indicator, period, shown.law, shown.missing)


def as_rows(
    shown: Figures,
    indicator: Indicator,
    way: str,
    cells: Sequence[Cell],
    period: Period,
    tongue: Language,
) -> tuple[list[str], list[list[Value]]]:
    """Heads and rows of a figure: keys with their words, value, rows unknown; the largest first."""
    breakdowns = [] if way == "total" else [shown.catalogue.breakdowns[c] for c in way.split("+")]
    data = shown.snapshot.data(shown.scope, institutions=period)
    labels = Labels(data, period, law=shown.law)
    unit = UNITS[indicator.unit].in_(tongue)
    heads = [part for b in breakdowns for part in (b.code, b.label.in_(tongue))]
    heads += [f"{VALUE.in_(tongue)} ({unit})", UNKNOWN.in_(tongue), BASIS.in_(tongue)]
    waiting = shown.history(period).waiting(indicator.measure, Moment((period,), (period,)))
    rule = rule_of(shown, indicator, period)
    rows: list[list[Value]] = []
    for cell in sorted(cells, key=_by_size(indicator), reverse=True):
        words: list[Value] = []
        for breakdown, key in zip(breakdowns, cell.keys, strict=True):
            words += [key, labels.of(breakdown, key).in_(tongue)]
        rests_on = basis(cell, waiting, out=bool(rule.out), carried=bool(rule.stocks)).in_(tongue)
        rows.append([*words, finished(cell, indicator), cell.unknown, rests_on])
    if not breakdowns:
        heads, rows = ["", *heads], [[ALL.in_(tongue), *row] for row in rows]
    return heads, rows


def _by_size(indicator: Indicator):  # type: ignore[no-untyped-def]
    def size(cell: Cell) -> Decimal:
        value = finished(cell, indicator)
        return Decimal("-Infinity") if value is None else value

    return size


def official(
    title: str,
    heads: list[str],
    rows: list[list[Value]],
    below: list[str],
    shown: Figures,
    indicator: Indicator,
    period: Period,
    tongue: Language,
) -> Shown:
    """A table of figures that bears, on paper and for machines, its period, standing and vintage."""
    identity, main = shown.identity(period), main_table(indicator)
    data = shown.snapshot.data(shown.scope, institutions=period)
    rule, cover = rule_of(shown, indicator, period), coverage(shown.snapshot, data, period, main)
    standing = rule.standing(cover.standing).in_(tongue)
    known = [] if shown.as_of is None else [f"{AS_OF.in_(tongue)} {shown.as_of}"]
    return Shown(
        title=title,
        heads=heads,
        rows=rows,
        notes=below,
        under=" · ".join([str(period), standing, *known]),
        formal=True,
        about={
            "period": str(period),
            "as_of": str(shown.as_of or ""),
            "standing": standing,
            "facts": identity.facts,
            "lawbook": identity.lawbook,
            "catalogue": identity.catalogue,
        },
    )


def notes(shown: Figures, indicator: Indicator, period: Period, tongue: Language) -> list[str]:
    """What stands below a figure: source, facts, coverage."""
    identity = shown.identity(period)
    data = shown.snapshot.data(shown.scope, institutions=period)
    cover = coverage(shown.snapshot, data, period, main_table(indicator))
    due = "?" if cover.due is None else len(cover.due)
    known = "" if shown.as_of is None else f" · as of {shown.as_of}"
    rule = rule_of(shown, indicator, period)
    standing = rule.standing(cover.standing)
    words = Text(
        zh=f"{standing.zh} · 已报机构 {len(cover.received)}/{due} · 占上月余额 {cover.share or '—'}%"
        f" · 已说明的错误 {cover.explained} 处",
        en=f"{standing.en} · reporters in {len(cover.received)}/{due} · {cover.share or '—'}% of last month's"
        f" balance · {cover.explained} explained errors",
    )
    source = Text(zh="来源", en="source").in_(tongue)
    document = shown.law.sources.get(indicator.source)
    cited = indicator.source if document is None else document.cited
    found = [f"{source}: {cited}，{indicator.article}", words.in_(tongue) + known]
    if len(added := added_tables(indicator)) > 1:
        found.append(says(arrived(data, period, added)).in_(tongue))
    if cover.missing and not (rule.out or rule.stocks):
        missing = Text(zh="未报（未计入）", en="missing (not counted)").in_(tongue)
        found.append(f"{missing}: {', '.join(sorted(cover.missing))}")
    found += [line.in_(tongue) for line in rule.says]
    meant = meaning_hash(shown_as(indicator, period.last_day))
    rests = f"facts {identity.facts} · lawbook {identity.lawbook[:12]} · definition {meant}"
    return [*found, rests]
