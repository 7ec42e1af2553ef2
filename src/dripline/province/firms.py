"""Firms and other units of the province: identifiers, place, trade, a size that fits its figures, lists, whether they borrow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from dripline.law import Law
from dripline.province.calibration import (
    DIRECTORY,
    LIST_KINDS,
    Scale,
    city_shares,
    coverage,
    list_sizes,
)
from dripline.province.names import (
    Names,
    credit_code,
    legal_entity_identifier,
    organisation_code,
)
from dripline.province.places import ABROAD, CITIES, CITY_OF, OUTSIDE, shares
from dripline.province.trades import (
    GENERAL,
    HOSPITAL,
    MANUFACTURING,
    OFFICE,
    SCHOOL,
    TECH,
    Trade,
)

WAN = 1_000_000
"""Fen in 10,000 yuan."""
SIZES = ("large", "medium", "small", "micro")
SCALE_CODE = {"large": "CS01", "medium": "CS02", "small": "CS03", "micro": "CS04", "": ""}
DEBT_WAN = {"large": 75_000, "medium": 4_800, "small": 720, "micro": 180}
"""Mean loans of a borrowing firm: with the mix of sizes they come near the published means per financed firm."""
MIX = {
    "top": (0.30, 0.50, 0.20, 0.0),
    "gaoxin": (0.10, 0.38, 0.48, 0.04),
    "keji_sme": (0.0, 0.16, 0.56, 0.28),
    "general": (0.02, 0.10, 0.42, 0.46),
}
OWNERSHIP = (
    "B0102",
    "B0102",
    "B0102",
    "B0102",
    "B0101",
    "A0102",
    "A0101",
    "B0202",
    "B0302",
    "A0201",
)


@dataclass(slots=True)
class Firm:
    """A unit that may borrow. ``kind``: firm, outside (a firm from another province), office, foreign."""

    number: int
    kind: str
    id_type: str
    code: str
    name: str
    county: str
    trade: Trade
    size: str
    sector: str
    ownership: str
    founded: date
    staff: int
    revenue: int
    assets: int
    capital: int
    debt: int
    borrows: bool
    lists: frozenset[str] = frozenset()
    """Kinds of lists of the first edition it stands on."""
    former: str = ""
    gone_on: date | None = None
    """Struck off the register of firms on this day."""
    zone: str = ""
    record_before: bool = False
    """Had a loan before the rows begin."""
    first_loan: date | None = None
    """First day of a loan seen in the rows; none while it has none."""
    banks: list[int] = field(default_factory=list)

    def status_on(self, day: date) -> str:
        """Operating status as banks report it: deregistered this year (06), out of business (02) afterwards."""
        if self.gone_on is None or self.gone_on > day:
            return "01"
        return "06" if self.gone_on.year == day.year else "02"

    @property
    def scale_code(self) -> str:
        """The code of the size class; CS05 for other units, empty abroad."""
        return "CS05" if self.kind == "office" else SCALE_CODE[self.size]

    @property
    def industry(self) -> str:
        """The industry a bank reports: 200 abroad."""
        return "200" if self.kind == "foreign" else self.trade.division

    @property
    def use_industry(self) -> str:
        """The industry its loans are used in."""
        return "2000" if self.kind == "foreign" else self.trade.group


class Sizer:
    """Draws staff, revenue and assets that put a firm into a given size class under the standard in force."""

    def __init__(self, law: Law, on: date) -> None:
        rows = {trade.row for trade in TECH + GENERAL}
        self._bounds: dict[str, dict[str, dict[str, float]]] = {}
        for row in rows:
            table = law.on(on)[f"size_class.{row}"]
            assert isinstance(table, Mapping)
            self._bounds[row] = {
                size: {k: float(v) for k, v in bounds.items() if isinstance(v, Decimal | int)}
                for size, bounds in table.items()
                if isinstance(bounds, Mapping)
            }

    def draw(self, luck: Random, row: str, size: str) -> tuple[int, int, int]:
        """Staff, revenue and assets in fen."""
        bounds = self._bounds[row]
        place = SIZES.index(size)

        def value(measure: str, usual: float) -> float:
            low = bounds[size].get(measure) if size != "micro" else None
            high = bounds[SIZES[place - 1]].get(measure) if size != "large" else None
            if low is None and high is None:
                return usual * luck.uniform(0.7, 1.4)
            if high is None:
                return (low or 0) * luck.uniform(1.1, 3.0)
            low = low if low is not None else high * 0.3
            share: float = luck.uniform(0.08, 0.75) ** 1.6
            return low + (high - low) * share

        staff = max(
            2, round(value("staff", {"large": 900, "medium": 160, "small": 35, "micro": 6}[size]))
        )
        revenue = value(
            "revenue_wan", {"large": 60_000, "medium": 9_000, "small": 1_500, "micro": 120}[size]
        )
        assets = value("assets_wan", revenue * 1.2)
        return staff, round(revenue * 100) * WAN // 100, round(assets * 100) * WAN // 100


class Registry:
    """All units of the province, made once from the seed."""

    def __init__(self, scale: Scale, law: Law, start: date, luck: Random) -> None:
        self.start, self.luck = start, luck
        self._names, self._sizer = Names(luck), Sizer(law, start)
        self._weights = shares(city_shares(law, start))
        self._coverage = coverage(law, start)
        self.sizes = list_sizes(scale, law, start)
        self.firms: list[Firm] = []
        self._serial = luck.randrange(10_000, 500_000_000)
        self._make(scale)

    def next_serial(self) -> int:
        """A number no unit had before."""
        self._serial += 1
        return self._serial

    def _make(self, scale: Scale) -> None:
        chosen = _memberships(self.sizes, self.luck)
        for lists in chosen:
            self.firms.append(self._firm(lists))
        while len(self.firms) < scale.firms:
            self.firms.append(self._firm(frozenset(), general=scale.general_borrowing))
        others = max(3, min(scale.firms // 60, 2_000))
        for place in range(others):
            self.firms.append(self._other(("outside", "office", "foreign")[place % 3], place // 3))

    def _firm(self, lists: frozenset[str], general: float = 0.35) -> Firm:
        luck = self.luck
        city = luck.choices(CITIES, self._weights)[0]
        county = luck.choice(city.counties)
        trade = _trade(lists, luck)
        size = luck.choices(SIZES, _mix(lists))[0]
        staff, revenue, assets = self._sizer.draw(luck, trade.row, size)
        rate = max((self._coverage.get(kind, 0.40) for kind in lists), default=general)
        if lists and not lists & {"gaoxin", "zhuanjing"}:
            # The overlap with better served lists lifts the whole list to the published share.
            rate -= 0.05
        founded = self.start - timedelta(days=round(365 * luck.uniform(1.5, 22)))
        borrows = luck.random() < rate
        firm = Firm(
            number=len(self.firms),
            kind="firm",
            id_type="A01",
            code=credit_code("91", county.code, self.next_serial()),
            name=self._names.firm(city.name, trade.word, joint_stock=size == "large"),
            county=county.code,
            trade=trade,
            size=size,
            sector="C01",
            ownership=luck.choice(OWNERSHIP),
            founded=founded,
            staff=staff,
            revenue=revenue,
            assets=assets,
            capital=max(assets // 4, 10 * WAN) // WAN * WAN,
            debt=round(DEBT_WAN[size] * luck.lognormvariate(-0.18, 0.6)) * WAN,
            borrows=borrows,
            lists=lists,
            zone=_zone(county.code, luck),
            record_before=borrows or luck.random() < 0.15,
        )
        if luck.random() < 0.04:
            firm.former = self._names.firm(city.name, trade.word)
        if not borrows and luck.random() < 0.06:
            firm.gone_on = self.start + timedelta(days=luck.randrange(5, 300))
        return firm

    def _other(self, kind: str, place: int) -> Firm:
        luck, number = self.luck, len(self.firms)
        size, sector, ownership, id_type = "medium", "C01", luck.choice(OWNERSHIP), "A01"
        trade = luck.choice(TECH + GENERAL)
        if kind == "outside":
            county = OUTSIDE[place % len(OUTSIDE)].code
            code = credit_code("91", county, self.next_serial())
            name = self._names.firm(OUTSIDE[place % len(OUTSIDE)].name[:2], trade.word)
        elif kind == "foreign":
            county, size, sector, ownership, id_type = ABROAD[place % 2].code, "", "E04", "", "L01"
            code = legal_entity_identifier(self.next_serial() % 10_000_000)
            name = self._names.firm(ABROAD[place % 2].name[-2:], "国际贸易")
        else:
            trade, sector, size = (HOSPITAL, OFFICE, SCHOOL)[place % 3], "A04", ""
            ownership = "A0102"
            city = luck.choices(CITIES, self._weights)[0]
            county = luck.choice(city.counties).code
            code = credit_code("12", county, self.next_serial())
            if trade is OFFICE:
                code, id_type = organisation_code(self.next_serial()), "A02"
            name = self._names.unit(city.name, trade.word)
        staff, revenue, assets = self._sizer.draw(
            luck, trade.row if size else "other", size or "medium"
        )
        return Firm(
            number=number,
            kind=kind,
            id_type=id_type,
            code=code,
            name=name,
            county=county,
            trade=trade,
            size=size,
            sector=sector,
            ownership=ownership,
            founded=self.start - timedelta(days=luck.randrange(1_000, 9_000)),
            staff=staff,
            revenue=revenue,
            assets=assets,
            capital=max(assets // 4, 10 * WAN) // WAN * WAN,
            debt=round(2_500 * luck.lognormvariate(-0.18, 0.5)) * WAN,
            borrows=True,
            lists=frozenset({"gaoxin"}) if kind == "outside" and place % 2 == 0 else frozenset(),
            record_before=True,
        )


def _mix(lists: frozenset[str]) -> tuple[float, float, float, float]:
    if lists & {"xiaojuren", "shifan", "danxiang"}:
        return MIX["top"]
    if lists & {"keji_sme", "chuangxin"}:
        return MIX["keji_sme"]
    return MIX["gaoxin"] if lists & {"gaoxin", "zhuanjing"} else MIX["general"]


def _trade(lists: frozenset[str], luck: Random) -> Trade:
    tech = 1.0 if lists & {"xiaojuren", "shifan", "danxiang"} else 0.9 if lists else 0.06
    pool = TECH if luck.random() < tech else GENERAL
    if "danxiang" in lists:
        pool = tuple(trade for trade in TECH if trade.group in MANUFACTURING)
    return luck.choices(pool, [trade.weight for trade in pool])[0]


def _zone(county: str, luck: Random) -> str:
    if county in ("410122", "410184", "410223") and luck.random() < 0.5:
        return "airport"
    near = CITY_OF[county].code in ("410100", "410300", "410700")
    return luck.choice(("innovation", "free_trade")) if near and luck.random() < 0.12 else ""


def _memberships(sizes: Mapping[str, int], luck: Random) -> list[frozenset[str]]:
    """Who stands on which lists: little giants and champions on many, the others overlapping as they do in life."""
    firms: list[set[str]] = [set() for _ in range(sizes["keji_sme"])]
    for each in firms:
        each.add("keji_sme")
    firms += [{"gaoxin"} for _ in range(sizes["gaoxin"] * 55 // 100)]
    luck.shuffle(firms)

    def add(kind: str, among: list[set[str]], count: int) -> None:
        free = [each for each in among if kind not in each]
        for each in luck.sample(free, max(0, min(count, len(free)))):
            each.add(kind)

    with_small = [each for each in firms if "keji_sme" in each]
    add("gaoxin", with_small, sizes["gaoxin"] - sum("gaoxin" in each for each in firms))
    add("chuangxin", firms, sizes["chuangxin"] * 7 // 10)
    firms += [{"chuangxin"} for _ in range(sizes["chuangxin"] - sizes["chuangxin"] * 7 // 10)]
    add("zhuanjing", [each for each in firms if "chuangxin" in each], sizes["zhuanjing"])
    add("xiaojuren", [each for each in firms if "zhuanjing" in each], sizes["xiaojuren"])
    add("danxiang", [each for each in firms if "gaoxin" in each], sizes["danxiang"])
    add("shifan", [each for each in firms if "gaoxin" in each], sizes["shifan"])
    add(DIRECTORY, firms, sizes[DIRECTORY])
    return [frozenset(each & set(LIST_KINDS)) for each in firms]
