"""Figures of an institution's own rows, as values and as files. Nothing of another institution is in any of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.compile import Catalogue, Figures
from dripline.indicators.coverage import coverage
from dripline.indicators.reported import main_table
from dripline.indicators.versions import shown_as
from dripline.law import Law
from dripline.periods import Period
from dripline.portal.accounts.scope import rows
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.api.faults import Fault
from dripline.portal.language import said, spoken
from dripline.portal.submissions.calendar import store
from dripline.publish import files
from dripline.publish.observations import Observation, Vintage, flow_of, observations
from dripline.wording.figures import UNITS
from dripline.words import Text

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "sdmx": "application/zip",
    "sdmx-3.0": "application/zip",
}
VERSIONS = {"sdmx": "2.1", "sdmx-3.0": "3.0"}
VALUE, UNKNOWN = Text(zh="数值", en="value"), Text(zh="未知行数", en="unknown rows")
BASIS, OWN = Text(zh="依据", en="basis"), Text(zh="本机构口径", en="own rows only")


def figures_of(viewer: Viewer, as_of: date | None) -> Figures:
    """Figures over the viewer's own rows as known on a day."""
    here = store()
    if here is None:
        raise Fault("not_found", said(NOTHING))
    scope = rows(viewer, purpose="statistics")
    return Figures(here, Law.load(), Catalogue(CATALOGUE, BREAKDOWNS), scope, as_of)


NOTHING = Text(zh="尚未接收任何数据。", en="Nothing has been accepted yet.")


def vintage(figures: Figures, code: str, period: Period) -> Vintage:
    """When and how completely the figures were known; told of the own reporters alone, as the scope is."""
    table = main_table(shown_as(figures.catalogue.indicator(code), period.last_day))
    data = figures.snapshot.data(figures.scope, institutions=period)
    cover = coverage(figures.snapshot, data, period, table)
    return Vintage(period, cover, figures.identity(period), figures.as_of)


def written(
    figures: Figures,
    code: str,
    period: Period,
    by: Sequence[str],
    format: str,
    *,
    made: datetime,
) -> bytes:
    """The figure as a file; SDMX as an archive of structure and data."""
    found = list(observations(figures, code, period, by))
    with TemporaryDirectory(prefix="dripline-") as folder:
        path = Path(folder) / f"figure.{format}"
        if format in VERSIONS:
            return _sdmx(
                figures, code, found, vintage(figures, code, period), Path(folder), made, format
            )
        shown = _shown(figures, code, found, period)
        match format:
            case "csv":
                out = io.StringIO(newline="")
                files.write_csv(out, shown)
                return out.getvalue().encode("utf-8-sig")
            case "json":
                out = io.StringIO()
                files.write_json(out, shown)
                return out.getvalue().encode()
            case "parquet":
                files.write_parquet(path, shown)
            case _:
                files.write_xlsx(path, shown, made=made, language=spoken())
        return path.read_bytes()


def _shown(
    figures: Figures, code: str, found: Sequence[Observation], period: Period
) -> files.Shown:
    indicator = shown_as(figures.catalogue.indicator(code), period.last_day)
    known = vintage(figures, code, period)
    names = [breakdown for breakdown, _key, _words in found[0].keys] if found else []
    heads = [part for one in names for part in (one.code, said(one.label))]
    heads += [f"{said(VALUE)} ({said(UNITS[indicator.unit])})", said(UNKNOWN), said(BASIS)]
    lines = []
    for one in found:
        words = [part for _way, key, label in one.keys for part in (key, said(label))]
        lines.append([*words, one.value, one.unknown, said(one.basis)])
    standing = said(known.coverage.standing)
    as_of = "" if figures.as_of is None else f" · {figures.as_of}"
    return files.Shown(
        title=f"{said(indicator.label)} {period}",
        heads=heads,
        rows=lines,
        notes=[said(OWN)],
        under=f"{period} · {standing} · {said(OWN)}{as_of}",
        formal=True,
        about={
            "period": str(period),
            "as_of": str(figures.as_of or ""),
            "standing": standing,
            "facts": known.identity.facts,
            "lawbook": known.identity.lawbook,
            "catalogue": known.identity.catalogue,
        },
    )


def _sdmx(
    figures: Figures,
    code: str,
    found: Sequence[Observation],
    known: Vintage,
    folder: Path,
    made: datetime,
    format: str,
) -> bytes:
    if find_spec("pysdmx") is None:
        raise Fault("not_found", said(NO_SDMX))
    from dripline.publish.sdmx import write  # an extra that a site may lack

    flow, out = flow_of(figures.catalogue, code), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in write(folder, flow, found, known, made=made, version=VERSIONS[format]):
            archive.write(path, path.name)
    return out.getvalue()


NO_SDMX = Text(
    zh="本站点未安装SDMX组件（publish）。",
    en="SDMX is not installed on this site (extra: publish).",
)
