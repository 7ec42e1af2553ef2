"""What one institution gets to see: its own customers against the lists, and listed firms of its city without its loan.

Its rows are read through a scope of its own, so that nothing here can depend on another's. The lists are public, and
of the register of enterprises only the county and whether a firm is struck off are used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dripline.engines.data import INSIDE, Data
from dripline.engines.lists import CREDIT_CODE, ORGANISATION_CODE, PERSONS
from dripline.intake.enterprise_names import normal_name
from dripline.publish.pack.board import Board
from dripline.publish.pack.listed import Firm, Kinds, Listed, rows_of
from dripline.store import Scope
from dripline.words import Text

FULL_CODE: Final = 18
"""Characters of a credit code; lists print nine-character organisation codes too."""
ABROAD: Final = "000"
"""How region codes of places outside China begin: no list has a firm from there."""
MATCHED_BY: Final = (CREDIT_CODE, ORGANISATION_CODE)
OTHER_CODE: Final = Text(
    zh="名称与名单企业一致，证件代码不同：请核对证件类型和代码",
    en="The name is on a list with another code: compare id type and number",
)
NO_CODE: Final = Text(
    zh="名称与名单企业一致，名单未印完整代码：请提供统一社会信用代码以便匹配",
    en="The name is on a list that prints no full code: give the credit code so that it can be matched",
)
NO_MATCH_BY_TYPE: Final = Text(
    zh="证件类型不能与名单匹配：请补报统一社会信用代码",
    en="Lists cannot be matched with this type of id: report the credit code",
)


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer or borrower of one institution, as it reports it; amounts in yuan, None: not reported."""

    id_type: str
    id_no: str
    name: str | None
    balance: Decimal
    limit: Decimal | None
    used: Decimal | None
    since: date | None
    region: str | None
    kinds: Kinds

    @property
    def place(self) -> tuple[Decimal, str, str]:
        """The largest balance first, then by id."""
        return -self.balance, self.id_type, self.id_no


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A customer no list knows by its id, what may be mended, and the lists and codes its name stands under."""

    customer: Customer
    reason: Text
    kinds: Kinds
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prospect:
    """A listed firm of the institution's city without a loan from it; whether it is its customer otherwise."""

    firm: Firm
    customer: bool


@dataclass(frozen=True, slots=True)
class Institution:
    """One reporter as the register has it; city None where it stands in no register."""

    code: str
    name: str
    city: str | None


@dataclass(frozen=True)
class Own:
    """Everything one institution's own rows say about the lists."""

    institution: Institution
    customers: tuple[Customer, ...]
    listed: Listed

    @property
    def matched(self) -> list[Customer]:
        """Customers on a list."""
        return sorted((c for c in self.customers if c.kinds), key=lambda c: c.place)

    @property
    def unmatched(self) -> list[Unmatched]:
        """Customers whose name is on a list, or whose loans cannot be matched by their kind of id."""
        found = (
            mendable(customer, self.listed) for customer in self.customers if not customer.kinds
        )
        return sorted((one for one in found if one is not None), key=lambda one: one.customer.place)

    @property
    def prospects(self) -> list[Prospect]:
        """Listed firms of its city that owe it nothing."""
        owing = {(c.id_type, c.id_no) for c in self.customers if c.balance > 0}
        known = {(c.id_type, c.id_no) for c in self.customers}
        return [
            Prospect(firm, held_as(firm.code, known))
            for firm in self.listed.firms
            if firm.city is not None
            and firm.city == self.institution.city
            and not held_as(firm.code, owing)
        ]


def held_as(code: str, ids: set[tuple[str, str]]) -> bool:
    """Whether an enterprise is among customers, by credit code or by the organisation code inside it."""
    return (CREDIT_CODE, code) in ids or (ORGANISATION_CODE, code[8:17]) in ids


def mendable(customer: Customer, listed: Listed) -> Unmatched | None:
    """Why a customer is on no list although it may be; None where nothing speaks for it."""
    if customer.id_type in PERSONS:
        return None
    found = listed.names.get(normal_name(customer.name or ""), frozenset())
    kinds = tuple(dict.fromkeys(kind for kind, _ in sorted(found, key=str)))
    codes = tuple(sorted({code for _, code in found if code}))
    if found:
        full = [code for code in codes if len(code) == FULL_CODE]
        return Unmatched(customer, OTHER_CODE if full else NO_CODE, kinds, codes)
    abroad = (customer.region or "").startswith(ABROAD)
    if customer.id_type not in MATCHED_BY and customer.balance > 0 and not abroad:
        return Unmatched(customer, NO_MATCH_BY_TYPE, (), ())
    return None


def institutions(board: Board) -> list[Institution]:
    """Every reporter whose loans are in, as the register of institutions has it at the month's end."""
    day, found = board.period.last_day, {}
    for row in rows_of(board.data, "INSTITUTION", board.period):
        ended = row["valid_to"] is not None and row["valid_to"] < day
        if row["valid_from"] <= day and not ended:
            found[row["institution_code"]] = Institution(
                row["institution_code"], row["name"], row["city"]
            )
    return [
        found.get(code, Institution(code, code, None)) for code in sorted(board.coverage.received)
    ]


def own(board: Board, institution: Institution, listed: Listed) -> Own:
    """An institution's own view: its rows and those of institutions it has taken over, and nobody else's."""
    snapshot = board.snapshot
    today = snapshot.successors(board.period)
    mine = {institution.code, *(then for then, now in today.items() if now == institution.code)}
    data = snapshot.data(Scope.of_reporters(mine, purpose="statistics"), institutions=board.period)
    return Own(institution, tuple(customers(data, board, listed)), listed)


def customers(data: Data, board: Board, listed: Listed) -> Iterator[Customer]:
    """Customers and borrowers together, inside the scope of reporting; a borrower need not be in the customer file."""
    owed = balances(data, board)
    known = inside(data, board, "FTYKHX", CUSTOMER_COLUMNS).to_pylist()
    for row in known:
        key = row["customer_id_type"], row["customer_id_no"]
        yield Customer(
            id_type=key[0],
            id_no=key[1],
            name=row["customer_name"],
            balance=owed.pop(key, Decimal(0)),
            limit=row["credit_limit"],
            used=row["used_limit"],
            since=row["first_credit_date"],
            region=row["region_code"],
            kinds=listed.of(*key),
        )
    for (id_type, id_no), balance in owed.items():
        kinds = listed.of(id_type, id_no)
        yield Customer(id_type, id_no, None, balance, None, None, None, None, kinds)


CUSTOMER_COLUMNS = [
    "customer_id_type",
    "customer_id_no",
    "customer_name",
    "credit_limit",
    "used_limit",
    "first_credit_date",
    "region_code",
]


def balances(data: Data, board: Board) -> dict[tuple[str, str], Decimal]:
    """What each borrower owes, in yuan."""
    names = ["borrower_id_type", "borrower_id_no"]
    rows = inside(data, board, "CLDWDK", [*names, "balance_cny"])
    known = rows.filter(pc.and_(*(pc.is_valid(rows[name]) for name in names)))
    sums = known.group_by(names).aggregate([("balance_cny", "sum")]).to_pylist()
    return {
        (row[names[0]], row[names[1]]): row["balance_cny_sum"] or Decimal(0)
        for row in sorted(sums, key=lambda row: (row[names[0]], row[names[1]]))
    }


def inside(data: Data, board: Board, table: str, columns: list[str]) -> pa.Table:
    """Rows inside the scope of reporting, as all figures count them (FN 1)."""
    rows = data.rows(table, board.period)
    files = () if rows is None else rows.files
    parts = [pq.read_table(f, columns=[*columns, INSIDE], partitioning=None) for f in files]
    if not parts:
        return pa.table({name: pa.array([], pa.string()) for name in columns})
    whole = pa.concat_tables(parts)
    return whole.filter(whole[INSIDE]).select(columns)
