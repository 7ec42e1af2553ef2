"""Rules on totals as SQL. What rules without keys add up is added up for all of them in one pass over each table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from dripline import nodes as n
from dripline.definitions import Total, TotalsAgree
from dripline.engines.data import REPORTER
from dripline.engines.duck import Duck
from dripline.engines.sql import Scan
from dripline.engines.sql_words import Expression, column, fares, literal
from dripline.measures import Count, CountDistinct, Sum
from dripline.periods import Period
from dripline.tables import table as table_called

Fared = tuple[TotalsAgree, str, int, tuple[str, ...]]
"""A rule, a reporter, how the rule fares (``sql_words.fares``), and its totals as text."""


class Totals:
    """Lets conditions over named totals be compiled like conditions over a row."""

    def __init__(self, duck: Duck) -> None:
        self.law, self.lists, self.groups = duck.law, duck.lists, duck.groups
        self.codes, self.successors, self.received = duck.codes, duck.successors, duck.received

    def relation(self, table: str, period: Period, *, today: bool = False) -> str:
        """Totals look at no other table."""
        raise AssertionError("a condition over totals reads no other table")

    def size(self, table: str, period: Period) -> int:
        """Totals look at no other table."""
        raise AssertionError("a condition over totals reads no other table")


class TotalsScan(Scan):
    """Conditions over one rule's totals; ``columns``: what they are called among those of several rules."""

    def __init__(self, duck: Duck, period: Period, columns: dict[str, str] | None = None) -> None:
        super().__init__(Totals(duck), "totals", period, (period,))
        self.columns = columns or {}

    def value(self, node: n.Value) -> Expression:
        """The node as an SQL value, NULL where unknown."""
        if isinstance(node, n.Named) and node.name in self.columns:
            return column(self.columns[node.name])
        return super().value(node)


@dataclass(frozen=True, slots=True)
class KeylessTotals:
    """Rules that ask once a reporter, rows or no rows."""

    duck: Duck
    period: Period
    reporters: tuple[str, ...]

    def fare(self, checks: Sequence[TotalsAgree]) -> Iterator[Fared]:
        """How each rule fares for each reporter; a rule that applies to none is left out.

        What tells whether a rule applies is added up first, so that rules about an empty table cost no pass over the
        large ones behind it.
        """
        conditional = [check for check in checks if check.given is not None]
        asked = [total for check in conditional for total in asked_first(check)]
        applying = {check.code for check, _, fare, _ in self._fare(conditional, asked) if fare}
        left = [check for check in checks if check.given is None or check.code in applying]
        yield from self._fare(left, [total for check in left for total in check.totals])

    def _fare(self, checks: Sequence[TotalsAgree], totals: Iterable[Total]) -> Iterator[Fared]:
        """By these totals alone: where those of ``holds`` are not among them, whether the rule applies."""
        names = {one: f"t{at}" for at, one in enumerate(dict.fromkeys(map(unnamed, totals)))}
        if not checks:
            return
        each = self._row_each(names).subquery("t", copy=False)
        outcomes = [self._outcome(check, names) for check in checks]
        texts = [exp.cast(column(name), "VARCHAR") for name in names.values()]
        query = exp.select(column(REPORTER), *outcomes, *texts).from_(each, copy=False)
        text = query.sql(dialect="duckdb", copy=False)
        for reporter, *found in self.duck.connection.execute(text).fetchall():
            amounts = dict(zip(names, found[len(checks) :], strict=True))
            for check, fare in zip(checks, found, strict=False):
                shown = tuple(amounts.get(unnamed(total), "") for total in check.totals)
                yield check, reporter, fare, shown

    def _outcome(self, check: TotalsAgree, names: dict[Total, str]) -> Expression:
        columns = {t.name: names[unnamed(t)] for t in check.totals if unnamed(t) in names}
        scan = TotalsScan(self.duck, self.period, columns)
        given = None if check.given is None else scan.condition(check.given)
        all_there = len(columns) == len(check.totals)
        return fares(scan.condition(check.holds) if all_there else exp.true(), given)

    def _row_each(self, names: dict[Total, str]) -> exp.Select:
        """One row for each reporter with every total, 0 where there is no row to add."""
        tables: dict[tuple[str, n.When], list[Total]] = defaultdict(list)
        for total in names:
            tables[total.table, total.period].append(total)
        query = exp.select(exp.alias_(column("reporter", "r"), REPORTER))
        query = query.from_(reporters_of(self.reporters), copy=False)
        for at, ((table, _), some) in enumerate(tables.items()):
            inner = self._added_up(some, names).subquery(f"a{at}", copy=False)
            of_reporters = table_called(table).per_reporter
            mine = exp.EQ(this=column(REPORTER, f"a{at}"), expression=column("reporter", "r"))
            on = mine if of_reporters else exp.true()
            query = query.join(inner, on=on, join_type="left", copy=False)
            for total in some:
                sum_ = exp.func("COALESCE", column(names[total], f"a{at}"), literal(0))
                query = query.select(exp.alias_(sum_, names[total]), copy=False)
        return query

    def _added_up(self, totals: Sequence[Total], names: dict[Total, str]) -> exp.Select:
        """These totals of one table and month in one pass; a total of a register stands for every reporter."""
        scan = scan_of(self.duck, totals[0], self.period)
        sums = [exp.alias_(filtered(scan, total), names[total]) for total in totals]
        if not table_called(totals[0].table).per_reporter:
            return scan.select(*sums)
        theirs = exp.In(
            this=column(REPORTER), expressions=[literal(name) for name in self.reporters]
        )
        query = scan.select(column(REPORTER), *sums).where(theirs, copy=False)
        return query.group_by(column(REPORTER), copy=False)


def asked_first(check: TotalsAgree) -> list[Total]:
    """The totals that tell whether a rule applies."""
    names = {node.name for node in n.walk(check.given) if isinstance(node, n.Named)}
    return [total for total in check.totals if total.name in names]


def unnamed(total: Total) -> Total:
    """A total as it is the same in several rules."""
    return replace(total, name="")


def scan_of(duck: Duck, total: Total, period: Period) -> Scan:
    """A scan of the rows that are added up."""
    before = total.period == "previous"
    of = period.shift(-1) if before else period
    return Scan(duck, total.table, of, (period,), today=before)


def reporters_of(reporters: tuple[str, ...]) -> exp.Expression:
    """The reporters as a relation ``r``."""
    rows = exp.values([(name,) for name in reporters], alias="r", columns=["reporter"])
    return rows


def filtered(scan: Scan, total: Total) -> Expression:
    """The measure as an SQL aggregate over the rows that meet its condition."""
    amount, where = aggregate(scan, total.measure), total.measure.where
    if where is None:
        return amount
    return exp.Filter(this=amount, expression=exp.Where(this=scan.condition(where)))


def aggregate(scan: Scan, measure: Sum | Count | CountDistinct) -> Expression:
    """The measure as an SQL aggregate over the rows left by its condition."""
    match measure:
        case Sum(value=value):
            return exp.Sum(this=scan.value(value))
        case CountDistinct(keys=keys):
            return distinct(scan, keys)
    return exp.Count(this=exp.Star())


def distinct(scan: Scan, keys: Sequence[n.Value]) -> Expression:
    """How many different keys; an empty part counts as a value of its own, as in the plain engine."""
    parts = [
        exp.func("COALESCE", exp.cast(scan.value(key), "VARCHAR"), literal("")) for key in keys
    ]
    return exp.Count(this=exp.Distinct(expressions=[exp.Anonymous(this="row", expressions=parts)]))
