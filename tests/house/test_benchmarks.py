"""The benchmarks measure what they say: sound packages, the workload's figures, and the same figures by another way."""

import json
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pyarrow.parquet as pq
import pytest

from benchmarks import asking, checking, compiling, rivals
from benchmarks.facts import PERIOD, Facts, write_facts
from benchmarks.measure import Figure, Steps, drawn, in_child, keep, median
from benchmarks.packages import write_delivery
from benchmarks.visiting import BANK, BRANCH
from benchmarks.workload import WAYS, WORKLOAD
from dripline.indicators.results import read_results, result_path

ROWS = 600


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    made = write_facts(tmp_path_factory.mktemp("facts"), ROWS)
    assert compiling.ours(str(made.folder))["cells"] > 1000
    return made


@pytest.fixture(scope="module")
def results(facts: Facts) -> Path:
    return result_path(facts.folder / "results", compiling.IDENTITY)


def test_the_packages_of_the_bench_keep_every_rule(tmp_path: Path) -> None:
    folder = write_delivery(tmp_path / "delivery", ROWS)
    found = checking.check(str(folder), str(ROWS))  # ends the process if a rule is broken
    assert found["rules"] > 60
    assert found["all.cpu"] >= found["read.cpu"]


def logs(folder: Path) -> list[bytes]:
    """The check files of the packages, each with the digest of its lines."""
    found = []
    for path in sorted(folder.glob("*.zip")):
        with ZipFile(path) as archive:
            found += [archive.read(name) for name in archive.namelist() if name.endswith(".log")]
    return found


def test_the_same_number_of_loans_is_always_the_same_package(tmp_path: Path) -> None:
    first, second = (write_delivery(tmp_path / name, ROWS) for name in "ab")
    assert json.loads((first / "done.json").read_text())["CLDWDK"] == ROWS
    assert logs(first) == logs(second)


def test_the_workload_is_forty_indicators_by_twelve_breakdowns() -> None:
    assert (len(WORKLOAD), len(WAYS)) == (40, 12)


def test_the_compiled_balances_add_up_to_the_loans_in_every_plain_breakdown(
    facts: Facts, results: Path
) -> None:
    rows = facts.rows("CLDWDK", PERIOD)
    assert rows is not None
    loans = pq.read_table(list(rows.files), columns=["balance_cny"])["balance_cny"].to_pylist()
    for way in (way for way in WAYS if "list_kind" not in way):
        cells = read_results(results, "balance-all", way)
        assert sum(cell.numerator for cell in cells) == sum(loans) * 100


@pytest.mark.parametrize("measure", ["balance", "firms", "notes"])
@pytest.mark.parametrize("way", ["list_kind", "institution+product", "institution+list_kind"])
def test_one_query_per_cell_finds_the_same_figures(
    facts: Facts, results: Path, measure: str, way: str
) -> None:
    folder = str(facts.folder)
    with duckdb.connect(":memory:") as connection:
        query = rivals.one_query(measure, "small", way)
        theirs = rivals.read(connection, query, rivals.paths(folder)).to_pylist()
    found = {tuple(row.values())[:-1]: list(row.values())[-1] for row in theirs}
    cells = read_results(results, f"{measure}-small", way)
    mine = {cell.keys: Decimal(cell.numerator) / cell.denominator for cell in cells}
    assert {key: value for key, value in found.items() if value} == mine


def test_figures_are_kept_as_json_lines_with_baseline_and_goal(tmp_path: Path) -> None:
    keep([Figure("a", 1.5, "s", "b", "< 2")], tmp_path / "figures.jsonl", cores=2)
    line = (tmp_path / "figures.jsonl").read_text()
    assert json.loads(line) == {
        "name": "a",
        "value": 1.5,
        "unit": "s",
        "baseline": "b",
        "goal": "< 2",
        "curve": "",
        "at": 0,
        "cores": 2,
    }


def test_the_median_is_the_middle_one() -> None:
    assert median([3.0, 1.0, 2.0]) == 2.0


def test_a_step_says_how_long_it_took() -> None:
    steps = Steps()
    with steps.step("one"):
        pass
    assert set(steps.done()) == {"one.wall", "one.cpu", "peak", "load"}


def test_a_bank_that_sends_again_is_compiled_from_what_is_kept(facts: Facts) -> None:
    folder = str(facts.folder)
    assert compiling.first(folder)["cells"] == compiling.ours(folder)["cells"]
    found = compiling.again(folder)
    assert found["cells"] > 1000
    assert (facts.folder / "results-again").is_dir()


@pytest.mark.long
def test_five_years_of_a_cell_are_asked_of_kept_results(tmp_path: Path) -> None:
    folder = str(tmp_path / "asked")
    asking.make(folder, str(ROWS))
    found = asking.ask(folder)  # ends the process if a month has no cell
    assert min(found["cell"], found["table"], found["series"]) > 0


@pytest.mark.long
def test_the_site_of_the_bench_answers_every_visitor(tmp_path: Path) -> None:
    folder = str(tmp_path / "site")
    in_child("make_site", folder, str(ROWS))
    found = in_child("visit_site", folder, "6")  # ends the process if a page is refused
    assert all(found[name] > 0 for name in (*BRANCH, *BANK))
    assert found["most"] >= found["before"]


def test_a_curve_is_drawn_from_zero_in_the_order_of_what_it_counts() -> None:
    points = [
        Figure("b", 4.0, "s", curve="rows", at=20),
        Figure("a", 2.0, "s", curve="rows", at=10),
    ]
    table = drawn("rows", points)
    rows = list(zip(*(column.cells for column in table.columns), strict=True))
    assert [(at, value, len(str(bar))) for at, value, bar in rows] == [
        ("10", "2", 30),
        ("20", "4", 60),
    ]
