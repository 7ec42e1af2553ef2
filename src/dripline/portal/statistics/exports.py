"""A table of figures as a file: as an official table looks, or as machines read it."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from dripline.indicators.compile import Figures
from dripline.indicators.coverage import coverage
from dripline.indicators.reported import main_table
from dripline.periods import Period
from dripline.portal.statistics.asked import Asked
from dripline.portal.statistics.queries import cells
from dripline.publish.figure_table import as_rows, notes, official
from dripline.publish.files import Shown, write_csv, write_json, write_parquet, write_xlsx
from dripline.publish.observations import Vintage, flow_of, observations
from dripline.publish.sdmx import write
from dripline.words import Language

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "sdmx": "application/zip",
}


def table_of(figures: Figures, asked: Asked, period: Period, language: Language) -> Shown:
    """The table with title, unit, notes, source and vintage."""
    indicator = figures.catalogue.indicator(asked.code)
    held = cells(figures, asked.code, asked.way, period)
    heads, rows = as_rows(figures, indicator, asked.way, held, period, language)
    below = notes(figures, indicator, period, language)
    title = f"{indicator.label.in_(language)} {period}"
    return official(title, heads, rows, below, figures, indicator, period, language)


def exported(
    figures: Figures, asked: Asked, period: Period, format: str, now: datetime, language: Language
) -> bytes:
    """The bytes of the file."""
    if format == "sdmx":
        return _sdmx(figures, asked, period, now)
    shown = table_of(figures, asked, period, language)
    if format in ("csv", "json"):
        text = io.StringIO(newline="")
        (write_csv if format == "csv" else write_json)(text, shown)
        return text.getvalue().encode("utf-8-sig" if format == "csv" else "utf-8")
    with TemporaryDirectory(prefix="dripline-") as folder:
        path = Path(folder) / f"table.{format}"
        if format == "xlsx":
            write_xlsx(path, shown, made=now, language=language)
        else:
            write_parquet(path, shown)
        return path.read_bytes()


def _sdmx(figures: Figures, asked: Asked, period: Period, now: datetime) -> bytes:
    """Structure and data, side by side in an archive."""
    main = main_table(figures.catalogue.indicator(asked.code))
    cover = coverage(figures.snapshot, figures.rows(period), period, main)
    vintage = Vintage(period, cover, figures.identity(period), figures.as_of)
    found = list(observations(figures, asked.code, period, asked.by))
    packed = io.BytesIO()
    with (
        TemporaryDirectory(prefix="dripline-") as folder,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        flow = flow_of(figures.catalogue, asked.code)
        for path in write(Path(folder), flow, found, vintage, made=now, version="2.1"):
            archive.write(path, path.name)
    return packed.getvalue()
