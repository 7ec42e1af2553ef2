"""``province``: a synthetic province in the real wire formats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast

import typer

from dripline.cli.app import app, progress_bar
from dripline.errors import CannotRead
from dripline.periods import Period
from dripline.province import SCALES, ScaleName, write_province


@app.command()
def province(
    out: Annotated[Path, typer.Option("--out", help="A new or empty folder.")],
    scale: Annotated[str, typer.Option(help="tiny, small or province.")] = "tiny",
    seed: Annotated[int, typer.Option(help="The same seed writes the same bytes.")] = 1,
    first: Annotated[str, typer.Option("--from", help="First month.")] = "2025-03",
    last: Annotated[str, typer.Option("--to", help="Last month.")] = "2025-06",
    faults: Annotated[
        bool, typer.Option("--faults", help="Seeded faults and an answer key too.")
    ] = False,
) -> None:
    """Write packages and registers of a synthetic province (labelled so wherever it shows)."""
    if scale not in SCALES:
        raise CannotRead(f"{scale!r} is no scale; choose {', '.join(SCALES)}.")
    with progress_bar() as told:
        summary = write_province(
            out,
            scale=cast("ScaleName", scale),
            seed=seed,
            first=Period.parse(first),
            last=Period.parse(last),
            faults=faults,
            progress=lambda done, total, what: told(what, done, total),
        )
    typer.echo(
        f"{summary.out}: {summary.packages} packages of {summary.reporters} reporters, "
        f"{summary.months[0]} to {summary.months[-1]}, {summary.notes_last_month} notes in the last month (synthetic)"
    )
