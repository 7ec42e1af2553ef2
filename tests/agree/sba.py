"""The loans of ``examples/sba`` in SQL written by hand from the published columns: it knows nothing of the engines."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import duckdb

FOLDER = Path(__file__).parents[2] / "examples" / "sba"
PACKED = FOLDER / "data" / "authority_SBA_LOAN_20160930.csv.gz"

LOANS = """
CREATE TABLE loans AS
SELECT *, grossapproval::DECIMAL(16,2) AS amount, sbaguaranteedapproval::DECIMAL(16,2) AS guaranteed,
    grosschargeoffamount::DECIMAL(16,2) AS lost, initialinterestrate::DECIMAL(9,5) AS rate,
    terminmonths::BIGINT AS term, jobssupported::BIGINT AS jobs,
    approvaldate::DATE AS approved, firstdisbursementdate::DATE AS paid_out,
    DATE '1899-12-30' + chargeoffdate_excel_serial::INTEGER AS lost_on
FROM read_csv(?, all_varchar = true, header = true)
"""
DISBURSED = "loanstatus IN ('PIF', 'CHGOFF', 'EXEMPT')"
FIGURES: dict[str, tuple[str, str]] = {
    "SBA-LOANS": ("count(*)", "1"),
    "SBA-AMOUNT": ("sum(amount)", "1"),
    "SBA-MEAN": ("sum(amount)", "count(*)"),
    "SBA-GUARANTEED": ("sum(guaranteed)", "1"),
    "SBA-COVER": ("100 * sum(guaranteed)", "sum(amount) FILTER (guaranteed IS NOT NULL)"),
    "SBA-JOBS": ("sum(jobs)", "1"),
    "SBA-BORROWERS": ("count(DISTINCT (borrname, borrzip))", "1"),
    "SBA-LENDERS": (
        "count(DISTINCT lender_or_cdc_name) FILTER (lender_or_cdc_name <> 'MISSINGMAINBANKID')",
        "1",
    ),
    "SBA-CHARGED-OFF": ("sum(lost)", "1"),
    "SBA-CHARGE-OFF-SHARE": (
        "100 * count(*) FILTER (loanstatus = 'CHGOFF')",
        f"count(*) FILTER ({DISBURSED})",
    ),
    "SBA-LOSS-RATE": ("100 * sum(lost)", f"sum(amount) FILTER ({DISBURSED})"),
    "SBA-CANCELLED-SHARE": (
        "100 * count(*) FILTER (loanstatus = 'CANCLD' OR loanstatus = 'NOT FUNDED')",
        "count(*)",
    ),
    "SBA-RATE": ("sum(rate * amount)", "sum(amount) FILTER (rate IS NOT NULL)"),
    "SBA-RATE-KNOWN": ("100 * sum(amount) FILTER (rate IS NOT NULL)", "sum(amount)"),
    "SBA-TERM": (
        "sum(term * amount) FILTER (term > 0)",
        "sum(amount) FILTER (term > 0)",
    ),
}
TRAITS = {
    "franchise": "franchisecode <> '0' AND franchisecode <> '1'",
    "revolving": "revolverstatus = '1'",
    "company": "businesstype = 'CORPORATION'",
}
WAYS: dict[str, tuple[str, ...]] = {
    "total": (),
    "sba_lender": ("lender_or_cdc_name",),
    "sba_county": ("projectcounty",),
    "sba_program": ("program",),
    "sba_year": ("approvalfiscalyear",),
    "sba_delivery": ("deliverymethod",),
    "sba_status": ("loanstatus",),
    "sba_sector": ("left(naicscode, 2)",),
    "sba_kind": ("trait",),
    "sba_program+sba_year": ("program", "approvalfiscalyear"),
    "sba_county+sba_program": ("projectcounty", "program"),
    "sba_program+sba_kind": ("program", "trait"),
}
FAULTS: dict[str, str] = {
    "SBA-R01": "paid_out < approved",
    "SBA-R02": "approvalfiscalyear::INTEGER <> year(approved + INTERVAL 3 MONTH)",
    "SBA-R03": "lost_on < paid_out",
    "SBA-R04": "loanstatus IN ('PIF', 'CHGOFF') AND paid_out IS NULL",
    "SBA-R05": "loanstatus IN ('CANCLD', 'NOT FUNDED', 'COMMIT') AND paid_out IS NOT NULL",
    "SBA-R06": "term <= 0",
    "SBA-R07": "term > 300",
    "SBA-R08": "program = '504' AND term NOT IN (120, 240)",
    "SBA-R09": "(loanstatus = 'CHGOFF') <> (lost_on IS NOT NULL AND lost > 0)",
    "SBA-R10": "lost > amount",
    "SBA-R11": "NOT coalesce(CASE program WHEN '504' THEN guaranteed IS NULL "
    "ELSE guaranteed > 0 AND guaranteed <= amount END, false)",
    "SBA-R12": "jobs > 1500",
    "SBA-R13": "length(borrzip) <> 5 OR borrzip::INTEGER NOT BETWEEN 90001 AND 96162",
    "SBA-R14": "projectcounty IS NOT NULL AND NOT in_california",
    "SBA-R15": "projectcounty IS NULL",
    "SBA-R16": "regexp_matches(borrcity, '[0-9]')",
    "SBA-R17": "lender_or_cdc_name = 'MISSINGMAINBANKID' OR lender_or_cdc_state IS NULL",
    "SBA-R18": "naicscode IS NULL",
    "SBA-R19": "naicscode IS NOT NULL AND naicsdescription IS NULL",
    "SBA-R20": "rate IS NULL",
    "SBA-R21": "franchisecode NOT IN ('0', '1') AND franchisename IS NULL",
    "SBA-R22": "loanstatus IS NULL",
    "SBA-R23": "count(*) OVER (PARTITION BY source_row_id) > 1",
    "SBA-R24": "count(*) OVER (PARTITION BY "
    "borrname, lender_or_cdc_name, approved, amount, program) > 1",
}
COUNTIES_ELSEWHERE = (
    *("ARAPAHOE", "ARKANSAS", "AUTAUGA", "BUTLER", "CALHOUN", "CLARK", "CLEBURNE", "CRENSHAW"),
    *("DESHA", "EL PASO", "LAMAR", "LEVY", "LONOKE", "LOWNDES", "MADISON", "MARTIN", "MOBILE"),
    *("MONROE", "TOLLAND", "WASHINGTON"),
)
"""Named in the data, and of Colorado, Arkansas, Alabama and so on: told apart by a person, not by a list."""

Keys = tuple[str | None, ...]


def by_hand() -> duckdb.DuckDBPyConnection:
    """The published file as a table ``loans`` with numbers and days."""
    connection = duckdb.connect()
    connection.execute(LOANS, [str(PACKED)])
    return connection


def figures_by_hand(con: duckdb.DuckDBPyConnection, way: str) -> dict[tuple[str, Keys], Fraction]:
    """Every figure by one breakdown; where there is nothing to divide by, none."""
    keys = WAYS[way]
    parts = [part for pair in FIGURES.values() for part in pair]
    rows = "loans"
    if "trait" in keys:
        traits = [f"SELECT *, '{name}' AS trait FROM loans WHERE {t}" for name, t in TRAITS.items()]
        rows = "(" + " UNION ALL ".join(traits) + ")"
    columns = ", ".join([*keys, *parts])
    found = con.execute(f"SELECT {columns} FROM {rows} GROUP BY ALL").fetchall()
    values: dict[tuple[str, Keys], Fraction] = {}
    for row in found:
        key, numbers = row[: len(keys)], row[len(keys) :]
        for place, code in enumerate(FIGURES):
            top, bottom = numbers[2 * place], numbers[2 * place + 1]
            if bottom:
                values[code, key] = Fraction(top or 0) / Fraction(bottom)
    return values


def faults_by_hand(con: duckdb.DuckDBPyConnection, rule: str) -> set[str]:
    """The loans that break a rule, by their number in the source."""
    elsewhere = ", ".join(f"'{name}'" for name in COUNTIES_ELSEWHERE)
    asked = FAULTS[rule].replace("in_california", f"projectcounty NOT IN ({elsewhere})")
    query = f"SELECT source_row_id FROM loans QUALIFY {asked}"
    if "OVER" not in asked:
        query = f"SELECT source_row_id FROM loans WHERE {asked}"
    return {number for (number,) in con.execute(query).fetchall()}
