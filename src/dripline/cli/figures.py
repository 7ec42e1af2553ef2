"""``query`` and ``trace``: from facts to figures and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Annotated

import typer

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
from dripline.engines.data import Cell
from dripline.errors import CannotRead, Refused
from dripline.indicators.basis import differences
from dripline.indicators.compile import Figures, finished
from dripline.indicators.coverage import BALANCES
from dripline.indicators.missing import RULES, MissingRule
from dripline.indicators.official_table import COLUMNS, LINES, Column, Line, lines_on
from dripline.indicators.reported import main_table, reported
from dripline.indicators.trace import Trace, TracedRow, traced
from dripline.indicators.versions import in_rows, shown_as
from dripline.money import half_up
from dripline.periods import Period
from dripline.publish.figure_table import as_rows, notes, official
from dripline.publish.series_table import shown as series_table
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
        found = series_table(shown, code, ends, ways, how, tongue)
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
