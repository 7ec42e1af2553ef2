"""Where filters of distinct counts have their bits, and which filters a key's bits say it meets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from dripline.engines.duck_coded import (
    MEETS,
    SIGNATURE,
    TRUE,
    UNKNOWN,
    CodedBase,
    big,
    has_bit,
    meets,
)
from dripline.engines.fold import Request
from dripline.engines.planner import BITS_A_WORD
from dripline.engines.sql_words import Expression, column, literal, when


@dataclass(frozen=True)
class Words:
    """Where each filter of distinct counts has its bits in words ``w0…``: one for true and, if it may be unknown for
    some row, one for that. The bits of a key's rows are ORed: what surely meets a filter in one row meets it."""

    places: dict[int, tuple[str, int]]
    open: frozenset[int]

    @classmethod
    def of(cls, requests: Iterable[Request], coded: CodedBase) -> Words:
        """A place for each different filter."""
        unsure = exp.select(column("f")).distinct().from_(coded.table(MEETS).as_("t"), copy=False)
        rows = coded.rows(unsure.where(exp.Not(this=column("sure")), copy=False))
        in_doubt = frozenset(f for (f,) in rows)
        places: dict[int, tuple[str, int]] = {}
        used = 0
        for f in dict.fromkeys(coded.filters[request.atom.where] for request in requests):
            if used % BITS_A_WORD == BITS_A_WORD - 1:
                used += 1  # both bits stand in one word
            places[f] = f"w{used // BITS_A_WORD}", used % BITS_A_WORD
            used += 2 if f in in_doubt else 1
        return cls(places, in_doubt)

    @property
    def names(self) -> list[str]:
        """The words, as columns."""
        return list(dict.fromkeys(word for word, _ in self.places.values()))

    def of_signatures(self, coded: CodedBase) -> exp.Select:
        """The words of each signature that meets or may meet a filter."""
        found = []
        for name in self.names:
            mine = [(f, shift) for f, (word, shift) in self.places.items() if word == name]
            cases = [
                (exp.EQ(this=column("f"), expression=literal(f)), self._bit(f, s)) for f, s in mine
            ]
            found.append(exp.alias_(bit_or(big(when(cases, literal(0)))), name, copy=False))
        query = exp.select(column(SIGNATURE), *found, copy=False)
        query = query.from_(coded.table(MEETS).as_("t"), copy=False)
        some = exp.In(this=column("f"), expressions=[literal(f) for f in self.places])
        return query.where(some, copy=False).group_by(column(SIGNATURE), copy=False)

    def _bit(self, f: int, shift: int) -> Expression:
        """The true bit if it is sure, else the bit of doubt."""
        true = literal(TRUE << shift)
        if f not in self.open:
            return true
        return when([(column("sure"), true)], literal(UNKNOWN << shift))

    def apart(self, coded: CodedBase, requests: Sequence[Request], alike: str) -> exp.Select:
        """For each of the different words the filters that are met or may be."""
        wanted = dict.fromkeys(coded.filters[request.atom.where] for request in requests)
        answers = [(f, self._answer(f)) for f in wanted]
        different = exp.select(*map(column, self.names)).distinct()
        different = different.from_(coded.table(alike).as_("t"), copy=False)
        return meets(self.names, answers, different.subquery("t", copy=False))

    def _answer(self, f: int) -> Expression:
        """What the words say of a filter: true, false or unknown."""
        word, shift = self.places[f]
        true = has_bit(word, TRUE << shift)
        if f not in self.open:
            return true
        cases = [(true, exp.true()), (has_bit(word, UNKNOWN << shift), exp.null())]
        return when(cases, exp.false())


def bit_or(word: Expression) -> Expression:
    """All bits that are set in any row."""
    return exp.Anonymous(this="bit_or", expressions=[word])


def counts(rows: Expression, sure: Expression) -> list[Expression]:
    """How many surely, ``t``, and how many perhaps, ``u``."""
    surely = when([(sure.copy(), rows.copy())], literal(0))
    perhaps = when([(sure.copy(), literal(0))], rows.copy())
    totals = (("t", surely), ("u", perhaps))
    return [exp.alias_(big(exp.Sum(this=total)), name, copy=False) for name, total in totals]
