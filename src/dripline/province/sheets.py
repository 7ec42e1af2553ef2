"""Registers as spreadsheets and CSV, with the headers of the forms; every one says that it is synthetic."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter

from dripline.tables import Table

LARGEST_SHEET = 20_000
"""Rows from which a register is written as CSV."""
NOTICE = "合成数据，仅供测试（synthetic data, for tests only）"
SENDER = "authority"
"""Registers come from the statistics division itself."""
Value = str | int | date | None


@dataclass(slots=True)
class Sheets:
    """The folder of the registers."""

    folder: Path
    written: int = 0

    def write(
        self,
        table: type[Table],
        day: date,
        rows: Iterable[Sequence[Value]],
        *,
        as_csv: bool = False,
    ) -> Path:
        """One register as of a day: ``<sender>_<TABLE>_<YYYYMMDD>`` as XLSX, or as CSV if it is large or asked."""
        texts = [["" if v is None else str(v) for v in row] for row in rows]
        self.folder.mkdir(parents=True, exist_ok=True)
        self.written += 1
        name = f"{SENDER}_{table.code}_{day:%Y%m%d}"
        if as_csv or len(texts) > LARGEST_SHEET:
            return self._csv(table, self.folder / f"{name}.csv", texts)
        return self._xlsx(table, self.folder / f"{name}.xlsx", texts, day)

    def _csv(self, table: type[Table], path: Path, rows: list[list[str]]) -> Path:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column.label.zh for column in table.columns.values()])
            writer.writerows(rows)
        return path

    def _xlsx(self, table: type[Table], path: Path, rows: list[list[str]], day: date) -> Path:
        options = {
            "constant_memory": True,
            "strings_to_numbers": False,
            "strings_to_formulas": False,
        }
        with xlsxwriter.Workbook(path, options) as book:
            # The day of the data, not of writing: the same seed gives the same bytes.
            book.set_properties({"created": datetime(day.year, day.month, day.day, tzinfo=UTC)})
            text = book.add_format({"num_format": "@"})
            bold = book.add_format({"bold": True})
            sheet = book.add_worksheet(table.label.zh[:31])
            sheet.set_column(0, len(table.columns) - 1, 20, text)
            sheet.write_string(0, 0, f"{table.label.zh}（{NOTICE}）", bold)
            if any(column.unit == "yuan" for column in table.columns.values()):
                sheet.write_string(1, 0, "单位：元")
            for place, column in enumerate(table.columns.values()):
                sheet.write_string(2, place, column.label.zh, bold)
            for number, row in enumerate(rows, 3):
                for place, value in enumerate(row):
                    if value:
                        sheet.write_string(number, place, value, text)
        return path
