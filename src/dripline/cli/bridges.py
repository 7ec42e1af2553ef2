"""``bridge``: why two figures of one indicator differ, part by part."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from dripline.cli import tables
from dripline.cli.app import Format, Lang, Month, Out, app, day_of, language, setting
from dripline.cli.figures import figures, where_of
from dripline.errors import CannotRead
from dripline.indicators.bridge import End, bridge
from dripline.indicators.readings import publication_day
from dripline.law import Law
from dripline.periods import Period
from dripline.publish.bridge_table import as_rows, notes

PUBLISHED = "published"

Against = Annotated[
    str | None, typer.Option("--against", help="The earlier period; left out: the same period.")
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        help="The base as known at the end of this day, or `published` for its publication day.",
    ),
]
To = Annotated[
    str | None, typer.Option("--to", help="The compared figure as known at the end of this day.")
]
Meant = Annotated[
    str | None,
    typer.Option("--definition", help="The compared figure as meant on this day."),
]
Where = Annotated[
    list[str] | None, typer.Option("--where", help="One cell: borrower_city=410100, repeated.")
]


@app.command(name="bridge")
def bridge_(
    code: str,
    period: Month,
    against: Against = None,
    known_from: From = None,
    known_to: To = None,
    definition: Meant = None,
    where: Where = None,
    format: Format = "table",
    out: Out = None,
    lang: Lang = "zh",
) -> None:
    """Split the difference between two figures into late data, lists, definition and real change."""
    now, tongue = setting(), language(lang)
    shown = figures(now.store())
    later = Period.parse(period)
    before = later if against is None else Period.parse(against)
    if before == later and known_from is None and definition is None:
        raise CannotRead(
            "Two figures are compared: add --from DAY for the same period as known earlier, --against PERIOD for "
            "another period, or --definition DAY."
        )
    base = End(before, day_known(known_from, before, shown.law))
    compared = End(
        later,
        None if known_to is None else day_known(known_to, later, shown.law),
        None if definition is None else day_of(definition),
    )
    found = bridge(shown, code, base, compared, where_of(where))
    heads, rows = as_rows(shown, found, tongue, exact=format in ("csv", "json"))
    title = f"{found.indicator.label.in_(tongue)} {before}" + (f" → {later}" if against else "")
    table = tables.Shown(title, heads, rows, list(notes(shown, found, tongue)))
    tables.show(table, format=format, out=out, now=now, language=tongue)


def day_known(text: str | None, period: Period, law: Law) -> date | None:
    """A day, or the publication day of the period; None: now."""
    if text == PUBLISHED:
        return publication_day(period, law)
    return None if text is None else day_of(text)
