"""What an SDMX reader needs to understand a chapter of figures: code lists, concepts, data structure and dataflow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from pysdmx.model import (
    Agency,
    Code,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    DataStructureDefinition,
    DataType,
    Role,
    Schema,
)
from pysdmx.model import Dataflow as SdmxFlow
from pysdmx.model.__base import ItemReference

from dripline import __version__
from dripline.indicators.coverage import ESTIMATED, FINAL, PRELIMINARY, REVISED
from dripline.indicators.labels import ALL
from dripline.indicators.labels import UNKNOWN as NOT_KNOWN
from dripline.publish.observations import Flow, Observation
from dripline.publish.sdmx_text import TOTAL, UNKNOWN, code_of, pair
from dripline.wording.figures import UNITS
from dripline.words import Text

AGENCY: Final = "DRIPLINE"
"""Who keeps the structures: this program; they change only with its definitions, so they bear its version."""
STANDINGS: Final = {PRELIMINARY: "P", FINAL: "F", REVISED: "R", ESTIMATED: "E"}
FREQUENCIES: Final = {
    "M": Text(zh="月", en="monthly"),
    "Q": Text(zh="季", en="quarterly"),
    "S": Text(zh="半年", en="half-yearly"),
    "A": Text(zh="年", en="annual"),
}
STATUS: Final = {
    "A": Text(zh="有数值", en="normal value"),
    "M": Text(zh="无数值", en="missing value"),
}
CHAPTERS: Final = Text(zh="{code} 类指标", en="Figures of chapter {code}")
VALUE, TIME = "OBS_VALUE", "TIME_PERIOD"
CONCEPTS: Final = {
    "FREQ": Text(zh="频度", en="Frequency"),
    "INDICATOR": Text(zh="指标", en="Indicator"),
    TIME: Text(zh="时期", en="Period"),
    VALUE: Text(zh="数值", en="Value"),
    "UNIT_MEASURE": Text(zh="计量单位", en="Unit"),
    "DECIMALS": Text(zh="小数位数", en="Decimals"),
    "OBS_STATUS": Text(zh="数值状态", en="Status of the value"),
    "STANDING": Text(zh="初步、正式、修订、估算", en="Preliminary, final, revised, estimated"),
    "DEFINITION": Text(zh="定义摘要", en="Hash of the definition"),
    "UNKNOWN_ROWS": Text(zh="未知行数", en="Rows of which it is unknown"),
    "BASIS": Text(zh="依据", en="What the figure rests on"),
    "REPORTERS_IN": Text(zh="已报机构数", en="Reporters in"),
    "REPORTERS_DUE": Text(zh="应报机构数", en="Reporters due"),
    "COVERAGE": Text(zh="占上月余额百分比", en="Share of last month's balance, percent"),
    "AS_OF": Text(zh="截至何日所知", en="As known at the end of"),
    "FACTS": Text(zh="事实版本", en="Version of the facts"),
    "LAWBOOK": Text(zh="政策参数摘要", en="Hash of the lawbook"),
}
OF_THE_FIGURE: Final = (("UNIT_MEASURE", DataType.STRING), ("DECIMALS", DataType.INTEGER))
OF_THE_VALUE: Final = (
    ("OBS_STATUS", DataType.STRING, True),
    ("STANDING", DataType.STRING, True),
    ("DEFINITION", DataType.STRING, True),
    ("UNKNOWN_ROWS", DataType.INTEGER, True),
    ("BASIS", DataType.STRING, True),
)
OF_ALL: Final = (
    ("REPORTERS_IN", DataType.INTEGER, True),
    ("REPORTERS_DUE", DataType.INTEGER, False),
    ("COVERAGE", DataType.DECIMAL, False),
    ("AS_OF", DataType.STRING, False),
    ("FACTS", DataType.STRING, True),
    ("LAWBOOK", DataType.STRING, True),
)
"""Attributes of a whole file of data, with their type and whether each file has them."""


@dataclass(frozen=True, slots=True)
class Structure:
    """All that describes a chapter; ``texts`` is the structure as data are written by, every component as text.

    The writer makes binary fractions of numbers, so values go to it as the text of an exact decimal; readers are
    told their true types.
    """

    code_lists: tuple[Codelist, ...]
    concepts: ConceptScheme
    definition: DataStructureDefinition
    dataflow: SdmxFlow
    texts: Schema

    @property
    def parts(self) -> Sequence[object]:
        """What the file of the structure holds, in its order."""
        return (*self.code_lists, self.concepts, self.definition, self.dataflow)


def structure(flow: Flow, found: Iterable[Observation]) -> Structure:
    """The structure of a chapter; of the codes of its breakdowns those that the observations bear."""
    lists = code_lists(flow, found)
    names = CONCEPTS | {b.code.upper(): b.label for b in flow.breakdowns}
    typed = components(flow, lists)
    types = {c.id: c.local_dtype for c in typed}
    concepts = ConceptScheme(
        id=f"CS_{flow.code}",
        name=pair(CHAPTERS.format(code=flow.code)),
        agency=AGENCY,
        version=__version__,
        items=[
            Concept(id=code, name=pair(words), dtype=types.get(code, DataType.STRING))
            for code, words in names.items()
        ],
    )
    definition = DataStructureDefinition(
        id=f"DSD_{flow.code}",
        name=pair(CHAPTERS.format(code=flow.code)),
        agency=AGENCY,
        version=__version__,
        components=typed,
    )
    dataflow = SdmxFlow(
        id=flow.code,
        name=pair(CHAPTERS.format(code=flow.code)),
        agency=Agency(AGENCY),
        version=__version__,
        structure=definition,
    )
    texts = Schema(
        context="dataflow",
        agency=AGENCY,
        id=flow.code,
        version=__version__,
        components=components(flow, {}, every_text=True),
    )
    return Structure(tuple(lists.values()), concepts, definition, dataflow, texts)


def code_lists(flow: Flow, found: Iterable[Observation]) -> dict[str, Codelist]:
    """A code list for each coded component, in both languages."""
    keys: dict[str, dict[str, Text]] = {
        b.code.upper(): {TOTAL: ALL, UNKNOWN: NOT_KNOWN} for b in flow.breakdowns
    }
    for observation in found:
        for breakdown, key, words in observation.keys:
            keys[breakdown.code.upper()][code_of(key)] = words
    units = {i.unit: UNITS.get(i.unit, Text(zh=i.unit, en=i.unit)) for i in flow.indicators}
    fixed: dict[str, Mapping[str, Text]] = {
        "FREQ": FREQUENCIES,
        "INDICATOR": {i.code: i.label for i in flow.indicators},
        "UNIT_MEASURE": units,
        "OBS_STATUS": STATUS,
        "STANDING": {code: words for words, code in STANDINGS.items()},
    }
    return {name: code_list(flow, name, codes) for name, codes in (fixed | keys).items()}


def code_list(flow: Flow, component: str, codes: Mapping[str, Text]) -> Codelist:
    """The codes of one component; those of a breakdown belong to the chapter, whose words they are."""
    label = {b.code.upper(): b.label for b in flow.breakdowns}.get(component)
    part_of_more = label is not None  # other observations of the chapter bear other codes
    return Codelist(
        id=f"CL_{flow.code}_{component}",
        name=pair(label or CONCEPTS[component]),
        agency=AGENCY,
        version=__version__,
        is_partial=part_of_more,
        items=[Code(id=code, name=pair(words)) for code, words in codes.items()],
    )


def components(
    flow: Flow, lists: Mapping[str, Codelist], *, every_text: bool = False
) -> Components:
    """Dimensions, measure and attributes; ``every_text``: as they are handed to the writer."""
    part = partial(_component, flow, lists, every_text)
    dimensions = ["FREQ", "INDICATOR", *(b.code.upper() for b in flow.breakdowns)]
    string = DataType.STRING
    return Components(
        [
            *(part(name, Role.DIMENSION, string, True) for name in dimensions),
            part(TIME, Role.DIMENSION, DataType.PERIOD, True),
            part(VALUE, Role.MEASURE, DataType.DECIMAL, False),
            *(part(n, Role.ATTRIBUTE, t, True, "INDICATOR") for n, t in OF_THE_FIGURE),
            *(part(name, Role.ATTRIBUTE, t, r, "O") for name, t, r in OF_THE_VALUE),
            *(part(name, Role.ATTRIBUTE, t, r, "D") for name, t, r in OF_ALL),
        ]
    )


def _component(
    flow: Flow,
    lists: Mapping[str, Codelist],
    every_text: bool,
    name: str,
    role: Role,
    type_: DataType,
    required: bool,
    level: str | None = None,
) -> Component:
    concept = ItemReference(
        sdmx_type="Concept",
        agency=AGENCY,
        id=f"CS_{flow.code}",
        version=__version__,
        item_id=name,
    )
    return Component(
        id=name,
        required=required,
        role=role,
        concept=concept,
        local_dtype=DataType.STRING if every_text else type_,
        local_codes=lists.get(name),
        attachment_level=level,
    )
