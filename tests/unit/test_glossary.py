"""Every term that is an identifier stands in the glossary, and every identifier of the glossary in the program."""

import re
from pathlib import Path

import pytest

from dripline.codes import code_list
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.law import Law
from dripline.tables import TABLES
from tests.house.measure import ROOT

SOURCE = ROOT / "src" / "dripline"


def terms() -> list[list[str]]:
    """The rows of the glossary: term, Chinese, identifiers, meaning, source."""
    lines = (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    return [row for row in rows if row[0] != "Term"]


IDENTIFIERS = {name for row in terms() for name in re.findall(r"`([^`]+)`", row[2])}


def of_the_plans() -> set[str]:
    law = Law.load()
    entries = [law.entry(name) for name in law.names() if name.startswith("plan.")]
    columns = {column for entry in entries for column, _ in entry.columns}
    served = {measure for indicator in CATALOGUE.values() for measure in indicator.serves}
    return columns | served | {entry.name.removeprefix("plan.") for entry in entries}


@pytest.mark.parametrize(
    "used",
    [
        {code for code, table in TABLES.items() if table.__module__.startswith("dripline.")},
        set(code_list("list_kind").codes),
        set(code_list("institution_kind").codes),
        set(BREAKDOWNS),
        {"same_list", "as_published", "fixed_cohort", "valid_on_day"},
        {"reject", "error", "warning"},
        of_the_plans(),
    ],
    ids=["tables", "lists", "institutions", "breakdowns", "list-rules", "severities", "plans"],
)
def test_every_term_used_as_an_identifier_stands_in_the_glossary(used):
    assert sorted(used - IDENTIFIERS) == []


def test_each_term_has_chinese_an_identifier_a_meaning_and_a_source():
    bad = [row[0] for row in terms() if len(row) != 5 or not all(cell.strip() for cell in row)]
    assert bad == []
    assert [row[0] for row in terms() if not re.search(r"[\u4e00-\u9fffA-Z]", row[1])] == []


def test_no_term_stands_twice():
    names = [row[0] for row in terms()]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_identifier_of_the_glossary_is_in_the_program():
    files = [path for path in SOURCE.rglob("*") if path.suffix in (".py", ".yaml", ".csv")]
    text = "\n".join(path.read_text("utf-8") for path in files)
    paths = "\n".join(Path(path).as_posix() for path in SOURCE.rglob("*"))
    assert sorted(name for name in IDENTIFIERS if name not in text and name not in paths) == []
