"""Finding a definition by Chinese words, by pinyin or its initials, or by a piece of its code.

There are a few thousand things, so each is looked at: a question takes milliseconds and nothing is kept up to date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pypinyin import lazy_pinyin

from dripline.portal.catalogue.kinds import KINDS, Thing, things

LONGEST = 60
"""Characters of a question that are looked at."""
SHOWN = 12
"""Things of a kind that a page of answers shows."""
HAN = re.compile(r"[\u4e00-\u9fff]")
SPACE = re.compile(r"[\s·，。、；：,.;:()（）〔〕《》“”\"'_/-]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """How a thing may be called."""

    thing: Thing
    code: str
    words: tuple[str, ...]
    pinyin: str
    initials: str


def plain(text: str) -> str:
    """Lower case, without spaces and signs: ``TE-BAL`` is asked for as ``te bal`` too."""
    return SPACE.sub("", text.lower())


@cache
def entries() -> tuple[Entry, ...]:
    """Every thing with its names."""
    found = []
    for thing in things():
        syllables = lazy_pinyin(thing.label.zh)
        words = (plain(thing.label.zh), plain(thing.label.en))
        spoken = plain("".join(syllables))
        initials = plain("".join(one[:1] if one.isalpha() else one for one in syllables))
        found.append(Entry(thing, plain(thing.code), words, spoken, initials))
    return tuple(found)


def score(entry: Entry, asked: str, parts: Iterable[str]) -> int:
    """How well a thing answers a question in plain form; 0 if it does not."""
    if asked == entry.code:
        return 100
    if asked in entry.words:
        return 95
    if entry.code.startswith(asked):
        return 80
    if any(word.startswith(asked) for word in entry.words):
        return 70
    if any(asked in word for word in entry.words) or asked in entry.code:
        return 60
    if asked.isascii() and len(asked) > 1:
        if entry.pinyin.startswith(asked) or entry.initials.startswith(asked):
            return 50
        if asked in entry.initials or (len(asked) > 3 and asked in entry.pinyin):
            return 40
    return 30 if _all_in(entry, parts) else 0


def _all_in(entry: Entry, parts: Iterable[str]) -> bool:
    """Every part of the question stands somewhere in the names: pairs of characters, or words."""
    names = (*entry.words, entry.code)
    parts = list(parts)
    return len(parts) > 1 and all(any(part in name for name in names) for part in parts)


def parts_of(question: str) -> list[str]:
    """The words of a question, Chinese ones as pairs of neighbouring characters."""
    found: list[str] = []
    for word in SPACE.split(question.lower()):
        if HAN.search(word) and len(word) > 2:
            found += [word[place : place + 2] for place in range(len(word) - 1)]
        elif word:
            found.append(word)
    return found


def search(question: str) -> dict[str, list[Thing]]:
    """What a question finds, by kind; the best first, then the shortest name."""
    question = question.strip()[:LONGEST]
    asked, parts = plain(question), parts_of(question)
    found: dict[str, list[Thing]] = {}
    if not asked:
        return found
    rated = [(score(entry, asked, parts), entry.thing) for entry in entries()]
    rated = sorted((pair for pair in rated if pair[0]), key=_best_first)
    for kind in KINDS:
        if these := [thing for _, thing in rated if thing.kind == kind]:
            found[kind] = these
    return found


def _best_first(pair: tuple[int, Thing]) -> tuple[int, int]:
    # Of two that answer alike, the shorter name says less beside what was asked.
    return -pair[0], len(pair[1].label.zh)


def first_of(found: dict[str, list[Thing]]) -> Iterator[tuple[str, list[Thing], int]]:
    """The first few of each kind, and how many more there are."""
    for kind, these in found.items():
        yield kind, these[:SHOWN], max(0, len(these) - SHOWN)
