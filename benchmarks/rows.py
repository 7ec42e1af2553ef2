"""Loans as rows of CLDWDK: every column of the standard with values that keep its rules."""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.world import (
    PRODUCTS,
    PURPOSES,
    Days,
    Firms,
    Loans,
    Numbers,
    chosen,
    counties,
    credit_codes,
    industries,
    numbered,
)

SIZES = ("CS01", "CS02", "CS03", "CS04")
GUARANTEES = ("D", "C01", "B01", "E01")
STATUS, QUALITY = ("LS01", "LS02", "LS03"), ("FQ01", "FQ02", "FQ03", "FQ04", "FQ05")
OUTLETS = 60
HOME = 7
"""A bank's first outlet lies in the county of this multiple of its number, the others spread from there."""


def dates(days: Days) -> pa.Array:
    """Days, none where there is no day."""
    return pa.array(days, pa.date32())


def decimals(units: Numbers, digits: int, scale: int) -> pa.Array:
    """Whole numbers as exact decimals of the store's type."""
    raw = np.empty((len(units), 2), np.int64)
    raw[:, 0], raw[:, 1] = units, units >> 63
    kind = pa.decimal128(digits, scale)
    return pa.Decimal128Array.from_buffers(kind, len(units), [None, pa.py_buffer(raw)])


@cache
def outlet_codes(banks: int) -> pa.Array:
    """The credit code of every outlet, bank by bank; a bank's first outlet is its head office."""
    count = banks * OUTLETS
    return credit_codes(np.arange(count) + 90_000_000, chosen(counties(), np.zeros(count, int)))


def bank_codes(banks: int) -> pa.Array:
    """The credit codes of the banks, under which they report."""
    return outlet_codes(banks).take(pa.array(np.arange(banks) * OUTLETS))


def outlet_county(bank: Numbers, outlet: Numbers) -> Numbers:
    """The county an outlet of a bank lies in."""
    return (bank * HOME + outlet * 11) % len(counties())


def where(mask: np.ndarray, values: pa.Array) -> pa.Array:
    """The values where the mask is true, empty elsewhere."""
    return pc.if_else(pa.array(mask), values, pa.scalar(None, values.type))


def columns(loans: Loans, firms: Firms, banks: int) -> dict[str, pa.Array]:
    """The columns of CLDWDK by name, as typed values."""
    count, firm = len(loans), loans.firm
    industry, group = firms.industry[firm], industries()
    divisions = tuple(name[:3] for name in group)
    status = loans.status
    effective_end = np.where(np.isnat(loans.extended), loans.due, loans.extended)
    amount = decimals(loans.fen, 16, 2)
    fixed_rate = chosen(("RF01", "RF02"), loans.floating.astype(np.int8))
    return {
        "fin_inst_code": chosen(outlet_codes(banks), loans.bank * OUTLETS + loans.outlet),
        "internal_org_no": numbered("N", loans.bank * 1000 + loans.outlet, 6),
        "fin_inst_region_code": chosen(counties(), outlet_county(loans.bank, loans.outlet)),
        "borrower_id_type": pa.repeat("A01", count),
        "borrower_id_no": firms.codes.take(pa.array(firm)),
        "borrower_sector": pa.repeat("C01", count),
        "borrower_industry": chosen(divisions, industry),
        "borrower_region_code": chosen(counties(), firms.county[firm]),
        "borrower_ownership": chosen(("B0101", "A0101"), firms.public[firm].astype(np.int8)),
        "borrower_scale": chosen(SIZES, firms.size[firm]),
        "loan_note_no": numbered("JJ2025", loans.number, 10),
        "loan_contract_no": numbered("HT2025", loans.number, 10),
        "product_type": chosen(PRODUCTS, loans.product),
        "use_industry": chosen(group, loans.use),
        "grant_date": dates(loans.grant),
        "due_date": dates(loans.due),
        "extended_due_date": dates(loans.extended),
        "currency": pa.repeat("CNY", count),
        "balance": amount,
        "balance_cny": amount,
        "rate_type": fixed_rate,
        "interest_rate": decimals(loans.rate, 9, 5),
        "pricing_benchmark": pa.repeat("TR05", count),
        "base_rate": where(loans.floating, decimals(np.full(count, 310_000), 9, 5)),
        "fiscal_support": where(loans.subsidy, pa.repeat("A0102", count)),
        "reprice_date": dates(effective_end),
        "guarantee_type": chosen(GUARANTEES, loans.guarantee),
        "first_loan_flag": pa.nulls(count, pa.string()),
        "loan_quality": chosen(QUALITY, loans.quality),
        "loan_status": chosen(STATUS, status),
        "overdue_type": where(status == 2, pa.repeat("01", count)),
        "loan_purpose": chosen(PURPOSES, loans.number % len(PURPOSES)),
        "trading_venue_code": pa.nulls(count, pa.string()),
    }
