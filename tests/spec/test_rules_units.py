"""ID-07 to ID-13: sector, region, industry, ownership and size of a unit, in each table and on every engine."""

import pytest

from dripline.standards import RULES

UNITS = {
    "FTYKHX": (
        "customer_id_type",
        "sector",
        "industry",
        "region_code",
        "enterprise_scale",
        "ownership",
    ),
    "DBHTXX": (
        "guarantor_id_type",
        "guarantor_sector",
        "guarantor_industry",
        "guarantor_region_code",
        "guarantor_scale",
    ),
} | dict.fromkeys(
    ("CLDWDK", "DWDKFS"),
    (
        "borrower_id_type",
        "borrower_sector",
        "borrower_industry",
        "borrower_region_code",
        "borrower_scale",
        "borrower_ownership",
    ),
)
every_unit = pytest.mark.parametrize("where", UNITS)


def table(where: str, lines: list[str]) -> str:
    """Rows of id type, sector, industry, region, size and, where the table has it, ownership."""
    columns = UNITS[where]
    rows = [line.split("|")[: len(columns)] for line in lines]
    return "\n".join([" | ".join(columns), *("|".join(row) for row in rows)])


@every_unit
def test_a_resident_lives_in_a_county_of_the_mainland(spec, where):
    lines = [
        "A01 | C01 | C39 | 410105 | CS03 |",
        "A01 | C01 | C39 | 410000 | CS03 |",
        "A01 | C01 | C39 | 810000 | CS03 |",
        "A01 | C01 | C39 | 000344 | CS03 |",
        "L01 | E04 | 200 | 000344 |      |",
        "A01 | C01 | C39 |        | CS03 |",
        "A01 |     | C39 | 810000 | CS03 |",
    ]
    spec(RULES[f"ID-07/{where}"], table(where, lines), broken=[2, 3, 4], unknown=1)


@pytest.mark.parametrize("name", ["CLDWDK", "DWDKFS"])
def test_a_lender_is_a_resident(spec, name):
    spec(
        RULES[f"ID-07/{name}.institution"],
        """
        loan_note_no | fin_inst_region_code
        JJ1          | 410105
        JJ2          | 000344
        JJ3          | 410000
        JJ4          |
        """,
        broken=[2, 3],
        unknown=1,
    )


def test_a_branch_may_lie_abroad_but_not_in_a_whole_province(spec):
    spec(
        RULES["ID-07/JRJGFZ"],
        """
        internal_org_no | region_code
        HN0001          | 410105
        HN0002          | 000344
        HN0003          | 810000
        HN0004          |
        """,
        broken=[3],
    )


@every_unit
def test_sector_region_and_industry_say_alike_who_is_foreign(spec, where):
    lines = [
        "A01 | C01 | C39 | 410105 | CS03 |",
        "L01 | E04 | 200 | 000344 |      |",
        "L01 | E01 | T97 | 110105 |      |",
        "L01 | E04 | C39 | 000344 |      |",
        "L01 | E04 | 200 | 410105 |      |",
        "A01 | C01 | 200 | 410105 | CS03 |",
        "A01 | C01 | C39 | 000344 | CS03 |",
        "B01 | D01 | 100 | 000344 |      |",
        "A01 | C01 | C39 |        | CS03 |",
    ]
    spec(RULES[f"ID-08/{where}"], table(where, lines), broken=[4, 5, 6, 7], unknown=1)


@every_unit
def test_persons_and_non_residents_have_no_size(spec, where):
    lines = [
        "L01 | E04 | 200 | 000344 |      |",
        "L01 | E04 | 200 | 000344 | CS03 |",
        "B01 | D01 | 100 | 410105 | CS05 |",
        "A01 | C01 | C39 | 410105 | CS03 | B0102",
        "A01 |     | C39 | 410105 | CS03 |",
    ]
    spec(RULES[f"ID-09/{where}"], table(where, lines), broken=[2, 3])


@pytest.mark.parametrize("where", ["FTYKHX", "CLDWDK", "DWDKFS"])
def test_non_residents_have_no_ownership(spec, where):
    lines = ["L01 | E04 | 200 | 000344 | |", "L01 | E04 | 200 | 000344 | | B0302"]
    spec(RULES[f"ID-09/{where}"], table(where, lines), broken=[2])


@every_unit
def test_who_is_no_enterprise_has_the_size_of_none(spec, where):
    lines = [
        "A01 | A02 | S92 | 410105 | CS05 |",
        "A01 | A02 | S92 | 410105 | CS03 |",
        "A01 | A02 | S92 | 410105 |      |",
        "A01 | D02 | S95 | 410105 | CS04 |",
        "A01 | C01 | C39 | 410105 | CS03 |",
        "A01 |     | C39 | 410105 | CS03 |",
    ]
    spec(RULES[f"ID-10/{where}"], table(where, lines), broken=[2, 3, 4])


@every_unit
def test_who_has_a_size_is_an_enterprise(spec, where):
    lines = [
        "A01 | C01 | C39 | 410105 | CS04 |",
        "A01 | B04 | J66 | 410105 | CS01 |",
        "A01 | A02 | S92 | 410105 | CS01 |",
        "A01 | A02 | S92 | 410105 | CS05 |",
        "A01 |     | C39 | 410105 | CS03 |",
    ]
    spec(RULES[f"ID-11/{where}"], table(where, lines), broken=[3], unknown=1)


@every_unit
def test_an_enterprise_has_a_size(spec, where):
    lines = [
        "A01 | C01 | C39 | 410105 | CS04 |",
        "A01 | C02 | C39 | 410105 | CS05 |",
        "A01 | C01 | C39 | 410105 |      |",
        "A01 | C99 | P83 | 410105 | CS05 |",
        "A01 |     | C39 | 410105 | CS05 |",
    ]
    spec(RULES[f"ID-12/{where}"], table(where, lines), broken=[2, 3])


@every_unit
def test_a_foreign_institution_without_lei_takes_a_code_of_the_bank(spec, where):
    lines = [
        "L01 | E04 | 200 | 000344 | |",
        "Z99 | E03 | 200 | 000344 | |",
        "A03 | E04 | 200 | 000344 | |",
        "A01 | C01 | C39 | 410105 | CS03 |",
        "    | E04 | 200 | 000344 | |",
    ]
    spec(RULES[f"ID-13/{where}"], table(where, lines), broken=[3])
