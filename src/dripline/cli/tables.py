"""Rows on the screen, or in a file of the form asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, TextIO

import typer
from rich.console import Console
from rich.table import Table

from dripline.cli.app import Setting
from dripline.errors import CannotRead
from dripline.publish.files import (
    NOTHING,
    Shown,
    write_csv,
    write_json,
    write_parquet,
    write_xlsx,
)
from dripline.publish.workbook import Value
from dripline.words import Language

__all__ = ["Shown", "Value", "show"]
TEXTS: Final = {"csv": (write_csv, "utf-8-sig"), "json": (write_json, "utf-8")}
"""Forms that may go to the screen too. The mark at the beginning tells spreadsheets that a CSV is UTF-8."""
BINARY: Final = ("xlsx", "parquet")
FORMATS: Final = ("table", *TEXTS, *BINARY)


def show(
    shown: Shown, *, format: str, now: Setting, language: Language, out: Path | None = None
) -> None:
    """Writes a table in the form asked for, to the file or the screen."""
    if format == "table":
        _screen(shown)
    elif format in TEXTS:
        writer, encoding = TEXTS[format]
        _text_file(shown, out, writer, encoding)
    elif format in BINARY:
        path = needs_place(out, format, "file")
        if format == "xlsx":
            write_xlsx(path, shown, made=now.now, language=language)
        else:
            write_parquet(path, shown)
        typer.echo(str(path), err=True)
    else:
        raise CannotRead(f"{format!r} is no format here; choose {', '.join(FORMATS)}.")


def needs_place(out: Path | None, format: str, what: str) -> Path:
    """Where to write what cannot go to the screen."""
    if out is None:
        raise CannotRead(f"The format {format} is written to a {what}: name it with --out.")
    return out


def _screen(shown: Shown) -> None:
    held = list(shown.rows)
    table = Table(title=shown.title, caption="\n".join(shown.notes) or None, title_justify="left")
    for place, head in enumerate(shown.heads):
        numbers = any(not isinstance(row[place], str | None) for row in held)
        table.add_column(head, justify="right" if numbers else "left", overflow="fold")
    for row in held:
        table.add_row(*(_text(value) for value in row))
    screen = Console()
    if not screen.is_terminal:
        screen = Console(width=160)
    screen.print(table, highlight=False, markup=False)


def _text(value: Value) -> str:
    if value is None:
        return NOTHING
    return value if isinstance(value, str) else f"{value:,}"


def _text_file(
    shown: Shown, out: Path | None, write: Callable[[TextIO, Shown], None], encoding: str
) -> None:
    if out is None:
        write(sys.stdout, shown)
        return
    with out.open("w", encoding=encoding, newline="") as file:
        write(file, shown)
