"""The synthetic province in a year with a late bank, a withdrawn loan, a list revision and a changed definition: each part
of the bridge is what a plain reading of the rows and lists gives, and they add up to the fen.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dripline.definitions import Indicator, Version
from dripline.engines.data import INSIDE, REPORTER, schema
from dripline.indicators import BREAKDOWNS
from dripline.indicators.bridge import Detail, End, bridge
from dripline.indicators.compile import Catalogue, Figures
from dripline.indicators.populations import NATIONAL, technology
from dripline.law import Law
from dripline.measures import Sum
from dripline.periods import Period
from dripline.standards.loans import CLDWDK
from dripline.store import Delivery, Scope, Staged, Store
from dripline.tables import table
from dripline.words import Text
from tests.agree.accepted import FIRST, LAST, figures
from tests.unit.handed_over import noon

REGISTERS = ("REPORTER", "INSTITUTION", "ENTERPRISE", "EDITION", "QUALIFICATION")
KNOWN = date(2025, 4, 15)
REVISED = "修订版"
AMOUNT = Indicator(
    code="X-BAL",
    label=Text(zh="科技型企业贷款", en="Loans to technology enterprises"),
    unit="yuan",
    measure=Sum(CLDWDK.balance_cny, technology(CLDWDK.code) & CLDWDK.guarantee_type.is_not("D")),
    decimals=2,
    source="own",
    article="二",
    breakdowns=("total", "institution", "list_kind"),
    since=date(2025, 6, 1),
    change=Text(zh="不计信用贷款。", en="Credit loans no longer count."),
    earlier=(
        Version(
            since=None,
            measure=Sum(CLDWDK.balance_cny, technology(CLDWDK.code)),
            source="own",
            article="一",
        ),
    ),
)


@dataclass(frozen=True)
class Told:
    """What was done: who was late, which note of whom was withdrawn."""

    store: Store
    late: str
    withdrew: str
    note: str


def put(store: Store, sender: str, period: Period, day: str, **tables: pa.Table) -> None:
    """Accepts tables of rows as a sender's delivery at noon of a day."""
    staged = {}
    for code, rows in tables.items():
        path = store.home.aside / f"{secrets.token_hex(8)}.parquet"
        path.parent.mkdir(exist_ok=True)
        pq.write_table(rows.cast(schema(table(code))), path)
        bytes_of = hashlib.sha256(path.read_bytes()).hexdigest()
        staged[code] = Staged(path=path, package_sha256=bytes_of, rows=len(rows))
    given = Delivery(
        reporter=sender,
        period=period,
        tables=staged,
        outcomes=(),
        explanations=(),
        checked_at=store.at(None).number,
        lawbook="test",
    )
    store.accept(given, now=noon(day), by="test", recheck=None)


def of_province(code: str, period: Period) -> dict[str, pa.Table]:
    """The rows of a table in the province as accepted, by sender."""
    snapshot = figures().snapshot
    held = snapshot.held(code, period)
    return {
        name: pq.read_table(snapshot.home.path / one.file, partitioning=None)
        for name, one in sorted(held.items())
    }


@cache
def year() -> Told:
    """The province handed in anew, with what happened to it."""
    store = Store.create(Path(mkdtemp(prefix="dripline-bridge-")) / "home")
    for code in REGISTERS:
        for sender, rows in of_province(code, FIRST).items():
            put(store, sender, FIRST, "2025-04-01", **{code: rows})
    march = of_province("CLDWDK", FIRST)
    late, withdrew = (name for name, _ in sorted(march.items(), key=amount_of)[-2:])
    for sender in (*(name for name in march if name != late), late):
        day = "2025-04-28" if sender == late else "2025-04-10"
        put(store, sender, FIRST, day, CLDWDK=march[sender])
    note = max(listed(march[withdrew], lists(FIRST)), key=lambda row: row["balance_cny"])
    rest = march[withdrew].filter(
        pc.not_equal(march[withdrew]["loan_note_no"], note["loan_note_no"])
    )
    put(store, withdrew, FIRST, "2025-05-12", CLDWDK=rest)
    for code, revised in zip(("EDITION", "QUALIFICATION"), revision(), strict=True):
        for sender in of_province(code, LAST):
            put(store, sender, LAST, "2025-07-01", **{code: revised})
    for code in ("REPORTER", "INSTITUTION", "ENTERPRISE"):
        for sender, rows in of_province(code, LAST).items():
            put(store, sender, LAST, "2025-07-01", **{code: rows})
    for sender, rows in of_province("CLDWDK", LAST).items():
        put(store, sender, LAST, "2025-07-09", CLDWDK=rows)
    return Told(store, late, withdrew, note["loan_note_no"])


def amount_of(sent: tuple[str, pa.Table]) -> Decimal:
    return sum((row["balance_cny"] for row in listed(sent[1], lists(FIRST))), Decimal(0))


# --- the plain reading ------------------------------------------------------------------------------------


def register(code: str, period: Period) -> list[dict]:
    return [row for rows in of_province(code, period).values() for row in rows.to_pylist()]


def revision() -> tuple[pa.Table, pa.Table]:
    """New editions of all lists from June on, without every third firm that borrows in March."""
    editions, listed_then = register("EDITION", LAST), register("QUALIFICATION", LAST)
    march = pa.concat_tables(of_province("CLDWDK", FIRST).values())
    dropped = set(sorted({row["borrower_id_no"] for row in listed(march, lists(FIRST))})[::3])
    for kind, edition in adopted(editions, LAST).items():
        (old,) = (r for r in editions if (r["kind"], r["edition"]) == (kind, edition))
        firms = [r for r in listed_then if (r["kind"], r["edition"]) == (kind, edition)]
        editions.append(old | {"edition": REVISED, "adopted_from": date(2025, 6, 1)})
        listed_then += [r | {"edition": REVISED} for r in firms if r["credit_code"] not in dropped]
    return (
        pa.Table.from_pylist(editions, schema(table("EDITION"))),
        pa.Table.from_pylist(listed_then, schema(table("QUALIFICATION"))),
    )


def adopted(editions: list[dict], period: Period) -> dict[str, str]:
    found: dict[str, tuple[date, str]] = {}
    for row in editions:
        if row["adopted_from"] <= period.last_day:
            here = (row["adopted_from"], row["edition"])
            found[row["kind"]] = max(here, found.get(row["kind"], here))
    return {kind: edition for kind, (_, edition) in found.items()}


def firms_on(editions: list[dict], listed_then: list[dict], period: Period) -> set[str]:
    """Credit codes on one of the seven lists of a period, cancelled titles left out."""
    editions_now = adopted(editions, period)
    kinds = Law.load().on(period.last_day)[NATIONAL]
    assert isinstance(kinds, tuple)
    found = set()
    for row in listed_then:
        ended = row["cancelled_from"] or row["cancelled_on"]
        on_edition = editions_now.get(row["kind"]) == row["edition"] and row["kind"] in kinds
        if on_edition and row["credit_code"] and (ended is None or ended > period.last_day):
            found.add(row["credit_code"])
    return found


@cache
def lists(period: Period) -> frozenset[str]:
    if period == LAST:
        editions, listed_then = (part.to_pylist() for part in revision())
        return frozenset(firms_on(editions, listed_then, period))
    return frozenset(
        firms_on(register("EDITION", period), register("QUALIFICATION", period), period)
    )


def listed(rows: pa.Table, firms: frozenset[str]) -> list[dict]:
    """The rows in scope whose borrower is on a list, by credit code or the organisation code in it."""
    inner = {code[8:17] for code in firms}
    return [
        row
        for row in rows.to_pylist()
        if row[INSIDE]
        and row["borrower_id_no"]
        in {"A01": firms, "A02": inner}.get(row["borrower_id_type"], frozenset())
    ]


def total(rows: list[dict], *, credit: bool = True) -> Fraction:
    kept = (row for row in rows if credit or row["guarantee_type"] != "D")
    return Fraction(sum((row["balance_cny"] for row in kept), Decimal(0)))


def by_hand(told: Told) -> tuple[Fraction, dict[str, Fraction]]:
    """The base figure and what each part of the difference comes to, row by row."""
    march = pa.concat_tables(of_province("CLDWDK", FIRST).values())
    june = pa.concat_tables(of_province("CLDWDK", LAST).values())
    then, now = lists(FIRST), lists(LAST)
    of_late = listed(march.filter(pc.equal(march[REPORTER], told.late)), then)
    is_gone = pc.and_(
        pc.equal(march["loan_note_no"], told.note), pc.equal(march[REPORTER], told.withdrew)
    )
    left = march.filter(pc.invert(is_gone))
    return total(listed(march, then)) - total(of_late), {
        "late": total(of_late),
        "withdrawn": -total(listed(march.filter(is_gone), then)),
        "corrected": Fraction(0),
        "registers": Fraction(0),
        "lists": total(listed(left, now)) - total(listed(left, then)),
        "definition": total(listed(left, now), credit=False) - total(listed(left, now)),
        "absent": Fraction(0),
        "real": total(listed(june, now), credit=False) - total(listed(left, now), credit=False),
    }


def test_each_part_is_what_was_done_to_the_province_and_they_add_up_to_the_fen():
    told, scope = year(), Scope.all_rows(purpose="statistics")
    shown = Figures(told.store, Law.load(), Catalogue({"X-BAL": AMOUNT}, BREAKDOWNS), scope)
    found = bridge(shown, "X-BAL", End(FIRST, KNOWN), End(LAST))
    base, wanted = by_hand(told)
    assert (found.levels[0][1], found.parts) == (base, wanted)
    happened = {part for part, change in wanted.items() if change}
    assert happened == {"late", "withdrawn", "lists", "definition", "real"}
    (cell,) = shown.query("X-BAL", LAST)
    shown_now = Fraction(cell.numerator, cell.denominator)
    assert base + sum(wanted.values()) == found.levels[-1][1] == shown_now
    assert [one for one in found.details if one.by == "reporter"] == [
        Detail("late", "reporter", told.late, wanted["late"]),
        Detail("withdrawn", "reporter", told.withdrew, wanted["withdrawn"]),
    ]


def teardown_module() -> None:
    shutil.rmtree(year().store.home.path.parent)
