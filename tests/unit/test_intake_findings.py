import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dripline.definitions import Rule
from dripline.engines.data import Tally
from dripline.intake.finding_files import (
    HEADS,
    summary,
    write_csv,
    write_json_lines,
    write_text,
    write_xlsx,
)
from dripline.intake.findings import (
    VALUE_SHOWN,
    Finding,
    Origin,
    Spool,
    finding,
    read_spool,
    shown,
)
from dripline.intake.format_rules import FORMAT_RULES
from dripline.law import Law
from dripline.words import Text

ORIGIN = Origin("a.dat", "DBWXX", "2026-06", "91410000MA0000000M")
AMOUNT = Text(zh="评估价值", en="Appraised value")
NOTE = Text(zh="应恰为18字节", en="exactly 18 bytes are laid down")


def amount(row: int, value: str = "5") -> Finding:
    rule = FORMAT_RULES["FMT-05"]
    return finding(rule, ORIGIN, row=row, number=11, label=AMOUNT, value=value, key=f"K{row}")


def tallies() -> list[Tally]:
    here = ("DBWXX", "91410000MA0000000M")
    return [
        Tally("FMT-06", *here, applied=9, broken=0),
        Tally("FMT-01b", *here, applied=9, broken=1),
        Tally("FMT-05", *here, applied=9, broken=5),
        Tally("FMT-07", *here, applied=9, unknown=2),
        Tally("FMT-09", *here, not_run="FTYKHX"),
    ]


def test_findings_come_back_from_the_spool_as_they_went_in(tmp_path: Path) -> None:
    went = [amount(1), finding(FORMAT_RULES["FILE-02"], Origin("b.dat"), note=NOTE), amount(3)]
    with Spool(tmp_path / "s.parquet") as spool:
        spool.extend(went)
    assert (list(read_spool(spool.path)), spool.count) == (went, 3)


def test_a_spool_without_findings_can_be_read(tmp_path: Path) -> None:
    Spool(tmp_path / "s.parquet").close()
    assert list(read_spool(tmp_path / "s.parquet")) == []


def test_a_long_value_is_cut_and_control_characters_are_made_visible() -> None:
    assert shown("x" * (VALUE_SHOWN + 1)) == "x" * (VALUE_SHOWN - 1) + "…"
    assert shown("a\x00\tb\u2028") == "a\\x00\\x09b\\u2028"
    assert shown("郑州") == "郑州"


def test_the_summary_counts_broken_unknown_and_not_run_apart_the_gravest_first() -> None:
    lines = summary(tallies(), FORMAT_RULES)
    assert [(one.code, one.broken, one.unknown, one.not_run) for one in lines] == [
        ("FMT-05", 5, 0, ()),
        ("FMT-01b", 1, 0, ()),
        ("FMT-07", 0, 2, ()),
        ("FMT-09", 0, 0, ("FTYKHX",)),
    ]


def test_the_text_shows_each_rule_its_first_places_and_how_to_mend_it() -> None:
    out = io.StringIO()
    rule = FORMAT_RULES["FMT-05"]
    one_rule = [tally for tally in tallies() if tally.code == "FMT-05"]
    write_text(out, one_rule, {"FMT-05": rule}, map(amount, range(1, 6)), "en")
    assert out.getvalue().splitlines() == [
        f"FMT-05 [reject] {rule.says.en} ({rule.source}, {rule.article})",
        "    Checked 9 · Broken 5 · Unknown 0",
        "    - a.dat · Row 1 · K1 · 11 Appraised value: 5",
        "    - a.dat · Row 2 · K2 · 11 Appraised value: 5",
        "    - a.dat · Row 3 · K3 · 11 Appraised value: 5",
        "    … and 2 more",
        f"    → {rule.remedy.en}",
    ]


def test_the_text_says_so_when_nothing_was_found() -> None:
    out = io.StringIO()
    write_text(out, [], FORMAT_RULES, [], "zh")
    assert out.getvalue() == "没有发现问题。\n"


def test_csv_holds_every_finding_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    values = ["=1+1", "+5.00", "@x", "-5.00", "-x", "5"]
    assert write_csv(path, [amount(n, v) for n, v in enumerate(values, 1)], "zh") == 6
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["值"] for row in rows] == ["'=1+1", "'+5.00", "'@x", "-5.00", "'-x", "5"]
    assert rows[0]["程度"] == "退回"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_json_lines_hold_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    assert write_json_lines(path, [amount(1)]) == 1
    one = json.loads(path.read_text("utf-8"))
    assert (one["row"], one["label"]) == (1, {"zh": "评估价值", "en": "Appraised value"})
    assert set(one) == set(HEADS)


def sheets(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def xlsx(path: Path, findings: list[Finding], bound: int) -> int:
    return write_xlsx(
        path, tallies(), FORMAT_RULES, findings, bound=bound, rest="all.csv", language="zh"
    )


def test_xlsx_has_a_summary_and_the_findings_as_text(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    assert xlsx(path, [amount(1, "=1+1"), amount(2, "http://x.example")], 10) == 2
    found = sheets(path)
    assert [row[0] for row in found["汇总"]] == ["规则", "FMT-05", "FMT-01b", "FMT-07", "FMT-09"]
    value = list(HEADS).index("value")
    assert [row[value] for row in found["问题"]] == ["值", "=1+1", "http://x.example"]


@pytest.mark.parametrize(("count", "last"), [(2, 2), (3, "本表只列前2条；全部问题见all.csv")])
def test_xlsx_ends_at_its_bound_and_says_where_the_rest_is(
    tmp_path: Path, count: int, last: object
) -> None:
    path = tmp_path / "f.xlsx"
    assert xlsx(path, [amount(n) for n in range(1, count + 1)], 2) == 2
    row = sheets(path)["问题"][-1]
    assert (row[0] if count > 2 else row[list(HEADS).index("row")]) == last


def test_every_rule_of_format_has_a_source_of_the_lawbook() -> None:
    known = {*Law.load().sources, "own"}
    assert {rule.code for rule in FORMAT_RULES.values() if rule.source not in known} == set()
    assert all(isinstance(rule, Rule) for rule in FORMAT_RULES.values())
