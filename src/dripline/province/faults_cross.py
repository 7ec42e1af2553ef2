"""Faults between tables and between months: rows that contradict other rows, sums that do not add up."""

from __future__ import annotations

from collections.abc import Iterator

from dripline.province.drafts import Answer, Change, Draft, Fault, Line
from dripline.province.faults_base import is_
from dripline.province.names import credit_code

TECH = ("HDACLKJDK", "HDAKJDKFS")
CLASSES = ("T08", "T09", "T10", "T11", "T12")
MANY = 1_100
NORMAL = is_(loan_status="LS01", currency="CNY", borrower_sector="C01")


def _other(column: str, *values: str) -> Change:
    """Another of the values than the row has."""
    return {column: lambda line: next(value for value in values if value != line[column])}


def customer_faults() -> Iterator[Fault]:
    """XT-01 and XT-02 in stock and flow."""
    for table in ("CLDWDK", "DWDKFS"):
        home = is_(borrower_sector="C01", borrower_id_type="A01")
        yield Fault(
            f"XT-01/{table}", table, {"borrower_id_no": stranger}, home, also=("XP-05", "XT-10")
        )
        differing = {
            "sector": ("C01", "C02"),
            "industry": ("F51", "C34"),
            "region_code": ("410105", "410302"),
            "ownership": ("B0102", "A0202"),
            "scale": ("CS03", "CS04"),
        }
        for name, values in differing.items():
            change = _other(f"borrower_{name}", *values)
            yield Fault(f"XT-02/{table}/{name}", table, change, home)


def stranger(line: Line) -> str:
    """A right credit code that is no customer's."""
    return credit_code("91", "410100", 999_999_001)


def guarantee_faults() -> Iterator[Fault]:
    """XT-03 to XT-06."""
    nowhere = {"guaranteed_contract_no": "HT999999999"}
    yield Fault("XT-03/DBHTXX", "DBHTXX", nowhere, also=("XT-04", "XT-05", "DBHTXX-02"))
    yield Fault("XT-03/DBWXX", "DBWXX", does=pair_nowhere, also=("XT-05", "DBHTXX-02"))
    yield Fault("XT-04", "DBWXX", {"guarantee_contract_no": "DB999999999"}, also=("XT-03", "XT-06"))
    bare = is_(guarantee_type="D", borrower_sector="C01")
    yield Fault("XT-05/contract", "CLDWDK", {"guarantee_type": "C99"}, bare)
    yield Fault(
        "XT-05/collateral", "CLDWDK", {"guarantee_type": "A"}, bare, also=("XT-05/contract",)
    )
    estate = ("XT-05/contract", "XT-05/collateral")
    yield Fault("XT-05/real_estate", "CLDWDK", {"guarantee_type": "E01"}, bare, also=estate)
    yield Fault("XT-06", "CLDWDK", does=combined_called_surety)


def _combined(line: Line) -> bool:
    return line["guarantee_type"] in ("E", "E01")


def combined_called_surety(draft: Draft, fault: Fault) -> Answer:
    """A contract with collateral and a surety, none of them spoilt, is called a surety only."""

    def whole(line: Line) -> bool:
        rows = _of_contract(draft, line)
        # Stocks of goods (D01) may be pledged or mortgaged, so they prove neither.
        kinds = {row.get("collateral_type", "") for row in rows} - {"D01"}
        return _combined(line) and kinds > {""} and not any(id(row) in draft.taken for row in rows)

    line = draft.take("CLDWDK", whole)
    draft.taken.update(id(row) for row in _of_contract(draft, line))
    was, line["guarantee_type"] = line["guarantee_type"], "C99"
    return Answer(fault.rule, "CLDWDK", line, "guarantee_type", f"guarantee_type: {was} -> C99")


def _of_contract(draft: Draft, line: Line) -> list[Line]:
    number = line["loan_contract_no"]
    return [
        row
        for table in ("DBHTXX", "DBWXX")
        for row in draft.tables[table]
        if row["guaranteed_contract_no"] == number
    ]


def pair_nowhere(draft: Draft, fault: Fault) -> Answer:
    """A guarantee contract and its collateral both name a loan contract that is not there."""
    line = draft.take("DBWXX")
    for row in draft.tables["DBHTXX"]:
        if (row["guarantee_contract_no"], row["guaranteed_contract_no"]) == (
            line["guarantee_contract_no"],
            line["guaranteed_contract_no"],
        ):
            row["guaranteed_contract_no"] = "HT999999997"
            draft.taken.add(id(row))
    line["guaranteed_contract_no"] = "HT999999997"
    what = "担保合同和担保物均指向不存在的贷款合同 / both name a contract that is not there"
    also = ("XT-03/DBHTXX", *fault.also)
    return Answer(fault.rule, "DBWXX", line, "guaranteed_contract_no", what, also)


def tech_faults() -> Iterator[Fault]:
    """XT-07, XT-09 and the sums XT-10, XT-11."""
    loan = is_(row_type="T13", business_type="C01")
    lost = {"loan_note_no": "JJ999999999"}
    yield Fault("XT-07", "HDACLKJDK", lost, loan, also=("XT-10", "XT-11"))
    yield Fault(
        "XT-09/note", "HDAKJDKFS", {"serial_no": "LS999999999"}, loan, also=("XT-10", "XT-11")
    )
    for table in TECH:
        for name in CLASSES:
            for measure in ("amount", "rate", "borrowers"):
                yield Fault(f"XT-10/{table}/{name}/{measure}", table, does=wrong_sum, group="sums")
        for measure in ("amount", "borrowers"):
            yield Fault(f"XT-11/{table}/{measure}", table, does=total_too_large, group="totals")


COLUMN = {"amount": "sum_amount_cny", "rate": "weighted_avg_rate", "borrowers": "borrower_count"}


def wrong_sum(draft: Draft, fault: Fault) -> Answer:
    """A summary row says another amount, rate or number than its loans add up to."""
    _, table, name, measure = fault.rule.split("/")
    line, column = draft.find(table, is_(row_type=name)), COLUMN[measure]
    was = line[column]
    if measure == "borrowers":
        line[column] = str(int(was) + 7)
    else:
        line[column] = (
            f"{float(was) + 700:.2f}" if measure == "amount" else f"{float(was) + 0.07:.5f}"
        )
    return Answer(
        fault.rule, table, None, column, f"{name} {column}: {was} -> {line[column]}", ("XT-11",)
    )


def total_too_large(draft: Draft, fault: Fault) -> Answer:
    """T12 is more than the four classes together."""
    _, table, measure = fault.rule.split("/")
    line, column = draft.find(table, is_(row_type="T12")), COLUMN[measure]
    was = line[column]
    line[column] = (
        f"{float(was) * 5 + 100_000:.2f}" if measure == "amount" else str(int(was) * 5 + 9)
    )
    return Answer(
        fault.rule, table, None, column, f"T12 {column}: {was} -> {line[column]}", ("XT-10",)
    )


def portfolio_faults() -> Iterator[Fault]:
    """XT-12 to XT-14 and XT-20: sums over the whole portfolio."""
    yield Fault("XT-12", "CLDWDK", does=school_of_its_own, group="portfolio", also=("XT-02",))
    yield Fault("XT-13", "CLDWDK", does=foreigner_with_credit_code, group="portfolio")
    yield Fault("XT-14", "CLDWDK", does=many_without_combined, group="many")
    for scope in ("all", "rmb"):
        yield Fault(
            f"XT-20/{scope}",
            "CLDWDK",
            does=far_too_much,
            group="portfolio",
            also=("XP-01", "XP-10", "XT-10"),
        )


def school_of_its_own(draft: Draft, fault: Fault) -> Answer:
    """A borrower of sector C99 bears size CS05, so CS05 is more than government."""
    line = draft.take("CLDWDK", NORMAL)
    line["borrower_sector"], line["borrower_scale"] = "C99", "CS05"
    what = f"{line['loan_note_no']} 改为C99、CS05 / set to C99 and CS05"
    return Answer(fault.rule, "CLDWDK", None, "borrower_scale", what, fault.also)


def foreigner_with_credit_code(draft: Draft, fault: Fault) -> Answer:
    """A non-resident borrower bears a credit code."""
    line = draft.take("CLDWDK", NORMAL)
    line.update(
        {
            "borrower_sector": "E04",
            "borrower_region_code": "000344",
            "borrower_industry": "200",
            "use_industry": "2000",
            "borrower_ownership": "",
            "borrower_scale": "",
        }
    )
    what = f"{line['loan_note_no']} 改为境外借款人 / set to a borrower abroad"
    return Answer(fault.rule, "CLDWDK", None, "borrower_sector", what, ("ID-13", "XT-02"))


def many_without_combined(draft: Draft, fault: Fault) -> Answer:
    """More than a thousand notes, none of them with a combined guarantee."""
    rows = draft.tables["CLDWDK"]
    for line in rows:
        if _combined(line):
            line["guarantee_type"] = "C99"
    number = 0
    while len(rows) < MANY:
        new = rows[number].copy()
        number += 1
        new["loan_note_no"] = f"JJ9{number:08d}"
        rows.append(new)
    what = f"借据增至{len(rows)}笔，无组合担保 / {len(rows)} notes, no combined guarantee"
    also = ("XP-01", "XP-03", "XP-10", "XT-06", "XT-20")
    return Answer(fault.rule, "CLDWDK", None, "guarantee_type", what, also)


def far_too_much(draft: Draft, fault: Fault) -> Answer:
    """A note a hundred times as large as it was."""
    line = draft.take("CLDWDK", NORMAL)
    was = line["balance"]
    line["balance"] = line["balance_cny"] = f"{float(was) * 100:.2f}"
    what = f"{line['loan_note_no']} balance: {was} -> {line['balance']}"
    return Answer(fault.rule, "CLDWDK", None, "balance", what, fault.also)


def faults() -> Iterator[Fault]:
    """Every fault of this chapter."""
    yield from customer_faults()
    yield from guarantee_faults()
    yield from tech_faults()
    yield from portfolio_faults()
