"""Every rule over a hand-over: what is broken, unknown and not run, by reporter, with each finding to be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dripline.definitions import AnyCheck, Rule, TotalsAgree, tables_read
from dripline.engines.data import Broken, Data, Rows, Tally
from dripline.engines.duck import connected
from dripline.engines.duck_checks import run_checks
from dripline.intake.enterprise_names import RULES as LIST_RULES
from dripline.intake.findings import Finding, Origin, Spool, finding, read_spool
from dripline.intake.format_rules import FORMAT_RULES
from dripline.intake.overlay import Overlay
from dripline.intake.receiving import Bad, HandOver, Progress, Received
from dripline.intake.sheet_rules import RULES as SHEET_RULES
from dripline.law import Law
from dripline.periods import Period
from dripline.standards import RULES
from dripline.store.explanations import Explanation, Explanations, Outcome, row_key
from dripline.store.scope import Scope
from dripline.store.snapshot import Snapshot
from dripline.tables import table as table_called

MEMORY = "1GB"
"""What the rules may use before they spill to disk."""
FORMATS: dict[str, Rule] = {**FORMAT_RULES, **SHEET_RULES, **{r.code: r for r in LIST_RULES}}


@dataclass(frozen=True, slots=True)
class Checked:
    """One delivery after its check: its tables, and how it fared under each rule."""

    reporter: str
    period: Period
    tables: tuple[Received, ...]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a check came to: deliveries, spools of findings, tallies, and files that could not be read."""

    deliveries: tuple[Checked, ...]
    spools: tuple[Path, ...]
    tallies: tuple[Tally, ...]
    bad: tuple[Bad, ...]

    def findings(self) -> Iterator[Finding]:
        """Every finding, streamed."""
        for spool in self.spools:
            yield from read_spool(spool)

    @property
    def stands(self) -> bool:
        """No reject, and every error explained."""
        return not self.bad and not any(o.unexplained for d in self.deliveries for o in d.outcomes)


def check_hand_over(
    handed: HandOver,
    snapshot: Snapshot | None,
    explanations: Iterable[Explanation],
    work: Path,
    *,
    law: Law,
    progress: Progress,
    rules: Mapping[str, AnyCheck] = RULES,
) -> Report:
    """Runs every rule over every row, a month at a time, with the store's rows behind the handed-over ones.

    ``rules`` are those of the standards, and those an operator brought along.
    """
    explained = Explanations(explanations)
    outcomes = format_outcomes(handed.findings(), explained)
    tallies = list(handed.tallies)
    spools = list(handed.spools)
    months = sorted({one.period for one in handed.tables}, key=lambda p: p.last_day)
    for number, month in enumerate(months):
        progress("check", number, len(months))
        spool = work / f"rules-{month}.findings.parquet"
        found = check_month(
            month, handed, snapshot, explained, spool, law=law, work=work, rules=rules
        )
        spools.append(spool)
        for tally, outcome in found:
            tallies.append(tally)
            outcomes[tally.reporter, month].append(outcome)
    progress("check", len(months), len(months))
    return Report(tuple(deliveries(handed, outcomes)), tuple(spools), tuple(tallies), handed.bad)


def check_month(
    month: Period,
    handed: HandOver,
    snapshot: Snapshot | None,
    explained: Explanations,
    spool_path: Path,
    *,
    law: Law,
    work: Path,
    rules: Mapping[str, AnyCheck],
) -> list[tuple[Tally, Outcome]]:
    """The rules of one month over all reporters handed over for it; findings go to the spool."""
    mine = [one for one in handed.tables if one.period == month]
    reporters = tuple(sorted({one.reporter for one in mine}))
    data = Overlay.of(
        None if snapshot is None else Behind.of(snapshot, reporters, month), handed.tables, month
    )
    checks = rules_for({one.table.code for one in mine}, rules)
    files = {(one.reporter, one.table.code): one.file.name for one in mine}
    covered: dict[tuple[str, str], int] = defaultdict(int)
    with connected(data, law, memory=MEMORY, spill=work) as duck, Spool(spool_path) as spool:
        tallies, broken = run_checks(checks, duck, month, reporters)
        for one in broken:
            rule = rules[one.code]
            file = files.get((one.reporter, one.table), "")
            made = as_finding(rule, one, Origin(file, one.table, str(month), one.reporter))
            spool.add(made)
            if explained.cover(one.code, one.table, made.key or ""):
                covered[one.code, one.reporter] += 1
    return [
        (tally, outcome_of(tally, rules[tally.code], covered[tally.code, tally.reporter]))
        for tally in tallies
        if concerns(tally, rules[tally.code], mine)
    ]


@dataclass(frozen=True, slots=True)
class Behind:
    """The store as rules about some reporters may read it: their own rows, and the registers that stand for all."""

    own: Data
    everyone: Data

    @classmethod
    def of(cls, snapshot: Snapshot, reporters: tuple[str, ...], month: Period) -> Behind:
        """Their own rows and their predecessors', as institutions stand at the end of the month checked."""
        then = {old for old, new in snapshot.successors(month).items() if new in reporters}
        scope = Scope.of_reporters({*reporters, *then}, purpose="statistics")
        registers = Scope.all_rows(purpose="statistics")
        return cls(
            snapshot.data(scope, institutions=month), snapshot.data(registers, institutions=month)
        )

    def _data(self, table: str) -> Data:
        return self.own if table_called(table).per_reporter else self.everyone

    def rows(self, table: str, period: Period) -> Rows | None:
        """The rows of a table for a month, or None."""
        return self._data(table).rows(table, period)

    def received(self, table: str, period: Period) -> frozenset[str]:
        """The reporters whose file is there."""
        return self._data(table).received(table, period)


def rules_for(tables: set[str], rules: Mapping[str, AnyCheck]) -> list[AnyCheck]:
    """Rules whose own table, or a table they read, was handed over."""
    return [check for check in rules.values() if tables & tables_read(check)]


def concerns(tally: Tally, rule: AnyCheck, mine: list[Received]) -> bool:
    """Whether a tally says anything about what this reporter handed over or should have."""
    if tally.not_run is None:
        return True
    return any(
        one.reporter == tally.reporter and one.table.code in tables_read(rule) for one in mine
    )


def as_finding(rule: AnyCheck, broken: Broken, origin: Origin) -> Finding:
    """The finding a person reads: the columns the rule looks at with their values, and the row's key."""
    table = table_called(broken.table)
    values = dict(broken.values)
    if isinstance(rule, TotalsAgree):
        key = row_key([value for _, value in broken.values[: len(rule.keys)]])
        shown = "；".join(f"{name}={value}" for name, value in broken.values)
        return finding(rule, origin, value=shown, key=key)
    read = [f.name for f in rule.shown if f.name in table.columns and f.name not in table.key]
    read = read or [name for name in values if name in table.columns]
    first = table.columns[read[0]] if read else None
    shown = "；".join(f"{table.columns[name].label.zh}={values[name] or '空'}" for name in read)
    return finding(
        rule,
        origin,
        row=broken.row,
        number=first.number if first else None,
        label=first.label if first else None,
        value=shown,
        key=row_key([values.get(name) for name in table.key]),
    )


def outcome_of(tally: Tally, rule: Rule, explained: int) -> Outcome:
    """A rule's tally as the store keeps it."""
    return Outcome(
        rule=tally.code,
        table=tally.table,
        severity=rule.severity,
        broken=tally.broken,
        explained=explained,
        unknown=tally.unknown,
        not_run=tally.not_run,
    )


def format_outcomes(
    findings: Iterable[Finding], explained: Explanations
) -> dict[tuple[str, Period], list[Outcome]]:
    """How each delivery fared under the rules of files and formats, explained errors counted."""
    covered: dict[tuple[str, str, str, str], int] = defaultdict(int)
    counts: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for one in findings:
        name = (one.reporter, one.period, one.table, one.code)
        counts[name] += 1
        covered[name] += explained.cover(one.code, one.table, one.key or "")
    found: dict[tuple[str, Period], list[Outcome]] = defaultdict(list)
    for (reporter, period, table, code), broken in counts.items():
        if not period:
            continue
        outcome = Outcome(
            rule=code,
            table=table,
            severity=FORMATS[code].severity,
            broken=broken,
            explained=covered[reporter, period, table, code],
        )
        found[reporter, Period.parse(period)].append(outcome)
    return found


def deliveries(
    handed: HandOver, outcomes: dict[tuple[str, Period], list[Outcome]]
) -> Iterator[Checked]:
    """The hand-over by reporter and month, months in order."""
    groups: dict[tuple[str, Period], list[Received]] = defaultdict(list)
    for one in handed.tables:
        groups[one.reporter, one.period].append(one)
    for (reporter, period), tables in sorted(
        groups.items(), key=lambda item: (item[0][1].last_day, item[0][0])
    ):
        yield Checked(reporter, period, tuple(tables), tuple(outcomes[reporter, period]))
