"""Lists of technology enterprises in two editions: rows without codes, removals, cancellations, renamings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from dripline.province.calibration import DIRECTORY, LIST_KINDS, Calendar
from dripline.province.firms import Firm, Registry
from dripline.province.loans import add_months
from dripline.province.names import SYNTHETIC

NATIONAL = frozenset({"gaoxin", "xiaojuren", "shifan", "danxiang"})
"""Kinds whose list covers the country; the others are Henan's own."""
WITHOUT_CODES = {"chuangxin": 0.10, "zhuanjing": 0.08, "xiaojuren": 0.3, DIRECTORY: 0.03}
NINE_CHARACTERS = {"shifan": 0.5, "danxiang": 0.4, "gaoxin": 0.02}
_DEPARTMENT = {"gaoxin": "科技", "keji_sme": "科技", DIRECTORY: "科技"}
Members = dict[str, frozenset[int]]
"""Numbers of the firms on each kind of list."""


@dataclass(slots=True)
class Listed:
    """One row of a list as printed. ``firm`` is who is meant; none where the name fits nobody."""

    kind: str
    edition: str
    certificate: str
    name: str
    code: str
    valid_from: date
    valid_to: date
    firm: int | None
    fits: int = 1
    """How many enterprises the name fits where no code is printed."""
    cancelled_on: date | None = None
    cancelled_from: date | None = None


@dataclass(slots=True)
class Listings:
    """Both editions of every list, made once from the seed."""

    registry: Registry
    calendar: Calendar
    luck: Random
    editions: list[str] = field(default_factory=list)
    rows: list[list[Listed]] = field(default_factory=list)

    def make(self) -> Listings:
        """The first edition and, where the span has more than one month, the revised one."""
        first = self.calendar.months[0]
        self.editions = [f"{first.year - 1}年版"]
        on: dict[str, set[int]] = {kind: set() for kind in LIST_KINDS}
        for firm in self.registry.firms:
            for kind in firm.lists:
                on[kind].add(firm.number)
        self.rows = [self._edition(on, 0)]
        if self.calendar.revision is not None:
            self.editions.append(f"{self.calendar.months[self.calendar.revision].year}年修订版")
            self._cancel(self.rows[0])
            self.rows.append(self._edition(self._revised(on), 1))
        return self

    def adopted_from(self, place: int) -> date:
        """The day an edition is adopted from."""
        if place == 0:
            return date(self.calendar.months[0].year - 1, 12, 1)
        assert self.calendar.revision is not None
        return self.calendar.months[self.calendar.revision].first_day

    def known_at(self, month: int) -> int:
        """How many editions the register holds in a month, which is also the number of the one in use."""
        revision = self.calendar.revision
        return 1 if revision is None or month < revision else 2

    def members(self, month: int) -> Members:
        """Who counts as listed in a month: the edition in use, less cancellations known and in effect."""
        known = self.known_at(month)
        found: dict[str, set[int]] = {kind: set() for kind in LIST_KINDS}
        day = self.calendar.months[month].last_day
        for row in self.rows[known - 1]:
            if row.firm is None or row.fits != 1:
                continue
            if known == 2 and row.cancelled_from and row.cancelled_from <= day:
                continue
            found[row.kind].add(row.firm)
        return {kind: frozenset(firms) for kind, firms in found.items()}

    def without_full_code(self, month: int) -> dict[str, int]:
        """Rows of each list in use that print no credit code, or nine characters of it."""
        found = dict.fromkeys(LIST_KINDS, 0)
        for row in self.rows[self.known_at(month) - 1]:
            found[row.kind] += len(row.code) < 18
        return found

    def _revised(self, on: dict[str, set[int]]) -> dict[str, set[int]]:
        """The second edition: some firms leave, more come, as the published restatements show."""
        luck, revised = self.luck, {}
        listed = sorted(set().union(*on.values()))
        for kind in LIST_KINDS:
            stay = {n for n in sorted(on[kind]) if luck.random() > 0.05}
            pool = [n for n in listed if n not in on[kind] and self._may_stand(n)]
            come = luck.sample(pool, min(len(pool), max(1, len(on[kind]) // 11)))
            revised[kind] = (stay or on[kind]) | set(come)
        return revised

    def _may_stand(self, number: int) -> bool:
        firm = self.registry.firms[number]
        return firm.kind == "firm" and firm.gone_on is None

    def _cancel(self, rows: list[Listed]) -> None:
        """A few firms are struck off a list, with effect from a day before the announcement."""
        assert self.calendar.revision is not None
        day = self.calendar.months[self.calendar.revision].first_day + timedelta(days=8)
        chosen = [
            r for r in rows if r.kind in ("gaoxin", "keji_sme") and r.code and r.firm is not None
        ]
        for row in self.luck.sample(chosen, max(1, len(chosen) // 150)):
            row.cancelled_on, row.cancelled_from = day, add_months(day, -8)

    def _edition(self, on: dict[str, set[int]], place: int) -> list[Listed]:
        rows = []
        for kind in LIST_KINDS:
            for number in sorted(on[kind]):
                rows.append(self._row(kind, self.registry.firms[number], place))
        self._strangers(rows, place)
        return rows

    def _row(self, kind: str, firm: Firm, place: int) -> Listed:
        luck, start = self.luck, self.adopted_from(place)
        code, name = firm.code, firm.name
        if firm.kind == "firm" and luck.random() < WITHOUT_CODES.get(kind, 0):
            code = ""
        elif firm.kind == "firm" and luck.random() < NINE_CHARACTERS.get(kind, 0):
            code = firm.code[8:17]
        if firm.former and place == 0 and luck.random() < 0.8:
            name = firm.former
        since = max(firm.founded, start - timedelta(days=luck.randrange(20, 300)))
        until = add_months(since, 36) if kind != "keji_sme" else date(start.year, 12, 31)
        return Listed(
            kind=kind,
            edition=self.editions[place],
            certificate=f"SL{kind[:2].upper()}{firm.number:07d}",
            name=name,
            code=code,
            valid_from=min(since, until),
            valid_to=until,
            firm=firm.number,
        )

    def _strangers(self, rows: list[Listed], place: int) -> None:
        """Rows by name that fit nobody, and one that fits two firms as one of them bore the other's name before."""
        bare = [row for row in rows if row.kind == "chuangxin" and row.firm is not None]
        for number, row in enumerate(bare[:: max(len(bare) // 3, 1)][:3]):
            rows.append(
                Listed(
                    row.kind,
                    row.edition,
                    f"SLXX{number:07d}",
                    f"{SYNTHETIC}查无此名{number}号有限公司",
                    "",
                    row.valid_from,
                    row.valid_to,
                    None,
                )
            )
        if place == 0:
            row = next(r for r in bare if not self.registry.firms[r.firm or 0].former)
            other = next(
                f
                for f in reversed(self.registry.firms)
                if f.kind == "firm" and not f.lists and not f.former and f.gone_on is None
            )
            other.former = self.registry.firms[row.firm or 0].name
            row.code, row.name = "", other.former
        self._doubled(rows)

    def _doubled(self, rows: list[Listed]) -> None:
        """Rows without code whose name fits two firms, as one of them bore the name of the other before."""
        borne: dict[str, int] = defaultdict(int)
        for firm in self.registry.firms:
            if firm.kind == "firm":
                borne[firm.name] += 1
                borne[firm.former] += 1
        for row in rows:
            if row.firm is not None and not row.code:
                row.fits = borne[row.name]


def document(kind: str) -> tuple[str, str]:
    """The made-up document a list stands in, and who sent it."""
    office = _DEPARTMENT.get(kind, "工业和信息化")
    return f"{SYNTHETIC}公告（合成数据，非真实文件）", f"{SYNTHETIC}省{office}主管部门（合成）"
