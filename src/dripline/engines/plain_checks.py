"""Checks in plain Python: which rows break a rule, which leave it unknown, which rules could not run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from dripline import nodes as n
from dripline.definitions import AnyCheck, Check, Need, Total, TotalsAgree, Unique
from dripline.engines.data import REPORTER, ROW, Broken, Data, Tally
from dripline.engines.needs import waiting
from dripline.engines.plain import Answer, Evaluation, Row, broken_values
from dripline.law import Law
from dripline.measures import Count, CountDistinct, Sum
from dripline.periods import Period
from dripline.tables import table as table_called


def run_checks(
    checks: Iterable[AnyCheck], data: Data, period: Period, reporters: tuple[str, ...], law: Law
) -> tuple[list[Tally], Iterator[Broken]]:
    """Every rule over every row of the reporters: tallies by rule and reporter, and what is broken."""
    evaluation = Evaluation(data, period, law, (period,))
    tallies: list[Tally] = []
    broken: list[Broken] = []
    for check in checks:
        missing = waiting(check, data, period, reporters, lambda need: meeting(need, evaluation))
        for reporter in reporters:
            tally, found = run_check(check, evaluation, reporter, missing.get(reporter))
            tallies.append(tally)
            broken.extend(found)
    return tallies, iter(broken)


def run_check(
    check: AnyCheck, evaluation: Evaluation, reporter: str, missing: str | None
) -> tuple[Tally, list[Broken]]:
    """One rule over the rows of one reporter."""
    if missing:
        return Tally(check.code, check.table, reporter, not_run=missing), []
    if isinstance(check, Check):
        answers = check_rows(check, evaluation, reporter)
    elif isinstance(check, Unique):
        answers = check_unique(check, evaluation, reporter)
    else:
        answers = check_totals(check, evaluation, reporter)
    shown = [
        Broken(check.code, check.table, reporter, number, values)
        for answer, number, values in answers
        if answer is False
    ]
    unknown = sum(answer is None for answer, _, _ in answers)
    return Tally(check.code, check.table, reporter, len(answers), len(shown), unknown), shown


def meeting(need: Need, evaluation: Evaluation) -> frozenset[str]:
    """Reporters with a row that makes the rule wait."""
    assert need.when is not None
    rows = evaluation.rows(n.table_of(need.when)) or []
    return frozenset(row[REPORTER] for row in rows if evaluation.condition(need.when, row))


Answers = list[tuple[Answer, int | None, tuple[tuple[str, str | None], ...]]]


def check_rows(check: Check, evaluation: Evaluation, reporter: str) -> Answers:
    """The condition for each row the rule is about."""
    return [
        (evaluation.condition(check.holds, row), row[ROW], broken_values(row, check.shown))
        for row in applied(check, evaluation, reporter)
    ]


def applied(check: Check | Unique, evaluation: Evaluation, reporter: str) -> list[Row]:
    """The reporter's rows the rule is about."""
    rows = [row for row in evaluation.rows(check.table) or () if row[REPORTER] == reporter]
    return [
        row for row in rows if check.given is None or evaluation.condition(check.given, row) is True
    ]


def check_unique(check: Unique, evaluation: Evaluation, reporter: str) -> Answers:
    """Whether no other row of the reporter has the same values."""
    rows = applied(check, evaluation, reporter)
    keys = [tuple(evaluation.value(value, row) for value in check.by) for row in rows]
    times = Counter(keys)
    return [
        (None if None in key else times[key] == 1, row[ROW], broken_values(row, check.shown))
        for key, row in zip(keys, rows, strict=True)
    ]


def check_totals(check: TotalsAgree, evaluation: Evaluation, reporter: str) -> Answers:
    """The condition over the totals of each key."""
    totals: dict[tuple[Any, ...], Row] = defaultdict(
        lambda: dict.fromkeys((t.name for t in check.totals), 0)
    )
    if not check.keys:
        totals[()]  # a rule without keys is asked once, rows or no rows
    for total in check.totals:
        for key, amount in add_up(total, evaluation, reporter).items():
            totals[key][total.name] = amount
    answers: Answers = []
    for key, row in totals.items():
        if check.given is not None and evaluation.condition(check.given, row) is not True:
            continue
        shown = [
            (label.zh, None if part is None else str(part))
            for label, part in zip(check.keys, key, strict=True)
        ]
        values = (*shown, *((name, str(amount)) for name, amount in row.items()))
        answers.append((evaluation.condition(check.holds, row), None, values))
    return answers


def add_up(total: Total, evaluation: Evaluation, reporter: str) -> dict[tuple[Any, ...], Any]:
    """One total by its keys; rows whose condition is unknown are left out."""
    there = evaluation.elsewhere(total.table, total.period)
    rows = evaluation.rows(total.table, total.period) or []
    if table_called(total.table).per_reporter:
        rows = [row for row in rows if row[REPORTER] == reporter]
    found: dict[tuple[Any, ...], Any] = defaultdict(int)
    seen: dict[tuple[Any, ...], set[tuple[Any, ...]]] = defaultdict(set)
    for row in rows:
        if (
            total.measure.where is not None
            and there.condition(total.measure.where, row) is not True
        ):
            continue
        key = tuple(there.value(value, row) for value in total.by)
        match total.measure:
            case Sum(value=value):
                found[key] += there.value(value, row) or 0
            case Count():
                found[key] += 1
            case CountDistinct(keys=keys):
                seen[key].add(tuple(there.value(part, row) for part in keys))
                found[key] = len(seen[key])
    return dict(found)
