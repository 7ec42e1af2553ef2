"""Measures in plain Python: sums, counts and distinct counts by adding up one row after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from dripline.engines.data import INSIDE, Data
from dripline.engines.fold import Amount, Answers, Keys, Request
from dripline.engines.plain import Answer, Evaluation, Row
from dripline.law import Law
from dripline.measures import CountDistinct, Sum
from dripline.periods import Period


def answer(requests: Iterable[Request], data: Data, law: Law) -> Answers:
    """The whole number of each request by its keys, over rows inside the reporter's scope."""
    evaluations: dict[tuple[Period, tuple[Period, ...]], Evaluation] = {}
    return {request: one(request, data, law, evaluations) for request in requests}


def one(
    request: Request,
    data: Data,
    law: Law,
    evaluations: dict[tuple[Period, tuple[Period, ...]], Evaluation],
) -> dict[Keys, Amount]:
    """One request."""
    totals: dict[Keys, list[int]] = defaultdict(lambda: [0, 0])
    distinct: dict[Keys, dict[tuple[object, ...], Answer]] = defaultdict(dict)
    for evaluation, row in _rows(request, data, law, evaluations):
        where = request.atom.where
        belongs = True if where is None else evaluation.condition(where, row)
        if belongs is False:
            continue
        keys = _keys(request, evaluation, row)
        if isinstance(request.atom, CountDistinct):
            key = tuple(evaluation.value(part, row) for part in request.atom.keys)
            distinct[keys][key] = distinct[keys].get(key) or belongs
            continue
        amount = 1
        if isinstance(request.atom, Sum):
            value = evaluation.value(request.atom.value, row)
            belongs = None if value is None else belongs
            amount = 0 if value is None else int(value * 10**request.atom.value.kind.scale)
        totals[keys][0 if belongs else 1] += amount if belongs else 1
    for keys, found in distinct.items():
        sure = sum(answer is True and None not in key for key, answer in found.items())
        totals[keys] = [sure, len(found) - sure]
    return {keys: (sure, unknown) for keys, (sure, unknown) in totals.items()}


def _rows(
    request: Request,
    data: Data,
    law: Law,
    evaluations: dict[tuple[Period, tuple[Period, ...]], Evaluation],
) -> Iterator[tuple[Evaluation, Row]]:
    for month in request.moment.months:
        name = (month, request.moment.editions)
        if name not in evaluations:
            evaluations[name] = Evaluation(data, month, law, request.moment.editions)
        for row in evaluations[name].rows(request.table) or ():
            if row[INSIDE] or request.everywhere:
                yield evaluations[name], row


def _keys(request: Request, evaluation: Evaluation, row: Row) -> Keys:
    values = (dimension.of(request.table) for dimension in request.dimensions)
    return tuple(None if value is None else evaluation.value(value, row) for value in values)
