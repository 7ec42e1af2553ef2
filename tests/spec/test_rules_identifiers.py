"""ID-01 to ID-06 and ID-14, on every table that has such columns and on every engine."""

import pytest

from dripline.standards import RULES

DOCUMENTS = {
    "FTYKHX": ("customer_id_type", "customer_id_no"),
    "FTYKHX.controller": ("controller_id_types", "controller_id_nos"),
    "CLDWDK": ("borrower_id_type", "borrower_id_no"),
    "DWDKFS": ("borrower_id_type", "borrower_id_no"),
    "DBHTXX": ("guarantor_id_type", "guarantor_id_no"),
}
every_document = pytest.mark.parametrize("where", DOCUMENTS)
MD5 = "0123456789abcdef" * 2


def table(where: str, lines: list[str]) -> str:
    return "\n".join([" | ".join(DOCUMENTS[where]), *lines])


@every_document
def test_a_credit_code_has_18_characters_and_an_organisation_code_9(spec, where):
    lines = [
        "A01 | 91410000MA0000001Q",
        "A01 | 91410000MA000000",
        "A02 | MA0000001",
        "A02 | 91410000MA0000001Q",
        "A03 | 12345",
        "A01 |",
        "    | 12345",
    ]
    spec(RULES[f"ID-01/{where}"], table(where, lines), broken=[2, 4], unknown=1)


@every_document
def test_a_credit_code_has_its_shape_and_check_character(spec, where):
    lines = [
        "A01 | 91410000MA0000001Q",
        "A01 | 91410000MA00000019",
        "A01 | 9141000OMA0000001Q",
        "A01 | 91410000MA000000",
        "A01 |",
    ]
    spec(RULES[f"ID-02/{where}"], table(where, lines), broken=[2, 3])


@every_document
def test_a_credit_code_begins_with_a_class_and_a_province(spec, where):
    lines = [
        "A01 | 91410000MA0000001Q",
        "A01 | 91100000MA0000001X",
        "A01 | 94410000MA0000001Q",
        "A01 | 91490000MA0000001Q",
        "A02 | MA0000001",
        "A01 |",
    ]
    spec(RULES[f"ID-03/{where}"], table(where, lines), broken=[3, 4])


@every_document
def test_documents_of_persons_are_masked(spec, where):
    lines = [
        f"B01 | 41010519900101{MD5}",
        f"B08 | 41010519900101{MD5}",
        f"B03 | {MD5}",
        "B01 | 410105199001011234",
        f"B01 | {MD5}",
        f"B03 | {MD5.upper()}",
        "B03 | E12345678",
        "A01 | 91410000MA0000001Q",
        "B01 |",
    ]
    spec(RULES[f"ID-04/{where}"], table(where, lines), broken=[4, 5, 6, 7], unknown=1)


@every_document
def test_a_legal_entity_identifier_has_20_characters_and_check_digits(spec, where):
    lines = [
        "L01 | 5493001KJTIIGC8Y1R12",
        "L01 | 5493001KJTIIGC8Y1R13",
        "L01 | 5493001KJTIIGC8Y",
        "Z99 | HK0001",
        "L01 |",
    ]
    spec(RULES[f"ID-05/{where}"], table(where, lines), broken=[2, 3], unknown=1)


def test_several_controllers_in_one_field_are_not_judged_as_one(spec):
    text = table("FTYKHX.controller", ["A01,B01 | 91410000MA0000001Q,410105"])
    for number in ("01", "02", "03", "04", "05"):
        spec(RULES[f"ID-{number}/FTYKHX.controller"], text)


BRANCHES = """
    JRJGFZ
    fin_inst_code      | internal_org_no | org_level
    91410000MA0000000M | HN0000          | 01
    91410000MA0000001Q | HN0001          | 03
    """


@pytest.mark.parametrize("name", ["CLDWDK", "DWDKFS", "DBHTXX", "DBWXX", "HDACLKJDK", "HDAKJDKFS"])
def test_what_a_branch_holds_belongs_to_a_reported_branch(spec, name):
    rows = """
        fin_inst_code      | internal_org_no
        91410000MA0000001Q | HN0001
        91410000MA0000001Q | HN0000
        91410000MA0000099X | HN0001
        91410000MA0000001Q |
        """
    spec(RULES[f"ID-06/{name}"], rows + BRANCHES, broken=[2, 3], unknown=1)
    spec(RULES[f"ID-06/{name}"], rows, not_run="JRJGFZ")


def test_a_customer_belongs_to_the_legal_person(spec):
    rows = """
        fin_inst_code      | customer_id_no
        91410000MA0000000M | K1
        91410000MA0000001Q | K2
        91410000MA0000099X | K3
                           | K4
        """
    spec(RULES["ID-06/FTYKHX"], rows + BRANCHES, broken=[2, 3])


def test_an_extract_without_its_head_office_cannot_say_who_the_legal_person_is(spec):
    rows = """
        fin_inst_code      | customer_id_no
        91410000MA0000099X | K1
        JRJGFZ
        _reporter          | fin_inst_code      | internal_org_no | org_level
        91410000MA0000000M | 91410000MA0000001Q | HN0001          | 02
        91410000MA0000099X | 91410000MA0000099X | HN0000          | 01
        """
    spec(RULES["ID-06/FTYKHX"], rows)


def test_the_summary_rows_of_technology_loans_name_no_branch(spec):
    rows = """
        row_type | fin_inst_code      | internal_org_no
        T08      |                    |
        T13      | 91410000MA0000001Q | HN0001
        """
    spec(RULES["ID-06/HDACLKJDK"], rows + BRANCHES)


VALUES = {
    "currency": ("CNY", "ABC"),
    "region_code": ("410105", "419999"),
    "use_industry": ("C398", "C999"),
    "industry": ("C39", "C99"),
}


@pytest.mark.parametrize("code", [code for code in RULES if code.startswith("ID-14/")])
def test_numbered_lists_are_those_of_the_national_standard(spec, code):
    column = code.partition(".")[2]
    right, wrong = next(values for end, values in VALUES.items() if end in (column, *ends(column)))
    spec(
        RULES[code],
        f"""
        {column} | fin_inst_code
        {right}  | 91410000MA0000001Q
        {wrong}  | 91410000MA0000001Q
                 | 91410000MA0000001Q
        """,
        broken=[2],
    )


def ends(column: str) -> tuple[str, ...]:
    """The column's name without whose it is: region_code of borrower_region_code."""
    words = column.split("_")
    return tuple("_".join(words[start:]) for start in range(1, len(words)))
