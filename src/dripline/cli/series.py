"""How a series is asked for on the command line: as published then, as known on a day, or restated."""

from __future__ import annotations

from datetime import date
from typing import Annotated, cast, get_args

import typer

from dripline.cli.app import day_of
from dripline.errors import CannotRead
from dripline.indicators.readings import MANNERS, Manner, Manners
from dripline.periods import Period

From = Annotated[str | None, typer.Option("--from", help="First period of a series.")]
To = Annotated[str | None, typer.Option("--to", help="Last period of a series.")]
Reading = Annotated[
    str,
    typer.Option(
        "--reading",
        help="published (as published then), known (as known on --as-of) or restated (one definition for all).",
    ),
]
Meant = Annotated[
    str | None,
    typer.Option("--definition", help="Restated: under the version in force on this day."),
]
Lists = Annotated[
    str | None, typer.Option("--lists", help="Restated: on the lists of this period.")
]


def manners(reading: str, today: date, definition: str | None, lists: str | None) -> Manners:
    """How a series is to be read, as it was written on the command line."""
    if reading not in get_args(Manner):
        raise CannotRead(f"{reading!r} is no reading; choose {', '.join(MANNERS)}.")
    return Manners(
        cast("Manner", reading),
        today,
        None if definition is None else day_of(definition),
        None if lists is None else Period.parse(lists),
    )
