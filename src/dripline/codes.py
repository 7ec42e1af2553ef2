"""Code lists of the standards, read from ``lawbook/codes``: a code means something only on a date."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Literal

from dripline.errors import DefinitionError
from dripline.words import Text

MADE_OF = {
    "region": ("region_henan", "region_china", "country"),
    "city": ("region_henan", "outside_henan"),
    "industry": ("industry", "industry_outside"),
    "industry_division": ("industry", "industry_outside"),
    "industry_group": ("industry", "industry_outside"),
}
"""Lists that several files make up: a region may lie abroad, an industry may be none (a person, abroad)."""
LEVEL_LENGTH = {"industry_division": 3, "industry_group": 4}
"""GB/T 4754 seen at one level: codes of this length are the leaves (C39, C398), shorter ones their groups."""
OUTSIDE: dict[str, Path] = {}
"""Lists that came with definitions from outside, by name; the lawbook's own names are never among them."""
HENAN = "410000"
MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
"""Beijing, Tianjin, Shanghai, Chongqing: provinces that are one city."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its words, the group it belongs to, whether a file may use it, and from when to when.

    ``status`` and ``document`` say how sure the days are and what changed the code, where the file tells.
    """

    code: str
    label: Text
    parent: str
    leaf: bool
    first: date | None
    last: date | None
    status: str = ""
    document: str = ""

    def in_force(self, on: date) -> bool:
        """Whether the code exists on a day; open ends are always open."""
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


@dataclass(frozen=True, eq=False)
class CodeList:
    """A list of codes by name, as the standard prints it; a code used again later has a row for each use."""

    name: str
    rows: tuple[Code, ...]

    @cached_property
    def codes(self) -> dict[str, Code]:
        """Each code in its latest meaning, whether in force or not."""
        return {code: uses[-1] for code, uses in self._uses.items()}

    def accepted(self, *, on: date) -> frozenset[str]:
        """The codes a file may use with this data date: leaves, as groups are not accepted."""
        return _accepted(self, on)

    leaves = accepted

    def find(self, code: str, *, on: date) -> Code | None:
        """What a code means on a day; None where it means nothing then."""
        return next((use for use in self._uses.get(code, ()) if use.in_force(on)), None)

    def label(self, code: str, *, on: date | None = None) -> Text:
        """The words of a code, on a day or in its latest meaning; the code itself where the list lacks it."""
        found = self.codes.get(code) if on is None else self.find(code, on=on)
        return Text(zh=code, en=code) if found is None else found.label

    @cached_property
    def _uses(self) -> dict[str, list[Code]]:
        uses: dict[str, list[Code]] = {}
        for row in sorted(self.rows, key=lambda row: (row.code, row.first or date.min)):
            uses.setdefault(row.code, []).append(row)
        for code, rows in uses.items():
            for before, after in pairwise(rows):
                if before.last is None or after.first is None or after.first <= before.last:
                    raise DefinitionError(
                        f"the code list {self.name} has two meanings of {code} on one day; "
                        f"end {before.label.zh} before {after.label.zh} begins."
                    )
            if (group := rows[-1].parent) and group not in uses:
                raise DefinitionError(
                    f"the code list {self.name}, code {code}: its group {group} is not in the list."
                )
        return uses


@lru_cache(maxsize=4096)
def _accepted(codes: CodeList, on: date) -> frozenset[str]:
    return frozenset(row.code for row in codes.rows if row.leaf and row.in_force(on))


@cache
def code_list(name: str) -> CodeList:
    """The list of this name; an unknown name is an error of the definition that uses it."""
    rows = [row for part in MADE_OF.get(name, (name,)) for row in _read(part)]
    if name in LEVEL_LENGTH:
        rows = list(_seen_at(rows, LEVEL_LENGTH[name]))
    found = CodeList(name, tuple(rows))
    if not found.codes:
        raise DefinitionError(f"lawbook/codes/{name}.csv is empty.")
    return found


def _seen_at(rows: Iterable[Code], length: int) -> Iterator[Code]:
    for row in rows:
        if len(row.code) <= length:
            yield replace(row, leaf=len(row.code) == length)


def _read(name: str) -> list[Code]:
    source = OUTSIDE.get(name) or files("dripline.lawbook") / "codes" / f"{name}.csv"
    if not source.is_file():
        raise DefinitionError(f"there is no code list {name!r} in lawbook/codes.")
    return codes_in(source.read_text(encoding="utf-8"), name=name)


def codes_in(text: str, *, name: str) -> list[Code]:
    """The codes of a file of the lawbook (code,zh,en,parent,leaf,from,to); errors name file and row."""
    rows: list[Code] = []
    english: dict[str, str] = {}
    for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
        try:
            rows.append(_code(row, english))
        except KeyError as missing:
            raise DefinitionError(f"lawbook/codes/{name}.csv has no column {missing}.") from None
        except (TypeError, ValueError) as problem:
            raise DefinitionError(f"lawbook/codes/{name}.csv, row {number}: {problem}") from None
        english[row["code"]] = rows[-1].label.en
    return rows


def _code(row: dict[str, str], english: dict[str, str]) -> Code:
    code, parent = row["code"], row["parent"]
    if row["leaf"] not in ("0", "1"):
        raise ValueError(f"the leaf mark of {code} is 0 or 1, not {row['leaf']!r}.")
    # The standard has no English for its small classes: then the group above and the code say it.
    above = english.get(parent, "").partition(" (")[0]
    return Code(
        code,
        Text(zh=row["zh"], en=row["en"] or (above and f"{above} ({code})")),
        parent,
        row["leaf"] == "1",
        date.fromisoformat(row["from"]) if row["from"] else None,
        date.fromisoformat(row["to"]) if row["to"] else None,
        row.get("status") or "",
        row.get("document") or "",
    )


def section_of(industry: str) -> str | None:
    """The section (A to T) of an industry code of any length: C of C39, C398, C3981; None if it has none."""
    return (
        industry[0] if industry in code_list("industry").codes and industry[0].isalpha() else None
    )


@dataclass(frozen=True, slots=True)
class Region:
    """A province, city or county as it stood on the day asked; open ends are None.

    ``prefecture_code`` is the city a county counts to: the prefecture above it; itself where it
    stands directly under its province (济源 419001); the municipality in Beijing and the like.
    """

    code: str
    name: Text
    level: Literal["province", "city", "county"]
    prefecture_code: str | None
    from_day: date | None
    to_day: date | None
    status: str
    document: str


def region(code: str, *, on: date) -> Region | None:
    """The region of China (mainland) a code means on a day; None where it means none then."""
    found = None if code.startswith("000") else code_list("region").find(code, on=on)
    if found is None:
        return None
    level: Literal["province", "city", "county"] = "county"
    if not found.parent:
        level = "province"
    elif code.endswith("00"):
        level = "city"
    return Region(
        found.code,
        found.label,
        level,
        _prefecture(found, level),
        found.first,
        found.last,
        found.status,
        found.document,
    )


def _prefecture(found: Code, level: str) -> str | None:
    if level == "province":
        return found.code if found.code in MUNICIPALITIES else None
    if level == "city":
        return found.code
    above_is_city = not found.parent.endswith("0000") or found.parent in MUNICIPALITIES
    return found.parent if above_is_city else found.code


def city_of(county: str, *, on: date) -> str | None:
    """The city a county counts to on a day, never read from its digits; None for no region of that day."""
    found = region(county, on=on)
    return None if found is None else found.prefecture_code


@lru_cache(maxsize=512)
def cities(*, on: date) -> tuple[Region, ...]:
    """The cities of Henan on a day by code, 济源 (419001) among them: 18 since 2008."""
    return tuple(r for r in _of_henan(on) if r.prefecture_code == r.code)


@lru_cache(maxsize=512)
def counties(*, on: date) -> tuple[Region, ...]:
    """The counties, districts and county-level cities of Henan on a day, by code; 济源 is one of them."""
    return tuple(r for r in _of_henan(on) if r.level == "county")


def _of_henan(on: date) -> Iterator[Region]:
    for code in sorted(code_list("region").codes):
        if code[:2] == HENAN[:2] and (found := region(code, on=on)):
            yield found
