"""A folder of definitions is taken whole or refused with every fault, and a refused one leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dripline import codes, outside
from dripline.cli import run
from dripline.cli.app import IN_FORCE
from dripline.errors import DefinitionError, Refused
from dripline.indicators import CATALOGUE
from dripline.indicators.compile import Catalogue
from dripline.standards import RULES
from dripline.tables import TABLES
from dripline.wording.figures import UNITS

WORDS = "Text(zh='字', en='word')"
PLANT = f"""
from dripline.definitions import Check, Dimension, Indicator
from dripline.measures import Sum
from dripline.tables import Column, Handling, Table
from dripline.words import Text

WORDS = {WORDS}

class Plant(Table):
    code = "ORCHARD_PLANT"
    label = grain = WORDS
    nature = "stock"
    key = ("plant_no",)
    handling = Handling(WORDS)
    plant_no = Column("C..8", WORDS, "M")
    apples = Column("I..6", WORDS)
    kind = Column("C1", WORDS, codes="orchard_kind")

PREFIX = "ORCHARD"
UNITS = {{"apples": WORDS}}
RULES = (Check(code="ORCHARD-R1", says=WORDS, remedy=WORDS, severity="error", source="own", article="1",
    holds=Plant.apples.at_least(0)),)
BREAKDOWNS = (Dimension("orchard_kind", WORDS, (Plant.kind,), "orchard_kind"),)
INDICATORS = (Indicator(code="ORCHARD-SUM", label=WORDS, unit="apples", measure=Sum(Plant.apples), decimals=0,
    source="own", article="1", breakdowns=("total", "orchard_kind")),)
"""
KINDS = "code,zh,en,parent,leaf,from,to\nA,甲,First,,1,,\n"
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Iterator[Write]:
    """Writes the folder ``orchard`` with words put for others; whatever it registers goes after the test."""
    kept = [(registry, dict(registry)) for registry in (TABLES, codes.OUTSIDE, UNITS)]

    def folder(*changes: tuple[str, str], text: str = PLANT, lists: str = "orchard_kind") -> Path:
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        place = tmp_path / "orchard"
        (place / "codes").mkdir(parents=True)
        (place / "codes" / f"{lists}.csv").write_text(KINDS, "utf-8")
        (place / "__init__.py").write_text(text, "utf-8")
        return place

    yield folder
    for registry, before in kept:
        registry.clear()
        registry.update(before)  # type: ignore[arg-type]
    outside.loaded.cache_clear()
    codes.code_list.cache_clear()
    IN_FORCE.set(outside.OWN)


def test_a_sound_folder_adds_to_what_the_program_knows_and_takes_nothing_away(write: Write) -> None:
    known = outside.definitions(write())
    assert set(known.rules) - set(RULES) == {"ORCHARD-R1"}
    assert set(RULES) < set(known.rules)
    assert set(known.indicators) - set(CATALOGUE) == {"ORCHARD-SUM"}
    assert known.tables == {"ORCHARD_PLANT"}
    assert codes.code_list("orchard_kind").label("A").en == "First"


def test_a_figure_of_the_program_keeps_its_identity_beside_those_from_outside(write: Write) -> None:
    mine = Catalogue(outside.OWN.indicators, {}).digest(["TL-01-BAL"])
    assert Catalogue(outside.definitions(write()).indicators, {}).digest(["TL-01-BAL"]) == mine


def test_nothing_is_loaded_unless_the_operator_names_a_folder(
    write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write()
    monkeypatch.chdir(folder.parent)
    monkeypatch.delenv("DRIPLINE_DEFINITIONS", raising=False)
    assert run(["explain", "ORCHARD-SUM"]) == 2
    assert run(["--definitions", str(folder), "explain", "ORCHARD-SUM"]) == 0
    monkeypatch.setenv("DRIPLINE_DEFINITIONS", str(folder))
    assert run(["explain", "ORCHARD-SUM"]) == 0
    monkeypatch.delenv("DRIPLINE_DEFINITIONS")
    assert run(["explain", "ORCHARD-SUM"]) == 2
    capsys.readouterr()


def test_code_is_never_run_from_a_data_home(write: Write, tmp_path: Path) -> None:
    folder = write(("PREFIX =", "raise SystemExit\nPREFIX ="))
    (tmp_path / "home.json").write_text("{}", "utf-8")
    with pytest.raises(Refused, match="lies in the data home"):
        outside.definitions(folder)


def test_a_folder_without_definitions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"no __init__\.py"):
        outside.definitions(tmp_path)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('PREFIX = "ORCHARD"', ""), "orchard: PREFIX is 2 to 8 capital letters"),
        (('"ORCHARD_PLANT"', '"PLANT"'), "the table 'PLANT' must be called ORCHARD_"),
        (('"ORCHARD-R1"', '"R1"'), "the rule 'R1' must be called ORCHARD-"),
        (('"ORCHARD-SUM"', '"SUM"'), "the indicator 'SUM' must be called ORCHARD-"),
        (('Dimension("orchard_kind"', 'Dimension("kind"'), "the breakdown 'kind' must be called"),
        (('"ORCHARD-SUM"', '"ORCHARD-R1"'), "two definitions are called ORCHARD-R1."),
        (('"ORCHARD_PLANT"', '"CLDWDK"'), "two tables are called CLDWDK."),
        (("label = grain = WORDS", "label = WORDS"), "ORCHARD_PLANT: grain needs words"),
        (("says=WORDS", "says=None"), "ORCHARD-R1: says needs words"),
        (("says=WORDS", "says=Text(zh='', en='x')"), "__init__.py, line 21: ValueError"),
        (("    handling = Handling(WORDS)\n", ""), "ORCHARD_PLANT: handling is missing."),
        (('article="1",\n    holds', 'article="",\n    holds'), "ORCHARD-R1: article is missing."),
        (('severity="error"', 'severity="bad"'), "ORCHARD-R1: 'bad' is no severity"),
        (('unit="apples"', 'unit="pears"'), "ORCHARD-SUM: the unit 'pears' has no words"),
        (('codes="orchard_kind"', 'codes="none"'), "there is no code list 'none'"),
        (('"total", "orchard_kind"', '"total", "size_"'), "no breakdown is called size_."),
        (
            ('"total", "orchard_kind"', '"total", "lender_city"'),
            "ORCHARD-SUM: lender_city does not divide ORCHARD_PLANT.",
        ),
        (("RULES = (", "RULES = (1,"), r"RULES[0] is a int, not a Check"),
        (('"apples": WORDS', '"apples": WORDS, "yuan": WORDS'), "UNITS['yuan']"),
        (("PREFIX =", "1 / 0\nPREFIX ="), "line 19: ZeroDivisionError"),
    ],
)
def test_what_is_wrong_is_said_and_a_refused_folder_leaves_nothing_behind(
    write: Write, change: tuple[str, str], fault: str
) -> None:
    before = set(TABLES), set(codes.OUTSIDE), set(UNITS)
    with pytest.raises(DefinitionError) as said:
        outside.definitions(write(change))
    assert fault in str(said.value)
    assert (set(TABLES), set(codes.OUTSIDE), set(UNITS)) == before


def test_a_prefix_of_the_program_is_taken(write: Write) -> None:
    text = PLANT.replace("ORCHARD", "TL").replace("orchard_", "tl_")
    with pytest.raises(DefinitionError, match="PREFIX TL is taken: TL-"):
        outside.definitions(write(text=text, lists="tl_kind"))


def test_a_code_list_of_the_program_cannot_be_hidden(write: Write) -> None:
    with pytest.raises(DefinitionError, match="the program has a code list of this name"):
        outside.definitions(write(lists="region"))


def test_all_faults_are_said_at_once(write: Write) -> None:
    folder = write(("says=WORDS", "says=None"), ('unit="apples"', 'unit="pears"'))
    with pytest.raises(DefinitionError) as said:
        outside.definitions(folder)
    assert len(str(said.value).splitlines()) == 2
