"""Reads plans from their files; every fault of every file comes back in one message, by file, measure and key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from dripline.errors import PlanError
from dripline.law.page import Page, all_given, day_in, meant, only_known, text_in, tree_of, words
from dripline.law.units import Raw
from dripline.plans.plan import (
    Chapter,
    Deadline,
    Evidence,
    IndicatorUse,
    Kind,
    Measure,
    Milestone,
    Plan,
    Unit,
)
from dripline.words import Text

T = TypeVar("T")
ENDING = ".yaml"
PLAN = ("code", "source", "title", "number", "day", "issuer", "purpose", "units", "chapters")
CHAPTER = ("number", "title", "measures")
MEASURE = ("id", "number", "title", "words", "responsible", "units", "deadline", "evidence")
OPTIONAL = ("milestones",)
EVIDENCE = ("indicators", "targets", "other_lines", "cases", "documents", "not_built")
LANGUAGES = ("zh", "en")
NOTHING = Text(zh="—", en="—")
"""Stands where words are missing: the fault is noted, and a plan with faults is never given out."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something is read."""

    page: Page
    at: str = ""

    def inside(self, part: str) -> Place:
        """A part of it."""
        return Place(self.page, f"{self.at}, {part}" if self.at else part)

    def fault(self, what: str) -> None:
        """Notes a fault."""
        self.page.fault(self.at, what)


def load_plans(folder: Traversable | None = None) -> tuple[Plan, ...]:
    """The plans of a folder (default: those in the package), oldest first; PlanError lists every fault."""
    return _packaged() if folder is None else _read(folder)


def plan_called(code: str, plans: tuple[Plan, ...]) -> Plan:
    """The plan with this code; PlanError names those there are."""
    for plan in plans:
        if plan.code == code:
            return plan
    known = ", ".join(plan.code for plan in plans) or "none"
    raise PlanError(f"No plan is called {code!r}; there is {known}.")


@cache
def _packaged() -> tuple[Plan, ...]:
    return _read(files("dripline") / "plans")


def _read(folder: Traversable) -> tuple[Plan, ...]:
    faults: list[str] = []
    plans = []
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(ENDING):
            page = Page(file.name, file.name.removesuffix(ENDING), faults)
            before = len(faults)
            plan = _plan(tree_of(file, page), Place(page))
            if len(faults) == before:
                plans.append(plan)
    for code, times in Counter(plan.code for plan in plans).items():
        if times > 1:
            faults.append(f"{code}: {times} files have this code; give each plan its own.")
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise PlanError("\n".join([f"The plans cannot be loaded, {count}:", *faults]))
    return tuple(sorted(plans, key=lambda plan: (plan.day, plan.code)))


def _plan(tree: dict[str, Raw], place: Place) -> Plan:
    _keys(tree, PLAN, place)
    all_given(tree, ("code", "source", "number"), place.at, place.page, {})
    units = _units(tree.get("units"), place.inside("units"))
    chapters = tuple(
        _chapter(part, units, place.inside(f"chapter {n}"))
        for n, part in enumerate(_list(tree, "chapters", place, empty=False), 1)
    )
    ids = Counter(measure.id for chapter in chapters for measure in chapter.measures)
    for id, times in ids.items():
        if times > 1:
            place.fault(f"measure {id} stands {times} times; give each an id of its own.")
    return Plan(
        code=words(tree.get("code")) or "",
        source=words(tree.get("source")) or "",
        title=_text(tree, "title", place),
        number=words(tree.get("number")) or "",
        day=_day(tree, place),
        issuer=_text(tree, "issuer", place),
        purpose=_text(tree, "purpose", place),
        units=tuple(units.values()),
        chapters=chapters,
    )


def _units(raw: Raw, place: Place) -> dict[str, Unit]:
    if not isinstance(raw, dict) or not raw:
        place.fault("name the units by their codes.")
        return {}
    return {code: Unit(code, _text(raw, code, place)) for code in raw}


def _chapter(raw: Raw, units: dict[str, Unit], place: Place) -> Chapter:
    tree = _tree(raw, CHAPTER, place)
    all_given(tree, ("number",), place.at, place.page, {})
    measures = tuple(
        _measure(part, units, place, n)
        for n, part in enumerate(_list(tree, "measures", place, empty=False), 1)
    )
    return Chapter(words(tree.get("number")) or "", _text(tree, "title", place), measures)


def _measure(raw: Raw, units: dict[str, Unit], chapter: Place, n: int) -> Measure:
    id = words(raw.get("id")) if isinstance(raw, dict) else None
    place = Place(chapter.page, f"measure {id}") if id else chapter.inside(f"measure {n}")
    tree = _tree(raw, MEASURE, place, OPTIONAL)
    all_given(tree, ("id", "number", "responsible"), place.at, place.page, {})
    evidence = _evidence(tree.get("evidence"), place.inside("evidence"))
    return Measure(
        id=id or "",
        number=words(tree.get("number")) or "",
        title=_text(tree, "title", place),
        words=_text(tree, "words", place),
        responsible=words(tree.get("responsible")) or "",
        units=tuple(_known(tree, units, place)),
        deadline=_deadline(tree.get("deadline"), place.inside("deadline")),
        milestones=_each(
            tree, "milestones", place, lambda part, at: _milestone(part, evidence, at)
        ),
        evidence=evidence,
    )


def _known(tree: dict[str, Raw], units: dict[str, Unit], place: Place) -> Iterator[Unit]:
    for code in _codes(tree, "units", place, empty=False):
        if code in units:
            yield units[code]
        else:
            place.inside("units").fault(f"unknown unit {code}{meant(code, tuple(units))}.")


def _deadline(raw: Raw, place: Place) -> Deadline:
    tree = _tree(raw, LANGUAGES, place, ("day",))
    day = _day(tree, place) if "day" in tree else None
    return Deadline(_own_text(tree, place), day)


def _milestone(raw: Raw, evidence: Evidence, place: Place) -> Milestone:
    tree = _tree(raw, (*LANGUAGES, "day", "document"), place)
    kind, kinds = words(tree.get("document")) or "", [k.code for k in evidence.documents]
    if kind not in kinds:
        place.inside("document").fault(
            f"{kind or 'nothing'} is no kind of document of the measure; it has {', '.join(kinds)}."
        )
    return Milestone(_own_text(tree, place), _day(tree, place), kind)


def _evidence(raw: Raw, place: Place) -> Evidence:
    tree = _tree(raw, EVIDENCE, place)
    targets, others = _codes(tree, "targets", place), _codes(tree, "other_lines", place)
    for code in sorted(set(targets) & set(others)):
        place.fault(f"{code} stands under targets and other_lines; it is one or the other.")
    gap = tree.get("not_built")
    return Evidence(
        indicators=_each(tree, "indicators", place, _indicator),
        targets=targets,
        other_lines=others,
        cases=_each(tree, "cases", place, _kind),
        documents=_each(tree, "documents", place, _kind),
        not_built=None if gap is None else _text(tree, "not_built", place),
    )


def _indicator(raw: Raw, place: Place) -> IndicatorUse:
    tree = _tree(raw, ("code", "why"), place, ("by",))
    all_given(tree, ("code",), place.at, place.page, {})
    code, by = words(tree.get("code")) or "", words(tree.get("by"))
    return IndicatorUse(code, _text(tree, "why", place), by)


def _kind(raw: Raw, place: Place) -> Kind:
    tree = _tree(raw, ("kind", *LANGUAGES), place)
    all_given(tree, ("kind",), place.at, place.page, {})
    return Kind(words(tree.get("kind")) or "", _own_text(tree, place))


def _keys(tree: dict[str, Raw], keys: tuple[str, ...], place: Place, *more: str) -> None:
    only_known(tree, (*keys, *more), place.at, place.page)
    lacking = [key for key in keys if key not in tree and key not in LANGUAGES]
    if lacking:
        place.fault(f"{', '.join(lacking)} {'is' if len(lacking) == 1 else 'are'} missing.")


def _tree(
    raw: Raw, keys: tuple[str, ...], place: Place, optional: tuple[str, ...] = ()
) -> dict[str, Raw]:
    if not isinstance(raw, dict):
        place.fault(f"write the keys {', '.join(keys)} here.")
        return {}
    _keys(raw, keys, place, *optional)
    return raw


def _list(tree: dict[str, Raw], key: str, place: Place, *, empty: bool = True) -> list[Raw]:
    raw: Raw = tree.get(key)
    if raw is None and key not in tree and (empty or not tree):
        return []
    if not isinstance(raw, list):
        place.inside(key).fault("this is to be a list; write - before each part, or [].")
        return []
    if not raw and not empty:
        place.inside(key).fault("the list is empty.")
    return list(raw)


def _each(
    tree: dict[str, Raw], key: str, place: Place, read: Callable[[Raw, Place], T]
) -> tuple[T, ...]:
    parts = _list(tree, key, place)
    return tuple(read(part, place.inside(f"{key} {n}")) for n, part in enumerate(parts, 1))


def _codes(tree: dict[str, Raw], key: str, place: Place, *, empty: bool = True) -> tuple[str, ...]:
    codes = [words(part) or "" for part in _list(tree, key, place, empty=empty)]
    for code, times in Counter(codes).items():
        if times > 1 or not code:
            place.inside(key).fault(f"{code} stands twice." if code else "a code is empty.")
    return tuple(codes)


def _text(tree: dict[str, Raw], key: str, place: Place) -> Text:
    if key not in tree:
        return NOTHING
    return text_in(tree, key, place.at, place.page, required=True) or NOTHING


def _own_text(tree: dict[str, Raw], place: Place) -> Text:
    """The words of a thing that has keys of its own beside them."""
    pair: dict[str, Raw] = {key: part for key, part in tree.items() if key in LANGUAGES}
    return text_in({"words": pair}, "words", place.at, place.page, required=True) or NOTHING


def _day(tree: dict[str, Raw], place: Place) -> date:
    if "day" not in tree:
        return date.min
    raw = tree["day"]
    found = day_in(raw if isinstance(raw, str) else "nothing", place.at or "day", place.page)
    return found or date.min
