"""What is done about a reporter whose month has not come (FN 9): left out at both ends, or carried forward as an estimate.

Left out is the rule of every kept result: a figure that compares months compares the same reporters, so one that is missing
at either end counts at neither. Carried forward is asked for: the last stock of a missing reporter stands for the month; flows
are never carried, and the figure is an estimate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from dripline.definitions import Indicator
from dripline.engines.data import Data, Rows
from dripline.engines.fold import Moment, atom_table, atoms
from dripline.errors import Refused
from dripline.indicators.account import COMPARED
from dripline.indicators.coverage import ESTIMATED, reporters_due
from dripline.law import Law
from dripline.nodes import Measure
from dripline.periods import Period
from dripline.store import Scope
from dripline.store.snapshot import Held, ScopedData
from dripline.tables import table as table_called
from dripline.words import Text

MissingRule = Literal["left-out", "carried"]
RULES: tuple[MissingRule, ...] = ("left-out", "carried")
MONTHS_BACK = "statistics.carry_forward_months"


def compared(indicator: Indicator) -> Measure:
    """The measure whose months decide who is left out: that of the whole account for each of its lines."""
    return COMPARED.get(indicator.code, indicator.measure)


def places(indicator: Indicator, period: Period) -> set[tuple[str, Period]]:
    """The tables and months of reporters' rows that a figure adds up."""
    moment = Moment((period,), (period,))
    return {
        (atom_table(atom), month)
        for atom, when, _ in atoms(compared(indicator), moment)
        for month in when.months
        if table_called(atom_table(atom)).per_reporter
    }


def compares(indicator: Indicator, period: Period) -> bool:
    """Whether a figure sets one month against another, and does not only add months up."""
    moment = Moment((period,), (period,))
    ends = {when.months[-1] for _, when, _ in atoms(compared(indicator), moment)}
    return len(ends) > 1


class Seen(Data, Protocol):
    """Rows seen through a scope, of institutions as they stand on a day."""

    @property
    def scope(self) -> Scope:
        """Whose rows."""
        ...

    @property
    def successors(self) -> tuple[tuple[str, str], ...]:
        """Who has taken over whom."""
        ...


def absent(data: Seen, period: Period, table: str, month: Period) -> frozenset[str]:
    """Reporters due for a month by the register of the period, whose file has not come; none if nobody's has."""
    received = data.received(table, month)
    due = reporters_due(data, period, table, on=month.last_day)
    mine = data.scope.reporters
    if not due or not received:
        return frozenset()
    return (due if mine is None else due & mine) - received


Absent = Callable[[str, Period], frozenset[str]]


def remembered(data: Seen, period: Period) -> Absent:
    """Who is missing, asked of the registers once for a table and month."""
    known: dict[tuple[str, Period], frozenset[str]] = {}

    def found(table: str, month: Period) -> frozenset[str]:
        if (table, month) not in known:
            known[table, month] = absent(data, period, table, month)
        return known[table, month]

    return found


def left_out(
    data: Seen, indicator: Indicator, period: Period, missing: Absent | None = None
) -> frozenset[str]:
    """Institutions of today that count at neither end of a comparison, as a file of theirs is missing at one of them."""
    if not compares(indicator, period):
        return frozenset()
    today, asked = dict(data.successors), missing or remembered(data, period)
    found = {
        reporter for table, month in places(indicator, period) for reporter in asked(table, month)
    }
    return frozenset(today.get(reporter, reporter) for reporter in found)


def without(
    data: ScopedData, out: frozenset[str], wanted: Iterable[tuple[str, Period]]
) -> ScopedData:
    """The rows of all reporters but those that an institution left out stands for today."""
    if not out:
        return data
    today = dict(data.successors)
    sent = {reporter for table, month in wanted for reporter in data.received(table, month)}
    return data.of(frozenset(r for r in sent if today.get(r, r) not in out))


def divided(
    data: ScopedData, indicators: Iterable[Indicator], period: Period
) -> list[tuple[frozenset[str], ScopedData, list[Indicator]]]:
    """Figures by who is left out of them, each lot with the rows it is counted over."""
    missing, lots = remembered(data, period), dict[frozenset[str], list[Indicator]]()
    for indicator in indicators:
        lots.setdefault(left_out(data, indicator, period, missing), []).append(indicator)
    return [
        (out, without(data, out, {p for one in some for p in places(one, period)}), some)
        for out, some in lots.items()
    ]


# --- carried forward ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stock:
    """A stock that stands for a later month: whose, which table, for which month, from which."""

    reporter: str
    table: str
    month: str
    of: str


@dataclass(frozen=True)
class Carried:
    """Rows of a snapshot in which the last stock of a missing reporter stands for the month that has not come."""

    data: ScopedData
    period: Period
    law: Law

    @property
    def successors(self) -> tuple[tuple[str, str], ...]:
        """Who has taken over whom."""
        return self.data.successors

    def rows(self, table: str, period: Period) -> Rows | None:
        """The files of a table for a period, and those that stand for what is missing."""
        rows, stocks = self.data.rows(table, period), dict(self._stocks(table, period))
        if rows is None or not stocks:
            return rows
        home = self.data.snapshot.home.path
        files = tuple(str(home / held.file) for held in stocks.values())
        here = {*self.data.received(table, period), *stocks}
        heirs = tuple(pair for pair in self.data.successors if pair[0] in here)
        return Rows(files=(*rows.files, *files), successors=heirs)

    def received(self, table: str, period: Period) -> frozenset[str]:
        """The reporters whose rows are there, carried ones included."""
        return self.data.received(table, period) | dict(self._stocks(table, period)).keys()

    def stocks(self, wanted: Iterable[tuple[str, Period]]) -> list[Stock]:
        """What is carried among tables and months, for the figure to say so."""
        return sorted(
            (
                Stock(reporter, table, str(month), held.period)
                for table, month in wanted
                for reporter, held in self._stocks(table, month)
            ),
            key=lambda stock: (stock.reporter, stock.table, stock.month),
        )

    def _stocks(self, table: str, month: Period) -> Iterator[tuple[str, Held]]:
        """For each missing reporter its last file, as far back as the lawbook allows on the day."""
        kind = table_called(table)
        if not kind.per_reporter or kind.nature == "flow":
            return
        missing = absent(self.data, self.period, table, month)
        most = self.law.on(month.last_day).take(MONTHS_BACK, int)
        for back in range(1, most + 1) if missing else ():
            there = month.shift(-back)
            held = self.data.snapshot.held(table, there)
            for reporter in sorted(missing & self.data.received(table, there)):
                yield reporter, held[reporter]
            missing -= held.keys()


def needs_stocks(indicator: Indicator, period: Period) -> None:
    """Refused for a figure of flows: what a bank granted in a month that has not come is not known from another."""
    flows = sorted(
        {table for table, _ in places(indicator, period) if table_called(table).nature == "flow"}
    )
    if flows:
        raise Refused(
            f"{indicator.code} adds up flows ({', '.join(flows)}), which are never carried forward; "
            "ask for it with --missing left-out."
        )


# --- in words ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """Which rule a figure used for missing reporters, and whom it met."""

    out: frozenset[str]
    stocks: tuple[Stock, ...] = ()

    def standing(self, of: Text) -> Text:
        """How a figure stands: an estimate while something is carried, whatever is said of its month."""
        return ESTIMATED if self.stocks else of

    @property
    def says(self) -> tuple[Text, ...]:
        """A line for whom is left out, one for each stock that is carried; none where nobody is missing."""
        lines = []
        if self.out:
            names = ", ".join(sorted(self.out))
            lines.append(
                Text(
                    zh=f"未报机构两端均不计：{names}",
                    en=f"missing reporters are left out at both ends: {names}",
                )
            )
        for stock in self.stocks:
            lines.append(
                Text(
                    zh=f"估算：{stock.reporter} 未报 {stock.table} {stock.month}，按 {stock.of} 结转",
                    en=f"estimate: {stock.reporter} has not sent {stock.table} {stock.month}; "
                    f"that of {stock.of} stands for it",
                )
            )
        return tuple(lines)


def used(
    data: ScopedData, indicator: Indicator, period: Period, law: Law, rule: MissingRule
) -> Rule:
    """The rule a figure used."""
    if rule == "left-out":
        return Rule(left_out(data, indicator, period))
    stocks = Carried(data, period, law).stocks(places(indicator, period))
    return Rule(frozenset(), tuple(stocks))
