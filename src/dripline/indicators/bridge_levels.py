"""One figure on the way over a bridge: asked once of the engine, with its parts by reporter and by kind of list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from dripline.definitions import Breakdown, Dimension, Indicator, Membership
from dripline.engines.data import REPORTER, Cell
from dripline.engines.duck import connected
from dripline.engines.duck_measures import answer
from dripline.engines.fold import (
    Answers,
    Exact,
    Keys,
    Moment,
    Question,
    atom_table,
    atoms,
    cells,
    fold,
    questions,
    requests,
)
from dripline.errors import Refused
from dripline.indicators.compile import MEMORY, Catalogue, Figures
from dripline.indicators.filling import finish
from dripline.indicators.history import History
from dripline.indicators.missing import left_out, places
from dripline.indicators.readings import register_for
from dripline.measures import At, Combine, Count, Sum, YearToDate
from dripline.nodes import TEXT, Field, Measure
from dripline.periods import Period
from dripline.store.two_days import TwoDays
from dripline.tables import table as table_called
from dripline.words import Text

LIST_KIND = "list_kind"
ZERO = Fraction(0)


Where = Sequence[tuple[str, str | None]]
"""Breakdowns and the items of them that say which cell is meant; none for the total."""


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator as it is meant on one day, and the catalogue of that day."""

    indicator: Indicator
    catalogue: Catalogue

    @property
    def breakdowns(self) -> Mapping[str, Breakdown]:
        """The ways of dividing it on that day."""
        return self.catalogue.breakdowns


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read for a figure: its definition, its moment, the rows; and whether it is told by reporter as well.

    ``printed``: the figure as a document printed it; no row is read for it.
    """

    definition: Definition
    moment: Moment
    data: TwoDays
    by_reporter: bool = False
    printed: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A figure in the unit of its indicator (None: nothing to divide by), and its parts where it has any."""

    value: Fraction | None
    by_reporter: Mapping[str, Fraction] | None = None
    by_kind: Mapping[str, Fraction] = field(default_factory=dict)


def question_for(meant: Definition, where: Where) -> Question:
    """The question whose cells hold the one asked for, restricted to its group."""
    way = meant.catalogue.way(meant.indicator, [name for name, _ in where])
    groups = [value for name, value in where if isinstance(meant.breakdowns.get(name), Membership)]
    for question in questions(meant.indicator, way, meant.breakdowns):
        if not groups or question.group in groups:
            return question
    raise Refused(f"{way} has no group {', '.join(map(str, groups))}.")


def level_of(figures: Figures, reading: Reading, where: Where) -> Level:
    """The figure of one cell, and its parts by reporter and kind of list where it adds up over reporters."""
    if reading.printed is not None:
        return Level(reading.printed)
    reading = compared_alike(reading)
    plain = question_for(reading.definition, where)
    history, moment = history_of(figures, reading), reading.moment
    filled = history.is_open(plain.measure, moment)
    divided, kinds = None, tuple[Question, ...]()
    if reading.by_reporter and not filled and adds_over_reporters(plain.measure):
        divided = replace(plain, dimensions=(*plain.dimensions, reporters_of(reading)))
        meant = reading.definition
        if not where and LIST_KIND in meant.indicator.breakdowns:
            kinds = tuple(questions(meant.indicator, LIST_KIND, meant.breakdowns))
    asked = [question for question in (plain, divided, *kinds) if question is not None]
    wanted = dict.fromkeys(request for question in asked for request in requests(question, moment))
    with connected(reading.data, figures.law, memory=MEMORY, spill=reading.data.spill) as duck:
        answers = answer(wanted, duck)
    items = dict(where)
    keys = tuple(items[name] for name in plain.breakdown.split("+")) if where else ()
    found = {cell.keys: fraction(cell) for cell in finish(history)(plain, moment, answers)}
    nothing = None if filled else fraction(fold(plain.measure, moment, lambda *_: (0, 0)))
    return Level(
        found.get(keys, nothing),
        None if divided is None else by_reporter(divided, keys, moment, answers),
        {q.group or "": first(q, moment, answers) for q in kinds},
    )


def compared_alike(reading: Reading) -> Reading:
    """A figure that compares months leaves out who is missing at one of them, as it does wherever it is shown (FN 9)."""
    data, indicator = reading.data, reading.definition.indicator
    period, today = reading.moment.months[-1], dict(reading.data.successors)
    out = left_out(data, indicator, period)
    more = {
        (code, name)
        for code, month in places(indicator, period)
        for name in data.received(code, month)
        if today.get(name, name) in out
    }
    return replace(reading, data=replace(data, left_out=data.left_out | more)) if more else reading


def history_of(figures: Figures, reading: Reading) -> History:
    """The published figures that stand in for rows nobody sent, as the reading knows them (FN 17)."""
    data, meant = reading.data, reading.definition
    if figures.scope.reporters is not None or data.left_out:
        return History(data, {}, meant.breakdowns)
    period = reading.moment.months[-1]
    register = register_for(data, data.later.snapshot, period)
    successors = dict(data.successors)
    return History.read(data, register, meant.catalogue.indicators, meant.breakdowns, successors)


def by_reporter(
    divided: Question, keys: Keys, moment: Moment, answers: Answers
) -> dict[str, Fraction]:
    """What each reporter's rows add to the cell."""
    found = {}
    for cell in cells(divided, moment, answers):
        *mine, reporter = cell.keys
        if tuple(mine) == keys and reporter is not None:
            found[reporter] = fraction(cell) or ZERO
    return found


def first(question: Question, moment: Moment, answers: Answers) -> Fraction:
    """The one cell of a question that is not divided."""
    return next((fraction(cell) or ZERO for cell in cells(question, moment, answers)), ZERO)


def fraction(number: Exact | Cell) -> Fraction | None:
    """A figure as an exact fraction; None where there is nothing to divide by."""
    return Fraction(number.numerator, number.denominator) if number.denominator else None


def reporters_of(reading: Reading) -> Dimension:
    """The division by the reporter that sent the row, under its name of then."""
    tables = tables_of(reading.definition.indicator.measure, reading.moment.months[-1])
    fields = tuple(Field(code, REPORTER, TEXT) for code in tables)
    return Dimension("_reporter", Text(zh="报送机构", en="Reporter"), fields, "")


def adds_over_reporters(measure: Measure) -> bool:
    """Whether the figure is the sum of what each reporter's rows add to it."""
    match measure:
        case Sum() | Count():
            return table_called(atom_table(measure)).per_reporter
        case Combine(terms=terms):
            return all(adds_over_reporters(part) for _, part in terms)
        case At(measure=inner) | YearToDate(measure=inner):
            return adds_over_reporters(inner)
    return False


def months_of(measure: Measure, moment: Moment) -> Iterator[tuple[str, Period]]:
    """The tables that come by reporter and the months of them that a figure adds up."""
    places = (
        (atom_table(atom), month) for atom, at, _ in atoms(measure, moment) for month in at.months
    )
    for code, month in dict.fromkeys(places):
        if table_called(code).per_reporter:
            yield code, month


def tables_of(measure: Measure, period: Period) -> tuple[str, ...]:
    """The tables by reporter that a figure adds up."""
    return tuple(
        dict.fromkeys(code for code, _ in months_of(measure, Moment((period,), (period,))))
    )
