"""Definitions from outside: a folder of an operator's own tables, rules, indicators and breakdowns, in Python.

They are code, so they run only when the operator names the folder, on the command line or in the environment; never
from a data home, a package or an upload. The folder is a package whose ``__init__.py`` says

    PREFIX = "SBA"                      every code of it begins so: SBA_LOAN, SBA-R01, sba_county
    RULES, INDICATORS, BREAKDOWNS       the values it offers (tables and code lists are found by themselves)
    UNITS = {"dollars": Text(...)}      words for units the program does not know

and may hold lists of codes as ``codes/<name>.csv``, shaped as those of the lawbook. Whatever is wrong with it is said
at once, by code, before any file is read.
"""

from __future__ import annotations

import hashlib
import re
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from dripline import codes
from dripline.definitions import (
    AnyCheck,
    Breakdown,
    Check,
    Dimension,
    Indicator,
    Membership,
    TotalsAgree,
    Unique,
    Version,
    tables_read,
)
from dripline.engines.fold import Moment, questions, requests
from dripline.errors import DefinitionError, DriplineError, Refused
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.compile import Catalogue
from dripline.intake.checking import FORMATS
from dripline.nodes import GroupOf, IsCode, walk
from dripline.periods import Period
from dripline.standards import RULES
from dripline.tables import TABLES, Table, table
from dripline.wording.figures import UNITS
from dripline.words import Text

SHAPE = re.compile(r"[A-Z][A-Z0-9]{1,7}")
KINDS: dict[str, tuple[type, ...]] = {
    "RULES": (Check, Unique, TotalsAgree),
    "INDICATORS": (Indicator,),
    "BREAKDOWNS": (Dimension, Membership),
}
ANY_MONTH = Period.parse("2025-06")
"""Only to take a measure apart; which month it is changes nothing in what it reads."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """The rules, indicators and breakdowns a command works with: the program's own, and those of a folder."""

    rules: Mapping[str, AnyCheck]
    indicators: Mapping[str, Indicator]
    breakdowns: Mapping[str, Breakdown]
    tables: frozenset[str] = frozenset()
    """The tables of the folder; empty for the program's own definitions alone."""

    @property
    def catalogue(self) -> Catalogue:
        """What figures are computed from."""
        return Catalogue(self.indicators, self.breakdowns)


OWN = Definitions(RULES, CATALOGUE, BREAKDOWNS)
"""What the program brings along."""


def definitions(folder: Path | None) -> Definitions:
    """The program's own definitions, and those of the folder the operator named; DefinitionError lists every fault."""
    return OWN if folder is None else loaded(folder.resolve())


@cache
def loaded(folder: Path) -> Definitions:
    """The definitions of a folder, run once a process; it stays as it was when it was first named."""
    refuse_a_home(folder)
    if not (folder / "__init__.py").is_file():
        raise DefinitionError(f"{folder} holds no definitions: there is no __init__.py in it.")
    with undone_on_error():
        before = frozenset(TABLES)
        shadowed = add_code_lists(folder)
        found = imported(folder)
        ours = {code: TABLES[code] for code in TABLES if code not in before}
        faults = [*shadowed, *shape_faults(found)]
        # What follows looks into the values, so they must be of the right kind first.
        if not faults:
            faults = [*code_faults(found, ours, before), *meaning_faults(found, ours)]
        if faults:
            raise DefinitionError("\n".join(f"{folder.name}: {fault}" for fault in faults))
        return Definitions(
            {**RULES, **_by_code(found, "RULES")},
            {**CATALOGUE, **_by_code(found, "INDICATORS")},
            {**BREAKDOWNS, **_by_code(found, "BREAKDOWNS")},
            frozenset(ours),
        )


def refuse_a_home(folder: Path) -> None:
    """A data home holds facts that others sent; code is never run from there."""
    if home := next((p for p in (folder, *folder.parents) if (p / "home.json").exists()), None):
        raise Refused(
            f"{folder} lies in the data home {home}. Definitions are code and are never run from there; "
            "keep them in a folder of your own."
        )


@contextmanager
def undone_on_error() -> Iterator[None]:
    """Tables, code lists and units of a folder that is refused are forgotten again."""
    kept = [(registry, dict(registry)) for registry in (TABLES, codes.OUTSIDE, UNITS)]
    try:
        yield
    except BaseException:
        for registry, before in kept:
            registry.clear()
            registry.update(before)  # type: ignore[arg-type]
        codes.code_list.cache_clear()
        raise


# --- reading the folder -------------------------------------------------------------------------------


def add_code_lists(folder: Path) -> list[str]:
    """Makes the folder's lists of codes known; those that would hide another list are faults."""
    faults = []
    for file in sorted((folder / "codes").glob("*.csv")):
        if file.stem in codes.OUTSIDE or _is_shipped(file.stem):
            faults.append(f"codes/{file.name}: the program has a code list of this name.")
        else:
            codes.OUTSIDE[file.stem] = file
    return faults


def _is_shipped(name: str) -> bool:
    try:
        codes.code_list(name)
    except DefinitionError:
        return False
    return True


def imported(folder: Path) -> ModuleType:
    """The folder run as a package under a name of its own, so that it can hide no module."""
    name = f"definitions_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    spec = spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # code of others may raise anything
        for part in [key for key in sys.modules if key == name or key.startswith(f"{name}.")]:
            del sys.modules[part]
        raise DefinitionError(f"{folder.name}{_where(error, folder)}: {_said(error)}") from error
    return module


def _where(error: Exception, folder: Path) -> str:
    frames = [f for f in traceback.extract_tb(error.__traceback__) if str(folder) in f.filename]
    if isinstance(error, SyntaxError):
        return f"/{Path(error.filename or '').name}, line {error.lineno}"
    return f"/{Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""


def _said(error: Exception) -> str:
    return str(error) if isinstance(error, DriplineError) else f"{type(error).__name__}: {error}"


# --- what is wrong with it ----------------------------------------------------------------------------


def shape_faults(found: ModuleType) -> Iterator[str]:
    """A prefix, and values of the kinds their names say."""
    prefix = getattr(found, "PREFIX", None)
    if not (isinstance(prefix, str) and SHAPE.fullmatch(prefix)):
        yield f"PREFIX is 2 to 8 capital letters and digits, such as SBA, not {prefix!r}."
    for name, kinds in KINDS.items():
        for place, one in enumerate(getattr(found, name, ())):
            if not isinstance(one, kinds):
                wanted = " or ".join(kind.__name__ for kind in kinds)
                yield f"{name}[{place}] is a {type(one).__name__}, not a {wanted}."
    for unit, words in getattr(found, "UNITS", {}).items():
        if unit in UNITS or not isinstance(words, Text):
            yield f"UNITS[{unit!r}]: the unit is known already, or its words are no Text."


def code_faults(
    found: ModuleType, ours: Mapping[str, type[Table]], before: Iterable[str]
) -> Iterator[str]:
    """Codes that lack the prefix or are not theirs alone."""
    prefix: str = found.PREFIX
    taken = [*before, *FORMATS, *RULES, *CATALOGUE, *(code.upper() for code in BREAKDOWNS)]
    if known := next((c for c in taken if re.match(rf"{prefix}(?![A-Z0-9])", c)), None):
        yield f"PREFIX {prefix} is taken: {known} is no code of this folder."
    lists = [name for name, path in codes.OUTSIDE.items() if path.parent.parent == _folder(found)]
    shapes: tuple[tuple[str, str, list[str]], ...] = (
        ("table", rf"{prefix}_[A-Z0-9_]+", list(ours)),
        ("rule", rf"{prefix}-[A-Z0-9-]+", [r.code for r in _all(found, "RULES")]),
        ("indicator", rf"{prefix}-[A-Z0-9-]+", [i.code for i in _all(found, "INDICATORS")]),
        ("breakdown", rf"{prefix.lower()}_[a-z0-9_]+", [b.code for b in _all(found, "BREAKDOWNS")]),
        ("code list", rf"{prefix.lower()}_[a-z0-9_]+", lists),
    )
    for kind, shape, held in shapes:
        for code in held:
            if not re.fullmatch(shape, code):
                yield f"the {kind} {code!r} must be called {shape}."
    named = [one.code for name in KINDS for one in _all(found, name)]
    for code in sorted({code for code in named if named.count(code) > 1}):
        yield f"two definitions are called {code}."


def _folder(found: ModuleType) -> Path:
    return Path(str(found.__file__)).parent


def meaning_faults(found: ModuleType, ours: Mapping[str, type[Table]]) -> Iterator[str]:
    """What lacks words, source or legal basis, or speaks of tables, lists, breakdowns or units there are not."""
    UNITS.update(getattr(found, "UNITS", {}))
    for kind in ours.values():
        yield from _missing(kind, kind.code, ("label", "grain"), ("nature", "handling", "key"))
        yield from _unknown_lists(kind.code, (c.codes for c in kind.columns.values() if c.codes))
        for column in kind.columns.values():
            yield from _missing(column, f"{kind.code}.{column.name}", ("label",))
    for rule in _all(found, "RULES"):
        yield from _missing(rule, rule.code, ("says", "remedy"), ("source", "article"))
        yield from _unknown_parts(rule)
        if rule.severity not in ("reject", "error", "warning"):
            yield f"{rule.code}: {rule.severity!r} is no severity: reject, error or warning."
    breakdowns = {**BREAKDOWNS, **_by_code(found, "BREAKDOWNS")}
    for breakdown in _all(found, "BREAKDOWNS"):
        yield from _missing(breakdown, breakdown.code, ("label",))
        yield from _unknown_parts(breakdown)
    for indicator in _all(found, "INDICATORS"):
        yield from _missing(indicator, indicator.code, ("label",))
        if indicator.unit not in UNITS:
            yield f"{indicator.code}: the unit {indicator.unit!r} has no words; add it to UNITS."
        for version in indicator.versions:
            yield from _version_faults(indicator, version, breakdowns)


def _version_faults(
    indicator: Indicator, version: Version, breakdowns: Mapping[str, Breakdown]
) -> Iterator[str]:
    yield from _missing(version, indicator.code, (), ("source", "article"))
    meant = indicator.as_meant(version)
    if meant is None:
        return
    yield from _unknown_parts(meant)
    for way in meant.breakdowns:
        yield from _way_faults(meant, way, breakdowns)


def _missing(
    thing: object, code: str, words: Iterable[str], filled: Iterable[str] = ()
) -> Iterator[str]:
    for name in words:
        if not isinstance(getattr(thing, name, None), Text):
            yield f"{code}: {name} needs words, Text(zh=…, en=…)."
    for name in filled:
        if not getattr(thing, name, None):
            yield f"{code}: {name} is missing."


def _unknown_parts(definition: AnyCheck | Indicator | Breakdown) -> Iterator[str]:
    parts: tuple[Any, ...] = walk(definition)
    if isinstance(definition, Membership):
        parts = walk(*(member for group in definition.groups for member in group.members))
    try:
        read = tables_read(definition) if isinstance(definition, AnyCheck) else ()
        for code in read:
            table(code)
    except DefinitionError as error:
        yield f"{definition.code}: {error}"
    lists = [part.codes for part in parts if isinstance(part, IsCode | GroupOf)]
    if isinstance(definition, Dimension) and definition.names not in ("", "INSTITUTION"):
        lists.append(definition.names)
    yield from _unknown_lists(definition.code, lists)


def _unknown_lists(code: str, names: Iterable[str]) -> Iterator[str]:
    for name in dict.fromkeys(names):
        try:
            codes.code_list(name)
        except DefinitionError as error:
            yield f"{code}: {error}"


def _way_faults(
    indicator: Indicator, way: str, breakdowns: Mapping[str, Breakdown]
) -> Iterator[str]:
    """A breakdown that is not there, or that does not say how the rows of the figure's tables are divided."""
    unknown = [part for part in way.split("+") if part != "total" and part not in breakdowns]
    if unknown:
        yield f"{indicator.code}: no breakdown is called {', '.join(unknown)}."
        return
    try:
        for question in questions(indicator, way, breakdowns):
            for request in requests(question, Moment((ANY_MONTH,), (ANY_MONTH,))):
                for dimension in request.dimensions:
                    if dimension.of(request.table) is None:
                        yield (
                            f"{indicator.code}: {dimension.code} does not divide {request.table}."
                        )
    except DefinitionError as error:
        yield f"{indicator.code}: {error}"


def _all(found: ModuleType, name: str) -> tuple[Any, ...]:
    return tuple(getattr(found, name, ()))


def _by_code(found: ModuleType, name: str) -> dict[str, Any]:
    return {one.code: one for one in _all(found, name)}
