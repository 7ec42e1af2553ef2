"""Findings written for people and programs: a summary by rule as text, all of them as CSV, JSON lines or XLSX."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

import xlsxwriter

from dripline.definitions import Rule
from dripline.engines.data import Tally
from dripline.intake.findings import Finding, shown
from dripline.words import Language, Text

FIRST_ROWS = 3
SEVERITIES = {
    "reject": Text(zh="退回", en="reject"),
    "error": Text(zh="须改正或说明", en="error"),
    "warning": Text(zh="提示", en="warning"),
}
HEADS: dict[str, Text] = {
    "file": Text(zh="文件", en="File"),
    "table": Text(zh="报表", en="Table"),
    "period": Text(zh="数据期", en="Period"),
    "reporter": Text(zh="报送机构", en="Reporter"),
    "row": Text(zh="行号", en="Row"),
    "number": Text(zh="列号", en="Column"),
    "label": Text(zh="列名", en="Column name"),
    "value": Text(zh="值", en="Value"),
    "key": Text(zh="主键", en="Key"),
    "code": Text(zh="规则", en="Rule"),
    "severity": Text(zh="程度", en="Severity"),
    "says": Text(zh="规则内容", en="What must hold"),
    "note": Text(zh="具体情况", en="Here"),
    "source": Text(zh="依据", en="Source"),
    "article": Text(zh="条款", en="Article"),
    "remedy": Text(zh="改正办法", en="How to mend"),
}
SUMMARY: dict[str, Text] = {
    "code": HEADS["code"],
    "severity": HEADS["severity"],
    "applied": Text(zh="检查", en="Checked"),
    "broken": Text(zh="不符", en="Broken"),
    "unknown": Text(zh="无法判断", en="Unknown"),
    "not_run": Text(zh="未运行（缺）", en="Not run (missing)"),
    "says": HEADS["says"],
}
NO_FINDINGS = Text(zh="没有发现问题。", en="Nothing was found.")
MORE = Text(zh="……另有{count}处", en="… and {count} more")
BEYOND = Text(
    zh="本表只列前{bound}条；全部问题见{file}",
    en="Only the first {bound} findings stand here; all of them are in {file}",
)


@dataclass(frozen=True, slots=True)
class Line:
    """How one rule went over all files: places checked, broken and unknown, and the tables it still waits for."""

    code: str
    severity: str
    says: Text
    applied: int
    broken: int
    unknown: int
    not_run: tuple[str, ...]


def summary(tallies: Iterable[Tally], rules: Mapping[str, Rule]) -> list[Line]:
    """One line for each rule that is broken, unknown somewhere or not run; the gravest first."""
    sums: dict[str, Counter[str]] = {}
    waits: dict[str, dict[str, None]] = {}
    for tally in tallies:
        own = sums.setdefault(tally.code, Counter())
        own.update(applied=tally.applied, broken=tally.broken, unknown=tally.unknown)
        if tally.not_run:
            waits.setdefault(tally.code, {})[tally.not_run] = None
    lines = [
        Line(
            code,
            rules[code].severity,
            rules[code].says,
            own["applied"],
            own["broken"],
            own["unknown"],
            tuple(waits.get(code, ())),
        )
        for code, own in sums.items()
        if own["broken"] or own["unknown"] or code in waits
    ]
    grave = list(SEVERITIES)
    return sorted(lines, key=lambda one: (not one.broken, grave.index(one.severity), one.code))


def first_of_each(findings: Iterable[Finding], count: int = FIRST_ROWS) -> dict[str, list[Finding]]:
    """The first findings of each rule; the rest pass by and are not held."""
    first: dict[str, list[Finding]] = {}
    for one in findings:
        own = first.setdefault(one.code, [])
        if len(own) < count:
            own.append(one)
    return first


def write_text(
    out: TextIO,
    tallies: Iterable[Tally],
    rules: Mapping[str, Rule],
    findings: Iterable[Finding],
    language: Language = "zh",
) -> None:
    """The summary by rule, each with its first places, the source and how to mend it."""
    first = first_of_each(findings)
    lines = summary(tallies, rules)
    if not any(line.broken for line in lines):
        out.write(NO_FINDINGS.in_(language) + "\n")
    for line in lines:
        if not line.broken:
            continue
        rule = rules[line.code]
        grade = SEVERITIES[line.severity].in_(language)
        out.write(
            f"{line.code} [{grade}] {rule.says.in_(language)} ({rule.source}, {rule.article})\n"
        )
        out.write(f"    {_counts(line, language)}\n")
        for one in first.get(line.code, ()):
            out.write(f"    - {place(one, language)}\n")
        if (more := line.broken - len(first.get(line.code, ()))) > 0:
            out.write(f"    {MORE.in_(language).format(count=more)}\n")
        out.write(f"    → {rule.remedy.in_(language)}\n")
    _write_open(out, lines, language)


def _write_open(out: TextIO, lines: Iterable[Line], language: Language) -> None:
    """Rules that could not run, by the table they wait for, and rules unknown for some rows: a line each."""
    waiting: dict[str, list[str]] = {}
    for line in lines:
        for missing in line.not_run:
            waiting.setdefault(missing, []).append(line.code)
    for missing, codes in sorted(waiting.items()):
        out.write(f"{SUMMARY['not_run'].in_(language)} {missing}: {', '.join(codes)}\n")
    unknown = [f"{one.code} {one.unknown:,}" for one in lines if one.unknown and not one.broken]
    if unknown:
        out.write(f"{SUMMARY['unknown'].in_(language)}: {', '.join(unknown)}\n")


def _counts(line: Line, language: Language) -> str:
    parts = [
        f"{SUMMARY[name].in_(language)} {getattr(line, name):,}"
        for name in ("applied", "broken", "unknown")
    ]
    if line.not_run:
        parts.append(f"{SUMMARY['not_run'].in_(language)} {', '.join(line.not_run)}")
    return " · ".join(parts)


def place(one: Finding, language: Language) -> str:
    """Where it is and what stands there, in one line."""
    parts = [one.file]
    if one.row is not None:
        parts.append(f"{HEADS['row'].in_(language)} {one.row}")
    if one.key is not None:
        parts.append(shown(one.key))
    if one.label is not None:
        parts.append(f"{one.number or ''} {one.label.in_(language)}".strip())
    value = "" if one.value is None else f": {one.value}"
    note = "" if one.note is None else f" ({one.note.in_(language)})"
    return " · ".join(parts) + value + note


def cells(one: Finding, language: Language) -> list[str | int | None]:
    """The finding as a row under ``HEADS``, words in one language."""
    found: list[str | int | None] = []
    for name in HEADS:
        value = SEVERITIES[one.severity] if name == "severity" else getattr(one, name)
        found.append(value.in_(language) if isinstance(value, Text) else value)
    return found


def write_csv(path: Path, findings: Iterable[Finding], language: Language = "zh") -> int:
    """All findings; UTF-8 with BOM, as spreadsheet programs here need it. How many they were."""
    written = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([head.in_(language) for head in HEADS.values()])
        for one in findings:
            writer.writerow([_inert(value) for value in cells(one, language)])
            written += 1
    return written


def _inert(value: str | int | None) -> str | int | None:
    """A text that a spreadsheet program would take for a formula is given a leading apostrophe."""
    if not isinstance(value, str) or not value.startswith(("=", "+", "@", "-", "\t")):
        return value
    return value if value[1:2].isdigit() and value[0] == "-" else f"'{value}"


def write_json_lines(path: Path, findings: Iterable[Finding]) -> int:
    """All findings, one JSON object a line, words in both languages. How many they were."""
    written = 0
    with path.open("w", encoding="utf-8") as file:
        for one in findings:
            file.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
            written += 1
    return written


def write_xlsx(
    path: Path,
    tallies: Iterable[Tally],
    rules: Mapping[str, Rule],
    findings: Iterable[Finding],
    *,
    bound: int,
    rest: str,
    language: Language = "zh",
) -> int:
    """A sheet with the summary and one with the findings up to ``bound`` (bound.finding_sheet_rows).

    Beyond the bound a last row points to ``rest``, the file that has them all. How many were written.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True})
        names = {"zh": ("汇总", "问题"), "en": ("Summary", "Findings")}[language]
        sheet = book.add_worksheet(names[0])
        sheet.write_row(0, 0, [head.in_(language) for head in SUMMARY.values()], bold)
        for row, line in enumerate(summary(tallies, rules), 1):
            sheet.write_row(row, 0, list(_summary_cells(line, language)))
        sheet = book.add_worksheet(names[1])
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [head.in_(language) for head in HEADS.values()], bold)
        return _write_rows(sheet.write_row, findings, bound, rest, language)


def _summary_cells(line: Line, language: Language) -> Iterator[Any]:
    for name in SUMMARY:
        value = SEVERITIES[line.severity] if name == "severity" else getattr(line, name)
        if isinstance(value, tuple):
            value = ", ".join(value)
        yield value.in_(language) if isinstance(value, Text) else value


def _write_rows(
    write: Callable[[int, int, list[Any]], object],
    findings: Iterable[Finding],
    bound: int,
    rest: str,
    language: Language,
) -> int:
    written = 0
    for one in findings:
        if written == bound:
            write(written + 1, 0, [BEYOND.in_(language).format(bound=bound, file=rest)])
            break
        written += 1
        write(written, 0, cells(one, language))
    return written
