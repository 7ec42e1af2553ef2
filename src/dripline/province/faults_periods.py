"""Faults against the month before: balances that do not follow, notes and customers that change or vanish."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dripline.law import Law
from dripline.province.drafts import Answer, Draft, Fault, Line, NoRow, Where
from dripline.province.faults_base import after, is_
from dripline.province.names import SYNTHETIC, credit_code

NORMAL = is_(loan_status="LS01", currency="CNY", borrower_sector="C01")
MONEY = ("XP-01", "XP-10", "XT-10", "XT-20")
THIS_YEAR = frozenset({"04", "05", "06", "07"})


def held_before(draft: Draft, table: str, column: str) -> frozenset[str]:
    """The values of a column in the month before."""
    return frozenset(line[column] for line in draft.before[table])


def continuing(draft: Draft, where: Where = NORMAL) -> Line:
    """An untouched note that was there the month before and has no transactions this month."""
    before = held_before(draft, "CLDWDK", "loan_note_no")
    moved = {line["loan_note_no"] for line in draft.tables["DWDKFS"]}
    return draft.take(
        "CLDWDK",
        lambda line: (
            where(line) and line["loan_note_no"] in before and line["loan_note_no"] not in moved
        ),
    )


def kept(column: str, new: Callable[[Line], str]) -> Callable[[Draft, Fault], Answer]:
    """A fault in a column that a note keeps from month to month."""

    def does(draft: Draft, fault: Fault) -> Answer:
        line = continuing(draft)
        was, line[column] = line[column], new(line)
        what = f"{column}: {was} -> {line[column]}"
        return Answer(fault.rule, "CLDWDK", line, column, what, fault.also)

    return does


def balance_off(draft: Draft, fault: Fault) -> Answer:
    """A balance grows by a thousand yuan without a transaction."""
    line = continuing(draft)
    was = line["balance"]
    line["balance"] = line["balance_cny"] = f"{float(was) + 1000:.2f}"
    what = f"{line['loan_note_no']} balance: {was} -> {line['balance']}"
    return Answer(fault.rule, "CLDWDK", None, "balance", what, MONEY)


def gone_unpaid(draft: Draft, fault: Fault) -> Answer:
    """A note is gone, and the transaction that closed it is not reported."""
    before = held_before(draft, "CLDWDK", "loan_note_no")
    now = {line["loan_note_no"] for line in draft.tables["CLDWDK"]}
    line = draft.take("DWDKFS", lambda row: row["loan_note_no"] in before - now)
    note = line["loan_note_no"]
    draft.tables["DWDKFS"] = [row for row in draft.tables["DWDKFS"] if row["loan_note_no"] != note]
    what = f"{note} 收回交易未报 / its repayment is left out"
    return Answer(fault.rule, "CLDWDK", None, "loan_note_no", what, ("XP-01",))


def new_ungranted(draft: Draft, fault: Fault) -> Answer:
    """A note is new, and its grant is not reported."""
    before = held_before(draft, "CLDWDK", "loan_note_no")
    line = draft.take("CLDWDK", lambda row: row["loan_note_no"] not in before)
    note = line["loan_note_no"]
    if all(
        id(row) not in draft.taken for row in draft.tables["DWDKFS"] if row["loan_note_no"] == note
    ):
        rows = draft.tables["DWDKFS"]
        draft.tables["DWDKFS"] = [row for row in rows if row["loan_note_no"] != note]
        what = f"{note} 发放交易未报 / its grant is left out"
        also = ("XP-01", "XT-09", "XT-10", "XT-11")
        return Answer(fault.rule, "CLDWDK", line, "loan_note_no", what, also)
    raise NoRow("DWDKFS")


def another_borrower(draft: Draft, fault: Fault) -> Answer:
    """A note is suddenly another customer's."""
    line = continuing(draft)
    was = line["borrower_id_no"]
    other = draft.find(
        "FTYKHX", lambda row: row["customer_id_type"] == "A01" and row["customer_id_no"] != was
    )
    line["borrower_id_no"] = other["customer_id_no"]
    also = ("XT-02", "XT-06", "XT-10")
    what = f"borrower_id_no: {was} -> {line['borrower_id_no']}"
    return Answer(fault.rule, "CLDWDK", line, "borrower_id_no", what, also)


def customer_gone(draft: Draft, fault: Fault) -> Answer:
    """A customer of the month before is not reported any more."""
    before = held_before(draft, "FTYKHX", "customer_id_no")
    borrowers = {
        row["borrower_id_no"] for table in ("CLDWDK", "DWDKFS") for row in draft.tables[table]
    }
    line = draft.take(
        "FTYKHX",
        lambda row: row["customer_id_no"] in before and row["customer_id_no"] not in borrowers,
    )
    draft.tables["FTYKHX"].remove(line)
    what = f"{line['customer_id_no']} 不再报送 / is left out"
    return Answer(fault.rule, "FTYKHX", None, "customer_id_no", what)


def first_credit_later(draft: Draft, fault: Fault) -> Answer:
    """The first credit relation moves ten days on."""
    before = held_before(draft, "FTYKHX", "customer_id_no")
    line = draft.take(
        "FTYKHX",
        lambda row: (
            row["customer_id_no"] in before and "" < row["first_credit_date"] < "2025-12-01"
        ),
    )
    was = line["first_credit_date"]
    line["first_credit_date"] = after(was, 10)
    what = f"first_credit_date: {was} -> {line['first_credit_date']}"
    return Answer(fault.rule, "FTYKHX", line, "first_credit_date", what)


def dearer(draft: Draft, fault: Fault) -> Answer:
    """Every rate is two points higher."""
    for line in draft.tables["CLDWDK"]:
        line["interest_rate"] = f"{float(line['interest_rate']) + 2:.5f}"
    what = "全部利率加2个百分点 / every rate is two points higher"
    return Answer(fault.rule, "CLDWDK", None, "interest_rate", what, ("XT-10", "CLDWDK-15"))


def twice_as_many(draft: Draft, fault: Fault) -> Answer:
    """Each note stands a second time under another number."""
    least = Law.load().on(draft.month.last_day).take("check.jump_rows_min", int)
    if len(draft.before["CLDWDK"]) < least:
        raise NoRow("CLDWDK")
    for line in list(draft.tables["CLDWDK"]):
        new = line.copy()
        new["loan_note_no"] = f"{line['loan_note_no']}_1"
        draft.tables["CLDWDK"].append(new)
    what = "借据翻倍 / every note stands twice"
    return Answer(fault.rule, "CLDWDK", None, "", what, ("XP-01", "XP-03", "XT-20"))


def many_customers(draft: Draft, fault: Fault) -> Answer:
    """Twice as many customers as the month before, where these are enough for the rule."""
    least = Law.load().on(draft.month.last_day).take("check.jump_rows_min", int)
    if len(draft.before["FTYKHX"]) < least:
        raise NoRow("FTYKHX")
    for number, line in enumerate(list(draft.tables["FTYKHX"])):
        new = line.copy()
        new["customer_name"] = f"{SYNTHETIC}新增客户{number}有限公司"
        new["customer_id_type"] = "A01"
        new["customer_id_no"] = credit_code("91", "410105", 900_000_000 + number)
        draft.tables["FTYKHX"].append(new)
    what = "客户翻倍 / twice as many customers"
    return Answer(fault.rule, "FTYKHX", None, "", what)


def still_this_year(draft: Draft, fault: Fault) -> Answer:
    """In January the status is still that of last year."""
    key = "customer_id_no" if fault.table == "FTYKHX" else "fin_inst_code"
    was = {
        line[key]: line["operating_status"]
        for line in draft.before[fault.table]
        if line["operating_status"] in THIS_YEAR
    }
    if draft.month.month != 1:
        raise NoRow(fault.table)
    line = draft.take(fault.table, lambda row: row[key] in was)
    now, line["operating_status"] = line["operating_status"], was[line[key]]
    what = f"operating_status: {now} -> {line['operating_status']}"
    return Answer(fault.rule, fault.table, line, "operating_status", what)


def faults() -> Iterator[Fault]:
    """Every fault of this chapter."""
    table = "CLDWDK"
    yield Fault("XP-01/note", table, does=balance_off)
    yield Fault("XP-01/class", table, does=balance_off)
    yield Fault("XP-02", table, does=gone_unpaid)
    yield Fault("XP-03", table, does=new_ungranted)
    contract = kept("loan_contract_no", lambda line: f"{line['loan_contract_no']}9")
    places = ("XT-03", "XT-05", "XT-06", "XT-07")
    yield Fault("XP-04/contract", table, does=contract, also=places)
    earlier = kept("grant_date", lambda line: after(line["grant_date"], -2))
    yield Fault("XP-04/grant_date", table, does=earlier, also=("XP-01/class",))
    dates = ("CLDWDK-17", "CLDWDK-18", "CLDWDK-11", "XP-01/class")
    sooner = kept("due_date", lambda line: after(line["due_date"], -2))
    yield Fault("XP-04/due_date", table, does=sooner, also=dates)
    yield Fault(
        "XP-04/postponed",
        table,
        does=kept("due_date", lambda line: after(line["due_date"], 40)),
        also=dates,
    )
    dollars = kept("currency", lambda line: "USD")
    yield Fault("XP-05/currency", table, does=dollars, also=("XP-01/class", "XT-20"))
    yield Fault("XP-05/borrower", table, does=another_borrower)
    for each in ("FTYKHX", "JRJGFZ"):
        yield Fault(f"XP-06/{each}", each, does=still_this_year, group="january")
    yield Fault("XP-07", "FTYKHX", does=customer_gone)
    yield Fault("XP-09", "FTYKHX", does=first_credit_later)
    yield Fault("XP-10/CLDWDK/rate", table, does=dearer, group="jumps")
    yield Fault("XP-10/CLDWDK/balance", table, does=twice_as_many, group="jumps")
    yield Fault("XP-10/CLDWDK/rows", table, does=twice_as_many, group="doubled")
    yield Fault("XP-10/FTYKHX/rows", "FTYKHX", does=many_customers, group="jumps")
