"""Code lists of the standards, read from ``lawbook/codes``: a code means something only on a date."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from dripline.errors import DefinitionError
from dripline.words import Text


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its words, the group it belongs to, whether a file may use it, and from when to when."""

    code: str
    label: Text
    parent: str
    leaf: bool
    first: date | None
    last: date | None

    def in_force(self, on: date) -> bool:
        """Whether the code exists on a day; open ends are always open."""
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


@dataclass(frozen=True)
class CodeList:
    """A list of codes by name, as the standard prints it."""

    name: str
    codes: dict[str, Code]

    def accepted(self, *, on: date) -> frozenset[str]:
        """The codes a file may use with this data date: leaves, as groups are not accepted."""
        return frozenset(c.code for c in self.codes.values() if c.leaf and c.in_force(on))

    leaves = accepted

    def label(self, code: str) -> Text:
        """The words of a code; the code itself where the list does not know it."""
        found = self.codes.get(code)
        return Text(zh=code, en=code) if found is None else found.label


@cache
def code_list(name: str) -> CodeList:
    """The list of this name; an unknown name is an error of the definition that uses it."""
    source = files("dripline.lawbook") / "codes" / f"{name}.csv"
    if not source.is_file():
        raise DefinitionError(f"there is no code list {name!r} in lawbook/codes.")
    found: dict[str, Code] = {}
    for row in csv.DictReader(source.read_text(encoding="utf-8").splitlines()):
        if row["code"] in found:
            raise DefinitionError(f"lawbook/codes/{name}.csv lists {row['code']} twice.")
        found[row["code"]] = Code(
            row["code"],
            Text(zh=row["zh"], en=row["en"]),
            row["parent"] or "",
            row["leaf"] != "0",
            date.fromisoformat(row["from"]) if row.get("from") else None,
            date.fromisoformat(row["to"]) if row.get("to") else None,
        )
    return CodeList(name, found)
