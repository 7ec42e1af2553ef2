"""From a figure back to its rows: for each sum or count it is made of, the rows that were added up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlglot import exp

from dripline.canon import meaning_hash
from dripline.definitions import Dimension, Indicator, Membership
from dripline.engines.data import INSIDE, REPORTER, ROW
from dripline.engines.duck import Duck, connected
from dripline.engines.fold import (
    Atom,
    Exact,
    Moment,
    Over,
    Question,
    atom_table,
    atoms,
    fold,
    questions,
)
from dripline.engines.sql import Scan
from dripline.engines.sql_words import Expression, column, literal
from dripline.errors import Refused
from dripline.indicators.basis import published
from dripline.indicators.compile import MEMORY, Figures
from dripline.indicators.history import Published
from dripline.indicators.missing import divided
from dripline.indicators.versions import in_force
from dripline.measures import CountDistinct, CountFurther, Sum
from dripline.nodes import Measure
from dripline.periods import Period
from dripline.tables import table as table_called

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class TracedRow:
    """One row behind a figure: whose, which line of which month's file, its key, and what it adds."""

    part: int
    table: str
    period: str
    reporter: str
    row: int
    key: tuple[str | None, ...]
    adds: Decimal | None
    counted: tuple[str | None, ...]
    """For distinct counts the key that is counted once (not one that another part counts already); empty otherwise."""


@dataclass(frozen=True, slots=True)
class Part:
    """A sum or count of the figure: its table, the months it reads and a hash of what it means."""

    number: int
    atom: Atom
    table: str
    months: tuple[str, ...]
    meaning: str


@dataclass(frozen=True)
class Trace:
    """A cell and the parts it is made of."""

    indicator: Indicator
    exact: Exact
    parts: tuple[Part, ...]


Where = Sequence[tuple[str, str | None]]
Place = tuple[Atom, Moment, Over]


def asked(
    figures: Figures, code: str, where: Where, period: Period
) -> tuple[Indicator, Measure, tuple[Dimension, ...]]:
    """The indicator, its measure restricted to the group asked for, and the dimensions of the cell."""
    question = question_of(figures, code, where, period)
    return question.indicator, question.measure, question.dimensions


def question_of(figures: Figures, code: str, where: Where, period: Period) -> Question:
    """The question whose cells hold the one asked for: its measure is restricted to the group asked for."""
    indicator = in_force(figures.catalogue.indicator(code), period.last_day)
    way = figures.catalogue.way(indicator, [name for name, _ in where])
    wanted = dict(where)
    groups = {
        name: value
        for name, value in wanted.items()
        if isinstance(figures.catalogue.breakdowns.get(name), Membership)
    }
    for question in questions(indicator, way, figures.breakdowns(period)):
        if not groups or question.group in groups.values():
            return question
    raise Refused(f"{way} has no group {', '.join(map(str, groups.values()))}.")


def needs_rows(figures: Figures, question: Question, period: Period, where: Where) -> None:
    """Refused where rows a cell needs were never sent: nobody can follow what was published (FN 17)."""
    history, moment = figures.history(period), Moment((period,), (period,))
    if not history.is_open(question.measure, moment):
        return
    code, wanted = question.indicator.code, dict(where)
    waiting = ", ".join(history.waiting(question.measure, moment))
    told = f"{code} {period} cannot be traced: the rows of {waiting} are not in the store."
    way = [] if question.breakdown == "total" else question.breakdown.split("+")
    keys = tuple(wanted[name] for name in way)
    for cell in figures.query(code, period, way):
        if isinstance(cell, Published) and cell.keys == keys:
            cited = "; ".join(published(aggregate).en for aggregate in cell.aggregates)
            raise Refused(f"{told} In their place stands what was published: {cited}.")
    raise Refused(f"{told} Nothing was published in their place, so it has no value.")


def traced(
    figures: Figures, code: str, period: Period, where: Where
) -> Iterator[TracedRow | Trace]:
    """The cell first (with its parts), then every row behind it, part by part."""
    question = question_of(figures, code, where, period)
    indicator, measure, dimensions = question.indicator, question.measure, question.dimensions
    needs_rows(figures, question, period, where)
    wanted = dict(where)
    moment = Moment((period,), (period,))
    places: list[Place] = list(dict.fromkeys(atoms(measure, moment)))
    ((_, data, _),) = divided(figures.rows(period), [indicator], period)
    spill = figures.store.home.path / ".tmp"
    spill.mkdir(exist_ok=True)
    with connected(data, figures.law, memory=MEMORY, spill=spill) as duck:
        parts, totals = [], {}
        for number, place in enumerate(places, 1):
            atom, when, _ = place
            months = tuple(str(month) for month in when.months)
            parts.append(Part(number, atom, atom_table(atom), months, meaning_hash(atom)))
            totals[place] = _total(duck, place, dimensions, wanted)
        exact = fold(measure, moment, lambda atom, when, over: totals[atom, when, over])
        yield Trace(indicator, exact, tuple(parts))
        for number, place in enumerate(places, 1):
            yield from _rows(duck, number, place, dimensions, wanted)


def _total(
    duck: Duck, place: Place, dimensions: tuple[Dimension, ...], wanted: dict[str, str | None]
) -> tuple[int, int]:
    """The part's whole number, added up from its rows one by one."""
    atom = place[0]
    if isinstance(atom, CountDistinct):
        rows = _rows(duck, 0, place, dimensions, wanted)
        return len({row.counted for row in rows if None not in row.counted}), 0
    scale = atom.value.kind.scale if isinstance(atom, Sum) else 0
    total = 0
    for row in _rows(duck, 0, place, dimensions, wanted):
        adds = row.adds if isinstance(atom, Sum) else Decimal(1)
        total += 0 if adds is None else int(f"{adds:.{scale}f}".replace(".", ""))
    return total, 0


def _rows(
    duck: Duck,
    number: int,
    place: Place,
    dimensions: tuple[Dimension, ...],
    wanted: dict[str, str | None],
) -> Iterator[TracedRow]:
    atom, when, over = place
    already: set[tuple[str | None, ...]] = set()
    if isinstance(atom, CountFurther):
        first = _rows(duck, number, (atom.beyond, when, over), dimensions, wanted)
        already = {row.counted for row in first if None not in row.counted}
    name = atom_table(atom)
    kept = [d for d in dimensions if d.code not in over]
    everywhere = any(d.everywhere for d in kept)
    for month in when.months:
        scan = Scan(duck, name, month, when.editions)
        query = _query(scan, atom, kept, wanted, everywhere)
        cursor = duck.connection.cursor()
        cursor.execute(query.sql(dialect="duckdb"))
        keys = len(table_called(name).key)
        while rows := cursor.fetchmany(BATCH):
            for reporter, row, adds, *rest in rows:
                key, counted = tuple(rest[:keys]), tuple(rest[keys:])
                if counted in already:
                    continue
                yield TracedRow(number, name, str(month), reporter, row, key, adds, counted)


def _query(
    scan: Scan,
    atom: Atom,
    dimensions: Sequence[Dimension],
    wanted: dict[str, str | None],
    everywhere: bool,
) -> exp.Select:
    table = table_called(scan.table)
    conditions: list[Expression] = [] if everywhere else [column(INSIDE)]
    for dimension in dimensions:
        value = dimension.of(scan.table)
        text = wanted[dimension.code]
        given: Expression = exp.null() if text is None else literal(text)
        mine: Expression = exp.null() if value is None else scan.value(value)
        conditions.append(exp.NullSafeEQ(this=mine, expression=given))
    if atom.where is not None:
        conditions.append(scan.condition(atom.where))
    adds = scan.value(atom.value) if isinstance(atom, Sum) else exp.null()
    counted = [scan.value(key) for key in atom.keys] if isinstance(atom, CountDistinct) else []
    columns = [column(REPORTER), column(ROW), adds]
    columns += [exp.cast(column(name), "VARCHAR") for name in table.key]
    columns += [exp.cast(one, "VARCHAR") for one in counted]
    named = [exp.alias_(one, f"c{place}") for place, one in enumerate(columns)]
    query = scan.select(*named)
    if conditions:
        query = query.where(exp.and_(*conditions))
    return query.order_by("c0", "c1")
