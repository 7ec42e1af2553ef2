"""``pack``: the monthly pack, the reason to open the program in month two (FN 15)."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from dripline.cli.app import Lang, Setting, app, language, month, progress_bar, setting
from dripline.cli.figures import Asked, Day, figures
from dripline.errors import Refused
from dripline.indicators.compile import Figures
from dripline.periods import Period
from dripline.words import Language, Text

FOLDER = "packs"
EXTRA, MODULE = "publish", "docx"
Label = Annotated[
    str | None, typer.Option("--label", help="What every page is marked with, such as 合成数据.")
]


@app.command()
def pack(
    period: Asked = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder of packs; left out: packs in the data home."),
    ] = None,
    as_of: Day = None,
    label: Label = None,
    lang: Lang = "zh",
) -> None:
    """Write the monthly pack: bulletin, tables, reconciliation, and a file for each institution, on A4."""
    now, tongue = setting(), language(lang)
    store = now.store()
    marked = None if label is None else Text(zh=label, en=label)
    shown = figures(store, as_of)
    written = make_pack(shown, month(period, store), now, tongue, out, marked)
    for path in sorted(path for path in written.rglob("*") if path.is_file()):
        typer.echo(str(path))


def make_pack(
    shown: Figures,
    period: Period,
    now: Setting,
    tongue: Language,
    out: Path | None,
    label: Text | None,
) -> Path:
    """The pack of a month, with a progress bar."""
    if find_spec(MODULE) is None:
        raise Refused(
            "The pack writes a DOCX and needs python-docx, which is not installed. "
            f"Install the extra: pip install 'dripline[{EXTRA}]'."
        )
    # Only here: a bare installation checks and compiles without the extra.
    from dripline.publish.pack.board import board
    from dripline.publish.pack.folder import Edition, write_pack

    of_month = board(shown, period)
    folder = shown.store.home.path / FOLDER if out is None else out
    with progress_bar() as told:
        return write_pack(of_month, folder, Edition(now.now, tongue, label), told)
