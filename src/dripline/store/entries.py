"""Entries of the log: what was accepted when, by whom, on which grounds. They hold counts and hashes, never rows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Literal

from dripline.errors import CannotRead, DriplineError, Refused
from dripline.periods import Period
from dripline.store.explanations import Explanation, Outcome

CHINA = timezone(timedelta(hours=8))
"""Asia/Shanghai since 1991, when summer time ended; fixed, so that no machine needs a zone database."""


def day_in_china(instant: datetime) -> date:
    """The day of an instant in Asia/Shanghai, where a day of the store ends."""
    if instant.tzinfo is None:
        raise Refused("An instant needs a time zone; the store keeps instants in UTC.")
    return instant.astimezone(CHINA).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableVersion:
    """One table of a delivery as accepted: its version (1 is the first), file under the home, hashes, rows."""

    table: str
    version: int
    file: str
    sha256: str
    package_sha256: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One accepted delivery: the tables it replaces for a reporter and period, and on which grounds it was taken.

    ``previous`` is the hash of the entry before, so that none can be changed or lost unseen. ``accepted_on`` never
    runs back from one entry to the next, whatever a clock says: the state at the end of a day is a beginning of the log.
    """

    number: int
    previous: str
    reporter: str
    period: Period
    tables: tuple[TableVersion, ...]
    outcomes: tuple[Outcome, ...]
    explanations: tuple[Explanation, ...]
    received: datetime
    accepted_on: date
    by: str
    program: str
    lawbook: str
    key: str | None = None
    kind: Literal["delivery"] = "delivery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """Leftover files named in no entry, named here before they are removed, so that no accept relies on them."""

    number: int
    previous: str
    files: tuple[str, ...]
    received: datetime
    accepted_on: date
    by: str
    program: str
    kind: Literal["sweep"] = "sweep"


AnyEntry = Entry | Sweep


def digest(content: bytes) -> str:
    """The hash by which the next entry names this one."""
    return hashlib.sha256(content).hexdigest()


def written(entry: AnyEntry) -> bytes:
    """The entry as one line of JSON, always the same for the same entry."""
    form = asdict(entry)
    if isinstance(entry, Entry):
        form["period"] = str(entry.period)
    form["received"] = entry.received.astimezone(UTC).isoformat()
    form["accepted_on"] = entry.accepted_on.isoformat()
    return (
        json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    )


def read(content: bytes, where: str) -> AnyEntry:
    """The entry of these bytes; an error that names the file if they are none."""
    try:
        form: dict[str, Any] = json.loads(content)
        form["received"] = datetime.fromisoformat(form["received"])
        form["accepted_on"] = date.fromisoformat(form["accepted_on"])
        if form["kind"] == "sweep":
            return Sweep(**form | {"files": tuple(form["files"])})
        form["period"] = Period.parse(form["period"])
        form["tables"] = tuple(TableVersion(**each) for each in form["tables"])
        form["outcomes"] = tuple(Outcome(**each) for each in form["outcomes"])
        form["explanations"] = tuple(Explanation(**each) for each in form["explanations"])
        return Entry(**form)
    except (ValueError, KeyError, TypeError, AttributeError, DriplineError) as error:
        raise CannotRead(
            f"{where} is no entry of the store ({type(error).__name__}). It was changed from outside: "
            "restore it from a copy of the data home."
        ) from error
