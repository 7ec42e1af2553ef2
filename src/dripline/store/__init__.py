"""The store: accepted facts as immutable Parquet, an append-only log that says which of them count, and any past state.

Read ``log.py`` for the one step in which a delivery becomes fact, ``accept.py`` for what leads to it, ``snapshot.py``
for what can be asked.
"""

from dripline.store.accept import Recheck
from dripline.store.delivery import Delivery, Receipt, Staged, why_not_accept
from dripline.store.entries import Entry, Sweep, TableVersion
from dripline.store.explanations import Explanation, Explanations, Outcome, row_key
from dripline.store.home import Home
from dripline.store.refusals import Declined, NotAccepted, NotOpened
from dripline.store.scope import PURPOSES, Scope
from dripline.store.snapshot import ScopedData, Snapshot
from dripline.store.store import Store
from dripline.store.verify import Damage, Verification

__all__ = [
    "PURPOSES",
    "Damage",
    "Declined",
    "Delivery",
    "Entry",
    "Explanation",
    "Explanations",
    "Home",
    "NotAccepted",
    "NotOpened",
    "Outcome",
    "Receipt",
    "Recheck",
    "Scope",
    "ScopedData",
    "Snapshot",
    "Staged",
    "Store",
    "Sweep",
    "TableVersion",
    "Verification",
    "row_key",
    "why_not_accept",
]
