"""``financing``: what one enterprise owes and has raised over loans, bills, bonds and equity, each yuan once."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Final

import typer

from dripline.cli import tables
from dripline.cli.app import MAIN, Format, Lang, Out, app, language, month, setting
from dripline.cli.figures import Asked, Day, figures
from dripline.engines.data import Cell
from dripline.errors import CannotRead
from dripline.identifiers import valid_id
from dripline.indicators import CATALOGUE
from dripline.indicators.arrived import arrived, says
from dripline.indicators.compile import Figures, finished
from dripline.indicators.full_caliber import STOCK_TABLES, is_firm, stocks
from dripline.indicators.labels import ALL
from dripline.periods import Period
from dripline.words import Text

TITLE: Final = Text(zh="企业全口径融资", en="Financing of an enterprise, full caliber")
INSTRUMENT: Final = Text(zh="融资方式", en="instrument")
AMOUNT: Final = Text(zh="余额 (元)", en="amount (yuan)")
UNKNOWN: Final = Text(zh="未知行数", en="unknown")
INSTRUMENTS: Final = (
    ("FC-LOANS", Text(zh="贷款", en="loans")),
    ("FC-BILLS", Text(zh="票据贴现", en="discounted bills")),
    ("FC-BONDS", Text(zh="债券", en="bonds")),
    ("FC-EQUITY", Text(zh="股权（累计募集）", en="equity (raised so far)")),
)


@app.command()
def financing(
    credit_code: Annotated[str, typer.Argument(help="Unified social credit code of the firm.")],
    period: Asked = None,
    as_of: Day = None,
    format: Format = "table",
    out: Out = None,
    lang: Lang = "zh",
) -> None:
    """Show the financing of one enterprise by instrument and together, on a list or not."""
    if not valid_id("uscc", credit_code):
        raise CannotRead(
            "The enterprise is named by its credit code: 18 characters, the last a check."
        )
    now, tongue = setting(), language(lang)
    store = now.store()
    asked, shown = month(period, store, MAIN), figures(store, as_of)
    found = of_firm(shown, credit_code, asked)
    rows: list[list[tables.Value]] = [
        [words.in_(tongue), finished(cell, CATALOGUE[code]), cell.unknown]
        for (code, words), cell in zip(INSTRUMENTS, found, strict=True)
    ]
    whole = together(found)
    rows.append([ALL.in_(tongue), finished(whole, CATALOGUE["FC-BAL"]), whole.unknown])
    heads = [INSTRUMENT.in_(tongue), AMOUNT.in_(tongue), UNKNOWN.in_(tongue)]
    came = says(arrived(shown.rows(asked), asked, STOCK_TABLES))
    note = CATALOGUE["FC-BAL"].note
    below = [came.in_(tongue), *(note.in_(tongue).splitlines() if note is not None else ())]
    table = tables.Shown(f"{TITLE.in_(tongue)} {asked}", heads, rows, below)
    tables.show(table, format=format, out=out, now=now, language=tongue)


def together(parts: list[Cell]) -> Cell:
    """The sum of the stocks, all in fen; none where one of them has no value, as its register was never sent."""
    total = sum(cell.numerator for cell in parts)
    divided = min(cell.denominator for cell in parts)
    unknown = sum(cell.unknown for cell in parts)
    return replace(parts[0], numerator=total, denominator=divided, unknown=unknown)


def of_firm(shown: Figures, credit_code: str, period: Period) -> list[Cell]:
    """The four stocks of one enterprise, in fen."""
    measures = stocks(is_firm(credit_code))
    indicators = [
        replace(CATALOGUE[code], measure=measure)
        for (code, _), measure in zip(INSTRUMENTS, measures, strict=True)
    ]
    cells = {cell.indicator: cell for cell in shown.cells(period, indicators, ("total",))}
    return [cells[code] for code, _ in INSTRUMENTS]
