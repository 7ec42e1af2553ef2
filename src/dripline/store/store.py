"""The store of a data home: what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from dripline.store.accept import Recheck, Step, accept
from dripline.store.delivery import Delivery, Receipt
from dripline.store.home import Home
from dripline.store.index import Index
from dripline.store.snapshot import Snapshot
from dripline.store.verify import Verification, sweep, verify


def no_one_waits(step: str) -> None:
    """For callers who need not hear how far an accept has come."""


REMEMBERED = 8
_snapshots: dict[tuple[Path, str, date | None], Snapshot] = {}
"""The snapshots this process asked for last: one never changes, and what it has worked out serves the next question."""


@dataclass(frozen=True, slots=True)
class Store:
    """Accepted facts of one data home. Each call looks at what is there now."""

    home: Home

    @classmethod
    def open(cls, path: Path) -> Store:
        """The store of the home in this folder; an error where there is none."""
        return cls(Home.open(path))

    @classmethod
    def create(cls, path: Path) -> Store:
        """The store of a new home, or of the one that is there."""
        return cls(Home.create(path))

    def at(self, as_of: date | None) -> Snapshot:
        """What was known at the end of a day of Asia/Shanghai; None: what is known now."""
        index = Index.of(self.home)
        name = (self.home.path, index.last, as_of)
        if name not in _snapshots:
            while len(_snapshots) >= REMEMBERED:
                _snapshots.pop(next(iter(_snapshots)), None)
            _snapshots[name] = Snapshot(self.home, index, as_of)
        return _snapshots[name]

    def accept(
        self,
        delivery: Delivery,
        *,
        now: datetime,
        by: str,
        recheck: Recheck | None,
        after_step: Step = no_one_waits,
    ) -> Receipt:
        """Takes a delivery in one step, or raises why not; the same bytes or key twice are taken once.

        ``recheck`` is asked for the delivery checked anew if the store has moved since the check; without it such a
        delivery is refused. ``after_step`` hears what has been done, to renew a lease or show progress.
        """
        return accept(self.home, delivery, now=now, by=by, recheck=recheck, after_step=after_step)

    def verify(self) -> Verification:
        """Looks at every byte: damage, and leftovers that do no harm."""
        return verify(self.home)

    def sweep(self, *, now: datetime, by: str) -> tuple[str, ...]:
        """Removes leftovers of killed processes; what was accepted is never touched."""
        return sweep(self.home, now=now, by=by)
