"""Lenders of the province: legal persons and province branches by kind, with their outlets, and the rural banks that merge."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from dripline.province.calibration import Scale
from dripline.province.firms import Firm, Registry
from dripline.province.names import SYNTHETIC, credit_code
from dripline.province.places import CITIES, CITY_OF, COUNTY, OUTSIDE, City

EXTRACT = frozenset(
    {"policy_branch", "state_branch", "joint_stock_branch", "outside_city_branch", "foreign_branch"}
)
"""Kinds whose head office reports: their Henan part comes as an extract (FN 1)."""
APPETITE = {
    "policy_branch": 4.0,
    "state_branch": 14.0,
    "joint_stock_branch": 6.0,
    "outside_city_branch": 3.0,
    "foreign_branch": 1.0,
    "city_bank": 16.0,
    "private_bank": 3.0,
    "rural_commercial": 4.0,
    "merging": 1.6,
    "village_bank": 1.4,
    "finance_company": 1.0,
}
"""Weight of a lender when a borrower chooses its banks."""
SPREAD = {
    "policy_branch": -60,
    "state_branch": -30,
    "joint_stock_branch": 0,
    "outside_city_branch": 10,
    "foreign_branch": 0,
    "city_bank": 35,
    "private_bank": 110,
    "rural_commercial": 90,
    "village_bank": 150,
    "finance_company": -10,
}
"""Basis points over the LPR of the term, before size of the borrower and luck."""
_WORDS = {
    "policy_branch": ("开发银行", "农业发展银行", "进出口银行"),
    "state_branch": (
        "国有第一银行",
        "国有第二银行",
        "国有第三银行",
        "国有第四银行",
        "国有第五银行",
        "国有第六银行",
    ),
    "joint_stock_branch": tuple(f"股份制{n}号银行" for n in range(1, 13)),
    "outside_city_branch": tuple(f"外省城商{n}号银行" for n in range(1, 9)),
    "foreign_branch": ("外资甲银行", "外资乙银行"),
}


@dataclass(slots=True)
class Unit:
    """A branch or outlet: the place where loans are handled."""

    name: str
    code: str
    standard: str
    org_no: str
    level: str
    region: str
    founded: date
    parent: tuple[str, str, str]
    """Name, standard code and internal number of the unit above."""
    closed_on: date | None = None

    def status_on(self, day: date) -> str:
        """Operating status: closed this year (04), out of business (02) afterwards."""
        if self.closed_on is None or self.closed_on > day:
            return "01"
        return "04" if self.closed_on.year == day.year else "02"


@dataclass(slots=True)
class Bank:
    """A reporter: a legal person with all its units, or the Henan part of a nationwide one."""

    number: int
    kind: str
    name: str
    code: str
    legal_person: str
    """Credit code that FTYKHX.1 holds: its own, or the head office's outside Henan."""
    city: City
    region: str
    short: str
    founded: date
    appetite: float
    units: list[Unit] = field(default_factory=list)
    merges_into: int | None = None

    @property
    def is_extract(self) -> bool:
        """Whether its head office reports and Henan's part is cut out."""
        return self.kind in EXTRACT


class Lenders:
    """All lenders, made once from the seed; ``successor`` is the bank into which the merging ones go."""

    def __init__(self, scale: Scale, registry: Registry, luck: Random) -> None:
        self._registry, self._luck = registry, luck
        self.banks: list[Bank] = []
        for kind, count in scale.banks.items():
            for place in range(count):
                self._add(kind, place)
        self.successor = self._successor()
        places = luck.sample([c for c in COUNTY if c[4] != "0"], scale.merging)
        for county in places:
            self._add("rural_commercial", 0, county=county, merging=True)

    def _successor(self) -> Bank:
        bank = self._add("rural_commercial", 0, county="410105", head="河南")
        bank.name = f"{SYNTHETIC}河南农村商业银行股份有限公司"
        bank.units[0].name = bank.name
        bank.units[0].parent = (bank.name, *bank.units[0].parent[1:])
        bank.appetite = 5.0
        for unit in bank.units[1:]:
            unit.parent = bank.units[0].parent
        return bank

    def _add(
        self, kind: str, place: int, *, county: str = "", merging: bool = False, head: str = ""
    ) -> Bank:
        luck, number = self._luck, len(self.banks)
        local = kind in ("rural_commercial", "village_bank")
        if not county:
            city = luck.choice(CITIES[1:]) if local else CITIES[0]
            county = luck.choice(city.counties).code if local else "410105"
        city = CITY_OF[county]
        founded = date(luck.randrange(1996, 2016), luck.randrange(1, 13), luck.randrange(1, 28))
        code = credit_code("91", county, self._registry.next_serial())
        bank = Bank(
            number=number,
            kind=kind,
            name=self._name(kind, place, county, number),
            code=code,
            legal_person=code,
            city=city,
            region=county,
            short=f"{number:03d}",
            founded=founded,
            appetite=APPETITE["merging" if merging else kind],
        )
        if bank.is_extract:
            bank.legal_person = credit_code("91", "110102", self._registry.next_serial())
        self._open(bank)
        self.banks.append(bank)
        if merging:
            bank.merges_into = self.successor.number
        return bank

    def _name(self, kind: str, place: int, county: str, number: int) -> str:
        if kind in _WORDS:
            suffix = "河南省分行" if kind in ("policy_branch", "state_branch") else "郑州分行"
            return f"{SYNTHETIC}{_WORDS[kind][place]}{suffix}"
        where = COUNTY[county].name
        taken = {bank.name for bank in self.banks}
        word = {
            "rural_commercial": f"{where}农村商业银行",
            "village_bank": f"{where}村镇银行",
            "city_bank": "中部城市商业银行",
            "private_bank": "民营商业银行",
            "finance_company": "集团财务",
        }[kind]
        form = "有限公司" if kind == "finance_company" else "股份有限公司"
        name = f"{SYNTHETIC}{word}{form}"
        return name if name not in taken else f"{SYNTHETIC}{word}（{number}）{form}"

    def _open(self, bank: Bank) -> None:
        """Its head office or province branch, then one unit for each place it lends in."""
        own = f"C{bank.number:04d}{bank.region}"
        level = "02" if bank.is_extract else "01"
        head = Unit(
            bank.name,
            bank.code,
            f"{own}000",
            f"{bank.short}0000",
            level,
            bank.region,
            bank.founded,
            (bank.name, f"{own}000", f"{bank.short}0000"),
        )
        if bank.is_extract:
            national = bank.name.removesuffix("河南省分行").removesuffix("郑州分行")
            head.parent = (
                f"{national}股份有限公司",
                f"C{bank.number:04d}110102000",
                f"{bank.short}9999",
            )
        bank.units.append(head)
        regions = self._regions(bank)
        for place, region in enumerate(regions, 1):
            self._open_unit(bank, place, region, f"C{bank.number:04d}{region}{place:03d}")
        if len(regions) > 5:
            # An outlet without loans that closes soon after the rows begin.
            self._open_unit(bank, 900, bank.region, f"C{bank.number:04d}{bank.region}900")
            bank.units[-1].closed_on = self._registry.start + timedelta(days=bank.number % 20 + 10)

    def _open_unit(self, bank: Bank, place: int, region: str, standard: str) -> None:
        head = bank.units[0]
        where = COUNTY[region].name if region in COUNTY else "省外"
        short = bank.name.removesuffix("股份有限公司").removesuffix("有限公司")
        bank.units.append(
            Unit(
                f"{short}{where}{'支行' if region in COUNTY else '业务部'}",
                credit_code("91", region, self._registry.next_serial()),
                standard,
                f"{bank.short}{place:04d}",
                "03" if region in COUNTY else "05",
                region,
                date(bank.founded.year + 2, 6, 18),
                (head.name, head.standard, head.org_no),
            )
        )

    def _regions(self, bank: Bank) -> list[str]:
        luck = self._luck
        if bank.kind in ("rural_commercial", "village_bank"):
            return [bank.region]
        if bank.kind in ("finance_company", "private_bank", "foreign_branch", "policy_branch"):
            inside = [bank.region]
        else:
            inside = [luck.choice(city.counties).code for city in CITIES]
        if bank.kind in ("city_bank", "private_bank"):
            inside.append(OUTSIDE[bank.number % len(OUTSIDE)].code)
        return inside


def choose_banks(
    registry: Registry, lenders: Lenders, scale: Scale, luck: Random
) -> tuple[list[list[int]], list[list[int]], list[list[int]]]:
    """For each bank the firms that borrow there, those that may come to it later, and those that will be gone."""
    near: dict[str, tuple[list[Bank], list[float]]] = {}
    for city in CITIES:
        local = [b for b in lenders.banks if _lends_in(b, city)]
        near[city.code] = (local, [b.appetite for b in local])
    customers: list[list[int]] = [[] for _ in lenders.banks]
    prospects: list[list[int]] = [[] for _ in lenders.banks]
    leaving: list[list[int]] = [[] for _ in lenders.banks]
    for firm in registry.firms:
        home = CITY_OF.get(firm.county)
        banks, weights = near[home.code if home else "410100"]
        wanted = 1
        while firm.borrows and wanted < 5 and luck.random() < 1 - 1 / scale.banks_a_borrower:
            wanted += 1
        chosen: list[int] = []
        for bank in luck.choices(banks, weights, k=wanted * 2):
            if bank.number not in chosen and len(chosen) < wanted:
                chosen.append(bank.number)
        if firm.borrows:
            firm.banks = chosen
            for number in chosen:
                customers[number].append(firm.number)
            if firm.kind == "firm" and luck.random() < 0.15:
                _may_come(firm, luck.choices(banks, weights)[0].number, prospects)
        elif firm.gone_on is None:
            _may_come(firm, chosen[0], prospects)
        else:
            leaving[chosen[0]].append(firm.number)
    _fill(customers, lenders, registry, luck)
    return customers, prospects, leaving


def _may_come(firm: Firm, bank: int, prospects: list[list[int]]) -> None:
    if bank not in firm.banks:
        prospects[bank].append(firm.number)


def _lends_in(bank: Bank, city: City) -> bool:
    if bank.kind in ("rural_commercial", "village_bank"):
        return bank.city.code == city.code
    return True


def _fill(customers: list[list[int]], lenders: Lenders, registry: Registry, luck: Random) -> None:
    """Small banks get enough customers to have a portfolio at all: borrowers of their city, else of any."""
    least = 6
    for bank in lenders.banks:
        own = customers[bank.number]
        if len(own) >= least:
            continue
        pool = [
            f
            for f in registry.firms
            if f.borrows
            and f.size in ("small", "micro")
            and f.number not in own
            and f.kind == "firm"
        ]
        at_home = [f for f in pool if CITY_OF[f.county].code == bank.city.code]
        picked = at_home[:least] + luck.sample(pool, min(least, len(pool)))
        for firm in picked[: least - len(own)]:
            if firm.number not in own:
                own.append(firm.number)
                firm.banks.append(bank.number)
