"""Measures in plain Python: sums, counts and distinct counts by adding up one row after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from dripline.engines.data import INSIDE, Data
from dripline.engines.fold import Amount, Answers, Keys, Request
from dripline.engines.plain import Answer, Evaluation, Row
from dripline.law import Law
from dripline.measures import CountDistinct, CountFurther, Sum
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
    if isinstance(request.atom, CountDistinct):
        return _counted(request, data, law, evaluations)
    totals: dict[Keys, list[int]] = defaultdict(lambda: [0, 0])
    for evaluation, row in _rows(request, data, law, evaluations):
        belongs = _belongs(request, evaluation, row)
        if belongs is False:
            continue
        amount = 1
        if isinstance(request.atom, Sum):
            value = evaluation.value(request.atom.value, row)
            belongs = None if value is None else belongs
            amount = 0 if value is None else int(value * 10**request.atom.value.kind.scale)
        keys = _keys(request, evaluation, row)
        totals[keys][0 if belongs else 1] += amount if belongs else 1
    return {keys: (sure, unknown) for keys, (sure, unknown) in totals.items()}


def _counted(
    request: Request,
    data: Data,
    law: Law,
    evaluations: dict[tuple[Period, tuple[Period, ...]], Evaluation],
) -> dict[Keys, Amount]:
    """Different keys, without those that are surely counted by the measure this one goes beyond."""
    already: Mapping[Keys, Mapping[tuple[object, ...], Answer]] = {}
    if isinstance(request.atom, CountFurther):
        first = replace(request, atom=request.atom.beyond)
        already = _distinct(first, data, law, evaluations)
    totals = {}
    for keys, found in _distinct(request, data, law, evaluations).items():
        surely = {key for key, answer in already.get(keys, {}).items() if answer is True}
        further = {k: answer for k, answer in found.items() if None in k or k not in surely}
        sure = sum(answer is True and None not in key for key, answer in further.items())
        totals[keys] = sure, len(further) - sure
    return totals


def _distinct(
    request: Request,
    data: Data,
    law: Law,
    evaluations: dict[tuple[Period, tuple[Period, ...]], Evaluation],
) -> dict[Keys, dict[tuple[object, ...], Answer]]:
    """Whether each different key surely has a row, or perhaps."""
    distinct: dict[Keys, dict[tuple[object, ...], Answer]] = defaultdict(dict)
    assert isinstance(request.atom, CountDistinct)
    for evaluation, row in _rows(request, data, law, evaluations):
        belongs = _belongs(request, evaluation, row)
        if belongs is False:
            continue
        keys = _keys(request, evaluation, row)
        key = tuple(evaluation.value(part, row) for part in request.atom.keys)
        distinct[keys][key] = distinct[keys].get(key) or belongs
    return distinct


def _belongs(request: Request, evaluation: Evaluation, row: Row) -> Answer:
    where = request.atom.where
    return True if where is None else evaluation.condition(where, row)


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
