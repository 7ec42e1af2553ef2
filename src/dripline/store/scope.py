"""Whose rows may be read, and for what: the one place that scopes rows (FN 13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dripline.errors import Refused
from dripline.tables import Table
from dripline.words import Text

PURPOSES = {
    "statistics": Text(zh="统计", en="statistics"),
    "supervision": Text(zh="监督管理", en="supervision"),
    "operation": Text(zh="工具操作", en="operation of a policy tool"),
    "consented": Text(zh="经本人同意的服务", en="service the respondent consented to"),
}
"""What rows may be looked at for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Reporters whose rows may be read (None: all) and the purpose; each read takes one, and none is given by default."""

    reporters: frozenset[str] | None
    purpose: str

    def __post_init__(self) -> None:
        if self.purpose not in PURPOSES:
            raise Refused(f"{self.purpose!r} is no purpose; known are {', '.join(PURPOSES)}.")

    @classmethod
    def all_rows(cls, *, purpose: str) -> Scope:
        """Rows of every reporter: the authority at its own command line."""
        return cls(reporters=None, purpose=purpose)

    @classmethod
    def of_reporters(cls, reporters: Iterable[str], *, purpose: str) -> Scope:
        """Rows of these reporters, and registers that are not sensitive."""
        return cls(reporters=frozenset(reporters), purpose=purpose)

    def sees(self, table: type[Table], reporter: str) -> bool:
        """Whether rows of this table from this sender lie inside the scope."""
        if self.reporters is None or reporter in self.reporters:
            return True
        shared = table.nature == "register" and not table.per_reporter
        return shared and table.handling is not None and table.handling.secrecy != "sensitive"

    def why_not(self, table: type[Table]) -> Text | None:
        """Why this purpose does not open the table at all, with the legal basis; None if it does."""
        if table.handling is None:
            return Text(
                zh=f"{table.label.zh}（{table.code}）未载明法律依据和用途，不得读取。请在表定义中补充 handling。",
                en=f"{table.label.en} ({table.code}) states no legal basis and no purposes, so no row of it may be "
                "read. Add its handling to the definition of the table.",
            )
        if self.purpose in table.handling.purposes:
            return None
        allowed = [PURPOSES.get(each, Text(zh=each, en=each)) for each in table.handling.purposes]
        purpose, basis = PURPOSES[self.purpose], table.handling.basis
        return Text(
            zh=f"{table.label.zh}（{table.code}）不得用于{purpose.zh}：依据{basis.zh}，"
            f"仅可用于{'、'.join(each.zh for each in allowed)}。",
            en=f"{table.label.en} ({table.code}) may not serve {purpose.en}: under {basis.en} it serves "
            f"{', '.join(each.en for each in allowed)} only.",
        )
