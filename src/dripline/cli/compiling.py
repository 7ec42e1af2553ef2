"""``compile``: the whole catalogue for a period or for several, kept under the home."""

from __future__ import annotations

import typer

from dripline.cli import series
from dripline.cli.app import MAIN, app, definitions, month, progress_bar, setting
from dripline.cli.figures import Asked, figures
from dripline.errors import CannotRead
from dripline.indicators.readings import periods_between
from dripline.indicators.side_by_side import compile_months


@app.command(name="compile")
def compile_(period: Asked = None, first: series.From = None, last: series.To = None) -> None:
    """Compute the whole catalogue and keep it: for a period, or for each from --from to --to."""
    if period is not None and (first is not None or last is not None):
        raise CannotRead("Name one --period, or --from and --to; not both.")
    store = setting().store()
    known = definitions()
    asked = month(period or last, store, MAIN | known.tables)
    begin = asked if first is None else month(first, store)
    periods = [*periods_between(begin, asked)]
    with progress_bar() as told:
        told("compile", 0, len(periods))
        for done, (one, kept) in enumerate(compile_months(figures(store), periods), 1):
            told("compile", done, len(periods))
            typer.echo(f"{one}: {len(known.indicators)} indicators, {kept.name}")
