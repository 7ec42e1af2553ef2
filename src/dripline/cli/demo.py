"""``demo``: the whole chain on a small synthetic province, from packages to the official table, a row and the monthly pack."""

from __future__ import annotations

import csv
import shutil
import tempfile
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer

from dripline.cli import tables
from dripline.cli.app import HENAN, Lang, Setting, app, language, law, progress_bar, setting
from dripline.cli.checks import tell, write_findings
from dripline.cli.figures import figures, official_table
from dripline.cli.packs import make_pack
from dripline.indicators.compile import Figures
from dripline.indicators.trace import Trace, TracedRow, traced
from dripline.intake.acceptance import Acceptor, read_explanations
from dripline.intake.checking import check_hand_over
from dripline.intake.receiving import receive
from dripline.money import half_up
from dripline.periods import Period
from dripline.province.write import write_province
from dripline.standards.targets import TARGET
from dripline.store import Store
from dripline.words import Language, Text

FIRST, LAST = Period.parse("2025-03"), Period.parse("2025-06")
TITLE = Text(
    zh="科技贷款统计表（不含直贴，合成数据）",
    en="Technology loans, without direct discounts (synthetic)",
)
SYNTHETIC = Text(zh="合成数据，非统计数据", en="Synthetic data, no statistics")
FOLLOWED = "TL-01-BAL"
DOCUMENT = ("示例目标文件（合成数据）", "示例〔2025〕1号", "2025-03-20", "一", "示例单位")
TARGETS = (
    # figure, direction, value, unit: invented, like everything of the demo
    ("TE-BAL", "growth", "20.00", "yuan"),
    ("TE-COVERAGE", "at_least", "60.00", "percent"),
    ("TE-CREDIT-SHARE", "at_least", "38.00", "percent"),
    ("TE-RATE-NEW", "at_most", "3.10", "percent"),
    ("PL-IP", "growth", "10.00", "yuan"),
)
ADOPTED = ("2025-03-31", "2027-06-30")
"""The first day of the invented targets, and the day they are due."""
SHOWN, FINDINGS_SHOWN = 5, 40


@app.command()
def demo(
    folder: Annotated[
        Path | None, typer.Option(help="Where to work; what a demo left there is replaced.")
    ] = None,
    lang: Lang = "zh",
) -> int:
    """Make a small province, refuse a faulty package, accept the rest, compile, print the main table, write the pack."""
    now, tongue = setting(), language(lang)
    place = folder or now.home / "demo"
    if (place / "province" / "README.txt").exists():
        shutil.rmtree(place)
    place.mkdir(parents=True, exist_ok=True)
    say(
        1,
        Text(
            zh="合成一个小省（数据均为虚构）", en="A small synthetic province (all data invented)"
        ),
        tongue,
    )
    with progress_bar() as told:
        summary = write_province(
            place / "province",
            scale="small",
            seed=1,
            first=FIRST,
            last=LAST,
            faults=True,
            progress=lambda done, total, what: told("write", done, total),
        )
    typer.echo(
        f"{summary.packages} packages, {summary.reporters} reporters, {FIRST}..{LAST}: {summary.out}"
    )
    adopt_targets(place / "province" / "registers")
    store = Store.create(place / "home")
    refuse_faults(place / "province", now, tongue)
    accept_all(place / "province", store, now, tongue)
    shown = figures(store)
    say(4, Text(zh="编制指标", en="Compile the catalogue"), tongue)
    typer.echo(f"{LAST}: {shown.compile(LAST).name}")
    print_table(shown, place, tongue)
    follow(shown, tongue)
    pack_month(shown, now, place, tongue)
    typer.echo(f"\nDRIPLINE_HOME={store.home.path} dripline query {FOLLOWED} --by lender_city")
    return 0


def pack_month(shown: Figures, now: Setting, place: Path, tongue: Language) -> None:
    """The folder an officer would find on the desk by the tenth working day, marked as synthetic on every page."""
    say(7, Text(zh="月度资料", en="The monthly pack"), tongue)
    written = make_pack(shown, LAST, now, tongue, place / "packs", SYNTHETIC)
    for path in sorted(path for path in written.rglob("*") if path.is_file()):
        typer.echo(f"  {path.relative_to(written)}")
    typer.echo(str(written))


def adopt_targets(registers: Path) -> None:
    """A register of invented targets, so that the plan's measures have something to be held to."""
    path = registers / f"authority_TARGET_{FIRST.last_day:%Y%m%d}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.label.zh for column in TARGET.columns.values()])
        for number, (figure, direction, value, unit) in enumerate(TARGETS, 1):
            what = (f"DEMO-{number}", figure, "total", "total", *ADOPTED, direction, value, unit)
            writer.writerow([*what, "", *DOCUMENT])


def say(step: int, words: Text, tongue: Language) -> None:
    """The head of a step."""
    typer.echo(f"\n[{step}] {words.in_(tongue)}")


def refuse_faults(province: Path, now: Setting, tongue: Language) -> None:
    """One faulty delivery, checked as a bank would before sending: refused with its findings."""
    words = Text(zh="一份有错的报送：校验并退回", en="A faulty delivery: checked and refused")
    say(2, words, tongue)
    book = law()
    faulty = sorted(path for path in (province / "faulty").rglob("*.zip"))[0].parent
    with tempfile.TemporaryDirectory(prefix="dripline-") as folder, progress_bar() as told:
        work = Path(folder)
        handed = receive([faulty], work, law=book, on=now.today, province=HENAN, progress=told)
        report = check_hand_over(handed, None, (), work, law=book, progress=told)
        full = province.parent / "findings.csv"
        text = StringIO()
        with redirect_stdout(text):
            write_findings([report], "text", full, tongue, 0)
    lines = text.getvalue().splitlines()
    typer.echo("\n".join(lines[:FINDINGS_SHOWN]))
    typer.echo(f"… {len(lines) - FINDINGS_SHOWN:,} more lines; every finding: {full}")
    typer.echo(f"exit code of `dripline check`: {0 if report.stands else 1}")


def accept_all(province: Path, store: Store, now: Setting, tongue: Language) -> None:
    """Registers, then month by month; the late package last, the odd one with its explanation."""
    say(3, Text(zh="接收其余报送", en="Accept the rest"), tongue)
    book = law()
    explanations = tuple(
        each
        for path in sorted((province / "explained").rglob("*.csv"))
        for each in read_explanations(path)
    )
    paths = [province / "registers", *sorted(p for p in province.iterdir() if p.name[:2] == "20")]
    paths += [p for name in ("explained", "late") if (p := province / name).exists()]
    with store.home.staging() as work, progress_bar() as told:
        handed = receive(paths, work, law=book, on=now.today, province=HENAN, progress=told)
        acceptor = Acceptor(store, explanations, work, book, now.now, "demo", told)
        acceptance = acceptor.accept(handed)
    tell(acceptance, tongue)


def print_table(shown: Figures, place: Path, tongue: Language) -> None:
    """The official table on the screen and as XLSX."""
    say(5, TITLE, tongue)
    made, now = official_table(shown, LAST, tongue), setting()
    tables.show(made, format="table", now=now, language=tongue)
    path = place / f"tech-loans-{LAST}.xlsx"
    tables.show(made, format="xlsx", now=now, language=tongue, out=path)


def follow(shown: Figures, tongue: Language) -> None:
    """One figure followed to its rows: the same number again, added up row by row."""
    say(6, Text(zh="追溯一个数到逐笔", en="One figure followed to its rows"), tongue)
    stream = traced(shown, FOLLOWED, LAST, [])
    head = next(stream)
    assert isinstance(head, Trace)
    value = half_up(head.exact.numerator, head.exact.denominator, head.indicator.decimals)
    typer.echo(f"{FOLLOWED} {head.indicator.label.in_(tongue)} {LAST} = {value:,}")
    count = 0
    for row in stream:
        assert isinstance(row, TracedRow)
        count += 1
        if count <= SHOWN:
            typer.echo(
                f"  {row.reporter} {row.table} {row.period} line {row.row} {'|'.join(k or '' for k in row.key)}: {row.adds:,}"
            )
    typer.echo(f"  … {count:,} rows in all")
