"""A code means something only on a date: regions, industries and the lists of the standard."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from dripline import codes
from dripline.codes import (
    Code,
    CodeList,
    cities,
    city_of,
    code_list,
    codes_in,
    counties,
    region,
    section_of,
)
from dripline.errors import DefinitionError
from dripline.words import Text

TODAY = date(2026, 6, 30)
MAP = Path(__file__).parents[1] / "data" / "codes" / "henan_counties_on_the_map.csv"
NAMES = sorted(
    file.name.removesuffix(".csv")
    for file in (files("dripline.lawbook") / "codes").iterdir()
    if file.name.endswith(".csv") and file.name != "workday.csv"
)


@pytest.mark.parametrize("name", sorted({*NAMES, *codes.MADE_OF}))
def test_every_list_on_file_reads_and_has_codes_in_force(name):
    assert code_list(name).accepted(on=TODAY)


def test_a_list_that_is_not_on_file_is_an_error_of_the_definition():
    with pytest.raises(DefinitionError, match="no code list 'colour'"):
        code_list("colour")


def one(
    code: str, first: date | None = None, last: date | None = None, *, leaf: bool = True
) -> Code:
    return Code(code, Text(zh=f"码{code}", en=f"code {code} of {first}"), "", leaf, first, last)


def test_a_code_used_again_means_what_it_means_on_the_day():
    again = CodeList("test", (one("1", date(2020, 1, 1)), one("1", None, date(2009, 12, 31))))
    assert again.find("1", on=date(2009, 12, 31)).last == date(2009, 12, 31)
    assert again.find("1", on=date(2010, 1, 1)) is None
    assert again.label("1").en == "code 1 of 2020-01-01"
    assert again.label("1", on=date(2000, 1, 1)).en == "code 1 of None"
    assert again.label("2") == Text(zh="2", en="2")
    assert again.accepted(on=date(2015, 1, 1)) == frozenset()
    assert again.leaves(on=date(2020, 1, 1)) == {"1"}


def test_a_group_is_not_accepted_in_a_file():
    assert CodeList("test", (one("1"), one("2", leaf=False))).accepted(on=TODAY) == {"1"}


@pytest.mark.parametrize(
    "rows",
    [
        (one("1"), one("1")),
        (one("1", None, date(2020, 1, 1)), one("1", date(2020, 1, 1))),
        (one("1", date(2019, 1, 1)), one("1", date(2020, 1, 1))),
    ],
)
def test_a_code_cannot_mean_two_things_on_one_day(rows):
    with pytest.raises(DefinitionError, match="two meanings of 1 on one day"):
        CodeList("test", rows).find("1", on=TODAY)


def test_a_code_cannot_belong_to_a_group_that_is_not_there():
    with pytest.raises(DefinitionError, match="code 1: its group 9 is not in the list"):
        CodeList("test", (replace(one("1"), parent="9"),)).label("1")


HEAD = "code,zh,en,parent,leaf,from,to\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,zh,en,parent,leaf,from\n1,一,one,,1,\n", "colours.csv has no column 'to'"),
        (
            HEAD + "1,一,one,,1,,\n2,二,two,,yes,,\n",
            "colours.csv, row 3: the leaf mark of 2 is 0 or 1",
        ),
        (HEAD + "1,一,,,1,,\n", "colours.csv, row 2: words need Chinese and English"),
        (HEAD + "1,一,one,,1,2025-02-30,\n", "colours.csv, row 2: .*day"),
        (HEAD + "1,一\n", "colours.csv, row 2"),
    ],
)
def test_a_faulty_row_is_named_by_file_and_number(text, message):
    with pytest.raises(DefinitionError, match=message):
        codes_in(text, name="colours")


def test_each_county_of_the_map_is_valid_today_under_its_name():
    on_the_map = list(csv.DictReader(MAP.read_text(encoding="utf-8").splitlines()))
    assert len(on_the_map) == 157
    assert {r["code"]: r["name"] for r in on_the_map} == {
        r.code: r.name.zh for r in counties(on=TODAY)
    }


def test_henan_has_eighteen_cities_and_jiyuan_is_one_by_its_own_code():
    found = {city.code: city.name.zh for city in cities(on=TODAY)}
    assert len(found) == 18
    assert found["410100"] == "郑州市"
    assert found["419001"] == "济源市"
    assert city_of("419001", on=TODAY) == "419001"
    assert {r.prefecture_code for r in counties(on=TODAY)} == found.keys()


CHANGES = [
    # day, new code, what it replaced
    (date(2015, 3, 6), "411203", ["411222"]),
    (date(2016, 11, 28), "411003", ["411023"]),
    (date(2019, 8, 29), "410783", ["410728"]),
    (date(2019, 8, 29), "411603", ["411626"]),
    (date(2021, 3, 18), "410307", ["410381"]),
    (date(2021, 3, 18), "410308", ["410322", "410306"]),
]


@pytest.mark.parametrize(("day", "new", "old"), CHANGES)
def test_a_county_changes_its_code_on_a_day_and_stays_in_its_city(day, new, old):
    eve = day - timedelta(days=1)
    today = region(new, on=day)
    assert region(new, on=eve) is None
    assert today.from_day == day
    assert today.document
    for code in old:
        assert region(code, on=day) is None
        assert region(code, on=eve).to_day == eve
        assert city_of(code, on=eve) == city_of(new, on=day) == today.prefecture_code


def test_a_day_that_is_not_certain_is_marked_as_assumed():
    assert region("410783", on=TODAY).status == "assumed"
    assert region("410307", on=TODAY).status == "reported"


def test_a_code_of_jiyuan_once_meant_yima_and_once_nothing():
    assert region("419001", on=date(1990, 1, 1)).name.zh == "义马市"
    assert region("419001", on=date(2005, 1, 1)) is None
    assert city_of("410881", on=date(2005, 1, 1)) == "410800"


def test_a_code_of_luolong_means_yanshi_since_2021():
    assert region("410307", on=date(2005, 1, 1)).name.zh == "洛龙区"
    assert region("410307", on=date(2015, 1, 1)) is None
    assert region("410307", on=TODAY).name.zh == "偃师区"


@pytest.mark.parametrize(
    ("code", "level", "city"),
    [
        ("410000", "province", None),
        ("110000", "province", "110000"),
        ("410100", "city", "410100"),
        ("410105", "county", "410100"),
        ("110105", "county", "110000"),
        ("500233", "county", "500000"),
        ("429004", "county", "429004"),
        ("330106", "county", "330100"),
    ],
)
def test_a_region_has_a_level_and_counts_to_a_city(code, level, city):
    found = region(code, on=TODAY)
    assert (found.level, found.prefecture_code) == (level, city)


@pytest.mark.parametrize("code", ["410101", "410173", "999999", "4101", "", "000840"])
def test_what_is_no_region_of_the_mainland_is_none(code):
    assert region(code, on=TODAY) is None
    assert city_of(code, on=TODAY) is None


def test_a_file_may_use_counties_and_countries_but_no_city_or_province():
    accepted = code_list("region").accepted(on=TODAY)
    assert {
        "410105",
        "419001",
        "110105",
        "330113",
        "000840",
        "000344",
        "000446",
        "000158",
    } <= accepted
    assert not {"410000", "410100", "330103", "710000", "810000", "820000", "000156"} & accepted


def test_a_city_without_counties_stands_for_itself():
    assert {"441900", "442000", "460400", "620200"} <= code_list("region").accepted(on=TODAY)


def test_no_county_of_any_province_is_without_a_group():
    assert all(
        row.parent or row.code.endswith("0000")
        for row in code_list("region").rows
        if row.code < "A" and not row.code.startswith("000")
    )


def test_every_province_of_the_mainland_has_counties():
    accepted = code_list("region").accepted(on=TODAY)
    assert len({code[:2] for code in accepted if not code.startswith("000")}) == 31


def test_industries_are_as_many_as_the_standard_counts():
    # GB/T 4754-2017: 20 sections, 97 divisions, 473 groups, 1,380 classes; 1,382 since the amendment of 2019.
    lengths = Counter(len(row.code) for row in code_list("industry").rows if row.code[0].isalpha())
    assert lengths == {1: 20, 3: 97, 4: 473, 5: 1382}


def test_each_industry_stands_under_the_one_its_digits_name():
    for row in code_list("industry").rows:
        if row.code[0].isalpha():
            above = (
                "" if len(row.code) == 1 else row.code[0] if len(row.code) == 3 else row.code[:-1]
            )
            assert row.parent == above


def test_divisions_are_numbered_through_from_1_to_97():
    divisions = code_list("industry_division").accepted(on=TODAY) - {"100", "200"}
    assert sorted(int(code[1:]) for code in divisions) == list(range(1, 98))


@pytest.mark.parametrize(
    ("name", "accepted", "refused"),
    [
        ("industry_division", {"C39", "S91", "T97", "100", "200"}, {"C", "C398", "1000"}),
        (
            "industry_group",
            {"C398", "C379", "E509", "S910", "1000", "2000"},
            {"C39", "C3981", "100", "200"},
        ),
    ],
)
def test_an_industry_is_accepted_at_the_level_of_its_field(name, accepted, refused):
    found = code_list(name).accepted(on=TODAY)
    assert accepted <= found
    assert not refused & found


def test_a_small_class_without_official_english_is_named_by_its_division_and_code():
    label = code_list("industry").label("C3981")
    assert label == Text(
        zh="电阻电容电感元件制造",
        en="Computers, communication and other electronic equipment (C3981)",
    )


def test_an_industry_has_a_section_and_a_person_has_none():
    assert [section_of(code) for code in ("C39", "C398", "C3981", "T97")] == ["C", "C", "C", "T"]
    assert [section_of(code) for code in ("100", "2000", "Z99", "")] == [None] * 4


def test_currencies_are_letters_of_the_active_list():
    accepted = code_list("currency").accepted(on=TODAY)
    assert {"CNY", "USD", "EUR", "HKD", "XAU"} <= accepted
    assert not {"RMB", "DEM", "XXX"} & accepted
