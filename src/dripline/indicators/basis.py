"""What a cell rests on, in words: rows, figures published before the rows begin, or nothing that has come (FN 17)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dripline.definitions import Indicator
from dripline.engines.data import Cell
from dripline.engines.fold import Moment, moved
from dripline.indicators.compile import Figures, finished
from dripline.indicators.history import Aggregate, History, Published
from dripline.measures import At, Combine, Ratio, Whole, YearToDate
from dripline.money import half_up
from dripline.nodes import Measure
from dripline.periods import Period
from dripline.words import Text

ROWS = Text(zh="明细", en="rows")
ESTIMATE = Text(
    zh="估算：未报机构按最近一期结转",
    en="estimate: missing reporters carried forward from their last month",
)
NOT_COMPARABLE = Text(
    zh="有机构未报且公布数含其在内，两者不可比",
    en="a reporter is missing that the published figure holds, so the two do not compare",
)
OF_THEN = Text(zh="未按本期名单调整", en="not restated on this period's list")


def basis(
    cell: Cell, waiting: tuple[str, ...], *, out: bool = False, carried: bool = False
) -> Text:
    """What a cell rests on; ``waiting`` names the tables and months that the figure needs and nobody sent.

    ``out``: some reporters are left out of it; ``carried``: the stocks of some were carried forward.
    """
    if carried:
        found = basis(cell, waiting)
        return (
            ESTIMATE
            if found == ROWS
            else Text(zh=f"{ESTIMATE.zh}；{found.zh}", en=f"{ESTIMATE.en}; {found.en}")
        )
    if isinstance(cell, Published):
        cited = [published(aggregate) for aggregate in cell.aggregates]
        return Text(
            zh=f"公布数，不可追溯：{'；'.join(text.zh for text in cited)}",
            en=f"published, cannot be traced: {'; '.join(text.en for text in cited)}",
        )
    if cell.denominator == 0 and waiting and out:
        return Text(
            zh=f"未收到：{'、'.join(waiting)}；{NOT_COMPARABLE.zh}",
            en=f"not sent: {', '.join(waiting)}; {NOT_COMPARABLE.en}",
        )
    if cell.denominator == 0 and waiting:
        return Text(
            zh=f"未收到，也无公布数：{'、'.join(waiting)}",
            en=f"neither sent nor published: {', '.join(waiting)}",
        )
    return ROWS


def published(aggregate: Aggregate) -> Text:
    """One published figure: what, of when, how much, where it stands, by which definition."""
    of = f"{aggregate.indicator} {aggregate.period} {aggregate.item} = {aggregate.value}"
    restated = Text(zh="", en="") if aggregate.own_list else OF_THEN
    return Text(
        zh=f"{of}（{aggregate.cited}；口径：{aggregate.definition}{restated.zh and '；'}{restated.zh}）",
        en=f"{of} ({aggregate.cited}; definition: {aggregate.definition}{restated.en and '; '}{restated.en})",
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that was published and can be added up from rows too, and comes to something else; rows win."""

    published: Aggregate
    rows: Decimal

    @property
    def says(self) -> Text:
        """The two numbers side by side."""
        cited = published(self.published)
        return Text(
            zh=f"与公布数不一致，以明细为准：明细 {self.rows}，公布 {cited.zh}",
            en=f"differs from what was published, rows win: rows {self.rows}, published {cited.en}",
        )


def differences(
    figures: Figures, indicator: Indicator, period: Period, way: str
) -> Iterator[Difference]:
    """Published figures of months whose rows have come, among those an indicator is made of, that rows do not confirm."""
    history, moment = figures.history(period), Moment((period,), (period,))
    if not history.held:
        return
    known = history.codes(None)
    found = {
        (code, when.months[-1])
        for node, when in parts(indicator.measure, moment)
        if len(when.months) == 1 and not history.is_open(node, when)
        for code in known.get(node, ())
    }
    for code, month in sorted(found):
        yield from _compared(figures, history, code, month, way)


def _compared(
    figures: Figures, history: History, code: str, month: Period, way: str
) -> Iterator[Difference]:
    """A published figure beside the rows of its own month, on its own list; items taken over since are left out."""
    printed = {
        place[2]: held[0]
        for place, held in history.held.items()
        if (place[0], place[1], place[3]) == (code, way, str(month)) and len(held) == 1
    }
    if not printed:
        return
    indicator = figures.catalogue.indicator(code)
    by = () if way == "total" else tuple(way.split("+"))
    for cell in figures.query(code, month, by):
        value, one = finished(cell, indicator), printed.get(cell.keys)
        if value is None or one is None or not _same_item(cell, one):
            continue
        if half_up(cell.numerator, cell.denominator, 2) != one.value:
            yield Difference(one, value)


def _same_item(cell: Cell, one: Aggregate) -> bool:
    """Whether the item was not taken over by another since it was published."""
    return cell.keys == () or sorted(map(str, cell.keys)) == sorted(one.item.split("+"))


def parts(measure: Measure, moment: Moment) -> Iterator[tuple[Measure, Moment]]:
    """Every measure a measure is made of, itself included, each at its time."""
    yield measure, moment
    match measure:
        case Combine(terms=terms):
            for _, part in terms:
                yield from parts(part, moment)
        case Ratio(top=top, bottom=bottom):
            yield from parts(top, moment)
            yield from parts(bottom, moment)
        case At(measure=inner) | YearToDate(measure=inner):
            yield from parts(inner, moved(measure, moment))
        case Whole(measure=inner):
            yield from parts(inner, moment)
