from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import dripline.standards  # noqa: F401 (its tables are what packages hold)
from dripline.engines.data import schema
from dripline.errors import CannotRead
from dripline.intake.findings import Finding, read_spool
from dripline.intake.reading import read_package, read_packages
from dripline.intake.wire import Package
from dripline.law import Law
from tests.unit.intake_writer import COLLATERAL, collateral, many, write_package

TODAY = date(2026, 7, 10)
HTX = "HDACLKJDK"
SUMMARY = "T08|5000000.00|3.45000|1||||||||||||||||||||||||||"
FLAGGED = "T13||||91410000MA0000001Q|HN0001|HT2026001|JJ2026001|0|||1|HTP03|0||0||0||C01||||||||||"

LOAN = (
    "91410000MA0000001Q|HN0001|410105|A01|91410100MA00000021|C01|C39|410105|B0102|CS03|JJ2026001|HT2026001|F022"
    "|C398|2026-03-16|2027-03-15||CNY|5000000.00|5000000.00|RF02|3.45000|TR05|3.00000||2027-03-15|D||FQ01|LS01||采购原材料|"
)


def read(path: Path, tmp_path: Path) -> Package:
    return read_package(path, tmp_path / "work", Law.load(), on=TODAY)


def found(package: Package) -> list[tuple[str, int | None, int | None, str | None]]:
    return [(f.code, f.row, f.number, f.value) for f in findings(package)]


def findings(package: Package) -> list[Finding]:
    return list(read_spool(package.findings))


def rows(package: Package) -> list[dict[str, object]]:
    assert package.staged is not None
    return pq.ParquetFile(package.staged).read().to_pylist()


def notes(package: Package) -> list[str]:
    return [f.note.en for f in findings(package) if f.note]


def test_a_package_of_another_program_loads_without_a_finding(tmp_path: Path) -> None:
    package = read(write_package(tmp_path, "\n".join(many(3))), tmp_path)
    assert found(package) == []
    assert (package.reporter, package.records) == ("91410000MA0000000M", 3)
    assert (package.table.code if package.table else None, str(package.period)) == (
        "DBWXX",
        "2026-06",
    )
    assert not package.rejected


def test_rows_are_kept_as_accepted_rows_are(tmp_path: Path) -> None:
    package = read(write_package(tmp_path, COLLATERAL), tmp_path)
    assert package.table is not None
    assert package.staged is not None
    assert pq.read_schema(package.staged).equals(schema(package.table))
    (row,) = rows(package)
    assert (row["_reporter"], row["_row"], row["_inside"]) == ("91410000MA0000000M", 1, True)
    assert (row["appraised_value"], row["appraisal_date"], row["face_value"]) == (
        Decimal("5000000.00"),
        date(2026, 3, 16),
        None,
    )
    assert (row["collateral_type"], row["title_no"]) == ("C01", "豫2026第1号,豫2026第2号")


def test_whole_numbers_and_rates_of_summary_rows_are_read(tmp_path: Path) -> None:
    package = read(write_package(tmp_path, f"{SUMMARY}\n{FLAGGED}", table=HTX), tmp_path)
    assert found(package) == []
    first, second = rows(package)
    assert (first["weighted_avg_rate"], first["borrower_count"]) == (Decimal("3.45000"), 1)
    assert (second["weighted_avg_rate"], second["high_tech_mfg_type"]) == (None, "HTP03")


@pytest.mark.parametrize("end", ["", "\n"])
def test_the_last_line_may_end_with_a_line_feed_or_not(tmp_path: Path, end: str) -> None:
    package = read(write_package(tmp_path, "\n".join(many(2)) + end), tmp_path)
    assert (package.records, found(package)) == (2, [])


def test_an_empty_file_is_a_report_of_no_business(tmp_path: Path) -> None:
    package = read(write_package(tmp_path, b""), tmp_path)
    assert (package.records, package.size, found(package), rows(package)) == (0, 0, [], [])
    assert package.md5 == "d41d8cd98f00b204e9800998ecf8427e"


def test_line_ends_of_windows_are_taken_with_one_warning(tmp_path: Path) -> None:
    package = read(write_package(tmp_path, "\r\n".join(many(3)) + "\r\n"), tmp_path)
    assert found(package) == [("FMT-01b", None, None, None)]
    assert notes(package) == ["3 lines end in CR LF"]
    assert [row["valuation_cycle"] for row in rows(package)] == ["01", "01", "01"]


def test_a_byte_order_mark_is_taken_with_a_warning(tmp_path: Path) -> None:
    package = read(write_package(tmp_path, b"\xef\xbb\xbf" + COLLATERAL.encode()), tmp_path)
    assert found(package) == [("FMT-01b", None, None, None)]
    assert rows(package)[0]["fin_inst_code"] == "91410000MA0000001Q"


def test_a_file_in_gb18030_is_refused_with_the_first_byte_and_the_remedy(tmp_path: Path) -> None:
    raw = "\n".join(many(2)).encode("gb18030")
    package = read(write_package(tmp_path, raw), tmp_path)
    (one,) = findings(package)
    assert (one.code, one.severity, package.staged, package.rejected) == (
        "FMT-01",
        "reject",
        None,
        True,
    )
    # The two bytes of the first character happen to be a character of UTF-8 too.
    at = raw.index("第1号".encode("gb18030")) + 1
    assert f"from byte {at} on, it looks like GBK or GB18030" in notes(package)[0]
    assert "UTF-8" in one.remedy.en
    assert (package.records, package.size) == (2, len(raw))


def test_one_spoilt_character_costs_one_row_and_names_its_byte(tmp_path: Path) -> None:
    good = COLLATERAL.encode()
    raw = good + b"\n" + good.replace("豫".encode(), b"\xe8\xb1", 1) + b"\n" + good
    package = read(write_package(tmp_path, raw), tmp_path)
    assert [(f.code, f.row) for f in findings(package)] == [("FMT-01", 2)]
    assert notes(package) == [f"no UTF-8 from byte {len(good) + 1 + good.index(0xE8) + 1} on"]
    assert [row["_row"] for row in rows(package)] == [1, 3]


def test_lines_with_another_number_of_fields_are_told_and_left_out(tmp_path: Path) -> None:
    lines = [collateral(f5="A"), "", COLLATERAL + "|", COLLATERAL.rpartition("|")[0], collateral()]
    package = read(write_package(tmp_path, "\n".join(lines)), tmp_path)
    assert sorted((f.row, f.note.en) for f in findings(package) if f.note) == [
        (2, "1 fields instead of 15"),
        (3, "16 fields instead of 15"),
        (4, "14 fields instead of 15"),
    ]
    assert [row["_row"] for row in rows(package)] == [1, 5]
    assert package.records == 5


def test_row_numbers_are_those_of_the_lines_across_pieces_of_a_large_file(tmp_path: Path) -> None:
    lines = many(60_000)
    lines[12_345] = "broken"
    lines[59_998] = collateral(f12="2026-02-30")
    package = read(write_package(tmp_path, "\n".join(lines)), tmp_path)
    assert found(package) == [
        ("FMT-02", 12_346, None, "broken"),
        ("FMT-06", 59_999, 12, "2026-02-30"),
    ]
    numbers = [row["_row"] for row in rows(package)]
    assert numbers == [n for n in range(1, 60_001) if n != 12_346]


def test_a_line_beyond_all_measure_is_told_once_and_skipped(tmp_path: Path) -> None:
    raw = b"\n".join([COLLATERAL.encode(), b"x" * 5_000_000, COLLATERAL.encode()])
    path = tmp_path / "91410000MA0000000M_DBWXX_20260630.dat"
    path.write_bytes(raw)
    package = read(path, tmp_path)
    assert [(f.code, f.row) for f in findings(package)] == [("FMT-02", 2), ("FILE-02", None)]
    assert ([row["_row"] for row in rows(package)], package.records) == ([1, 3], 3)


def test_rows_of_other_provinces_are_kept_and_marked(tmp_path: Path) -> None:
    dat = "\n".join([LOAN, LOAN.replace("|410105|A01", "|110101|A01")])
    path = write_package(tmp_path, dat, table="CLDWDK")
    package = read_package(path, tmp_path / "work", Law.load(), on=TODAY, province="41")
    assert found(package) == []
    assert [row["_inside"] for row in rows(package)] == [True, False]


def test_a_file_with_the_older_layout_is_taken_with_one_warning(tmp_path: Path) -> None:
    package = read(write_package(tmp_path, LOAN.rpartition("|")[0], table="CLDWDK"), tmp_path)
    assert [f.code for f in findings(package)] == ["FMT-02b"]
    assert rows(package)[0]["trading_venue_code"] is None


def test_the_sample_line_of_the_standard_is_without_fault(tmp_path: Path) -> None:
    package = read(write_package(tmp_path, LOAN, table="CLDWDK"), tmp_path)
    assert found(package) == []


def test_of_two_files_for_the_same_the_later_written_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    late = write_package(tmp_path / "a", "\n".join(many(2)), written="2026-07-05 00:00:00")
    early = write_package(tmp_path / "b", "\n".join(many(1)), written="2026-07-04 00:00:00")
    got = list(read_packages((late, early), tmp_path / "work", Law.load(), on=TODAY))
    assert [(p.path, p.replaced, p.records) for p in got] == [
        (late, False, 2),
        (early, True, None),
    ]
    assert found(got[1]) == [("FILE-07", None, None, None)]


def test_a_path_without_a_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="Check the path"):
        read(tmp_path / "missing.zip", tmp_path)


def test_every_rule_of_format_is_counted_also_where_it_holds(tmp_path: Path) -> None:
    package = read(write_package(tmp_path, "\n".join([collateral(f8="7"), *many(4)])), tmp_path)
    counts = {tally.code: (tally.applied, tally.broken) for tally in package.tallies}
    assert (counts["FMT-07"], counts["FMT-06"], counts["FILE-01"]) == ((5, 1), (5, 0), (1, 0))
