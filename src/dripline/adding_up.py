"""Where the items of a breakdown add up to the total, and why they do not where they do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dripline.definitions import Breakdown, Membership
from dripline.errors import DefinitionError
from dripline.measures import At, Combine, Count, CountDistinct, Ratio, Sum, Whole, YearToDate
from dripline.nodes import Field, Measure, table_of
from dripline.tables import table as table_called
from dripline.words import Text

RATIO: Final = Text(
    zh="比率、均值和增速不能相加。", en="Ratios, means and rates of growth do not add up."
)
DISTINCT: Final = Text(
    zh="同一户可以出现在多项中，合计只计一次。",
    en="A firm may stand in several items; the total counts it once.",
)
OVERLAP: Final = Text(
    zh="各项互有交叉，也有不在任何一项的。",
    en="The items overlap, and some rows belong to none.",
)
MEMO: Final = Text(
    zh="另列：已含在其他项中。", en="A memo line: it is part of other items already."
)
EVERYWHERE: Final = Text(
    zh="含登记范围以外的行，合计不含。",
    en="Rows outside the registered scope are divided too; the total leaves them out.",
)
WHOLE: Final = Text(
    zh="各项均以全部为准，重复计入。", en="Each item carries the whole, which would count again."
)


def why_not(measure: Measure, way: str, breakdowns: Mapping[str, Breakdown]) -> Text | None:
    """Why the cells of a measure by a breakdown (``lender_city+institution``) need not add up to its total; None: they do.

    The rows whose item is unknown are an item of their own and are added with the others.
    """
    if way == "total":
        return None
    parts = [breakdowns[code] for code in way.split("+")]
    return next((reason for part in parts if (reason := _of_breakdown(part))), None) or _of_measure(
        measure, frozenset(way.split("+"))
    )


def _of_breakdown(breakdown: Breakdown) -> Text | None:
    if breakdown.memo:
        return MEMO
    if isinstance(breakdown, Membership):
        return OVERLAP
    return EVERYWHERE if breakdown.everywhere else None


def _of_measure(measure: Measure, codes: frozenset[str]) -> Text | None:
    match measure:
        case Sum() | Count():
            return None
        case CountDistinct():
            return None if _one_row_each(measure) else DISTINCT
        case Combine(terms=terms):
            return next((why for _, part in terms if (why := _of_measure(part, codes))), None)
        case Ratio():
            return RATIO
        case At(measure=inner) | YearToDate(measure=inner):
            return _of_measure(inner, codes)
        case Whole(measure=inner, over=over):
            return WHOLE if codes & set(over) else _of_measure(inner, codes)
    raise DefinitionError(f"{type(measure).__name__} is no measure.")


def _one_row_each(measure: CountDistinct) -> bool:
    """Whether each key has one row only: a register's own key, which stands for all reporters."""
    if type(measure) is not CountDistinct:
        return False
    table = table_called(table_of(*measure.keys))
    names = {key.name for key in measure.keys if isinstance(key, Field)}
    return not table.per_reporter and set(table.key) <= names
