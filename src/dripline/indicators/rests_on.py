"""Which months' facts the figures of a period rest on, so that a change of any other leaves them as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from dripline.definitions import Breakdown, Indicator
from dripline.engines.fold import Moment, atoms
from dripline.engines.needs import reads
from dripline.periods import Period
from dripline.standards.registers import HISTORY, INSTITUTION
from dripline.store import Snapshot


def months(
    indicators: Iterable[Indicator], breakdowns: Iterable[Breakdown], period: Period
) -> tuple[Period, ...]:
    """The months whose rows or lists are read for figures of a period, in their order."""
    here, found = Moment((period,), (period,)), set[Period]()
    indicators = list(indicators)
    for indicator in indicators:
        for _, when, _ in atoms(indicator.measure, here):
            found.update(when.months, when.editions)
    looked_at = [*(indicator.measure for indicator in indicators), *breakdowns]
    if any(when == "previous" for node in looked_at for _, when in reads(node, "same")):
        found |= {month.shift(-1) for month in found}
    return tuple(sorted(found))


def facts(snapshot: Snapshot, read: tuple[Period, ...], period: Period, register: Period) -> str:
    """A short digest of the facts that figures of a period rest on.

    Beside the rows of the months that are read: who has taken over whom, which every register up to the period tells,
    and what was published (``register``: the period whose register of it is in force).
    """
    return hashlib.sha256("|".join(_parts(snapshot, read, period, register)).encode()).hexdigest()[
        :16
    ]


def _parts(
    snapshot: Snapshot, read: tuple[Period, ...], period: Period, register: Period
) -> Iterator[str]:
    yield snapshot.fact_version(*read)
    yield snapshot.ever_sent(INSTITUTION.code, period)
    published = snapshot.held(HISTORY.code, register)
    yield from sorted(each.package_sha256 for each in published.values())
