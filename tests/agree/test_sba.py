"""Definitions from outside on 23,334 real loans: the same commands, and the same numbers as SQL written by hand."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from dripline import codes, outside
from dripline.cli import run
from dripline.cli.app import IN_FORCE
from dripline.engines import duck_checks, duck_measures, plain_checks, plain_measures
from dripline.engines.data import INSIDE, Memory
from dripline.engines.duck import connected
from dripline.engines.fold import compute
from dripline.indicators.compile import Catalogue, Figures
from dripline.indicators.trace import Trace, TracedRow, traced
from dripline.intake.findings import read_spool
from dripline.intake.mapping import read_mapping
from dripline.intake.receiving import receive
from dripline.law import Law
from dripline.outside import Definitions
from dripline.periods import Period
from dripline.store import Scope, Store
from dripline.tables import TABLES
from dripline.wording.figures import UNITS
from tests.agree import sba

LOANS, SEPTEMBER = 23_334, Period.parse("2016-09")


@dataclass(frozen=True)
class Example:
    """A data home the loans were accepted into, by the commands a user types."""

    known: Definitions
    home: Path
    sheet: Path
    findings: Path
    refused: int
    accepted: int

    @property
    def figures(self) -> Figures:
        ours = {c: i for c, i in self.known.indicators.items() if c.startswith("SBA-")}
        catalogue = Catalogue(ours, self.known.breakdowns)
        scope = Scope.all_rows(purpose="statistics")
        return Figures(Store.open(self.home), Law.load(), catalogue, scope)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Example]:
    """Unpacked, refused as it stands, accepted with its explanations; what the folder registered goes afterwards."""
    folder = tmp_path_factory.mktemp("sba")
    sheet = folder / sba.PACKED.stem
    sheet.write_bytes(gzip.decompress(sba.PACKED.read_bytes()))
    kept = [(registry, dict(registry)) for registry in (TABLES, codes.OUTSIDE, UNITS)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRIPLINE_HOME", str(folder / "home"))
        patch.setenv("DRIPLINE_DEFINITIONS", str(sba.FOLDER))
        mapped = [str(sheet), "--mapping", str(sba.FOLDER / "mapping.yaml")]
        out = ["--lang", "en", "--format", "csv", "--out", str(folder / "findings.csv")]
        refused = run(["accept", *mapped, *out])
        explained = ["--explain", str(sba.FOLDER / "explanations.csv")]
        accepted = run(["accept", *mapped, *explained])
        known = outside.definitions(sba.FOLDER)
        yield Example(known, folder / "home", sheet, folder / "findings.csv", refused, accepted)
    for registry, before in kept:
        registry.clear()
        registry.update(before)  # type: ignore[arg-type]
    outside.loaded.cache_clear()
    codes.code_list.cache_clear()
    IN_FORCE.set(outside.OWN)


@pytest.fixture(scope="module")
def hand() -> duckdb.DuckDBPyConnection:
    return sba.by_hand()


def rows_in(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_loans_are_refused_until_their_errors_are_explained(example: Example) -> None:
    assert (example.refused, example.accepted) == (1, 0)


def test_every_rule_finds_the_very_loans_that_sql_by_hand_finds(
    example: Example, hand: duckdb.DuckDBPyConnection
) -> None:
    found: dict[str, set[str]] = {}
    for row in rows_in(example.findings):
        found.setdefault(row["Rule"], set()).add(row["Key"])
    ours = [code for code in example.known.rules if code.startswith("SBA-")]
    assert sorted(ours) == sorted(sba.FAULTS)
    wanted = {code: sba.faults_by_hand(hand, code) for code in ours}
    assert found == {code: loans for code, loans in wanted.items() if loans}


def test_the_faults_are_as_many_as_the_readme_says(hand: duckdb.DuckDBPyConnection) -> None:
    text = (sba.FOLDER / "README.md").read_text("utf-8")
    said = {
        cells[1].strip(): int(cells[3].strip().replace(",", ""))
        for line in text.splitlines()
        if line.startswith("| SBA-R") and (cells := line.split("|"))
    }
    assert said == {code: len(sba.faults_by_hand(hand, code)) for code in sba.FAULTS}


def test_without_the_mends_of_the_mapping_nine_values_are_rejected(
    example: Example, tmp_path: Path
) -> None:
    mapping = read_mapping(sba.FOLDER / "mapping.yaml")
    plain = {name: type(source)(source.headers) for name, source in mapping.columns.items()}
    handed = receive(
        [example.sheet],
        tmp_path,
        law=Law.load(),
        on=SEPTEMBER.last_day.replace(year=2026),
        province="41",
        mapping=type(mapping)(mapping.table, plain),
        progress=lambda step, done, total: None,
    )
    codes_found = Counter(one.code for spool in handed.spools for one in read_spool(spool))
    assert codes_found == {"FMT-05": 8, "FMT-03": 1}


def test_no_loan_is_outside_the_scope_of_a_province_of_china(example: Example) -> None:
    held = example.figures.snapshot.data(example.figures.scope).rows("SBA_LOAN", SEPTEMBER)
    assert held is not None
    (file,) = held.files
    inside = pq.read_table(file, columns=[INSIDE], partitioning=None)[INSIDE]
    assert Counter(inside.to_pylist()) == {True: LOANS}


def test_every_figure_by_every_breakdown_equals_sql_by_hand(
    example: Example, hand: duckdb.DuckDBPyConnection
) -> None:
    figures = example.figures
    ours = figures.catalogue.indicators
    assert sorted(ours) == sorted(sba.FIGURES)
    assert {way for i in ours.values() for way in i.breakdowns} == set(sba.WAYS)
    found: dict[str, dict[tuple[str, sba.Keys], Fraction]] = {way: {} for way in sba.WAYS}
    for cell in figures.cells(SEPTEMBER, ours.values()):
        if cell.numerator and cell.denominator:
            value = Fraction(cell.numerator, cell.denominator)
            found[cell.breakdown][cell.indicator, cell.keys] = value
    for way, cells in found.items():
        wanted = sba.figures_by_hand(hand, way)
        assert cells == {key: value for key, value in wanted.items() if value}, way


def test_both_engines_agree_on_a_sample_of_the_loans(example: Example) -> None:
    figures, law = example.figures, Law.load()
    held = figures.snapshot.data(figures.scope).rows("SBA_LOAN", SEPTEMBER)
    assert held is not None
    table = pq.read_table(held.files[0], partitioning=None)
    sample = table.take(list(range(0, LOANS, 131)))
    memory = Memory({("SBA_LOAN", str(SEPTEMBER)): sample.unify_dictionaries()})
    indicators, by = figures.catalogue.indicators.values(), figures.catalogue.breakdowns
    rules = [rule for code, rule in example.known.rules.items() if code.startswith("SBA-")]
    slow = compute(
        indicators, by, SEPTEMBER, lambda asked: plain_measures.answer(asked, memory, law)
    )
    slow_tallies, slow_broken = plain_checks.run_checks(
        rules, memory, SEPTEMBER, ("authority",), law
    )
    with connected(memory, law) as duck:
        fast = compute(indicators, by, SEPTEMBER, lambda asked: duck_measures.answer(asked, duck))
        assert sorted(fast, key=str) == sorted(slow, key=str)
        tallies, broken = duck_checks.run_checks(rules, duck, SEPTEMBER, ("authority",))
        assert tallies == slow_tallies
        assert sorted(broken, key=str) == sorted(slow_broken, key=str)


@pytest.mark.parametrize("code", ["SBA-CHARGED-OFF", "SBA-BORROWERS", "SBA-RATE", "SBA-LOSS-RATE"])
def test_the_rows_behind_a_figure_add_up_to_it(example: Example, code: str) -> None:
    (cell,) = [
        c for c in example.figures.query(code, SEPTEMBER, ("sba_county",)) if "NAPA" in c.keys
    ]
    stream = traced(example.figures, code, SEPTEMBER, [("sba_county", "NAPA")])
    head = next(stream)
    assert isinstance(head, Trace)
    rows = [row for row in stream if isinstance(row, TracedRow)]
    parts = []
    for part in head.parts:
        mine = [row for row in rows if row.part == part.number]
        distinct = {row.counted for row in mine if row.counted}
        adds = sum((row.adds for row in mine if row.adds is not None), Decimal(0))
        parts.append(Fraction(len(distinct) or adds))
    value = parts[0] / parts[1] if len(parts) == 2 else parts[0]
    times = 100 if code == "SBA-LOSS-RATE" else 1
    assert value * times == Fraction(cell.numerator, cell.denominator)


def test_a_traced_row_is_the_line_of_the_published_file(example: Example) -> None:
    lines = example.sheet.read_text("utf-8").splitlines()
    stream = traced(example.figures, "SBA-LOANS", SEPTEMBER, [("sba_county", "LAKE")])
    rows = [row for row in stream if isinstance(row, TracedRow)]
    assert len(rows) == 195
    assert all(lines[row.row - 1].endswith(f",{row.key[0]}") for row in rows)


def test_query_explain_and_list_know_the_folder_and_say_its_unit(
    example: Example, capsys: pytest.CaptureFixture[str]
) -> None:
    # No period is named: it is the last one for which this table came.
    assert (
        run(["query", "SBA-AMOUNT", "--by", "sba_program", "--format", "json", "--lang", "en"]) == 0
    )
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["sba_program"], row["programme"]) for row in lines] == [
        ("7(a)", "General guarantee programme 7(a)"),
        ("504", "Fixed-asset programme 504"),
    ]
    assert "value (US dollars)" in lines[0]
    assert run(["explain", "SBA-RATE", "--lang", "zh"]) == 0
    assert "初始利率以批准金额加权的平均" in capsys.readouterr().out
    assert run(["list", "rules", "--format", "json"]) == 0
    listed = [json.loads(line)["code"] for line in capsys.readouterr().out.splitlines()]
    assert [code for code in listed if code.startswith("SBA-")] == list(sba.FAULTS)


def test_without_the_folder_the_same_home_knows_nothing_of_the_loans(
    example: Example, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DRIPLINE_DEFINITIONS")
    assert run(["query", "SBA-LOANS"]) == 2
    assert "No indicator is called 'SBA-LOANS'" in capsys.readouterr().err
