"""What the pages of definitions show, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dripline.canon import version_hash
from dripline.definitions import Indicator, Version
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.law import Law
from dripline.law.entries import STATUSES, Entry, Source, Value
from dripline.law.units import UNITS
from dripline.portal.language import said, spoken
from dripline.standards import RULES
from dripline.tables import TABLES, Table
from dripline.wording import lines
from dripline.wording.figures import UNITS as FIGURE_UNITS


@dataclass(frozen=True, slots=True)
class Meaning:
    """A version of an indicator: since when, under which document, what changed, and its hash."""

    since: date | None
    source: str
    article: str
    change: str
    hash: str
    in_rows: bool


def meanings(indicator: Indicator) -> list[Meaning]:
    """What a figure has meant, the latest first."""
    return [
        Meaning(
            version.since,
            cited(version.source),
            version.article,
            said(version.change) if version.change else "",
            version_hash(indicator, version),
            version.measure is not None,
        )
        for version in reversed(indicator.versions)
    ]


def source_of(version: Version | Indicator) -> Source | None:
    """The document of a definition, if the lawbook holds it."""
    return Law.load().sources.get(version.source)


def cited(source: str) -> str:
    """A document as one writes it in a footnote; its id where the lawbook does not hold it."""
    known = Law.load().sources.get(source)
    return source if known is None else known.cited


def explained(node: object) -> list[str]:
    """A definition in words, a line for each matter."""
    return [said(line) for line in lines(node, BREAKDOWNS)]


def unit_of(indicator: Indicator) -> str:
    """The unit in words."""
    return said(FIGURE_UNITS[indicator.unit])


def ways_of(indicator: Indicator) -> list[tuple[str, str]]:
    """The ways of dividing an indicator: code, and words."""
    found = []
    for way in indicator.breakdowns:
        labels = [said(BREAKDOWNS[part].label) for part in way.split("+") if part in BREAKDOWNS]
        if labels:
            found.append((way, " × ".join(labels)))
    return found


def rules_of(table: type[Table]) -> list[tuple[str, str, str]]:
    """The rules of a table: code, severity, what each says."""
    return [
        (code, rule.severity, said(rule.says))
        for code, rule in RULES.items()
        if rule.table == table.code
    ]


def fields(entry: Entry) -> str:
    """Fields of the lawbook: the part of the name before the point."""
    return entry.name.partition(".")[0]


def law_by_field(status: str, question: str) -> list[tuple[str, list[tuple[Entry, Value]]]]:
    """Entries with their latest value, by field; of one status, or with some words in them, if asked."""
    law, found = Law.load(), dict[str, list[tuple[Entry, Value]]]()
    for name in law.names():
        entry = law.entry(name)
        latest = entry.values[-1]
        words = f"{name} {entry.label.zh} {entry.label.en}".lower()
        if (not status or latest.status == status) and question.lower() in words:
            found.setdefault(fields(entry), []).append((entry, latest))
    return list(found.items())


def statuses() -> list[tuple[str, str, int]]:
    """How much of the lawbook stands in documents: status, words, entries whose latest value has it."""
    law = Law.load()
    latest = [law.entry(name).values[-1].status for name in law.names()]
    return [(status, said(words), latest.count(status)) for status, words in STATUSES.items()]


def law_unit(entry: Entry) -> str:
    """The unit of an entry in words."""
    match entry.unit:
        case "list" if entry.of in UNITS:
            return said(UNITS[entry.of].says)
        case "list":
            return "" if spoken() == "en" else "列表"
        case "table":
            return "; ".join(f"{key}: {said(UNITS[unit].says)}" for key, unit in entry.columns)
    return said(UNITS[entry.unit].says)


def resting_on(source: Source) -> Iterator[tuple[str, str]]:
    """Entries of the lawbook with a value from a document: name and label."""
    law = Law.load()
    for name in law.names():
        entry = law.entry(name)
        if any(value.source.id == source.id for value in entry.values):
            yield name, said(entry.label)


def defined_by(source: Source) -> Iterator[tuple[str, str]]:
    """Indicators defined by a document: code and label."""
    for code, indicator in CATALOGUE.items():
        if source.id in {version.source for version in indicator.versions}:
            yield code, said(indicator.label)


def table_named(code: str) -> type[Table] | None:
    """A table by its code."""
    return TABLES.get(code)
