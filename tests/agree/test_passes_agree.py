"""A large table is checked in several passes, its patterns by value, a small one in one: the outcome is the same."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dripline.definitions import Check
from dripline.engines.data import REPORTER, ROW, schema
from dripline.engines.duck import connected
from dripline.engines.duck_checks import run_checks
from dripline.intake.overlay import Overlay
from dripline.intake.receiving import Received
from dripline.law import Law
from dripline.standards import RULES
from dripline.standards.loans import CLDWDK
from dripline.words import Text
from tests.agree.accepted import LAST, figures


def test_rules_run_apart_find_what_rules_run_together_find() -> None:
    data = figures().snapshot.data(figures().scope, institutions=LAST)
    reporters = tuple(sorted(data.received("CLDWDK", LAST)))
    found = []
    for many in (0, 1_000_000):
        with connected(data, Law.load()) as duck:
            checks = RULES.values()
            tallies, broken = run_checks(
                checks, duck, LAST, reporters, apart_from=many, values_from=many
            )
            found.append((tallies, sorted(broken, key=repr)))
    apart, together = found
    assert sum(tally.applied for tally in apart[0]) > 10_000
    assert apart == together


@pytest.mark.parametrize("pattern", ["F021\\d*|F03", "none", ".*"])
def test_a_pattern_tried_by_value_answers_as_one_tried_by_row(tmp_path: Path, pattern: str) -> None:
    values = ["F0211", None, "F03", "f03", "", "F0211", "流动资金"]
    rows = pa.Table.from_pylist(
        [{REPORTER: "A", ROW: row, "product_type": value} for row, value in enumerate(values, 1)],
        schema(CLDWDK),
    )
    staged = tmp_path / "rows.parquet"
    pq.write_table(rows, staged, use_dictionary=["product_type"])
    received = Received(staged, "A", LAST, CLDWDK, staged, 7, "", staged)
    rule = Check(
        code="X-1",
        says=Text(zh="式样", en="A pattern"),
        remedy=Text(zh="式样", en="A pattern"),
        severity="error",
        source="own",
        article="X-1",
        holds=CLDWDK.product_type.matches(pattern),
    )
    with connected(Overlay.of(None, [received], LAST), Law.load()) as duck:
        by_value, by_row = [
            run_checks([rule], duck, LAST, ("A",), values_from=many) for many in (0, 1_000_000)
        ]
        assert by_value[0] == by_row[0]
        assert by_value[0][0].unknown == 1
        assert sorted(by_value[1], key=repr) == sorted(by_row[1], key=repr)
