"""Faults in codes and identifiers (ID-01 to ID-14), table by table."""

from __future__ import annotations

from collections.abc import Iterator

from dripline.province.drafts import Fault, Line, Where
from dripline.province.names import USCC_SIGNS
from dripline.tables import table as table_called

DOCUMENTS = (
    ("FTYKHX", "FTYKHX", "customer_id_type", "customer_id_no"),
    ("FTYKHX.controller", "FTYKHX", "controller_id_types", "controller_id_nos"),
    ("CLDWDK", "CLDWDK", "borrower_id_type", "borrower_id_no"),
    ("DWDKFS", "DWDKFS", "borrower_id_type", "borrower_id_no"),
    ("DBHTXX", "DBHTXX", "guarantor_id_type", "guarantor_id_no"),
    *(
        (f"{table}.{who}", table, f"{who}_id_type", f"{who}_id_no")
        for table in ("CLPJRZ", "PJRZFS")
        for who in ("discount_applicant", "acceptor", "drawer")
    ),
)
UNITS = (
    ("FTYKHX", "customer_id_type", "", "region_code", "enterprise_scale"),
    ("CLDWDK", "borrower_id_type", "borrower_", "borrower_region_code", "borrower_scale"),
    ("DWDKFS", "borrower_id_type", "borrower_", "borrower_region_code", "borrower_scale"),
    ("DBHTXX", "guarantor_id_type", "guarantor_", "guarantor_region_code", "guarantor_scale"),
    *(
        (
            table,
            "discount_applicant_id_type",
            "discount_applicant_",
            "discount_applicant_region_code",
            "discount_applicant_scale",
        )
        for table in ("CLPJRZ", "PJRZFS")
    ),
)
BRANCHES = ("CLDWDK", "DWDKFS", "DBHTXX", "DBWXX", "HDACLKJDK", "HDAKJDKFS", "CLPJRZ", "PJRZFS")
LOOKUPS = ("XT-01", "XT-02", "XP-05", "XP-07", "DBHTXX-02")
"""Rules that a changed identifier, sector or place may break besides."""
GOOD_CODE, GOOD_PERSON = "91410100MA0000001X", "41010519600101" + "0" * 32


def wrong_check(line: Line, column: str) -> str:
    """The code with another check character."""
    code = line[column] if len(line[column]) == 18 else GOOD_CODE
    place = USCC_SIGNS.index(code[17])
    return code[:17] + USCC_SIGNS[(place + 1) % 31]


def document_faults(where: str, table: str, kind: str, number: str) -> Iterator[Fault]:
    """ID-01 to ID-05 for one pair of columns."""
    unit = _home(table)
    yield Fault(
        f"ID-01/{where}",
        table,
        {kind: "A01", number: "91410100MA0000"},
        unit,
        also=("ID-02", *LOOKUPS),
    )
    yield Fault(
        f"ID-02/{where}",
        table,
        {kind: "A01", number: lambda line: wrong_check(line, number)},
        unit,
        also=LOOKUPS,
    )
    yield Fault(
        f"ID-03/{where}",
        table,
        {kind: "A01", number: "88990100MA0000001Q"},
        unit,
        also=("ID-02", *LOOKUPS),
    )
    yield Fault(
        f"ID-04/{where}",
        table,
        {kind: "B01", number: GOOD_PERSON[:40]},
        unit,
        also=("ID-09", *LOOKUPS, "DBHTXX-03"),
    )
    yield Fault(
        f"ID-05/{where}",
        table,
        {kind: "L01", number: "254900SYNTH00000001"},
        unit,
        also=("ID-13", *LOOKUPS),
    )


def _home(table: str) -> Where:
    own = {
        "FTYKHX": "",
        "DBHTXX": "guarantor_",
        "CLPJRZ": "discount_applicant_",
        "PJRZFS": "discount_applicant_",
    }
    prefix = own.get(table, "borrower_")
    return lambda line: line[f"{prefix}sector"] == "C01"


def unit_faults(table: str, kind: str, prefix: str, region: str, scale: str) -> Iterator[Fault]:
    """ID-07 to ID-13 for one unit of a table."""
    sector, industry = f"{prefix}sector", f"{prefix}industry"

    def home(line: Line) -> bool:
        return line[sector] == "C01" and line[region].startswith("41")

    yield Fault(f"ID-07/{table}", table, {region: "410000"}, home, also=("ID-14", *LOOKUPS))
    yield Fault(
        f"ID-08/{table}", table, {industry: "200"}, home, also=("CLDWDK-05", "DWDKFS-10", *LOOKUPS)
    )
    yield Fault(
        f"ID-09/{table}",
        table,
        {sector: "E04", region: "000344", industry: "200"},
        home,
        also=("ID-11", "ID-13", "CLDWDK-05", "DWDKFS-10", *LOOKUPS),
    )
    yield Fault(
        f"ID-10/{table}", table, {sector: "A04", scale: "CS03"}, home, also=("ID-11", *LOOKUPS)
    )
    yield Fault(
        f"ID-11/{table}",
        table,
        {sector: "D02", scale: "CS03"},
        home,
        also=("ID-10", "FTYKHX-03", "CLDWDK-04", *LOOKUPS),
    )
    yield Fault(f"ID-12/{table}", table, {scale: "CS05"}, home, also=LOOKUPS)
    emptied = {sector: "E04", region: "000344", industry: "200", scale: "", kind: "A03"}
    if prefix != "guarantor_":
        emptied["ownership" if not prefix else f"{prefix}ownership"] = ""
    yield Fault(f"ID-13/{table}", table, emptied, home, also=("CLDWDK-05", "DWDKFS-10", *LOOKUPS))


def list_faults() -> Iterator[Fault]:
    """ID-14: codes that are in no list today."""
    wrong = {
        "region": "410306",
        "industry_division": "C99",
        "industry_group": "C999",
        "currency": "DEM",
    }
    for table in ("JRJGFZ", "FTYKHX", "CLDWDK", "DWDKFS", "DBHTXX", "CLPJRZ", "PJRZFS"):
        for name, column in table_called(table).columns.items():
            if column.codes in wrong:
                yield Fault(
                    f"ID-14/{table}.{name}",
                    table,
                    {name: wrong[column.codes]},
                    _filled(name),
                    also=LOOKUPS,
                )


def _filled(name: str) -> Where:
    return lambda line: (
        line[name] not in ("", "100", "200", "2000") and line.get("row_type", "") == ""
    )


def faults() -> Iterator[Fault]:
    """Every fault of this chapter."""
    for document in DOCUMENTS:
        yield from document_faults(*document)
    yield Fault(
        "ID-06/FTYKHX", "FTYKHX", {"fin_inst_code": GOOD_CODE}, also=("FTYKHX-01", *LOOKUPS)
    )
    for table in BRANCHES:
        yield Fault(
            f"ID-06/{table}",
            table,
            {"internal_org_no": "999999"},
            lambda line: line.get("row_type", "T13") == "T13",
            also=("XT-07", "XT-08", "XT-09", "XT-10"),
        )
    for unit in UNITS:
        yield from unit_faults(*unit)
    for table in ("CLDWDK", "DWDKFS", "CLPJRZ", "PJRZFS"):
        yield Fault(
            f"ID-07/{table}.institution",
            table,
            {"fin_inst_region_code": "410000"},
            also=("ID-14",),
        )
    yield Fault("ID-07/JRJGFZ", "JRJGFZ", {"region_code": "410000"}, also=("ID-14",))
    yield from list_faults()
