"""Everything that has a page here: kind, code, words, and where the page is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from dripline.definitions import AnyCheck, Indicator, Rule
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.chapters import CHAPTER_TITLES, chapter_of
from dripline.intake.checking import FORMATS
from dripline.law import Law
from dripline.standards import RULES
from dripline.tables import TABLES
from dripline.words import Text

KINDS = {
    "indicator": Text(zh="指标", en="Indicators"),
    "breakdown": Text(zh="分组", en="Breakdowns"),
    "law": Text(zh="政策参数", en="Policy numbers"),
    "document": Text(zh="文件", en="Documents"),
    "table": Text(zh="报表", en="Tables"),
    "column": Text(zh="字段", en="Columns"),
    "rule": Text(zh="校验规则", en="Rules"),
}
"""The kinds of things, in the order in which a search shows them."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that can be looked up."""

    kind: str
    code: str
    label: Text
    about: Text
    url: str


@cache
def things() -> tuple[Thing, ...]:
    """All of them; the definitions do not change while the program runs."""
    return tuple(_all())


def _all() -> Iterator[Thing]:
    for code, indicator in CATALOGUE.items():
        url = reverse("catalogue:indicator", args=[code])
        yield Thing("indicator", code, indicator.label, CHAPTER_TITLES[chapter_of(code)], url)
    for code, way in BREAKDOWNS.items():
        url = reverse("catalogue:breakdown", args=[code])
        yield Thing("breakdown", code, way.label, way.label, url)
    law = Law.load()
    for name in law.names():
        entry = law.entry(name)
        yield Thing("law", name, entry.label, entry.label, reverse("catalogue:entry", args=[name]))
    for source in law.sources.values():
        title = Text(zh=source.cited, en=source.cited)
        url = reverse("catalogue:document", args=[source.id])
        yield Thing("document", source.number or source.id, title, title, url)
    for table in TABLES.values():
        url = reverse("catalogue:table", args=[table.code])
        yield Thing("table", table.code, table.label, table.grain, url)
        for column in table.columns.values():
            code = f"{table.code}.{column.name}"
            yield Thing("column", code, column.label, table.label, f"{url}#{column.name}")
    for code, rule in rules().items():
        yield Thing("rule", code, rule.says, rule.remedy, rule_url(code))


@cache
def rules() -> dict[str, Rule | AnyCheck]:
    """Every rule by its code: of files and formats first, then of the tables."""
    return {**FORMATS, **RULES}


def rule_url(code: str) -> str:
    """The page of a rule; a rule of a pair of tables bears a slash in its code."""
    return reverse("catalogue:rule", args=[code])


def chapters() -> Iterator[tuple[str, Text, list[Indicator]]]:
    """The catalogue by chapters."""
    found: dict[str, list[Indicator]] = {}
    for code, indicator in CATALOGUE.items():
        found.setdefault(chapter_of(code), []).append(indicator)
    for chapter, indicators in found.items():
        yield chapter, CHAPTER_TITLES[chapter], indicators
