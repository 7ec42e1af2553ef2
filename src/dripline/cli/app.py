"""The application that commands are added to, and the options they share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from dripline import __version__
from dripline.errors import CannotRead
from dripline.intake.receiving import Progress as Told
from dripline.law import Law
from dripline.outside import OWN, Definitions
from dripline.outside import definitions as definitions_of
from dripline.periods import Period
from dripline.store import Home, Store
from dripline.words import Language

HENAN = "41"
"""The province whose rows are inside: first digits of GB/T 2260 codes of Henan."""

app = typer.Typer(
    name="dripline",
    help="Dripline 滴灌: from the loan row to the measure of the plan (豫政办〔2024〕30号).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for extra in entry_points(group="dripline.commands"):
    extra.load()(app)

errors = Console(stderr=True)
Lang = Annotated[str, typer.Option("--lang", help="zh or en.", envvar="DRIPLINE_LANG")]
Format = Annotated[str, typer.Option("--format", help="table, csv, json, xlsx or parquet.")]
Exchange = Annotated[
    str,
    typer.Option(
        "--format",
        help="table, csv, json, xlsx, parquet; or sdmx, sdmx-3.0, for which --out is a folder.",
    ),
]
Out = Annotated[Path | None, typer.Option("--out", help="File to write instead of the screen.")]
Month = Annotated[str, typer.Option("--period", help="2025-06 (or 2025-Q2, 2025-H1, 2025).")]
MAIN = frozenset({"CLDWDK"})
"""The table whose last month is meant where a command names none and is about no other table."""
PERIOD_OPTION = typer.Option("--period", help="2025-06; left out: the last month accepted.")


IN_FORCE: ContextVar[Definitions] = ContextVar("definitions", default=OWN)


def tell_version(asked: bool) -> None:
    """Says the version and ends: also where no command is named."""
    if asked:
        typer.echo(f"dripline {__version__}")
        raise typer.Exit


@app.callback()
def options(
    definitions: Annotated[
        Path | None,
        typer.Option(
            "--definitions",
            envvar="DRIPLINE_DEFINITIONS",
            help="A folder of your own tables, rules and indicators. It is Python and will be run.",
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=tell_version, is_eager=True, help="The version.")
    ] = False,
) -> None:
    """What is said before the command."""
    IN_FORCE.set(definitions_of(definitions))


def definitions() -> Definitions:
    """The definitions the command works with: the program's own, and those of the folder named."""
    return IN_FORCE.get()


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the data home lies, and the day and instant the command runs at."""

    home: Path
    now: datetime

    @property
    def today(self) -> date:
        """The day of the command in Henan."""
        from dripline.store.entries import day_in_china

        return day_in_china(self.now)

    def store(self) -> Store:
        """The store of the home; an error where there is none. The home is named on stderr."""
        store = Store.open(self.home)
        errors.print(f"[dim]{self.home}[/dim]", highlight=False)
        return store


def setting() -> Setting:
    """What the environment says."""
    return Setting(Home.place(os.environ), datetime.now(UTC))


def day_of(text: str) -> date:
    """A day as it is written; CannotRead says how."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CannotRead(f"{text!r} is no day; write 2025-06-30.") from None


def language(text: str) -> Language:
    """zh or en."""
    if text == "zh":
        return "zh"
    if text == "en":
        return "en"
    raise CannotRead(f"{text!r} is no language here; write --lang zh or --lang en.")


def month(text: str | None, store: Store, tables: frozenset[str] = MAIN) -> Period:
    """The period asked for, or the last one for which one of these tables was accepted."""
    if text is not None:
        return Period.parse(text)
    entries = [e for e in store.at(None).entries() if any(t.table in tables for t in e.tables)]
    if not entries:
        raise CannotRead(
            "Nothing has been accepted yet: name a --period, or accept packages first."
        )
    return max((entry.period for entry in entries), key=lambda period: period.last_day)


def law() -> Law:
    """The lawbook that is shipped."""
    return Law.load()


STEPS = {
    "read": "读取文件 read",
    "check": "校验 check",
    "accept": "接收 accept",
    "compile": "编制 compile",
    "send": "上传 upload",
}


@contextmanager
def progress_bar() -> Iterator[Told]:
    """A bar with count and estimate on stderr; nothing where stderr is no terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        tasks = {}

        def told(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(STEPS.get(step, step), total=total)
            bar.update(tasks[step], completed=done, total=total)

        yield told
