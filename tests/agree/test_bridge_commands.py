"""``bridge`` and series as typed: what is printed adds up, and each figure says what it knows and means."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest

from dripline.canon import version_hash
from dripline.cli import run
from dripline.indicators import CATALOGUE
from tests.agree.bridged import Written
from tests.unit.handed_over import BANK, OTHER

OF = CATALOGUE["TE-BAL"]
VERSION = version_hash(OF, OF.versions[-1])


@pytest.fixture
def home(tmp_path, monkeypatch) -> Written:
    """March: a bank late, a loan withdrawn; June: a new list."""
    made = Written(tmp_path / "home")
    made.reporters("2025-04-01", "2025-03", BANK, OTHER)
    made.lists("2025-04-01", "2025-03", E1="2025-01-01 A B")
    made.loans("2025-04-10", "2025-03", "A1 A 100.00, A2 B 50.00, A3 A 7.00")
    made.loans("2025-04-20", "2025-03", "O1 A 20.00", sender=OTHER)
    made.loans("2025-05-10", "2025-03", "A1 A 100.00, A2 B 50.00")
    made.lists("2025-07-02", "2025-06", E1="2025-01-01 A B", E2="2025-06-01 A")
    made.loans("2025-07-08", "2025-06", "A1 A 90.00, A2 B 50.00")
    made.loans("2025-07-08", "2025-06", "O1 A 30.00", sender=OTHER)
    monkeypatch.setenv("DRIPLINE_HOME", str(tmp_path / "home"))
    return made


def asked(capsys, *words: str) -> list[dict]:
    """The lines of JSON a command writes."""
    assert run([*words, "--format", "json", "--lang", "en"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_bridge_says_who_was_late_and_what_was_withdrawn(home, capsys):
    rows = asked(capsys, "bridge", "TE-BAL", "--period", "2025-03", "--from", "published")
    told = [(r["what"], r["of which"], r["code"], r["value (yuan)"]) for r in rows]
    assert [line for line in told if line[3] not in ("0.00", None)] == [
        ("base", None, None, "157.00"),
        ("late data", None, None, "20.00"),
        (None, "reporter", OTHER, "20.00"),
        (None, "kind of list", "gaoxin", "20.00"),
        ("withdrawn rows", None, None, "-7.00"),
        (None, "reporter", BANK, "-7.00"),
        (None, "kind of list", "gaoxin", "-7.00"),
        ("compared", None, None, "170.00"),
    ]
    assert rows[0]["name"] == "2025-03, as known 2025-04-15"


@pytest.mark.parametrize("code", ["TE-BAL", "TE-FIRMS", "TE-AVG", "TE-RATE-BAL"])
def test_what_a_bridge_prints_adds_up_and_so_do_the_exact_numbers(home, capsys, code):
    between = ["--period", "2025-06", "--against", "2025-03", "--from", "published"]
    rows = asked(capsys, "bridge", code, *between)
    value = next(head for head in rows[0] if head.startswith("value"))
    *before, last = [row for row in rows if row["what"] is not None]
    assert sum(Decimal(row[value]) for row in before) == Decimal(last[value])
    assert sum(Fraction(row["exact"]) for row in before) == Fraction(last["exact"])


def test_a_bridge_is_written_as_csv_and_xlsx_too(home, tmp_path):
    known = ["--period", "2025-03", "--from", "2025-04-15"]
    for form in ("csv", "xlsx"):
        out = tmp_path / f"bridge.{form}"
        words = ["bridge", "TE-BAL", *known, "--format", form, "--out", str(out)]
        assert run([*words, "--lang", "zh"]) == 0
    lines = list(csv.DictReader((tmp_path / "bridge.csv").read_text("utf-8-sig").splitlines()))
    assert [line["数值 (元)"] for line in lines if line["项目"] == "迟报"] == ["20.00"]
    sheet = openpyxl.load_workbook(tmp_path / "bridge.xlsx").worksheets[0]
    assert [row[4] for row in sheet.values if row[0] == "比较数"] == [170]


def test_one_figure_alone_is_no_bridge(home, capsys):
    assert run(["bridge", "TE-BAL", "--period", "2025-03"]) == 2
    assert "Two figures are compared: add --from DAY" in capsys.readouterr().err
    assert run(["bridge", "TE-BAL", "--period", "2025-03", "--from", "yesterday"]) == 2
    assert "'yesterday' is no day" in capsys.readouterr().err


def test_each_row_of_a_series_says_what_it_knows_and_what_it_means(home, capsys):
    ends = ["--from", "2025-03", "--to", "2025-03"]
    (row,) = asked(capsys, "query", "TE-BAL", *ends, "--reading", "published")
    assert (row["value (yuan)"], row["as known on"]) == ("157.00", "2025-04-15")
    assert row["version"] == VERSION
    series = asked(capsys, "query", "TE-BAL", "--from", "2025-03", "--to", "2025-06")
    months = {r["period"]: (r["value (yuan)"], r["as known on"]) for r in series}
    assert months["2025-03"] == ("170.00", "today")
    assert months["2025-06"] == ("120.00", "today")
    restated = ["--reading", "restated", "--lists", "2025-06"]
    on_the_list = asked(
        capsys, "query", "TE-BAL", "--from", "2025-03", "--to", "2025-06", *restated
    )
    assert on_the_list[0]["value (yuan)"] == "120.00"


def test_a_month_without_rows_or_published_figure_stands_in_a_series_with_its_reason(home, capsys):
    rows = asked(capsys, "query", "TL-01-BAL", "--from", "2025-02", "--to", "2025-03")
    assert [(row["period"], row["value (yuan)"]) for row in rows] == [
        ("2025-02", None),
        ("2025-03", "170.00"),
    ]
    assert rows[0]["basis"] == "not added up from rows then, and nothing published"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--reading", "guessed"], "'guessed' is no reading; choose published, known, restated."),
        (["--from", "2025-06", "--to", "2025-03"], "name two periods of one length"),
        (["--from", "2025-03", "--to", "2025-06", "--lists", "2025-06"], "add --reading restated"),
    ],
)
def test_what_cannot_be_read_as_a_series_is_refused(home, capsys, words, says):
    assert run(["query", "TE-BAL", *words]) == 2
    assert says in capsys.readouterr().err


def test_explain_says_what_a_figure_meant_on_a_day(capsys):
    assert run(["explain", "TL-01-BAL", "--on", "2025-02-28"]) == 0
    assert "只有已发布的汇总数" in capsys.readouterr().out
    assert run(["explain", "TL-01-BAL", "--on", "2025-03-31"]) == 0
    assert "口径版本 自2025-03-31起" in capsys.readouterr().out
    assert run(["list", "indicators", "--format", "json"]) == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert next(row["versions"] for row in listed if row["code"] == "TE-BAL") == VERSION
