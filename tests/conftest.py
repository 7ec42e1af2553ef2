"""The fixture ``spec``: one small table, one definition, one answer, asked of every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from dripline.definitions import AnyCheck, Breakdown, Indicator, TotalsAgree
from dripline.engines import duck_checks, duck_measures, plain_checks, plain_measures
from dripline.engines.data import INSIDE, REPORTER, ROW, Broken, Cell, Memory, Tally, schema
from dripline.engines.duck import connected
from dripline.engines.fold import compute
from dripline.law import Law
from dripline.nodes import Kind
from dripline.periods import Period
from dripline.tables import TABLES, Table
from dripline.tables import table as table_called

BANK = "91410000MA0000000M"
JUNE = Period.parse("2025-06")


def cell(text: str, kind: Kind) -> Any:
    """A value as written in a spec; empty is unknown."""
    if not text:
        return None
    match kind:
        case Kind(name="date"):
            return date.fromisoformat(text)
        case Kind(name="integer"):
            return int(text)
        case Kind(name="decimal", scale=scale):
            return Decimal(text).quantize(Decimal(1).scaleb(-scale))
    return text


def parse(table: type[Table], lines: list[str]) -> list[dict[str, Any]]:
    """The rows of one table; columns that are not named are empty."""
    names = [name.strip() for name in lines[0].split("|")]
    added = {REPORTER: Kind("text"), ROW: Kind("integer"), INSIDE: Kind("text")}
    unknown = [name for name in names if name not in table.columns and name not in added]
    assert not unknown, f"{table.code} has no columns {unknown}"
    rows = []
    for number, line in enumerate((text for text in lines[1:] if set(text) - set("-+ ")), 1):
        values = dict(zip(names, (part.strip() for part in line.split("|")), strict=True))
        row = {
            name: cell(values.get(name, ""), column.kind) for name, column in table.columns.items()
        }
        row[REPORTER] = values.get(REPORTER) or BANK
        row[ROW] = int(values.get(ROW) or number)
        row[INSIDE] = values.get(INSIDE, "yes") != "no"
        rows.append(row)
    return rows


def world(text: str, default: str, period: Period = JUNE, empty: Iterable[str] = ()) -> Memory:
    """Tables written one below the other; a line ``CLDWDK`` or ``CLDWDK 2025-05`` names each (the first may not)."""
    found: dict[tuple[str, str], list[str]] = {}
    current = (default, str(period))
    for line in text.strip().splitlines():
        words = line.split()
        if words and words[0] in TABLES and "|" not in line:
            current = (words[0], words[1] if len(words) == 2 else str(period))
            found.setdefault(current, [])
        elif line.strip():
            found.setdefault(current, []).append(line)
    held = {}
    for (code, month), lines in found.items():
        table = table_called(code)
        rows = parse(table, lines) if lines else []
        held[code, month] = pa.Table.from_pylist(rows, schema=schema(table))
    for name in empty:
        code, _, month = name.partition(" ")
        held[code, month or str(period)] = schema(table_called(code)).empty_table()
    return Memory(held, frozenset({BANK}))


@dataclass(frozen=True)
class Answer:
    """What every engine said alike."""

    tallies: tuple[Tally, ...] = ()
    broken: tuple[Broken, ...] = ()
    cells: tuple[Cell, ...] = ()


def check_everywhere(checks: list[AnyCheck], data: Memory, period: Period, law: Law) -> Answer:
    """The rules on every engine; they must agree to the row."""
    reporters = tuple(
        sorted({r for t, p in data.held for r in data.received(t, Period.parse(p))} | {BANK})
    )
    tallies, stream = plain_checks.run_checks(checks, data, period, reporters, law)
    broken = sorted(stream, key=str)
    with connected(data, law) as duck:
        fast_tallies, fast_stream = duck_checks.run_checks(checks, duck, period, reporters)
        fast_broken = sorted(fast_stream, key=str)
    assert fast_tallies == tallies, "the engines' tallies differ"
    of_keys = {check.code for check in checks if isinstance(check, TotalsAgree)}
    assert len(fast_broken) == len(broken)
    assert [b for b in fast_broken if b.code not in of_keys] == [
        b for b in broken if b.code not in of_keys
    ], "the engines' findings differ"
    return Answer(tallies=tuple(tallies), broken=tuple(broken))


def compute_everywhere(
    indicators: list[Indicator],
    data: Memory,
    period: Period,
    law: Law,
    breakdowns: Mapping[str, Breakdown],
    only: tuple[str, ...],
) -> tuple[Cell, ...]:
    """The indicators on every engine; they must agree in every cell."""
    plain = list(
        compute(indicators, breakdowns, period, lambda r: plain_measures.answer(r, data, law), only)
    )
    with connected(data, law) as duck:
        fast = list(
            compute(indicators, breakdowns, period, lambda r: duck_measures.answer(r, duck), only)
        )
    assert sorted(fast, key=str) == sorted(plain, key=str), "the engines' cells differ"
    return tuple(plain)


@pytest.fixture(scope="session")
def law() -> Law:
    """The lawbook that is shipped."""
    return Law.load()


@pytest.fixture
def spec(law: Law) -> Callable[..., Answer]:
    """``spec(check, table, broken=[1, 3], unknown=1)`` or ``spec(indicator, table, value, by=…)``.

    For a check: the row numbers that break it (of totals: how many keys), how many rows leave it unknown, or the
    table it waits for. For an indicator: its value, or by a breakdown a value for each key.
    """

    def run(
        definition: AnyCheck | Indicator,
        text: str,
        expected: Any = None,
        *,
        broken: Iterable[int] | int = (),
        unknown: int = 0,
        not_run: str | None = None,
        period: str = str(JUNE),
        empty: Iterable[str] = (),
        by: str = "total",
        breakdowns: Mapping[str, Breakdown] | None = None,
    ) -> Answer:
        when = Period.parse(period)
        if isinstance(definition, Indicator):
            return spec_of_indicator(
                definition, text, expected, when, empty, by, breakdowns, unknown, law
            )
        data = world(text, definition.table, when, empty)
        found = check_everywhere([definition], data, when, law)
        mine = next(tally for tally in found.tallies if tally.reporter == BANK)
        assert mine.not_run == not_run
        assert sum(tally.unknown for tally in found.tallies) == unknown
        if isinstance(broken, int):
            assert len(found.broken) == broken
        else:
            assert sorted(b.row for b in found.broken) == sorted(broken)
        return found

    return run


def spec_of_indicator(
    indicator: Indicator,
    text: str,
    expected: Any,
    period: Period,
    empty: Iterable[str],
    by: str,
    breakdowns: Mapping[str, Breakdown] | None,
    unknown: int,
    law: Law,
) -> Answer:
    """The value (or values by key) of an indicator; None where there is nothing to divide by."""
    from dripline.engines.fold import Moment, atom_table, atoms

    first = next(atoms(indicator.measure, Moment((period,), (period,))))[0]
    data = world(text, atom_table(first), period, empty)
    cells = compute_everywhere([indicator], data, period, law, breakdowns or {}, (by,))
    values = {
        cell.keys: None
        if cell.denominator == 0
        else Decimal(cell.numerator) / Decimal(cell.denominator)
        for cell in cells
    }
    if by == "total":
        assert values == {(): None if expected is None else Decimal(str(expected))}
        assert cells[0].unknown == unknown
    else:
        wanted = {k if isinstance(k, tuple) else (k,): v for k, v in expected.items()}
        assert values == {k: None if v is None else Decimal(str(v)) for k, v in wanted.items()}
    return Answer(cells=cells)
