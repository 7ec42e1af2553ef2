"""Figures as SDMX: written with one program, read back by another that knows nothing of ours."""

from __future__ import annotations

import subprocess
import sys
import warnings
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import sdmx
from hypothesis import given
from hypothesis import strategies as st
from pysdmx.io import read_sdmx
from pysdmx.io.xml.doc_validation import validate_doc

from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.compile import Catalogue
from dripline.indicators.coverage import Coverage
from dripline.indicators.results import Identity
from dripline.periods import Period
from dripline.publish.observations import Observation, Vintage, flow_of
from dripline.publish.sdmx import DATA_FILE, STRUCTURE_FILE, time_of, write
from dripline.publish.sdmx_text import FORBIDDEN, arrived, code_of, pair, sent
from dripline.words import Text

MADE = datetime(2025, 7, 14, 2, 0, tzinfo=UTC)
JUNE = Period.parse("2025-06")
FLOW = flow_of(Catalogue(CATALOGUE, BREAKDOWNS), "TE-BAL")
CITY, FIRM = BREAKDOWNS["borrower_city"], BREAKDOWNS["institution"]
ROWS = Text(zh="明细", en="rows")
ZHENGZHOU = Text(zh="郑州市", en="Zhengzhou")
PUBLISHED = Text(zh="公布数：《运行情况》“6月”<初稿>\u3000第1页", en="it's 5% & 'more' \\ \"so\"")
LONG = Decimal("12345678901234567.89")
"""More digits than a binary fraction keeps."""


def vintage(missing: int = 0, as_of: date | None = None) -> Vintage:
    due = frozenset({"A", "B"})
    received = frozenset(sorted(due)[missing:])
    cover = Coverage(received, due, Decimal("98.70"), 0, revised=False)
    identity = Identity("2025-06", "c", "f00d", "1aw", "0", "duckdb")
    return Vintage(JUNE, cover, identity, as_of)


def seen(code: str, value: str | None, *keys, unknown: int = 0, basis: Text = ROWS) -> Observation:
    exact = None if value is None else Decimal(value)
    return Observation(CATALOGUE[code], keys, exact, unknown, basis, "abc123")


FOUND = (
    seen("TE-BAL", str(LONG)),
    seen("TE-BAL", "0.10", (CITY, "410100", ZHENGZHOU), unknown=3),
    seen("TE-BAL", "-7.00", (CITY, None, Text(zh="未知", en="unknown")), basis=PUBLISHED),
    seen("TE-COVERAGE", None),
)


def read(folder: Path):
    """Structure and data as the second program reads them, and nothing it would warn of goes unseen."""
    with warnings.catch_warnings():
        # sdmx1 closes its files by collecting garbage.
        warnings.simplefilter("ignore", ResourceWarning)
        described = sdmx.read_sdmx(folder / STRUCTURE_FILE)
        (definition,) = described.structure.values()
        data = sdmx.read_sdmx(folder / DATA_FILE, structure=definition)
    return described, definition, data


def place(observation) -> dict[str, str]:
    return {name: str(key.value) for name, key in observation.dimension.values.items()}


@pytest.mark.parametrize("version", ["2.1", "3.0"])
def test_the_structure_keeps_the_schema_of_its_version(tmp_path, version):
    paths = write(tmp_path, FLOW, FOUND, vintage(), made=MADE, version=version)
    for path in paths:
        validate_doc(path.read_text("utf-8"))


def test_values_come_back_digit_for_digit(tmp_path):
    write(tmp_path, FLOW, FOUND, vintage(), made=MADE)
    _, _, message = read(tmp_path)
    (data,) = message.data
    assert [one.value for one in data.obs[:3]] == [str(LONG), "0.10", "-7.00"]
    assert not data.obs[3].value


def test_a_figure_that_is_not_divided_is_the_total_and_an_unknown_key_is_unknown(tmp_path):
    write(tmp_path, FLOW, FOUND, vintage(), made=MADE)
    _, definition, message = read(tmp_path)
    names = [d.id for d in definition.dimensions.components]
    assert names == ["FREQ", "INDICATOR", *(b.code.upper() for b in FLOW.breakdowns), "TIME_PERIOD"]
    total, city, unknown, _ = (place(one) for one in message.data[0].obs)
    everything = dict.fromkeys((b.code.upper() for b in FLOW.breakdowns), "_T")
    of = {"FREQ": "M", "INDICATOR": "TE-BAL", "TIME_PERIOD": "2025-06"}
    assert total == {**of, **everything}
    assert city == {**total, "BORROWER_CITY": "410100"}
    assert unknown == {**total, "BORROWER_CITY": "_U"}


def test_each_observation_says_its_unit_standing_definition_and_what_it_rests_on(tmp_path):
    write(tmp_path, FLOW, FOUND, vintage(missing=1, as_of=date(2025, 7, 10)), made=MADE)
    _, _, message = read(tmp_path)
    third = message.data[0].obs[2]
    assert {name: str(a.value) for name, a in third.attached_attribute.items()} == {
        "UNIT_MEASURE": "yuan",
        "DECIMALS": "2",
        "OBS_STATUS": "A",
        "STANDING": "P",
        "DEFINITION": "abc123",
        "UNKNOWN_ROWS": "0",
        "BASIS": f"{PUBLISHED.zh} | {PUBLISHED.en}",
    }
    assert str(message.data[0].obs[3].attached_attribute["OBS_STATUS"].value) == "M"
    assert {name: str(a.value) for name, a in message.data[0].attrib.items()} == {
        "REPORTERS_IN": "1",
        "REPORTERS_DUE": "2",
        "COVERAGE": "98.70",
        "AS_OF": "2025-07-10",
        "FACTS": "f00d",
        "LAWBOOK": "1aw",
    }


def test_a_value_for_which_a_stock_of_another_month_stands_is_an_estimate(tmp_path):
    write(tmp_path, FLOW, [replace(FOUND[0], estimated=True), FOUND[1]], vintage(), made=MADE)
    _, _, message = read(tmp_path)
    standings = [str(one.attached_attribute["STANDING"].value) for one in message.data[0].obs]
    assert standings == ["E", "F"]


def test_codes_are_named_in_chinese_and_english(tmp_path):
    write(tmp_path, FLOW, FOUND, vintage(), made=MADE)
    described, _, _ = read(tmp_path)
    cities = described.codelist["CL_TE_BORROWER_CITY"]
    assert {code.id: code.name.localizations for code in cities} == {
        "_T": {"en": "total", "zh": "合计"},
        "_U": {"en": "unknown", "zh": "未知"},
        "410100": {"en": "Zhengzhou", "zh": "郑州市"},
    }
    label = CATALOGUE["TE-BAL"].label
    named = described.codelist["CL_TE_INDICATOR"]["TE-BAL"].name.localizations
    assert named == {"en": label.en, "zh": label.zh}


def test_version_3_reads_back_as_it_was_written(tmp_path):
    structure, data = write(tmp_path, FLOW, FOUND, vintage(), made=MADE, version="3.0")
    described = read_sdmx(str(structure), validate=False).structures
    assert len(described) == len(FLOW.breakdowns) + 8
    (back,) = read_sdmx(str(data), validate=False).data
    assert list(back.data["OBS_VALUE"])[:3] == [str(LONG), "0.10", "-7.00"]
    assert back.data["BASIS"][2] == f"{PUBLISHED.zh} | {PUBLISHED.en}"


def test_the_same_figures_are_the_same_bytes(tmp_path):
    first = write(tmp_path / "1", FLOW, FOUND, vintage(), made=MADE)
    second = write(tmp_path / "2", FLOW, FOUND, vintage(), made=MADE)
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


def test_periods_are_written_as_sdmx_writes_them():
    written = {
        text: time_of(Period.parse(text)) for text in ("2025-06", "2025-Q2", "2025-H1", "2025")
    }
    assert written == {
        "2025-06": "2025-06",
        "2025-Q2": "2025-Q2",
        "2025-H1": "2025-S1",
        "2025": "2025",
    }


@given(st.lists(st.text(), unique=True))
def test_no_two_keys_share_a_code_and_none_is_taken_for_the_total_or_the_unknown(keys):
    codes = [code_of(key) for key in keys]
    assert len(set(codes)) == len(codes)
    assert not {"_T", "_U"} & set(codes)


@given(st.text(min_size=1))
def test_words_arrive_as_they_were_sent_whatever_signs_they_hold(words):
    # What the writer does to words: quote as Python would, then one kind of quotation mark.
    quoted = f"<a b={sent(words)!r}/>".replace("'", '"')
    assert ET.fromstring(arrived(quoted)).get("b") == FORBIDDEN.sub("\ufffd", words)


def test_a_pair_of_words_becomes_an_element_a_language():
    written = f'<com:Name xml:lang="en">{pair(Text(zh="甲", en="a"))}</com:Name>'
    assert arrived(written) == (
        '<com:Name xml:lang="en">a</com:Name><com:Name xml:lang="zh">甲</com:Name>'
    )


def test_without_the_extra_the_program_works_and_sdmx_names_the_extra():
    bare = (
        "import sys\n"
        "for name in ('pysdmx', 'pandas', 'docx', 'lxml'): sys.modules[name] = None\n"
        "import dripline.cli\n"
        "from dripline.cli.exchange import require\n"
        "from dripline.errors import Refused\n"
        "try: require(['no_such_module'])\n"
        "except Refused as why: print(why)\n"
    )
    said = subprocess.run([sys.executable, "-c", bare], capture_output=True, text=True, check=True)
    assert said.stdout == (
        "SDMX needs no_such_module, not installed here. "
        "Install the extra: pip install 'dripline[publish]'.\n"
    )
