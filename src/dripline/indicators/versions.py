"""What a figure meant on a day: for a period the version of its definition counts that is in force on its last day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dripline.definitions import Indicator, Version
from dripline.errors import Refused


def version_on(indicator: Indicator, day: date) -> Version | None:
    """The version in force on a day; None before the first day of the first one."""
    begun = [each for each in indicator.versions if each.since is None or each.since <= day]
    return begun[-1] if begun else None


def in_force(indicator: Indicator, day: date) -> Indicator:
    """The indicator as it was meant on a day; Refused where it was not added up from rows then."""
    version = version_on(indicator, day)
    found = None if version is None else indicator.as_meant(version)
    if found is not None:
        return found
    computed = [each for each in indicator.versions if each.measure is not None]
    later = next(str(each.since) for each in computed if each.since and each.since > day)
    raise Refused(
        f"{indicator.code} is not added up from rows for {day}: that begins on {later}. What was published "
        f"before is history (HISTORY); a series reckoned as it is meant since is asked with --definition {later}."
    )


def all_in_force(indicators: Mapping[str, Indicator], day: date) -> dict[str, Indicator]:
    """Every indicator that was added up from rows on a day, as it was meant then."""
    found = {}
    for code, indicator in indicators.items():
        version = version_on(indicator, day)
        meant = None if version is None else indicator.as_meant(version)
        if meant is not None:
            found[code] = meant
    return found
