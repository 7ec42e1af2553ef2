"""One bank's month as real packages: .dat and .log in a zip, with the tables its loans are checked against."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.rows import (
    OUTLETS,
    SIZES,
    bank_codes,
    columns,
    decimals,
    outlet_codes,
    outlet_county,
)
from benchmarks.world import (
    DAY,
    Firms,
    Loans,
    chosen,
    counties,
    firms_of,
    industries,
    loans,
    numbered,
)

AT_ONCE = 250_000
SCOPE = "技术开发、技术服务；机械零部件加工与销售；货物进出口（依法须经批准的项目除外）"
Texts = dict[str, pa.Array]


def write_delivery(folder: Path, rows: int) -> Path:
    """A month of one bank with so many loan notes; written once, found again by its size."""
    done = folder / "done.json"
    if done.exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    firms = Firms.made(firms_of(rows))
    parts = [(first, min(AT_ONCE, rows - first)) for first in range(0, rows, AT_ONCE)]

    def notes() -> Iterator[Loans]:
        return (loans(first, count, len(firms), 1) for first, count in parts)

    tables: dict[str, Iterable[Texts]] = {
        "CLDWDK": (columns(some, firms, 1) for some in notes()),
        "FTYKHX": (customers(firms, first) for first in range(0, len(firms), AT_ONCE)),
        "JRJGFZ": [outlets()],
        "DBHTXX": (contracts(some) for some in notes()),
        "DBWXX": (collateral(some) for some in notes()),
    }
    for table in ("DWDKFS", "HDACLKJDK", "HDAKJDKFS"):
        tables[table] = []
    sizes = {table: write_package(folder, table, some) for table, some in tables.items()}
    done.write_text(json.dumps(sizes))
    return folder


def write_package(folder: Path, table: str, parts: Iterable[Texts]) -> int:
    """One table's zip, streamed; how many lines it has."""
    stem = f"{bank_codes(1)[0].as_py()}_{table}_{DAY:%Y%m%d}"
    digest, size, lines = hashlib.md5(usedforsecurity=False), 0, 0
    path = folder / f"{stem}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open(f"{stem}.dat", "w", force_zip64=True) as file:
            for part in parts:
                raw = as_lines(part)
                lines += len(next(iter(part.values())))
                digest.update(raw)
                size += len(raw)
                file.write(raw)
        log = "\n".join(
            (f"{stem}.dat", digest.hexdigest(), str(size), "2025-07-03 09:12:44", str(lines))
        )
        archive.writestr(f"{stem}.log", log)
    return lines


def as_lines(part: Texts) -> bytes:
    """Lines of the wire format: fields joined by a bar, each line ended by LF."""
    texts = [pc.fill_null(column.cast(pa.string()), "") for column in part.values()]
    ended = pc.binary_join_element_wise(pc.binary_join_element_wise(*texts, "|"), "", "\n")
    _, offsets, data = ended.buffers()
    return data.to_pybytes()[: np.frombuffer(offsets, np.int32)[len(ended)]]


def customers(firms: Firms, first: int) -> Texts:
    """FTYKHX of some firms, agreeing with what their loans say of them."""
    last = min(first + AT_ONCE, len(firms))
    at = np.arange(first, last)
    count = len(at)
    divisions = tuple(name[:3] for name in industries())
    empty, zero = pa.repeat("", count), pa.repeat("0", count)
    return {
        "fin_inst_code": chosen(bank_codes(1), np.zeros(count, np.int8)),
        "customer_name": numbered("QY", at, 8),
        "customer_id_type": pa.repeat("A01", count),
        "customer_id_no": firms.codes.slice(first, count),
        "basic_account_no": numbered("62", at, 10),
        "basic_account_bank": pa.repeat("郑州某银行营业部", count),
        "business_scope": pa.repeat(SCOPE, count),
        "registered_capital": pa.repeat("5000000.00", count),
        "paid_in_capital": pa.repeat("4000000.00", count),
        "total_assets": pa.repeat("25000000.00", count),
        "operating_income": pa.repeat("18000000.00", count),
        "staff_count": pa.repeat("86", count),
        "listed_flag": zero,
        "first_credit_date": pa.repeat("2016-05-04", count),
        "registered_address": pa.repeat("河南省某县科技路18号", count),
        "region_code": chosen(counties(), firms.county[at]),
        "operating_status": pa.repeat("01", count),
        "established_date": pa.repeat("2012-03-01", count),
        "industry": chosen(divisions, firms.industry[at]),
        "enterprise_scale": chosen(SIZES, firms.size[at]),
        "ownership": chosen(("B0101", "A0101"), firms.public[at].astype(np.int8)),
        "sector": pa.repeat("C01", count),
        "credit_limit": pa.repeat("90000000.00", count),
        "used_limit": pa.repeat("30000000.00", count),
        "related_party_flag": zero,
        "controller_id_types": empty,
        "controller_id_nos": empty,
        "rating_grade_count": pa.repeat("10", count),
        "rating_position": pa.repeat("3", count),
    }


def outlets() -> Texts:
    """JRJGFZ: the head office and its outlets."""
    at = np.arange(OUTLETS)
    rest = np.minimum(at, 1)
    return {
        "fin_inst_name": numbered("ZH", at, 4),
        "fin_inst_code": outlet_codes(1),
        "fin_inst_standard_code": numbered("C1234541", at, 6),
        "internal_org_no": numbered("N", at, 6),
        "licence_no": numbered("B123", at, 8),
        "payment_bank_no": numbered("1234", at, 8),
        "org_level": chosen(("01", "03"), rest),
        "parent_name": pa.repeat("ZH0000", OUTLETS),
        "parent_standard_code": pa.repeat("C1234541000000", OUTLETS),
        "parent_internal_org_no": pa.repeat("N000000", OUTLETS),
        "registered_address": pa.repeat("河南省某县金融路1号", OUTLETS),
        "region_code": chosen(counties(), outlet_county(np.zeros(OUTLETS, int), at)),
        "established_date": pa.repeat("2001-01-01", OUTLETS),
        "operating_status": pa.repeat("01", OUTLETS),
    }


def secured(some: Loans, above: int) -> Texts:
    """The first four fields of both tables of guarantees, for loans with one (1) or with a mortgage (2)."""
    at = np.flatnonzero(some.guarantee >= above)
    return {
        "fin_inst_code": chosen(outlet_codes(1), some.outlet[at]),
        "internal_org_no": numbered("N", some.outlet[at], 6),
        "guarantee_contract_no": numbered("DB2025", some.number[at], 10),
        "guaranteed_contract_no": numbered("HT2025", some.number[at], 10),
    }


def contracts(some: Loans) -> Texts:
    """DBHTXX: a contract for each loan that is guaranteed, mortgaged, or both."""
    at = np.flatnonzero(some.guarantee > 0)
    count, end = len(at), np.fmax(some.due, some.extended)
    return {
        **secured(some, 1),
        "guarantee_contract_type": pa.repeat("01", count),
        "business_type": pa.repeat("02", count),
        "start_date": pa.array(some.grant[at], pa.date32()),
        "end_date": pa.array(end[at], pa.date32()),
        "currency": pa.repeat("CNY", count),
        "amount": decimals(some.fen[at], 16, 2),
        "amount_cny": decimals(some.fen[at], 16, 2),
        "loan_to_value": chosen(("", "70.00"), (some.guarantee[at] > 1).astype(np.int8)),
        "guarantor_id_type": pa.repeat("A01", count),
        "guarantor_id_no": pa.repeat(bank_codes(2)[1].as_py(), count),
        "guarantor_sector": pa.repeat("C01", count),
        "guarantor_industry": pa.repeat("L72", count),
        "guarantor_region_code": pa.repeat(counties()[0], count),
        "guarantor_scale": pa.repeat("CS02", count),
    }


def collateral(some: Loans) -> Texts:
    """DBWXX: real estate for each loan with a mortgage."""
    at = np.flatnonzero(some.guarantee > 1)
    count = len(at)
    return {
        **secured(some, 2),
        "collateral_no": numbered("YP2025", some.number[at], 10),
        "collateral_type": pa.repeat("C02", count),
        "title_no": numbered("QZ2025", some.number[at], 10),
        "first_rank_flag": pa.repeat("1", count),
        "appraisal_mode": pa.repeat("01", count),
        "appraisal_method": pa.repeat("02", count),
        "appraised_value": decimals(some.fen[at] * 10 // 7, 16, 2),
        "appraisal_date": pa.array(some.grant[at], pa.date32()),
        "face_value": pa.repeat("", count),
        "prior_claims": pa.repeat("0.00", count),
        "valuation_cycle": pa.repeat("01", count),
    }
