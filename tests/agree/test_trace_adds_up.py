"""The rows that ``trace`` returns, added up again in the test, are the figure that ``query`` shows."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest

from dripline.engines.fold import Moment, atoms, fold
from dripline.indicators.trace import Trace, TracedRow, question_of, traced
from dripline.measures import CountDistinct, Sum
from tests.agree.accepted import LAST, figures

CASES = [
    ("TL-01-BAL", ()),  # a sum
    ("TL-01-FIRMS", ()),  # a distinct count
    ("TL-13-BALRATE", ()),  # a weighted mean
    ("TL-13-NEWRATE", ()),
    ("TL-01-BAL", ("borrower_city",)),
    ("TL-13-FIRMS", ("institution",)),
    ("TL-01-BALRATE", ("lender_city",)),
    ("TL-02-BAL", ("location",)),
    ("TD-13-FIRMS", ()),  # counted over loans and bills, each firm once
    ("TD-01-FIRMS", ("institution",)),
    ("TD-13-BALRATE", ()),
    ("BI-EITHER", ("borrower_city",)),
    ("BI-COUNT", ("bill_kind",)),
]


@pytest.mark.parametrize(("code", "by"), CASES, ids=lambda case: str(case))
def test_the_rows_behind_a_cell_add_up_to_it(code, by):
    shown = figures()
    cells = shown.query(code, LAST, by)
    assert cells, "the figure has cells"
    for cell in cells[:3]:
        where = list(zip(by, cell.keys, strict=True))
        stream = traced(shown, code, LAST, where)
        head = next(stream)
        assert isinstance(head, Trace)
        rows = defaultdict(list)
        for row in stream:
            assert isinstance(row, TracedRow)
            rows[row.part].append(row)
        measure = question_of(shown, code, where, LAST).measure
        places = list(dict.fromkeys(atoms(measure, Moment((LAST,), (LAST,)))))
        totals = {place: added(place[0], rows[number]) for number, place in enumerate(places, 1)}
        again = fold(
            measure,
            Moment((LAST,), (LAST,)),
            lambda atom, when, over, totals=totals: (totals[atom, when, over], 0),
        )
        assert (again.numerator, again.denominator) == (cell.numerator, cell.denominator)
        assert (head.exact.numerator, head.exact.denominator) == (cell.numerator, cell.denominator)


def added(atom, rows):
    """The whole number that rows come to, each counted once."""
    assert len({(r.reporter, r.period, r.row) for r in rows}) == len(rows), "no row stands twice"
    if isinstance(atom, CountDistinct):
        return len({r.counted for r in rows})
    if isinstance(atom, Sum):
        return int(sum((r.adds for r in rows), Decimal(0)).scaleb(atom.value.kind.scale))
    return len(rows)
