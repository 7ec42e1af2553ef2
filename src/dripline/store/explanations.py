"""What a reporter says of its errors, and how a delivery fared under each rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dripline.definitions import Severity

ANY = "*"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a reporter stands by rows that break a rule (强制提交说明): one row by its key, or ``*`` for all."""

    rule: str
    table: str
    key: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one rule went over a delivery: rows broken, explained among them, unknown; or the table it waits for."""

    rule: str
    table: str
    severity: Severity
    broken: int = 0
    explained: int = 0
    unknown: int = 0
    not_run: str | None = None

    @property
    def unexplained(self) -> int:
        """Broken rows that stand in the way: explanations do not mend a reject, a warning needs none."""
        return {"reject": self.broken, "error": self.broken - self.explained, "warning": 0}[
            self.severity
        ]


def row_key(values: Sequence[str | None]) -> str:
    """How an explanation names a row: the values of the table's key (or of the rule's keys), joined by ``|``."""
    return "|".join(value or "" for value in values)


class Explanations:
    """Explanations ready to be asked row by row."""

    def __init__(self, given: Iterable[Explanation]) -> None:
        self.given = tuple(given)
        self._keys = frozenset((each.rule, each.table, each.key) for each in self.given)

    def cover(self, rule: str, table: str, key: str) -> bool:
        """Whether the row with this key is explained under this rule, by its own key or by ``*``."""
        return (rule, table, key) in self._keys or (rule, table, ANY) in self._keys
