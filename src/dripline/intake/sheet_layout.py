"""Where the table stands on a page: header (one row or two, merged or not), unit line, totals, signatures (FN 16)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dripline.intake.sheet_pages import Row, Span
from dripline.intake.sheet_values import Cell, half_width, squeezed
from dripline.tables import Column, Table

HEADER_WITHIN = 40
"""Rows at the top in which the header is looked for."""
ENOUGH = 3
"""Columns that must be found by name before a row counts as header (fewer where the table has fewer mandatory ones)."""

MONEY_UNITS: Mapping[str, Decimal] = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿元": Decimal(100_000_000),
}
COUNT_UNITS = frozenset({"户", "万户", "家", "笔", "人", "个", "%", "‰", "百分点", "bp", "天"})
RESPONDENT = r"(?<!填报)(?<!报送)(?<!编报)(?<!编制)(?<!制表)(?<!主管)(?<!负责)"
UNIT_LINE = re.compile(RESPONDENT + r"(?:计量|金额|货币)?单位:\s*(\S+)")
BRACKET = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]$")
NUMBERING = re.compile(r"^\(?\d{1,3}[.、)]")
TOTAL = re.compile(
    r"(?:全省|全市|本页|本月)?(?:合计|小计|总计|共计|累计)(?:数|\(.*\))?:?|grandtotal|(?:sub)?total:?"
)
SIGNATURE = re.compile(
    r"(?:单位负责人|统计负责人|负责人|填表人|填报人|制表人|制表|审核人|审核|复核人?|联系人|联系电话|报出日期|填报日期"
    r"|报送日期|盖章)(?:\(.*\))?:.*|(?:注|备注|说明|填报说明|资料来源|数据来源|口径说明)\d*:.*"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A header on the page: column number from 1, its words, and the unit in its brackets."""

    index: int
    words: str
    unit: str | None
    name: str | None
    """The table's column, None where it has none of this name."""


@dataclass(frozen=True, slots=True)
class Head:
    """The header: its last row (index among the first rows), the places, and the units said above it."""

    last: int
    places: tuple[Place, ...]
    units: tuple[str, ...]

    @property
    def found(self) -> int:
        """How many columns of the table it names."""
        return len({place.name for place in self.places if place.name})


def label_key(words: str) -> str:
    """A header's words for comparison: half-width, without blanks, numbering, stars and bracketed unit."""
    text = re.sub(r"\s+", "", half_width(squeezed(words)))
    text = NUMBERING.sub("", text.strip("*★☆※"))
    bracket = BRACKET.search(text)
    if bracket and unit_of(bracket[1]) is not None:
        text = text[: bracket.start()]
    return text.casefold()


def unit_of(text: str) -> str | None:
    """The unit a bracket or unit line names, None where it names none."""
    bare = re.sub(r"^(?:计量|金额)?单位:", "", re.sub(r"\s+", "", half_width(text)))
    bare = bare.removeprefix("人民币").rstrip(",;。")
    return bare if bare in MONEY_UNITS or bare in COUNT_UNITS else None


def known_labels(
    table: type[Table], given: Mapping[str, Sequence[str]] | None = None
) -> dict[str, str]:
    """Column names by the words a header may use; ``given`` are the words of a mapping file, by column."""
    given = given or {}
    found: dict[str, str] = {}
    for name, column in table.columns.items():
        for words in given.get(name) or own_words(name, column):
            found.setdefault(label_key(words), name)
    return found


def own_words(name: str, column: Column) -> tuple[str, ...]:
    """The names of a column itself."""
    return (name, column.label.zh, column.label.en, *column.aliases)


def find_head(
    first: Sequence[Row], merged: Sequence[Span], labels: Mapping[str, str]
) -> Head | None:
    """The row (or two rows) that name the most columns of the table; the upper and the shorter one on a tie."""
    best: Head | None = None
    for top in range(len(first)):
        for depth in (1, 2):
            if top + depth > len(first):
                continue
            places = tuple(named(first, top, depth, merged, labels))
            head = Head(top + depth - 1, places, ())
            if best is None or head.found > best.found:
                best = head
    if best is None or best.found < min(ENOUGH, len(set(labels.values()))):
        return None
    return Head(best.last, best.places, tuple(unit_lines(first[: best.last + 1])))


def named(
    first: Sequence[Row], top: int, depth: int, merged: Sequence[Span], labels: Mapping[str, str]
) -> Iterator[Place]:
    """The headers of one or two rows, an upper one joined to those it spans."""
    upper = spanned(first[top], merged)
    lower = spanned(first[top + 1], merged) if depth == 2 else upper
    carried = ""
    for index in range(max(len(upper), len(lower))):
        over, under = at(upper, index), at(lower, index)
        # Without merged areas (CSV) an upper header stands over the first of its columns only.
        carried = over or (carried if under else "")
        words = under if depth == 1 or under in ("", carried) else carried + under
        words = words or carried
        if not words:
            continue
        name = labels.get(label_key(words))
        if name is None and depth == 2 and under:
            name = labels.get(label_key(under))
        bracket = BRACKET.search(re.sub(r"\s+", "", half_width(words)))
        yield Place(index + 1, words, unit_of(bracket[1]) if bracket else None, name)


def at(words: Sequence[str], index: int) -> str:
    """The words at an index, none beyond the end."""
    return words[index] if index < len(words) else ""


def spanned(row: Row, merged: Sequence[Span]) -> list[str]:
    """The words of a row, each merged area filled with the words of its first cell."""
    number, cells = row
    words = [squeezed(cell) if isinstance(cell, str) else "" for cell in cells]
    for (top, left), (bottom, right) in merged:
        if top <= number - 1 <= bottom and left < len(words):
            for index in range(left, min(right + 1, len(words))):
                words[index] = words[left]
    return words


def unit_lines(rows: Sequence[Row]) -> Iterator[str]:
    """What the lines 单位：… at the top say, each part of ``万元、户`` by itself; a respondent's name is no unit."""
    for _, cells in rows:
        for cell in cells:
            if not isinstance(cell, str):
                continue
            for found in UNIT_LINE.finditer(half_width(squeezed(cell))):
                yield from (part for part in re.split(r"[,、/;]", found[1].strip("()")) if part)


def money_unit(units: Sequence[str]) -> str | None:
    """The one money unit of the unit lines (元 where none is said); None where it is not known or not one."""
    said = {unit.removeprefix("人民币") for unit in units}
    money = {unit for unit in said if unit in MONEY_UNITS}
    strange = {u for u in said - money - COUNT_UNITS if "元" in u or "圆" in u}
    if strange or len(money) > 1:
        return None
    return next(iter(money), "元")


def is_numbering(cells: Sequence[Cell]) -> bool:
    """The row under a header that numbers its columns: 甲, 乙, 1, 2, 3."""
    filled = [str(cell).strip().removesuffix(".0") for cell in cells if cell is not None]
    counted = [one for one in filled if one not in "甲乙丙丁戊己庚"]
    return len(filled) > 1 and counted == [str(number) for number in range(1, len(counted) + 1)]


def is_total(cells: Sequence[Cell], first: int = 3) -> bool:
    """A row of totals: one of its first filled cells says so and nothing else."""
    filled = [cell for cell in cells if cell is not None][:first]
    return any(
        isinstance(cell, str)
        and ("计" in cell or "otal" in cell.casefold())
        and TOTAL.fullmatch(plain(cell)) is not None
        for cell in filled
    )


def is_signature(cells: Sequence[Cell]) -> bool:
    """A row of signatures or notes: its first filled cell begins as they do."""
    opening = next((cell for cell in cells if cell is not None), None)
    if not isinstance(opening, str) or not (":" in opening or "：" in opening):
        return False
    return SIGNATURE.fullmatch(plain(opening)) is not None


def plain(words: str) -> str:
    """Words without blanks, half-width, in small letters."""
    return re.sub(r"\s+", "", half_width(words)).casefold()
