"""核对表: what the rows of a reporter add up to, beside what it says elsewhere (FN 8, XT-20, XT-10).

The sums are the totals of the rules themselves, asked for every reporter and not only where the rule is broken; the
verdict is the one the accepted delivery got.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dripline.definitions import Dimension, Indicator, Total, TotalsAgree
from dripline.engines.data import REPORTER, Cell
from dripline.errors import DefinitionError
from dripline.indicators.compile import Catalogue
from dripline.money import half_up
from dripline.nodes import TEXT, Field, Value
from dripline.publish.pack.board import Board, Keys
from dripline.standards import RULES
from dripline.standards.rules_tech_loans import SUMMARIES
from dripline.store import Outcome
from dripline.words import Text

ALL_CURRENCIES = "XT-20/all"
TOLERANCE = "check.totals_tolerance_permille"
COMPUTED = {"amount": ("amount", "discounts"), "borrowers": ("borrowers", "discounters")}
"""Which totals of XT-10 together are what its summary row should say: of loans, and of bills."""
REPORTED = "reported"
BY_REPORTER, BY_CITY = "reporter", "city"
Found = dict[tuple[str, str], dict[Keys, Cell]]
"""Cells by rule and total, and by reporter and key."""
WITHIN = Text(zh="在允许差异内", en="within the tolerance")
AGREES = Text(zh="一致", en="agrees")
NOT_SENT = Text(zh="未报", en="not sent")
UNDECIDED = Text(zh="数据有缺，无法判断", en="cannot be told, data are missing")
OVER = Text(zh="超出", en="over")


@dataclass(frozen=True, slots=True)
class Line:
    """A reporter's rows against its line of the credit statistics, in all or in one city; amounts in yuan, None: not there."""

    reporter: str
    city: str | None
    rows: Decimal | None
    line: Decimal | None
    verdict: Text

    @property
    def difference(self) -> Decimal | None:
        """Rows less line."""
        return None if self.rows is None or self.line is None else self.rows - self.line

    @property
    def permille(self) -> Decimal | None:
        """The difference in per mille of the line."""
        if self.difference is None or not self.line:
            return None
        return half_up(fen(self.difference) * 1000, fen(self.line), 2)


@dataclass(frozen=True, slots=True)
class Summary:
    """A number of a reporter's own summary row beside the same number made of its rows."""

    reporter: str
    table: str
    row: str
    what: str
    reported: Decimal | None
    computed: Decimal | None
    verdict: Text


def rule(code: str) -> TotalsAgree:
    """The rule whose totals are shown."""
    found = RULES.get(code)
    if not isinstance(found, TotalsAgree):
        raise DefinitionError(f"no rule over totals is called {code}.")
    return found


def totals(board: Board, rules: Mapping[TotalsAgree, Sequence[str]]) -> Found:
    """The totals of these names, of rules with alike keys, for every reporter; rows out of scope are in, as in the rules."""
    chosen = [
        (of, total) for of, names in rules.items() for total in of.totals if total.name in names
    ]
    reporters = {total.table: Field(total.table, REPORTER, TEXT) for _, total in chosen}
    ways = {BY_REPORTER: everywhere(BY_REPORTER, reporters.values())}
    if chosen[0][0].keys:
        ways[BY_CITY] = everywhere(BY_CITY, [total.by[0] for _, total in chosen])
    way = "+".join(ways)
    asked = {(of.code, total.name): as_indicator(of, total, way) for of, total in chosen}
    catalogue = Catalogue({each.code: each for each in asked.values()}, ways)
    cells = replace(board.figures, catalogue=catalogue).cells(board.period, asked.values(), (way,))
    found: Found = {place: {} for place in asked}
    for cell in cells:
        code, _, name = cell.indicator.rpartition(":")
        found[code, name][cell.keys] = cell
    return found


def everywhere(code: str, values: Iterable[Value]) -> Dimension:
    """A way of dividing totals; it counts rows out of scope too, as the rules do."""
    return Dimension(code, Text(zh=code, en=code), tuple(values), "", everywhere=True)


def as_indicator(of: TotalsAgree, total: Total, way: str) -> Indicator:
    """A total as a figure that can be asked for."""
    return Indicator(
        code=f"{of.code}:{total.name}",
        label=of.says,
        unit="yuan",
        measure=total.measure,
        decimals=2,
        source=of.source,
        article=of.article,
        breakdowns=(way,),
    )


def lines(board: Board) -> list[Line]:
    """XT-20: every reporter, and below it its cities."""
    of = rule(ALL_CURRENCIES)
    rows_name, line_name = of.totals[0].name, of.totals[1].name
    found = totals(board, {of: (rows_name, line_name)})
    rows, line = found[of.code, rows_name], found[of.code, line_name]
    keys = dict.fromkeys([*rows, *line])
    reporters = dict.fromkeys(
        sorted({str(reporter) for reporter, _ in keys} | board.coverage.missing)
    )
    tolerated = board.figures.law.on(board.period.last_day).take(TOLERANCE, Decimal)
    outcomes = outcomes_of(board, of.code)
    made = []
    for reporter in reporters:
        mine = sorted((key for key in keys if key[0] == reporter), key=str)
        of_cities = [
            Line(reporter, key[1], amount(rows, key), amount(line, key), UNDECIDED) for key in mine
        ]
        made.append(whole(reporter, of_cities, outcomes.get(reporter)))
        made += [replace(each, verdict=near(each, tolerated)) for each in of_cities]
    return made


def whole(reporter: str, cities: list[Line], outcome: Outcome | None) -> Line:
    """A reporter's cities together; nothing where no city has the number."""
    rows = [each.rows for each in cities if each.rows is not None]
    line = [each.line for each in cities if each.line is not None]
    return Line(
        reporter,
        None,
        sum(rows, Decimal(0)) if rows else None,
        sum(line, Decimal(0)) if line else None,
        verdict(outcome, WITHIN),
    )


def near(line: Line, tolerated: Decimal) -> Text:
    """Whether a difference stays within the tolerance; a city that only one side names stands for nought on the other."""
    rows, other = line.rows or Decimal(0), line.line or Decimal(0)
    return WITHIN if abs(rows - other) * 1000 <= other * tolerated else OVER


def summaries(board: Board) -> Iterator[Summary]:
    """XT-10: amounts and numbers of firms of T08 to T12, stock and grants."""
    asked = {
        rule(f"XT-10/{table}/{row}/{what}"): (table, row, what)
        for table in ("HDACLKJDK", "HDAKJDKFS")
        for row in SUMMARIES
        for what in COMPUTED
    }
    found = totals(board, {of: (REPORTED, *COMPUTED[what]) for of, (_, _, what) in asked.items()})
    for of, (table, row, what) in asked.items():
        outcomes = outcomes_of(board, of.code)
        reported = found[of.code, REPORTED]
        for key in sorted(reported, key=str):
            parts = [amount(found[of.code, name], key) for name in COMPUTED[what]]
            computed = sum((part for part in parts if part is not None), Decimal(0))
            said = verdict(outcomes.get(str(key[0])), AGREES)
            yield Summary(str(key[0]), table, row, what, amount(reported, key), computed, said)


def outcomes_of(board: Board, code: str) -> dict[str, Outcome]:
    """How a rule went over each reporter's last delivery of the month."""
    return {
        reporter: outcome
        for reporter, entry in board.latest.items()
        for outcome in entry.outcomes
        if outcome.rule == code
    }


def verdict(outcome: Outcome | None, holds: Text) -> Text:
    """What the accepted delivery says of a rule."""
    if outcome is None:
        return NOT_SENT
    if outcome.not_run is not None:
        return Text(
            zh=f"未运行：{outcome.not_run}未报", en=f"not run: {outcome.not_run} not received"
        )
    if outcome.broken:
        return Text(
            zh=f"{outcome.broken}处不一致，已说明{outcome.explained}处",
            en=f"{outcome.broken} do not agree, {outcome.explained} explained",
        )
    return UNDECIDED if outcome.unknown else holds


def amount(cells: Mapping[Keys, Cell], key: Keys) -> Decimal | None:
    """The exact number of a total; None where it has no row."""
    cell = cells.get(key)
    return None if cell is None else half_up(cell.numerator, cell.denominator, 2)


def fen(yuan: Decimal) -> int:
    """An amount in whole fen."""
    return int(yuan.scaleb(2))
