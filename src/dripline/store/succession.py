"""Who stands for whom: institutions that were absorbed, merged, renamed or turned into a branch (FN 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dripline.errors import CannotRead

REGISTER = "INSTITUTION"
COLUMNS = ("institution_code", "valid_from", "reporter", "successor", "succession_day")


def successors(rows: Iterable[Mapping[str, Any]], until: date | None) -> dict[str, str]:
    """For each institution taken over by this day (None: at all) the reporter that stands for it then.

    Successions are followed to their end; a successor that is a branch is stood for by the one that reports for it.
    """
    next_one: dict[str, tuple[date, str]] = {}
    reports_for: dict[str, tuple[date, str]] = {}
    for row in rows:
        code = row["institution_code"]
        _note(reports_for, code, row["valid_from"], row["reporter"], until)
        _note(next_one, code, row["succession_day"], row["successor"], until)
    return {code: _standing(code, next_one, reports_for) for code in next_one}


def _note(
    found: dict[str, tuple[date, str]],
    code: str,
    day: date | None,
    other: str | None,
    until: date | None,
) -> None:
    """The latest that had begun by then."""
    if not other or day is None or (until is not None and day > until):
        return
    if code not in found or found[code][0] <= day:
        found[code] = (day, other)


def _standing(
    code: str, next_one: Mapping[str, tuple[date, str]], reports_for: Mapping[str, tuple[date, str]]
) -> str:
    seen = {code}
    while True:
        if code in next_one:
            _, code = next_one[code]
        elif code in reports_for and reports_for[code][1] != code:
            _, code = reports_for[code]
        else:
            return code
        if code in seen:
            raise CannotRead(
                f"In the register {REGISTER} institution {code} succeeds itself by way of others. "
                "Mend its columns successor and succession_day."
            )
        seen.add(code)
