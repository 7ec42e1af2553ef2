"""``query`` and ``trace``: from facts to figures and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Annotated

import typer

from dripline.canon import meaning_hash
from dripline.cli import series, tables
from dripline.cli.app import (
    PERIOD_OPTION,
    Exchange,
    Format,
    Lang,
    Out,
    app,
    day_of,
    definitions,
    language,
    law,
    month,
    setting,
)
from dripline.cli.exchange import SDMX, write_sdmx
from dripline.definitions import Indicator
from dripline.engines.data import Cell
from dripline.engines.fold import Moment
from dripline.errors import CannotRead, Refused
from dripline.indicators.arrived import added_tables, arrived, says
from dripline.indicators.basis import basis, differences
from dripline.indicators.compile import Figures, finished
from dripline.indicators.coverage import BALANCES, coverage
from dripline.indicators.labels import ALL, Labels
from dripline.indicators.missing import RULES, MissingRule, Rule, used
from dripline.indicators.official_table import COLUMNS, LINES, Column, Line, lines_on
from dripline.indicators.reported import main_table, reported
from dripline.indicators.trace import Trace, TracedRow, traced
from dripline.indicators.versions import in_rows, shown_as
from dripline.money import half_up
from dripline.periods import Period
from dripline.store import Scope, Store
from dripline.wording.figures import UNITS
from dripline.words import Language, Text

Asked = Annotated[str | None, PERIOD_OPTION]
Day = Annotated[str | None, typer.Option("--as-of", help="As known at the end of this day.")]
Missing = Annotated[
    str,
    typer.Option(
        "--missing",
        help="What is done about reporters that are missing: left-out (at both ends of a comparison), or carried "
        "(the stock of their last month stands for them: an estimate).",
    ),
]
By = Annotated[str, typer.Option("--by", help="Breakdowns, by commas: lender_city,institution.")]
VALUE, UNKNOWN = Text(zh="数值", en="value"), Text(zh="未知行数", en="unknown")
AS_OF = Text(zh="截至", en="as of")
BASIS = Text(zh="依据", en="basis")
TABLE = Text(zh="科技贷款统计表（不含直贴）", en="Technology loans, without direct discounts")
WITH_BILLS = Text(zh="科技贷款统计表（含直贴）", en="Technology loans, with direct discounts")
ROW = Text(zh="项目", en="row")
WAN_YUAN = Text(zh="万元", en="10,000 yuan")


def missing_rule(text: str) -> MissingRule:
    """left-out or carried."""
    for rule in RULES:
        if rule == text:
            return rule
    raise CannotRead(f"{text!r} is no rule for missing reporters; write {' or '.join(RULES)}.")


def rule_of(shown: Figures, indicator: Indicator, period: Period) -> Rule:
    """The rule for missing reporters that a figure used, and whom it met."""
    return used(shown.rows(period), indicator, period, shown.law, shown.missing)


def figures(store: Store, as_of: str | None = None) -> Figures:
    """All rows, for statistics: the authority at its own command line."""
    day = None if as_of is None else day_of(as_of)
    return Figures(store, law(), definitions().catalogue, Scope.all_rows(purpose="statistics"), day)


@app.command()
def query(
    code: str,
    by: By = "",
    period: Asked = None,
    as_of: Day = None,
    first: series.From = None,
    last: series.To = None,
    reading: series.Reading = "known",
    definition: series.Meant = None,
    lists: series.Lists = None,
    missing: Missing = "left-out",
    format: Exchange = "table",
    out: Out = None,
    lang: Lang = "zh",
) -> None:
    """Show a figure, by breakdowns if asked, with its unit, vintage and source; or a series of periods."""
    now, tongue = setting(), language(lang)
    shown = replace(figures(now.store(), as_of), missing=missing_rule(missing))
    asked = month(last or period, shown.store, reported(shown.catalogue.indicator(code)))
    ways = tuple(part for part in by.split(",") if part)
    indicator = shown_as(shown.catalogue.indicator(code), asked.last_day)
    one = in_rows(shown.catalogue.indicator(code), asked.last_day)
    if first or definition or lists or reading != "known" or not one:
        how = series.manners(reading, now.today, definition, lists)
        ends = (Period.parse(first) if first else asked, asked)
        found = series.shown(shown, code, ends, ways, how, tongue)
        return tables.show(found, format=format, out=out, now=now, language=tongue)
    if format in SDMX:
        write_sdmx(
            shown, [code], asked, ways, main_table(indicator), format=format, out=out, now=now
        )
        return
    cells = shown.query(code, asked, ways)
    written = shown.catalogue.way(indicator, ways)
    heads, rows = as_rows(shown, indicator, written, cells, asked, tongue)
    title = f"{indicator.label.in_(tongue)} {asked}"
    below = notes(shown, indicator, asked, tongue)
    below += [one.says.in_(tongue) for one in differences(shown, indicator, asked, written)]
    figure = official(title, heads, rows, below, shown, indicator, asked, tongue)
    tables.show(figure, format=format, out=out, now=now, language=tongue)


def as_rows(
    shown: Figures,
    indicator: Indicator,
    way: str,
    cells: Sequence[Cell],
    period: Period,
    tongue: Language,
) -> tuple[list[str], list[list[tables.Value]]]:
    """Heads and rows of a figure: keys with their words, value, rows unknown; the largest first."""
    breakdowns = [] if way == "total" else [shown.catalogue.breakdowns[c] for c in way.split("+")]
    data = shown.snapshot.data(shown.scope, institutions=period)
    labels = Labels(data, period, law=shown.law)
    unit = UNITS[indicator.unit].in_(tongue)
    heads = [part for b in breakdowns for part in (b.code, b.label.in_(tongue))]
    heads += [f"{VALUE.in_(tongue)} ({unit})", UNKNOWN.in_(tongue), BASIS.in_(tongue)]
    waiting = shown.history(period).waiting(indicator.measure, Moment((period,), (period,)))
    rule = rule_of(shown, indicator, period)
    rows: list[list[tables.Value]] = []
    for cell in sorted(cells, key=_by_size(indicator), reverse=True):
        words: list[tables.Value] = []
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
    rows: list[list[tables.Value]],
    below: list[str],
    shown: Figures,
    indicator: Indicator,
    period: Period,
    tongue: Language,
) -> tables.Shown:
    """A table of figures that bears, on paper and for machines, its period, standing and vintage."""
    identity, main = shown.identity(period), main_table(indicator)
    data = shown.snapshot.data(shown.scope, institutions=period)
    rule, cover = rule_of(shown, indicator, period), coverage(shown.snapshot, data, period, main)
    standing = rule.standing(cover.standing).in_(tongue)
    known = [] if shown.as_of is None else [f"{AS_OF.in_(tongue)} {shown.as_of}"]
    return tables.Shown(
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


@app.command(name="table")
def table_(
    period: Asked = None,
    as_of: Day = None,
    with_discounts: Annotated[
        bool, typer.Option("--with-discounts", help="The edition with direct discounts of bills.")
    ] = False,
    format: Exchange = "table",
    out: Out = None,
    lang: Lang = "zh",
) -> None:
    """Show the official table of technology loans: its rows by its five measures."""
    now, tongue = setting(), language(lang)
    store = now.store()
    asked, shown = month(period, store), figures(store, as_of)
    if format in SDMX:
        codes = [place(each, one, with_discounts) for each in LINES for one in COLUMNS]
        write_sdmx(shown, codes, asked, (), BALANCES, format=format, out=out, now=now)
        return
    made = official_table(shown, asked, tongue, with_bills=with_discounts)
    tables.show(made, format=format, out=out, now=now, language=tongue)


def place(line: Line, column: Column, with_bills: bool) -> str:
    """The code of one cell of the table, in one of its editions."""
    return f"{'TD' if with_bills else 'TL'}-{line.number:02d}-{column.code}"


def official_table(
    shown: Figures, period: Period, tongue: Language, *, with_bills: bool = False
) -> tables.Shown:
    """The official table of a month, with all it bears on paper."""
    heads, rows = table_rows(shown, period, tongue, with_bills=with_bills)
    below = table_notes(shown, period, tongue, with_bills=with_bills)
    first = shown.catalogue.indicator(place(LINES[0], COLUMNS[0], with_bills))
    title = f"{(WITH_BILLS if with_bills else TABLE).in_(tongue)} {period}"
    return official(title, heads, rows, below, shown, first, period, tongue)


def table_rows(
    shown: Figures, period: Period, tongue: Language, *, with_bills: bool
) -> tuple[list[str], list[list[tables.Value]]]:
    """The official table: a row a class, a column a measure with its unit."""
    heads = [ROW.in_(tongue)]
    heads += [f"{c.label.in_(tongue)} ({shown_unit(c.unit).in_(tongue)})" for c in COLUMNS]
    rows: list[list[tables.Value]] = []
    for line in lines_on(shown.law.on(period.last_day)):
        row: list[tables.Value] = ["\u3000" * line.depth + line.label.in_(tongue)]
        for column in COLUMNS:
            indicator = shown.catalogue.indicator(place(line, column, with_bills))
            (cell,) = shown.query(indicator.code, period)
            row.append(in_wan(cell) if column.unit == "yuan" else finished(cell, indicator))
        rows.append(row)
    return heads, rows


def table_notes(shown: Figures, period: Period, tongue: Language, *, with_bills: bool) -> list[str]:
    """What stands below the official table: standing, coverage, source, and the loans of which nothing is known."""
    first = shown.catalogue.indicator(place(LINES[0], COLUMNS[0], with_bills))
    (unknown,) = shown.query(place(LINES[-1], COLUMNS[0], False), period)
    words = Text(
        zh=f"无法判断是否科技贷款、未计入的借据：{unknown.unknown:,} 笔",
        en=f"notes of which it is unknown whether they are technology loans, not counted: {unknown.unknown:,}",
    )
    own = [] if first.note is None else [first.note.in_(tongue)]
    return [*notes(shown, first, period, tongue), words.in_(tongue), *own]


def shown_unit(unit: str) -> Text:
    """Amounts of the official table stand in 万元."""
    return WAN_YUAN if unit == "yuan" else UNITS[unit]


def in_wan(cell: Cell) -> Decimal:
    """An amount in 万元, divided and rounded once."""
    return half_up(cell.numerator, cell.denominator * 10_000, 2)


@app.command()
def trace(
    code: str,
    period: Asked = None,
    where: Annotated[
        list[str] | None, typer.Option("--where", help="borrower_city=410100; empty for unknown.")
    ] = None,
    as_of: Day = None,
    limit: Annotated[int, typer.Option(help="Rows on the screen; files get all.")] = 20,
    format: Format = "table",
    out: Out = None,
    lang: Lang = "zh",
) -> None:
    """Follow a figure back to its rows: file, line, key, and what each adds; they add up to the figure."""
    now, tongue = setting(), language(lang)
    store = now.store()
    shown = figures(store, as_of)
    asked = month(period, store, reported(shown.catalogue.indicator(code)))
    stream = traced(shown, code, asked, where_of(where))
    head = next(stream)
    assert isinstance(head, Trace)
    exact = head.exact
    value = (
        half_up(exact.numerator, exact.denominator, head.indicator.decimals)
        if exact.denominator
        else None
    )
    heads = ["part", "table", "period", "reporter", "row", "key", "adds"]
    rows = (_traced(row) for row in stream if isinstance(row, TracedRow))
    if format == "table" and out is None:
        rows = (row for number, row in enumerate(rows) if number < limit)
    told = [f"{head.indicator.label.in_(tongue)} {asked} = {value}"]
    told += [
        f"part {p.number}: {p.table} {','.join(p.months)} meaning {p.meaning}" for p in head.parts
    ]
    found = tables.Shown(f"{code} {asked}", heads, rows, told)
    tables.show(found, format=format, out=out, now=now, language=tongue)


def where_of(written: Sequence[str] | None) -> list[tuple[str, str | None]]:
    """The items that say which cell is meant; an empty code is the unknown."""
    return [_pair(text) for text in written or ()]


def _pair(text: str) -> tuple[str, str | None]:
    name, sign, value = text.partition("=")
    if not sign:
        raise Refused(f"{text!r}: write --where breakdown=code, such as borrower_city=410100.")
    return name, value or None


def _traced(row: TracedRow) -> list[tables.Value]:
    adds: tables.Value = row.adds
    if row.counted:
        adds = "|".join(part or "" for part in row.counted)
    key = "|".join(part or "" for part in row.key)
    return [row.part, row.table, row.period, row.reporter, row.row, key, adds]
