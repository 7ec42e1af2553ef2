"""Figures as SDMX, the form statistical offices exchange: a file of the structure and a file of the data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pandas as pd
from pysdmx.io import write_sdmx
from pysdmx.io.format import Format
from pysdmx.io.pd import PandasDataset
from pysdmx.model import Organisation
from pysdmx.model.message import Header

from dripline.indicators.coverage import ESTIMATED
from dripline.periods import Period
from dripline.publish.observations import Flow, Observation, Vintage
from dripline.publish.sdmx_structure import AGENCY, STANDINGS, TIME, VALUE, Structure, structure
from dripline.publish.sdmx_text import TOTAL, arrived, code_of, sent

VERSIONS: Final = {
    "2.1": (Format.STRUCTURE_SDMX_ML_2_1, Format.DATA_SDMX_ML_2_1_STR),
    "3.0": (Format.STRUCTURE_SDMX_ML_3_0, Format.DATA_SDMX_ML_3_0),
}
STRUCTURE_FILE, DATA_FILE = "structure.xml", "data.xml"
FREQUENCY: Final = {1: "M", 3: "Q", 6: "S", 12: "A"}


def write(
    folder: Path,
    flow: Flow,
    found: Sequence[Observation],
    vintage: Vintage,
    *,
    made: datetime,
    version: str = "2.1",
) -> tuple[Path, Path]:
    """Writes the structure of a chapter and observations of it; ``version`` of SDMX-ML is 2.1 or 3.0."""
    of_structure, of_data = VERSIONS[version]
    described = structure(flow, found)
    dataset = PandasDataset(
        structure=described.texts,
        data=pd.DataFrame(
            [row(flow, one, vintage) for one in found], columns=columns(described), dtype=object
        ),
        attributes=of_all(vintage),
    )
    head = Header(
        id=f"{flow.code}_{vintage.period}_{vintage.identity.facts[:12]}",
        prepared=made,
        sender=Organisation(id=AGENCY),
    )
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / STRUCTURE_FILE, folder / DATA_FILE
    for path, parts, form in zip(
        paths, (described.parts, [dataset]), (of_structure, of_data), strict=True
    ):
        xml = write_sdmx(parts, form, header=head)
        # The writer puts the id of the dataflow where SDMX 2.1 asks what kind of structure the data follow.
        named = str(xml).replace(f'dataScope="{flow.code}"', 'dataScope="DataStructure"')
        path.write_text(arrived(named), encoding="utf-8")
    return paths


def columns(described: Structure) -> list[str]:
    """The components each observation bears: all but those of the whole file."""
    return [c.id for c in described.texts.components if c.attachment_level != "D"]


def row(flow: Flow, one: Observation, vintage: Vintage) -> dict[str, str]:
    """One observation by component; a way it is not divided by is the total."""
    keys = {breakdown.code: code_of(key) for breakdown, key, _ in one.keys}
    return {
        "FREQ": FREQUENCY[vintage.period.length],
        "INDICATOR": one.indicator.code,
        **{b.code.upper(): keys.get(b.code, TOTAL) for b in flow.breakdowns},
        TIME: time_of(vintage.period),
        VALUE: "" if one.value is None else exact(one.value),
        "UNIT_MEASURE": one.indicator.unit,
        "DECIMALS": str(one.indicator.decimals),
        "OBS_STATUS": "M" if one.value is None else "A",
        "STANDING": STANDINGS[ESTIMATED if one.estimated else vintage.coverage.standing],
        "DEFINITION": one.meaning,
        "UNKNOWN_ROWS": str(one.unknown),
        "BASIS": sent(f"{one.basis.zh} | {one.basis.en}"),
    }


def exact(value: Decimal) -> str:
    """A value with all its digits, never in powers of ten."""
    return f"{value:f}"


def time_of(period: Period) -> str:
    """A period as SDMX writes it: 2025-06, 2025-Q2, 2025-S1, 2025."""
    return str(period).replace("-H", "-S")


def of_all(vintage: Vintage) -> dict[str, Any]:
    """What holds for the whole file; what is not known is left out."""
    cover = vintage.coverage
    known = {
        "REPORTERS_IN": len(cover.received),
        "REPORTERS_DUE": None if cover.due is None else len(cover.due),
        "COVERAGE": cover.share,
        "AS_OF": vintage.as_of,
        "FACTS": sent(vintage.identity.facts),
        "LAWBOOK": vintage.identity.lawbook,
    }
    return {name: value for name, value in known.items() if value is not None}
