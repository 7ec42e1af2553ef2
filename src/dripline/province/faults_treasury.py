"""Faults in rediscounts, own bonds and equity: rows that contradict themselves, each other, and last month.

A lender has few such rows, so a fault of a single row stands in a copy of a sound one under a number of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dripline.province.drafts import Answer, Change, Draft, Fault, Line, NoRow, Where, changed
from dripline.province.faults_base import LATER, after, is_, twice
from dripline.province.faults_ids import GOOD_PERSON, wrong_check
from dripline.tables import table as table_called

REDISCOUNTS, BONDS, EQUITY = ("CLZTX", "ZTXFS"), ("CLZQFX", "ZQFXFS"), ("CLGQTZ", "GQTZFS")
TABLES = (*REDISCOUNTS, *BONDS, *EQUITY)
STOCK_OF = {"ZTXFS": "CLZTX", "ZQFXFS": "CLZQFX", "GQTZFS": "CLGQTZ"}
NUMBER = {
    **dict.fromkeys(REDISCOUNTS, "bill_no"),
    **dict.fromkeys(BONDS, "bond_code"),
    **dict.fromkeys(EQUITY, "certificate_no"),
}
VALUE = {"CLZQFX": "balance", "ZQFXFS": "amount", "CLGQTZ": "balance", "GQTZFS": "amount"}
ACCOUNT = {"CLZTX": ("ZT-06", "XT-15"), "CLZQFX": ("BOND-05",), "CLGQTZ": ("EQ-04",)}
"""What a new row of the stock, or a transaction nobody made, breaks besides."""
ANY: Where = is_()
"""Rows of every kind."""
BAD_CODES = {"region": "410306", "currency": "DEM"}
"""Values that are in no list today: a region that was abolished, a currency that ended."""


def fault(rule: str, table: str, change: Change, *also: str, where: Where = ANY) -> Fault:
    """A fault of one row, put into a copy of a sound row."""
    accounts = ACCOUNT[STOCK_OF.get(table, table)]
    return Fault(rule, table, change, where, does=in_a_copy, also=(*also, *accounts))


def in_a_copy(draft: Draft, fault: Fault) -> Answer:
    """The change in a new row that is sound but for its number."""
    source = sound(draft, fault.table, fault.where)
    line = source.copy()
    number = f"9{len(draft.tables[fault.table]):09d}"
    line[NUMBER[fault.table]] = number
    if "serial_no" in line:
        line["serial_no"] = f"ZT{number}"
    return changed(draft.put(fault.table, line), fault)


def sound(draft: Draft, table: str, where: Where) -> Line:
    """A row no fault has touched; a transaction made up from the stock where there was none this month."""
    for line in draft.tables[table]:
        if id(line) not in draft.taken and where(line):
            return line
    if table not in STOCK_OF:
        raise NoRow(table)
    return transaction(draft, table, sound(draft, STOCK_OF[table], ANY))


def transaction(draft: Draft, table: str, stock: Line) -> Line:
    """A row of stock as a transaction of the month's last day."""
    day = str(draft.month.last_day)
    made = {"trade_date": day, "direction": "1", "serial_no": "", "amount": "", "amount_cny": ""}
    line = Line({name: stock.get(name, made.get(name, "")) for name in table_called(table).columns})
    line["trade_date"] = day
    if "amount" in line:
        line["amount"] = line["amount_cny"] = stock["balance"]
    return line


def more(name: str) -> Change:
    """One yuan more than it is."""
    return {name: lambda line: f"{float(line[name]) + 1:.2f}"}


def wrong(name: str) -> dict[str, str | Callable[[Line], str]]:
    """A credit code with another check character."""
    return {name: lambda line: wrong_check(line, name)}


def nothing(name: str) -> Change:
    """No amount, in both currencies."""
    return {name: "0.00", f"{name}_cny": "0.00"}


def code_faults() -> Iterator[Fault]:
    """ID-01 to ID-07 and ID-14."""
    for table in REDISCOUNTS:
        for who in ("acceptor", "drawer"):
            kind, number, where = f"{who}_id_type", f"{who}_id_no", f"{table}.{who}"
            yield fault(f"ID-01/{where}", table, {kind: "A01", number: "91410100MA0000"}, "ID-02")
            yield fault(f"ID-02/{where}", table, wrong(number) | {kind: "A01"})
            known = {kind: "A01", number: "88990100MA0000001Q"}
            yield fault(f"ID-03/{where}", table, known, "ID-02")
            yield fault(f"ID-04/{where}", table, {kind: "B01", number: GOOD_PERSON[:40]})
            yield fault(f"ID-05/{where}", table, {kind: "L01", number: "254900SYNTH00000001"})
        yield fault(
            f"ID-07/{table}.institution", table, {"fin_inst_region_code": "410000"}, "ID-14"
        )
    for table in EQUITY:
        yield fault(f"ID-02/{table}", table, wrong("investee_id_no"))
        yield fault(f"ID-07/{table}.investee", table, {"investee_region_code": "410000"}, "ID-14")
    for table in TABLES:
        column = "fin_inst_code" if table in BONDS else "internal_org_no"
        yield fault(f"ID-06/{table}", table, {column: "999999999"})
        for name, each in table_called(table).columns.items():
            if each.codes in BAD_CODES:
                yield fault(f"ID-14/{table}.{name}", table, {name: BAD_CODES[each.codes]})


def rediscount_faults() -> Iterator[Fault]:
    """ZT and XT-15."""
    for table in REDISCOUNTS:
        made = is_(direction="1") if table == "ZTXFS" else ANY
        late: Change = {"issue_date": lambda line: after(line["discount_date"], 3)}
        yield fault(f"ZT-01/{table}/days", table, late)
        early: Change = {"repo_due_date": lambda line: after(line["trade_date"], -3)}
        yield fault(f"ZT-01/{table}/repurchase", table, early)
        yield fault(f"ZT-02/{table}/face", table, nothing("face_amount"), f"ZT-02/{table}/part")
        yield fault(f"ZT-02/{table}/amount", table, nothing("rediscount_amount"))
        yield fault(f"ZT-02/{table}/face_yuan", table, more("face_amount_cny"))
        yield fault(f"ZT-02/{table}/amount_yuan", table, more("rediscount_amount_cny"))
        large: Change = {
            name: lambda line: f"{float(line['face_amount']) + 700:.2f}"
            for name in ("rediscount_amount", "rediscount_amount_cny")
        }
        yield fault(f"ZT-02/{table}/part", table, large)
        yield Fault(f"ZT-03/{table}", table, does=twice, also=("ZT-06",))
        yield fault(f"ZT-05/{table}", table, {"rediscount_rate": "3.33000"}, where=made)
    yield fault("ZT-04/CLZTX", "CLZTX", {"trade_date": LATER}, "ZT-01", "ZT-05")
    long_ago: Change = {
        "trade_date": lambda line: after(line["trade_date"], -40),
        "discount_date": lambda line: after(line["discount_date"], -40),
        "issue_date": lambda line: after(line["issue_date"], -40),
    }
    yield fault("ZT-04/ZTXFS", "ZTXFS", long_ago, "ZT-05", where=is_(direction="1"))
    yield Fault("ZT-06", "CLZTX", does=not_made)
    yield fault("XT-15/CLZTX", "CLZTX", {})
    yield fault("XT-15/ZTXFS", "ZTXFS", {}, where=is_(direction="1"))


def not_made(draft: Draft, fault: Fault) -> Answer:
    """A rediscount that is new was not reported as made."""
    now = {line["bill_no"] for line in draft.tables["CLZTX"]}
    line = draft.take("ZTXFS", lambda row: row["direction"] == "1" and row["bill_no"] in now)
    draft.tables["ZTXFS"].remove(line)
    what = f"{line['bill_no']} 再贴现发放未报 / how it was made is left out"
    return Answer(fault.rule, "CLZTX", None, "bill_no", what)


def bond_faults() -> Iterator[Fault]:
    """BOND."""
    for table in BONDS:
        value = VALUE[table]
        yield fault(f"BOND-01/{table}/filled", table, {f"{value}_cny": ""}, "FMT-04", "BOND-02")
        late: Change = {"value_date": lambda line: after(line["maturity_date"], 3)}
        yield fault(f"BOND-01/{table}/days", table, late, "BOND-04")
        for name in ("face_value", value):
            yield fault(f"BOND-02/{table}/{name}", table, nothing(name))
            yield fault(f"BOND-02/{table}/{name}_yuan", table, more(f"{name}_cny"))
        yield fault(f"BOND-07/{table}", table, {"bond_type": "GB01"})
    yield fault(
        "BOND-01/CLZQFX/coupon", "CLZQFX", {"coupon_rate": ""}, where=is_(interest_payment="04")
    )
    yield Fault("BOND-03", "CLZQFX", does=twice, also=("BOND-05",))
    yield fault("BOND-04/CLZQFX", "CLZQFX", {"maturity_date": LATER, "value_date": LATER})
    yield fault("BOND-04/ZQFXFS", "ZQFXFS", {"trade_date": LATER})
    yield Fault("BOND-05", "CLZQFX", does=face_out_of_nothing)
    for name, other in (
        ("bond_type", "TB99"),
        ("currency", "USD"),
        ("maturity_date", LATER),
    ):
        yield Fault(f"BOND-06/{name}", "ZQFXFS", {name: other}, does=other_than_stock)


def face_out_of_nothing(draft: Draft, fault: Fault) -> Answer:
    """The face value of a bond grows, and nothing was issued."""
    line = draft.take("CLZQFX", lambda row: row["reopening_no"] == "0")
    was = line["face_value"]
    line["face_value"] = line["face_value_cny"] = f"{float(was) * 2:.2f}"
    what = f"{line['bond_code']} face_value: {was} -> {line['face_value']}"
    return Answer(fault.rule, "CLZQFX", None, "face_value", what)


def other_than_stock(draft: Draft, fault: Fault) -> Answer:
    """An issue says of a bond something else than the stock, where its row is sound."""
    known = [line for line in draft.tables["CLZQFX"] if id(line) not in draft.taken]
    used = {line["bond_code"] for line in draft.tables["ZQFXFS"] if id(line) in draft.taken}
    stock = next((line for line in known if line["bond_code"] not in used), None)
    if stock is None:
        raise NoRow("ZQFXFS")
    line = draft.put("ZQFXFS", transaction(draft, "ZQFXFS", stock))
    answer = changed(line, fault)
    answer.also = ACCOUNT["CLZQFX"]
    return answer


def equity_faults() -> Iterator[Fault]:
    """EQ."""
    below: Change = {"balance": "-1.00", "balance_cny": "-1.00"}
    yield fault("EQ-01/CLGQTZ/positive", "CLGQTZ", below)
    yield fault("EQ-01/GQTZFS/positive", "GQTZFS", nothing("amount"))
    for table in EQUITY:
        yield fault(f"EQ-01/{table}/yuan", table, more(f"{VALUE[table]}_cny"))
    yield Fault("EQ-02", "CLGQTZ", does=twice)
    yield fault("EQ-03", "GQTZFS", {"trade_date": LATER})
    yield Fault("EQ-04/new", "CLGQTZ", does=in_a_copy)
    yield Fault("EQ-04/gone", "CLGQTZ", does=gone_unsold)
    for name, other in (
        ("equity_type", "1"),
        ("investee_id_no", "91410100MA00000021"),
        ("currency", "HKD"),
    ):
        yield Fault(f"EQ-05/{name}", "CLGQTZ", {name: other}, does=other_than_before)


def gone_unsold(draft: Draft, fault: Fault) -> Answer:
    """A certificate is gone, and nobody sold it."""
    before = {line["certificate_no"] for line in draft.before["CLGQTZ"]}
    sold = {line["certificate_no"] for line in draft.tables["GQTZFS"] if line["direction"] == "0"}
    line = draft.take("CLGQTZ", lambda row: row["certificate_no"] in before - sold)
    draft.tables["CLGQTZ"].remove(line)
    what = f"{line['certificate_no']} 股权凭证漏报 / the certificate is left out"
    return Answer(fault.rule, "CLGQTZ", None, "certificate_no", what)


def other_than_before(draft: Draft, fault: Fault) -> Answer:
    """A certificate of last month is another thing this month."""
    before = {line["certificate_no"] for line in draft.before["CLGQTZ"]}
    line = draft.take("CLGQTZ", lambda row: row["certificate_no"] in before)
    return changed(line, fault)


def faults() -> Iterator[Fault]:
    """Every fault of this chapter."""
    yield from code_faults()
    yield from rediscount_faults()
    yield from bond_faults()
    yield from equity_faults()
