"""The reference engine: every node in plain Python, row by row. Slow and obvious; the others must equal it."""

from __future__ import annotations

import calendar
import operator
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow.parquet as pq

from dripline import nodes as n
from dripline.codes import code_list
from dripline.engines.data import INSTITUTION, REPORTER, Data, Rows
from dripline.engines.dated import amount_of, kinds_on
from dripline.engines.groups import groups
from dripline.engines.lists import Lists
from dripline.engines.needs import received
from dripline.errors import DefinitionError
from dripline.identifiers import valid_id
from dripline.law import Law
from dripline.periods import Period
from dripline.tables import THEN
from dripline.tables import table as table_called

Row = dict[str, Any]
Answer = bool | None
OPERATORS = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}


def load(rows: Rows | None, *, today: bool = False) -> list[Row] | None:
    """The rows as dictionaries; ``today`` puts them under the reporters that took theirs over (FN 2)."""
    if rows is None:
        return None
    if rows.memory is not None:
        found: list[Row] = rows.memory.to_pylist()
    else:
        found = [row for path in rows.files for row in pq.ParquetFile(path).read().to_pylist()]
    successors = dict(rows.successors)
    for row in found:
        row[THEN] = row[REPORTER]
        row[INSTITUTION] = successors.get(row[REPORTER], row[REPORTER])
        if today:
            row[REPORTER] = row[INSTITUTION]
    return found


@dataclass
class Evaluation:
    """Values and conditions of rows of one month; ``editions`` are the periods whose lists count."""

    data: Data
    period: Period
    law: Law
    editions: tuple[Period, ...]
    indexes: dict[object, dict[tuple[object, ...], list[Row]]] = field(default_factory=dict)
    lists: dict[Period, Lists] = field(default_factory=dict)
    others: dict[Period, Evaluation] = field(default_factory=dict)
    come: dict[tuple[str, Period], frozenset[str]] = field(default_factory=dict)

    def rows(self, table: str, when: n.When = "same") -> list[Row] | None:
        """All rows of a table for this month or the one before."""
        period = self.period if when == "same" else self.period.shift(-1)
        return load(self.data.rows(table, period), today=when == "previous")

    def value(self, node: n.Value, row: Row) -> Any:
        """The node's value for the row, None if unknown."""
        match node:
            case n.Field(name=name) | n.Named(name=name):
                return row[name]
            case n.Constant(value=constant):
                return constant
            case n.Parameter():
                return self.parameter(node, row)
            case n.PeriodDay(which=which):
                return self.period.first_day if which == "first" else self.period.last_day
            case n.Lookup():
                values = [v for v in self.found(node, node.value, row) or () if v is not None]
                return min(values, default=None)
            case n.FirstKnown(values=values):
                return next(
                    (v for v in (self.value(part, row) for part in values) if v is not None), None
                )
            case n.Choose():
                return self.choose(node, row)
        parts = [self.value(part, row) for part in n.children(node) if isinstance(part, n.Value)]
        return None if None in parts else self.computed(node, parts)

    def computed(self, node: n.Value, parts: list[Any]) -> Any:
        """The value of a node whose parts are all known."""
        match node:
            case n.Arithmetic(op=op):
                return OPERATORS[op](*parts)
            case n.Slice(start=start, length=length):
                return parts[0][start - 1 : start - 1 + length]
            case n.Length():
                return len(parts[0])
            case n.PartCount(separator=separator):
                return len(parts[0].split(separator))
            case n.Part(place=place, separator=separator):
                return dict(enumerate(parts[0].split(separator), 1)).get(place) or None
            case n.WholeNumber():
                digits = re.fullmatch("[0-9]{1,18}", parts[0])
                return int(parts[0]) if digits else None
            case n.MonthsLater(months=months):
                return months_later(parts[0], months)
            case n.GroupOf(codes=codes, depth=depth):
                return groups(codes, depth, self.period.last_day).get(parts[0])
        raise DefinitionError(f"the plain engine does not know the value {type(node).__name__}.")

    def condition(self, node: n.Condition, row: Row) -> Answer:
        """True, false or None (unknown)."""
        match node:
            case n.And(parts=parts):
                answers = [self.condition(part, row) for part in parts]
                return False if False in answers else None if None in answers else True
            case n.Or(parts=parts):
                answers = [self.condition(part, row) for part in parts]
                return True if True in answers else None if None in answers else False
            case n.Not(part=part):
                answer = self.condition(part, row)
                return None if answer is None else not answer
            case n.Known(value=value):
                return self.value(value, row) is not None
            case n.HasRow():
                return self.has_row(node, row)
            case n.OnList():
                return self.on_list(node, row)
        known = [self.value(part, row) for part in n.children(node) if isinstance(part, n.Value)]
        return None if None in known else self.decided(node, known)

    def decided(self, node: n.Condition, parts: list[Any]) -> bool:
        """A condition whose values are all known."""
        match node:
            case n.Compare(op=op):
                return bool(OPERATORS[op](*parts))
            case n.IsIn(options=options):
                return parts[0] in options
            case n.IsCode(codes=codes):
                return parts[0] in code_list(codes).accepted(on=self.period.last_day)
            case n.Matches(pattern=pattern):
                return re.fullmatch(pattern, parts[0], re.ASCII) is not None
            case n.ValidId(scheme=scheme):
                return valid_id(scheme, parts[0])
        raise DefinitionError(
            f"the plain engine does not know the condition {type(node).__name__}."
        )

    def parameter(self, node: n.Parameter, row: Row) -> Decimal | None:
        """The lawbook's number on the row's day; None before its first day in force or without a day."""
        day = self.period.last_day if node.on is None else self.value(node.on, row)
        if day is None:
            return None
        amount = amount_of(self.law.on(day).get(node.name), node.item)
        return None if amount is None else Decimal(str(amount))

    def choose(self, node: n.Choose, row: Row) -> Any:
        """The first true case; unknown as soon as a case before it is unknown."""
        for case, value in node.cases:
            answer = self.condition(case, row)
            if answer is None:
                return None
            if answer:
                return self.value(value, row)
        return None if node.otherwise is None else self.value(node.otherwise, row)

    def matches(self, node: n.Lookup | n.HasRow, row: Row) -> list[Row] | None:
        """The rows of the other table with the same keys; None if a key of this row is unknown."""
        theirs = tuple(value for _, value in node.on)
        here = n.table_of(*(mine for mine, _ in node.on))
        own = table_called(node.table).per_reporter and table_called(here).per_reporter
        index_name = (node.table, theirs, node.period, own)
        if index_name not in self.indexes:
            self.indexes[index_name] = self.index(node.table, theirs, node.period, own)
        keys = tuple(self.value(value, row) for value, _ in node.on)
        if None in keys:
            return None
        return self.indexes[index_name].get((row[REPORTER], *keys) if own else keys, [])

    def index(
        self, table: str, keys: tuple[n.Value, ...], when: n.When, own: bool
    ) -> dict[tuple[object, ...], list[Row]]:
        """Rows of a table by their keys (and reporter, where only rows of one reporter belong together)."""
        found: dict[tuple[object, ...], list[Row]] = {}
        there = self.elsewhere(table, when)
        rows = load(self.data.rows(table, there.period), today=when == "previous")
        for row in rows or ():
            key = tuple(there.value(value, row) for value in keys)
            found.setdefault((row[REPORTER], *key) if own else key, []).append(row)
        return found

    def elsewhere(self, table: str, when: n.When) -> Evaluation:
        """The evaluation of rows of the other table: of this month or the one before, a register as its lists."""
        period = self.period if table_called(table).per_reporter else self.editions[0]
        if when == "previous":
            period = self.period.shift(-1)
        if period == self.period:
            return self
        if period not in self.others:
            self.others[period] = Evaluation(self.data, period, self.law, self.editions)
        return self.others[period]

    def found(self, node: n.Lookup, value: n.Value, row: Row) -> list[Any] | None:
        """The values of the matching rows for which the lookup's condition is true."""
        there = self.elsewhere(node.table, node.period)
        rows = self.matches(node, row)
        if rows is None:
            return None
        kept = [r for r in rows if node.where is None or there.condition(node.where, r)]
        return [there.value(value, r) for r in kept]

    def has_row(self, node: n.HasRow, row: Row) -> Answer:
        """Whether a matching row exists for which the condition is true; unknown where the table has not come."""
        rows = self.matches(node, row)
        if rows is None or not self.has_come(node, row):
            return None
        there = self.elsewhere(node.table, node.period)
        answers = [True if node.where is None else there.condition(node.where, r) for r in rows]
        return True if True in answers else None if None in answers else False

    def has_come(self, node: n.HasRow, row: Row) -> bool:
        """Whether the other table was received: from the row's reporter where rows match within one, else from anybody."""
        there = self.elsewhere(node.table, node.period)
        name = (node.table, there.period)
        if name not in self.come:
            self.come[name] = received(self.data, *name)
        own = table_called(node.table).per_reporter
        own = own and table_called(n.table_of(*(mine for mine, _ in node.on))).per_reporter
        return row[REPORTER] in self.come[name] if own else bool(self.come[name])

    def on_list(self, node: n.OnList, row: Row) -> Answer:
        """On a list of one of the kinds in every edition asked for."""
        who = [self.value(part, row) for part in (node.id_type, node.id_no, node.region)]
        answers = []
        for period in self.editions:
            if period not in self.lists:
                self.lists[period] = Lists.read(self.data, period)
            kinds = kinds_on(node, self.law, period.last_day)
            on_one = (
                self.lists[period].answer(kinds, node.rule, *who) if kinds is not None else None
            )
            answers.append(on_one)
        return False if False in answers else None if None in answers else True


def months_later(day: date, months: int) -> date:
    """The day so many months later, kept inside the month and inside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def broken_values(
    row: Row, fields: Iterator[n.Field] | tuple[n.Field, ...]
) -> tuple[tuple[str, str | None], ...]:
    """The columns a finding shows, as text."""
    return tuple((f.name, None if row[f.name] is None else str(row[f.name])) for f in fields)
