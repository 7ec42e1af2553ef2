"""``explain``, ``law`` and ``list``: what the figures, rules and numbers mean and where they stand."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from dripline.canon import version_hash
from dripline.cli import tables
from dripline.cli.app import (
    Format,
    Lang,
    Out,
    app,
    day_of,
    definitions,
    language,
    law,
    setting,
)
from dripline.definitions import Indicator
from dripline.errors import CannotRead, Refused
from dripline.indicators.netting import EFFECTS, standing
from dripline.indicators.netting import RULES as NETTING
from dripline.intake.checking import FORMATS
from dripline.tables import TABLES
from dripline.wording import explain as explained
from dripline.wording import explain_on
from dripline.words import Language

law_app = typer.Typer(
    help="The lawbook: policy numbers by day, with document and article.", no_args_is_help=True
)
app.add_typer(law_app, name="law")


@app.command()
def explain(
    code: str,
    on: Annotated[
        str | None, typer.Option("--on", help="What an indicator meant on this day.")
    ] = None,
    lang: Lang = "zh",
) -> None:
    """Say what an indicator, a rule or a breakdown means, from its definition itself."""
    tongue, ours = language(lang), definitions()
    if on is not None:
        indicator = ours.catalogue.indicator(code)
        typer.echo(explain_on(indicator, day_of(on), ours.breakdowns).in_(tongue))
        return
    known = {**ours.indicators, **ours.rules, **ours.breakdowns}
    if code in FORMATS:
        rule = FORMATS[code]
        typer.echo(f"{code} {rule.says.in_(tongue)}\n{rule.remedy.in_(tongue)}")
        return
    if code not in known:
        raise Refused(f"Nothing is called {code!r}; `list indicators` and `list rules` show all.")
    typer.echo(explained(known[code], ours.breakdowns).in_(tongue))


def versions_of(indicator: Indicator) -> str:
    """Each version by its first day and the hash of what it means; a definition that never changed has one."""
    return ", ".join(
        f"{version.since or ''} {version_hash(indicator, version)}".strip()
        for version in indicator.versions
    )


@law_app.command(name="show")
def law_show(
    name: str,
    on: Annotated[str | None, typer.Option("--on", help="The day; left out: today.")] = None,
    lang: Lang = "zh",
) -> None:
    """A number on a day, with every value it has had, document and article."""
    book, tongue = law(), language(lang)
    day = setting().today if on is None else day_of(on)
    entry = book.entry(name)
    today = book.on(day)
    amount = today[name]
    note = today.read[-1]
    typer.echo(f"{entry.label.in_(tongue)} ({name})")
    typer.echo(
        f"{day}: {amount}  [{note.status}]  {note.source.cited}，{note.article}  ({note.since})"
    )
    for value in entry.values:
        typer.echo(f"  {value.since}: {value.amount}  [{value.status}]")


@law_app.command(name="list")
def law_list(format: Format = "table", out: Out = None, lang: Lang = "zh") -> None:
    """Every entry of the lawbook."""
    book, tongue = law(), language(lang)
    rows: list[list[tables.Value]] = [
        [
            name,
            (entry := book.entry(name)).label.in_(tongue),
            len(entry.values),
            entry.values[-1].status,
        ]
        for name in book.names()
    ]
    found = tables.Shown("lawbook", ["name", "label", "values", "status"], rows)
    tables.show(found, format=format, out=out, now=setting(), language=tongue)


@app.command(name="list")
def list_(what: str, format: Format = "table", out: Out = None, lang: Lang = "zh") -> None:
    """List tables, rules, indicators, or the netting rules of full caliber."""
    tongue = language(lang)
    if what not in LISTS:
        raise CannotRead(f"There is no list of {what!r}; there are {', '.join(LISTS)}.")
    heads, rows = LISTS[what](tongue)
    found = tables.Shown(what, heads, rows)
    tables.show(found, format=format, out=out, now=setting(), language=tongue)


Listed = tuple[list[str], list[list[tables.Value]]]
"""Heads and rows."""


def _tables(tongue: Language) -> Listed:
    heads = ["code", "label", "nature", "columns", "key"]
    return heads, [
        [t.code, t.label.in_(tongue), t.nature, len(t.columns), ", ".join(t.key)]
        for t in TABLES.values()
    ]


def _rules(tongue: Language) -> Listed:
    heads = ["code", "severity", "says", "remedy", "source", "article"]
    return heads, [
        [r.code, r.severity, r.says.in_(tongue), r.remedy.in_(tongue), r.source, r.article]
        for r in (*FORMATS.values(), *definitions().rules.values())
    ]


def _indicators(tongue: Language) -> Listed:
    heads = ["code", "label", "unit", "serves", "breakdowns", "source", "versions"]
    return heads, [
        [
            i.code,
            i.label.in_(tongue),
            i.unit,
            ", ".join(i.serves),
            ", ".join(i.breakdowns),
            f"{i.source} {i.article}",
            versions_of(i),
        ]
        for i in definitions().indicators.values()
    ]


def _netting(tongue: Language) -> Listed:
    heads = ["code", "says", "effect", "tables", "apart", "article", "standing"]
    return heads, [
        [
            r.code,
            r.says.in_(tongue),
            EFFECTS[r.effect].in_(tongue),
            ", ".join((*r.tables, *r.missing)),
            ", ".join(r.apart),
            f"{r.source} {r.article}",
            standing(r).in_(tongue),
        ]
        for r in NETTING
    ]


LISTS: Final = {
    "tables": _tables,
    "rules": _rules,
    "indicators": _indicators,
    "netting": _netting,
}
