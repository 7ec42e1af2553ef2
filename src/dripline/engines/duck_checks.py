"""Checks as SQL: one pass over a table for all its rules (a large one is gone over once for each set of other tables
that rules look at), a second for the rows of the rules that were broken.

Each rule gives a row a code of two bits (outside, holds, broken, unknown); the codes of 31 rules make one word. Rows
are counted by word, so that the tallies of all rules cost one GROUP BY.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlglot import exp

from dripline.definitions import AnyCheck, Check, Need, Total, TotalsAgree, Unique, tables_read
from dripline.engines.data import REPORTER, ROW, Broken, Tally
from dripline.engines.duck import Duck
from dripline.engines.duck_asked import Answer, Asked, sql
from dripline.engines.duck_patterns import MANY_ROWS, Patterns, RuleScan
from dripline.engines.duck_totals import KeylessTotals, TotalsScan, aggregate, reporters_of, scan_of
from dripline.engines.needs import waiting
from dripline.engines.sql import Scan
from dripline.engines.sql_words import (
    BROKEN,
    HOLDS,
    Expression,
    column,
    fares,
    is_null,
    literal,
)
from dripline.nodes import table_of
from dripline.periods import Period
from dripline.tables import table as table_called

RULES_A_WORD = 31
APART_FROM = 1_000_000
"""Rows from which one pass with every join at once no longer fits in memory: it would write whole rows to disk."""
BATCH = 10_000
Missing = dict[str, dict[str, str]]


def run_checks(
    checks: Iterable[AnyCheck],
    duck: Duck,
    period: Period,
    reporters: tuple[str, ...],
    *,
    apart_from: int = APART_FROM,
    values_from: int = MANY_ROWS,
) -> tuple[list[Tally], Iterator[Broken]]:
    """Every rule over every row of the reporters: tallies by rule and reporter, and a stream of what is broken.

    Rules of a table with ``apart_from`` rows or more are run in several passes, one for each set of tables they read;
    in one with ``values_from`` or more, patterns are tried on the different values of a column that has few.
    """
    checks = list(checks)
    meets = Meeting(duck, period)
    missing = {c.code: waiting(c, duck.data, period, reporters, meets) for c in checks}
    runnable = [c for c in checks if len(missing[c.code]) < len(reporters)]
    passes: dict[tuple[str, frozenset[str]], list[Check]] = defaultdict(list)
    for check in runnable:
        if isinstance(check, Check):
            large = duck.size(check.table, period) >= apart_from
            passes[check.table, tables_read(check) if large else frozenset()].append(check)
    streams: list[Iterator[Broken]] = []
    with Asked(duck) as asked:
        patterns = Patterns(duck, values_from)
        run = CheckRun(patterns, period, reporters, missing, asked)
        # Large joins first: check characters, which are looked at in Python, would wait for the writing.
        for (table, _), some in sorted(passes.items(), key=lambda one: -len(one[0][1])):
            run.count_rows(table, some)
            streams.append(run.broken_rows(table, some))
        for check in runnable:
            if isinstance(check, Unique):
                streams.append(run.unique(check))
            elif isinstance(check, TotalsAgree) and check.keys:
                streams.append(run.totals(check))
        keyless = [c for c in runnable if isinstance(c, TotalsAgree) and not c.keys]
        streams.append(run.totals_without_keys(keyless))
        asked.answered()
    found = (broken for stream in streams for broken in stream)
    return run.tallies(checks), found


class Meeting:
    """Reporters with a row that makes a rule wait for another table."""

    def __init__(self, duck: Duck, period: Period) -> None:
        self.duck, self.period = duck, period

    def __call__(self, need: Need) -> frozenset[str]:
        assert need.when is not None
        scan = Scan(self.duck, table_of(need.when), self.period, (self.period,))
        condition = scan.condition(need.when)
        query = scan.select(column(REPORTER)).distinct().where(condition)
        return frozenset(name for (name,) in self.duck.connection.execute(sql(query)).fetchall())


class CheckRun:
    """The rules of one month for some reporters, on one connection."""

    def __init__(
        self,
        patterns: Patterns,
        period: Period,
        reporters: tuple[str, ...],
        missing: Missing,
        asked: Asked,
    ) -> None:
        self.period, self.reporters, self.missing = period, reporters, missing
        self.duck, self.patterns, self.asked = patterns.duck, patterns, asked
        self.counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])

    def tallies(self, checks: Iterable[AnyCheck]) -> list[Tally]:
        """A line for each rule and reporter, in the order of the rules."""
        lines = []
        for check in checks:
            for reporter in self.reporters:
                if table := self.missing[check.code].get(reporter):
                    lines.append(Tally(check.code, check.table, reporter, not_run=table))
                    continue
                held, broken, unknown = self.counts[check.code, reporter][1:]
                applied = held + broken + unknown
                lines.append(Tally(check.code, check.table, reporter, applied, broken, unknown))
        return lines

    def scan(self, table: str) -> Scan:
        """A scan of this month's rows."""
        return RuleScan(self.patterns, table, self.period)

    def theirs(self, relation: str = "t") -> Expression:
        """Only rows of the reporters asked for."""
        names = [literal(name) for name in self.reporters]
        return exp.In(this=column(REPORTER, relation), expressions=names)

    def count_rows(self, table: str, checks: Sequence[Check]) -> None:
        """Count the rows of a table by how they fare under all its rules."""
        scan = self.scan(table)
        words = [
            exp.alias_(word([outcome(scan, check) for check in some]), f"w{place}", copy=False)
            for place, some in enumerate(chunks(checks))
        ]
        inner = scan.select(column(REPORTER), *words).where(self.theirs(), copy=False)
        names = [column(f"w{place}") for place in range(len(words))]
        query = (
            exp.select(column(REPORTER), *names, exp.Count(this=exp.Star()))
            .from_(inner.subquery("t", copy=False), copy=False)
            .group_by(column(REPORTER), *(name.copy() for name in names), copy=False)
        )
        self.asked.ask(query, lambda answer: self._count(checks, answer))

    def _count(self, checks: Sequence[Check], answer: Answer) -> None:
        for reporter, *found, rows in answer:
            for some, bits in zip(chunks(checks), found, strict=True):
                for place, check in enumerate(some):
                    self.counts[check.code, reporter][bits >> 2 * place & 3] += rows

    def broken_rows(self, table: str, checks: Sequence[Check]) -> Iterator[Broken]:
        """The rows that break a rule, with the values of the columns it reads."""
        for check in checks:
            if not self.is_broken(check):
                continue
            scan = self.scan(table)
            is_broken = exp.EQ(this=outcome(scan, check), expression=literal(BROKEN))
            shown = [exp.cast(column(field.name), "VARCHAR") for field in check.shown]
            query = scan.select(column(REPORTER), column(ROW), *shown)
            names = tuple(field.name for field in check.shown)
            yield from self.stream(check, query.where(exp.and_(self.theirs(), is_broken)), names)

    def stream(
        self, check: AnyCheck, query: exp.Select, names: tuple[str, ...]
    ) -> Iterator[Broken]:
        """Rows ``reporter, row, values…`` as findings, a batch at a time."""
        cursor = self.duck.connection.cursor()
        cursor.execute(sql(query))
        while rows := cursor.fetchmany(BATCH):
            for reporter, row, *values in rows:
                if reporter not in self.missing[check.code]:
                    pairs = tuple(zip(names, values, strict=True))
                    yield Broken(check.code, check.table, reporter, row, pairs)

    def is_broken(self, check: AnyCheck) -> bool:
        """Whether the counts, once they are there, have rows that break the rule."""
        return any(self.counts[check.code, reporter][BROKEN] for reporter in self.reporters)

    def any_broken(
        self, check: AnyCheck, query: exp.Select, names: tuple[str, ...]
    ) -> Iterator[Broken]:
        """The same, where the count says that there are any: what finds them is as dear as what counted them."""
        if self.is_broken(check):
            yield from self.stream(check, query, names)

    def unique(self, check: Unique) -> Iterator[Broken]:
        """Rows whose values another row of the reporter has too.

        Rows are first grouped by a 64-bit hash, which needs a fraction of the memory of the texts; only rows whose
        hash occurs twice are then compared by the values themselves.
        """
        scan = self.scan(check.table)
        keys = [scan.value(value) for value in check.by]
        given = exp.true() if check.given is None else scan.condition(check.given)
        unknown = exp.or_(*(is_null(key.copy()) for key in keys))
        mine = exp.and_(self.theirs(), given)
        counted = (
            scan.select(column(REPORTER), exp.Count(this=exp.Star()), exp.func("COUNT_IF", unknown))
            .where(mine.copy(), copy=False)
            .group_by(column(REPORTER))
        )
        self.asked.ask(counted, lambda answer: self._count_filled(check, answer))
        hashed = exp.Anonymous(
            this="hash", expressions=[column(REPORTER), *(k.copy() for k in keys)]
        )
        twice = (
            scan.select(exp.alias_(hashed, "h"))
            .where(exp.and_(mine.copy(), exp.Not(this=exp.paren(unknown.copy()))))
            .group_by(hashed.copy())
            .having(exp.GT(this=exp.Count(this=exp.Star()), expression=literal(1)))
        )
        shown = [
            exp.alias_(exp.cast(column(f.name), "VARCHAR"), f"s{i}")
            for i, f in enumerate(check.shown)
        ]
        window = exp.Window(
            this=exp.Count(this=exp.Star()),
            partition_by=[column(REPORTER), *(k.copy() for k in keys)],
        )
        candidates = scan.select(
            column(REPORTER), column(ROW), *shown, exp.alias_(window, "times")
        ).where(
            exp.and_(
                mine.copy(),
                exp.Not(this=exp.paren(unknown.copy())),
                exp.In(this=hashed.copy(), query=twice.subquery()),
            )
        )
        names = tuple(field.name for field in check.shown)
        query = (
            exp.select(column(REPORTER), column(ROW), *(column(f"s{i}") for i in range(len(names))))
            .from_(candidates.subquery("t", copy=False), copy=False)
            .where(exp.GT(this=column("times"), expression=literal(1)))
        )
        self._count_broken(check, query)
        return self.any_broken(check, query, names)

    def _count_filled(self, check: Unique, answer: Answer) -> None:
        for reporter, rows, empty in answer:
            self.counts[check.code, reporter] = [0, rows - empty, 0, empty]

    def _count_broken(self, check: AnyCheck, query: exp.Select) -> None:
        counted = (
            exp.select(column(REPORTER), exp.Count(this=exp.Star()))
            .from_(query.subquery("t", copy=False), copy=False)
            .group_by(column(REPORTER))
        )
        self.asked.ask(counted, lambda answer: self._move_broken(check, answer))

    def _move_broken(self, check: AnyCheck, answer: Answer) -> None:
        for reporter, broken in answer:
            counts = self.counts[check.code, reporter]
            counts[HOLDS], counts[BROKEN] = counts[HOLDS] - broken, broken

    def totals_without_keys(self, checks: Sequence[TotalsAgree]) -> Iterator[Broken]:
        """Rules on totals that ask once a reporter."""
        broken: list[Broken] = []
        rules = KeylessTotals(self.duck, self.period, self.reporters)
        for check, reporter, fare, amounts in rules.fare(checks):
            self.counts[check.code, reporter][fare] += 1
            if fare == BROKEN and reporter not in self.missing[check.code]:
                values = zip((total.name for total in check.totals), amounts, strict=True)
                broken.append(Broken(check.code, check.table, reporter, None, tuple(values)))
        return iter(broken)

    def totals(self, check: TotalsAgree) -> Iterator[Broken]:
        """Keys whose totals do not agree."""
        keys = [f"k{place}" for place in range(len(check.keys))]
        added = self._added_up(check, keys)
        scan = TotalsScan(self.duck, self.period)
        given = None if check.given is None else scan.condition(check.given)
        fare = fares(scan.condition(check.holds), given)
        names = [*keys, *(total.name for total in check.totals)]
        fared = (
            exp.select(column(REPORTER), *map(column, names), exp.alias_(fare, "fares"))
            .from_(added.subquery("t", copy=False), copy=False)
            .where(self.theirs(), copy=False)
        )
        outcomes = (
            exp.select(column(REPORTER), column("fares"), exp.Count(this=exp.Star()))
            .from_(fared.subquery("t"))
            .group_by(column(REPORTER), column("fares"), copy=False)
        )
        self.asked.ask(outcomes, lambda answer: self._count_totals(check, answer))
        labels = (*(text.zh for text in check.keys), *(total.name for total in check.totals))
        shown = [exp.cast(column(name), "VARCHAR") for name in names]
        broken = (
            exp.select(column(REPORTER), exp.null(), *shown)
            .from_(fared.subquery("t", copy=False), copy=False)
            .where(exp.EQ(this=column("fares"), expression=literal(BROKEN)))
        )
        return self.any_broken(check, broken, labels)

    def _count_totals(self, check: TotalsAgree, answer: Answer) -> None:
        for reporter, fare, rows in answer:
            self.counts[check.code, reporter][fare] += rows

    def _added_up(self, check: TotalsAgree, keys: list[str]) -> exp.Select:
        """One row for each reporter and key with every total, 0 where it has no row."""
        parts = [self._total(total, check, keys) for total in check.totals]
        union: exp.Query = parts[0]
        for part in parts[1:]:
            union = exp.union(union, part, distinct=False, copy=False)
        sums = [
            exp.alias_(
                exp.func("COALESCE", exp.Sum(this=column(total.name)), literal(0)), total.name
            )
            for total in check.totals
        ]
        by = [column(REPORTER), *(column(key) for key in keys)]
        return (
            exp.select(*by, *sums)
            .from_(union.subquery("t", copy=False), copy=False)
            .group_by(*(b.copy() for b in by), copy=False)
        )

    def _total(self, total: Total, check: TotalsAgree, keys: list[str]) -> exp.Select:
        scan = scan_of(self.duck, total, self.period)
        by = [exp.alias_(scan.value(value), key) for value, key in zip(total.by, keys, strict=True)]
        where = None if total.measure.where is None else scan.condition(total.measure.where)
        amount = aggregate(scan, total.measure)
        others = [
            exp.alias_(amount if other is total else exp.null(), other.name)
            for other in check.totals
        ]
        if table_called(total.table).per_reporter:
            query = scan.select(column(REPORTER), *by, *others)
            group: list[Expression] = [column(REPORTER), *(scan.value(value) for value in total.by)]
        else:  # a register's totals stand for every reporter
            query = scan.select(exp.alias_(column("reporter", "r"), REPORTER), *by, *others)
            query = query.join(reporters_of(self.reporters), join_type="cross", copy=False)
            group = [column("reporter", "r"), *(scan.value(value) for value in total.by)]
        query = query.where(where, copy=False) if where is not None else query
        return query.group_by(*group, copy=False)


def outcome(scan: Scan, check: Check) -> Expression:
    """0 outside the rule, else holds, broken or unknown."""
    given = None if check.given is None else scan.condition(check.given)
    return fares(scan.condition(check.holds), given)


def word(outcomes: Sequence[Expression]) -> Expression:
    """The outcomes of up to 31 rules in one whole number, two bits each."""
    total: Expression = literal(0)
    for place, one in enumerate(outcomes):
        shifted = exp.Mul(
            this=exp.cast(exp.paren(one, copy=False), "BIGINT", copy=False),
            expression=literal(1 << 2 * place),
        )
        total = exp.Add(this=total, expression=shifted)
    return total


def chunks(checks: Sequence[Check]) -> list[Sequence[Check]]:
    """The rules of each word."""
    return [checks[start : start + RULES_A_WORD] for start in range(0, len(checks), RULES_A_WORD)]
