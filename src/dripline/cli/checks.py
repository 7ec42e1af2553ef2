"""``check``, ``accept``, ``template`` and ``verify``: from files to facts."""

from __future__ import annotations

import getpass
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from dripline.cli.app import (
    HENAN,
    Lang,
    Out,
    Setting,
    app,
    definitions,
    language,
    law,
    progress_bar,
    setting,
)
from dripline.errors import CannotRead
from dripline.intake import finding_files
from dripline.intake.acceptance import Acceptance, Acceptor, read_explanations
from dripline.intake.checking import FORMATS, Report, check_hand_over
from dripline.intake.enterprise_names import read_sent_back, write_unmatched
from dripline.intake.findings import Finding
from dripline.intake.list_matching import SentBack
from dripline.intake.mapping import ColumnMap, read_mapping
from dripline.intake.receiving import receive
from dripline.intake.sheet_parts import Bounds
from dripline.intake.templates import write_template
from dripline.store import Store
from dripline.tables import table
from dripline.words import Language, Text

Paths = Annotated[list[Path], typer.Argument(help="Packages, sheets, or folders of them.")]
Explain = Annotated[
    Path | None,
    typer.Option("--explain", help="CSV of explanations: rule, table, key or *, reason."),
]
Mapping = Annotated[Path | None, typer.Option("--mapping", help="YAML: how foreign columns map.")]
FindingFormat = Annotated[str, typer.Option("--format", help="text, csv, json or xlsx.")]
SentBackFile = Annotated[
    Path | None, typer.Option("--sent-back", help="The file of the unmatched, filled in.")
]
TAKEN = Text(zh="已接收", en="accepted")
ALREADY = Text(zh="此前已接收相同内容", en="the same bytes were accepted before")
UNMATCHED = Text(
    zh="名单企业未匹配代码，填写后用--sent-back送回",
    en="listed without a code; fill in and --sent-back",
)
NOT_TAKEN = Text(zh="未接收", en="not accepted")


@app.command()
def check(
    paths: Paths,
    explain: Explain = None,
    mapping: Mapping = None,
    format: FindingFormat = "text",
    out: Out = None,
    lang: Lang = "zh",
) -> int:
    """Check files against every rule, without accepting them; with the data home's rows behind, if there is one."""
    now, book, tongue = setting(), law(), language(lang)
    explanations = () if explain is None else read_explanations(explain)
    with staging(now) as (store, work), progress_bar() as told:
        handed = receive(
            paths,
            work,
            law=book,
            on=now.today,
            province=HENAN,
            mapping=mapped(mapping),
            progress=told,
        )
        snapshot = None if store is None else store.at(None)
        rules = definitions().rules
        report = check_hand_over(
            handed, snapshot, explanations, work, law=book, progress=told, rules=rules
        )
        write_findings([report], format, out, tongue, bound(now))
    return 0 if report.stands else 1


@app.command()
def accept(
    paths: Paths,
    explain: Explain = None,
    mapping: Mapping = None,
    sent_back: SentBackFile = None,
    format: FindingFormat = "text",
    out: Out = None,
    lang: Lang = "zh",
) -> int:
    """Check files and take each delivery that stands: one reporter, one period, whole or not at all."""
    now, book, tongue = setting(), law(), language(lang)
    store = Store.create(now.home)
    explanations = () if explain is None else read_explanations(explain)
    with store.home.staging() as work, progress_bar() as told:
        handed = receive(
            paths,
            work,
            law=book,
            on=now.today,
            province=HENAN,
            mapping=mapped(mapping),
            progress=told,
        )
        by, rules = getpass.getuser(), definitions().rules
        answers = answered(sent_back, now)
        acceptor = Acceptor(store, explanations, work, book, now.now, by, told, rules, answers)
        acceptance = acceptor.accept(handed)
        write_findings(acceptance.reports, format, out, tongue, bound(now))
    tell(acceptance, tongue)
    if acceptance.unmatched:
        open_ones = now.home / "unmatched.xlsx"
        write_unmatched(acceptance.unmatched, open_ones)
        typer.echo(f"{UNMATCHED.in_(tongue)} {len(acceptance.unmatched)}: {open_ones}")
    return 0 if acceptance.stands else 1


@app.command()
def template(code: str, path: Path, lang: Lang = "zh") -> None:
    """Write the blank XLSX form of a table, to be filled in and sent."""
    write_template(table(code), path, language(lang))
    typer.echo(str(path))


@app.command()
def verify() -> int:
    """Read every byte of the store again: damage, and leftovers that do no harm."""
    found = setting().store().verify()
    typer.echo(f"{found.entries} entries, {found.files} files, {len(found.leftovers)} leftovers")
    for damage in found.damage:
        typer.echo(str(damage), err=True)
    return 0 if found.sound else 1


def answered(path: Path | None, now: Setting) -> SentBack | None:
    """The codes a person filled in; those that cannot be are said and not used."""
    if path is None:
        return None
    answers, findings = read_sent_back(path, Bounds.of(law().on(now.today)))
    for one in findings:
        typer.echo(f"{one.code} {finding_files.place(one, 'zh')}", err=True)
    return answers


@contextmanager
def staging(now: Setting) -> Iterator[tuple[Store | None, Path]]:
    """The store, if there is one, and a folder to work in."""
    if (now.home / "home.json").exists():
        store = now.store()
        with store.home.staging() as work:
            yield store, work
        return
    with tempfile.TemporaryDirectory(prefix="dripline-") as folder:
        yield None, Path(folder)


def mapped(path: Path | None) -> ColumnMap | None:
    """The mapping file, if one is named."""
    return None if path is None else read_mapping(path)


def bound(now: Setting) -> int:
    """How many findings a sheet holds at most."""
    return int(str(law().on(now.today)["bound.finding_sheet_rows"]))


def write_findings(
    reports: Iterable[Report], format: str, out: Path | None, tongue: Language, rows: int
) -> None:
    """Findings in the format asked for; text goes to the screen, with the full list beside it if a file is named."""
    reports, rules = list(reports), {**FORMATS, **definitions().rules}
    tallies = [tally for report in reports for tally in report.tallies]

    def findings() -> Iterator[Finding]:
        return (one for report in reports for one in report.findings())

    if format == "text":
        finding_files.write_text(sys.stdout, tallies, rules, findings(), tongue)
        if out is not None:
            finding_files.write_csv(out, findings(), tongue)
        return
    if out is None:
        raise CannotRead(f"Findings as {format} are written to a file: name it with --out.")
    match format:
        case "csv":
            finding_files.write_csv(out, findings(), tongue)
        case "json":
            finding_files.write_json_lines(out, findings())
        case "xlsx":
            rest = out.with_suffix(".csv")
            finding_files.write_csv(rest, findings(), tongue)
            finding_files.write_xlsx(
                out, tallies, rules, findings(), bound=rows, rest=rest.name, language=tongue
            )
        case _:
            raise CannotRead(f"{format!r} is no format; choose text, csv, json or xlsx.")
    typer.echo(str(out), err=True)


def tell(acceptance: Acceptance, tongue: Language) -> None:
    """A line for each delivery: taken, or why not."""
    taken = [one for one in acceptance.deliveries if one.receipt is not None]
    new = sum(not one.receipt.already for one in taken if one.receipt)
    words = f"{TAKEN.in_(tongue)} {new}"
    if len(taken) > new:
        words += f" · {ALREADY.in_(tongue)} {len(taken) - new}"
    typer.echo(words)
    for one in acceptance.deliveries:
        if one.reason is not None:
            where = f"{one.checked.reporter} {one.checked.period}"
            typer.echo(f"{NOT_TAKEN.in_(tongue)} {where}: {one.reason.in_(tongue)}")
    for bad in acceptance.bad:
        typer.echo(f"{NOT_TAKEN.in_(tongue)} {bad.file.name}")
