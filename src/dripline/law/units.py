"""What an amount of the lawbook is made of: units, lists and tables, each typed from its text."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from dripline.words import Text

Amount: TypeAlias = "Decimal | int | bool | str | date | tuple[Amount, ...] | Table | None"
# As read from a file: every scalar is text, None is a written null.
Raw: TypeAlias = "str | list[Raw] | dict[str, Raw] | None"


class Table(Mapping[str, "Amount"]):
    """Amounts by class, region, tenor or the like, in the order of the file; cannot be changed."""

    __slots__ = ("_cells",)

    def __init__(self, cells: Mapping[str, Amount]) -> None:
        self._cells = dict(cells)

    def __getitem__(self, key: str) -> Amount:
        return self._cells[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)

    def __hash__(self) -> int:
        return hash(frozenset(self._cells.items()))

    def __repr__(self) -> str:
        return f"Table({self._cells!r})"


class Misfit(ValueError):
    """An amount does not fit its unit; the message says which part and what was expected."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What one scalar of the lawbook means, and how its text becomes a value."""

    name: str
    says: Text
    example: str
    read: Callable[[str], Amount]


def _decimal(text: str) -> Decimal:
    if not re.fullmatch(r"-?\d+(\.\d+)?", text):
        raise ValueError
    return Decimal(text)


def _ratio(text: str) -> Decimal:
    value = _decimal(text)
    if not 0 <= value <= 1:
        raise ValueError
    return value


def _whole(text: str) -> int:
    if not re.fullmatch(r"\d+", text):
        raise ValueError
    return int(text)


def day_of(text: str) -> date:
    """A calendar day written YYYY-MM-DD; any other text is a ValueError."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError
    return date.fromisoformat(text)


def _yes_no(text: str) -> bool:
    return {"yes": True, "no": False}[text]


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError
    return text


def _unit(name: str, zh: str, en: str, example: str, read: Callable[[str], Amount]) -> Unit:
    return Unit(name, Text(zh=zh, en=en), example, read)


UNITS: dict[str, Unit] = {
    unit.name: unit
    for unit in (
        _unit("ratio", "比例，0 至 1", "a share from 0 to 1", "0.60", _ratio),
        _unit("percent", "百分数，3.45 即 3.45%", "a number of percent", "3.45", _decimal),
        _unit("permille", "千分数", "a number of per mille", "1.5", _decimal),
        _unit("percentage_points", "百分点", "percentage points", "20", _decimal),
        _unit("factor", "倍数", "a multiple", "1.3", _decimal),
        _unit("yuan", "元", "yuan", "1000000.00", _decimal),
        _unit("wan_yuan", "万元", "ten thousand yuan", "1000", _decimal),
        _unit("yi_yuan", "亿元", "hundred million yuan", "1200", _decimal),
        _unit("wan_firms", "万户", "ten thousand firms", "27.5", _decimal),
        _unit("wan_yi_yuan", "万亿元", "trillion yuan", "3.63", _decimal),
        _unit("days", "日（自然日）", "calendar days", "30", _whole),
        _unit("working_days", "工作日", "working days", "10", _whole),
        _unit("months", "月", "months", "36", _whole),
        _unit("count", "个数", "a whole number of things", "300", _whole),
        _unit("bytes", "字节", "bytes", "1048576", _whole),
        _unit("date", "日期", "a day", "2025-03-31", day_of),
        _unit("yes_no", "是或否", "yes or no", "yes", _yes_no),
        _unit("text", "文字", "text", "national", _text),
    )
}
SHAPES = ("list", "table")


def typed(raw: Raw, *, unit: str, of: str = "", columns: Mapping[str, str] | None = None) -> Amount:
    """The value of an amount read as text; raises Misfit naming the part that does not fit."""
    if unit == "list":
        return _listed(raw, of, "")
    if unit == "table":
        return _table(raw, columns or {}, "")
    return _scalar(raw, UNITS[unit], "")


def plain(amount: Amount) -> object:
    """The amount as JSON that is the same for the same value: 0.6 and 0.60 do not differ."""
    if isinstance(amount, Decimal):
        # Adding 0 turns -0 into 0; "f" keeps 1E+3 out.
        return format((amount + 0).normalize(), "f")
    if isinstance(amount, date):
        return amount.isoformat()
    if isinstance(amount, tuple):
        return [plain(part) for part in amount]
    if isinstance(amount, Table):
        return {key: plain(part) for key, part in amount.items()}
    return amount


def _scalar(raw: Raw, unit: Unit, at: str) -> Amount:
    if isinstance(raw, str):
        try:
            return unit.read(raw)
        except (ValueError, KeyError):
            pass
    shown = f'"{raw}"' if isinstance(raw, str) else _kind(raw)
    raise Misfit(
        f"amount{at} {shown} does not fit the unit {unit.name} "
        f"({unit.says.en}, such as {unit.example})"
    )


def _listed(raw: Raw, of: str, at: str) -> Amount:
    if not isinstance(raw, list):
        raise Misfit(f"amount{at} is {_kind(raw)}, but the unit list needs a list")
    return tuple(
        _scalar(part, UNITS[of], f"{at} item {number}") for number, part in enumerate(raw, 1)
    )


def _table(raw: Raw, columns: Mapping[str, str], at: str) -> Amount:
    """Mappings of any depth; the innermost keys are columns, a null cell says "there is none"."""
    if not isinstance(raw, dict):
        raise Misfit(f"amount{at} is {_kind(raw)}, but the unit table needs keys")
    cells: dict[str, Amount] = {}
    for key, part in raw.items():
        here = f"{at} {key}" if at else f" {key}"
        if isinstance(part, dict):
            cells[key] = _table(part, columns, here)
        elif (unit := columns.get(key, columns.get("*"))) is None:
            raise Misfit(f"amount{here} is no column of the table ({', '.join(columns)})")
        elif isinstance(part, list):
            cells[key] = _listed(part, unit, here)
        else:
            cells[key] = None if part is None else _scalar(part, UNITS[unit], here)
    return Table(cells)


def _kind(raw: Raw) -> str:
    if raw is None:
        return "null"
    return {"str": "a single value", "list": "a list", "dict": "a table"}[type(raw).__name__]
