"""Run as a program: one of several processes that accept into the same home at the same time.

``python -m tests.unit.accepting_at_once HOME SENDER TAG…`` waits for a line, then accepts one delivery of two tables
for each tag, and prints for each the number and whether the store held it already.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dripline.store import Delivery, Snapshot, Store
from tests.unit.handed_over import delivery, noon, notes


def main(home: Path, sender: str, tags: list[str]) -> None:
    """Accepts, checking again whenever another was faster."""
    store = Store.open(home)
    print("ready", flush=True)
    sys.stdin.readline()
    for tag in tags:
        tables = {"CLDWDK": notes(tag), "DWDKFS": notes(tag)}

        def checked(snapshot: Snapshot, tables: dict = tables) -> Delivery:
            return delivery(store, tables, sender=sender, checked_at=snapshot.number)

        receipt = store.accept(
            checked(store.at(None)), now=noon("2025-07-08"), by=tag, recheck=checked
        )
        print(receipt.number, "already" if receipt.already else "new", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
