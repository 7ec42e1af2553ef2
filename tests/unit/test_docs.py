"""The generated pages show every definition, and nothing that is gone."""

import re

import pytest

from dripline.docs import NOTICE, write
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.intake.checking import FORMATS
from dripline.law import Law
from dripline.standards import RULES
from dripline.tables import TABLES
from tests.house.measure import ROOT


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("generated")
    write(made)
    return made


def pages(folder):
    return {
        file.relative_to(folder).as_posix(): file.read_text("utf-8")
        for file in folder.rglob("*.md")
    }


def headed(text):
    return [line[3:] for line in text.splitlines() if line.startswith("## ")]


def test_every_rule_indicator_breakdown_table_and_number_has_its_place(folder):
    found = pages(folder)
    rules = [code for name in found if name.startswith("rules/") for code in headed(found[name])]
    figures = [
        code for name in found if name.startswith("indicators/") for code in headed(found[name])
    ]
    assert sorted(rules) == sorted([*FORMATS, *RULES])
    assert sorted(figures) == sorted(CATALOGUE)
    assert headed(found["breakdowns.md"]) == list(BREAKDOWNS)
    assert [title.split()[0] for title in headed(found["tables.md"])] == list(TABLES)
    assert headed(found["lawbook.md"]) == list(Law.load().names())


def test_the_pages_are_the_same_each_time(folder, tmp_path):
    write(tmp_path)
    assert pages(tmp_path) == pages(folder)


def test_a_page_whose_subject_is_gone_goes_and_a_page_of_a_person_stays(tmp_path):
    (tmp_path / "old.md").write_text(f"# Old\n\n{NOTICE}\n", "utf-8")
    (tmp_path / "mine.md").write_text("# Written by hand\n", "utf-8")
    write(tmp_path)
    assert not (tmp_path / "old.md").exists()
    assert (tmp_path / "mine.md").exists()


def test_each_row_of_a_page_has_as_many_cells_as_its_head(folder):
    for name, text in pages(folder).items():
        width = 0
        for line in text.replace("\\|", "/").splitlines():
            cells = line.count("|")
            assert not (width and cells) or cells == width, f"{name}: {line}"
            width = cells


HANDWRITTEN = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "docs/adr").glob("*.md")]


@pytest.mark.parametrize("page", HANDWRITTEN, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_to_a_file_of_the_project(page):
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    own = [link for link in links if "://" not in link]
    assert [link for link in own if not (page.parent / link).exists()] == []


def test_the_readmes_point_to_the_same_places():
    english, chinese = (
        set(re.findall(r"\]\(([^)]+)\)", (ROOT / name).read_text("utf-8")))
        for name in ("README.md", "README.zh-CN.md")
    )
    assert english - {"README.zh-CN.md"} == chinese - {"README.md"}
