"""The bulletin 全省科技金融运行情况: sentences and small tables whose every number is bound to a cell of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from dripline.publish.pack.board import Board, Figure
from dripline.publish.pack.bulletin_tables import SmallTable, small_tables
from dripline.publish.pack.completeness import completeness
from dripline.publish.pack.numbers import DIRECTIONS, shown
from dripline.publish.pack.piece import Piece
from dripline.publish.pack.sentences import SECTIONS, Clause, Section
from dripline.words import Language, Text

TITLE = Text(zh="全省科技金融运行情况", en="Technology finance in the province")
INTERNAL = Text(
    zh="内部资料　未经披露控制，不得对外提供",
    en="Internal. Not to be passed on: no disclosure control has been applied",
)
DATA = Text(zh="七、数据说明", en="7. About the data")
PLACE = re.compile(r"\{([A-Z][A-Z0-9-]*)(?:@([a-z_]+)=([\w]+))?(?::([a-z]+))?\}|\{month\}")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: how it looks, and its pieces."""

    face: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Its words, as printed."""
        return "".join(piece.text for piece in self.pieces)


@dataclass
class Bulletin:
    """The bulletin of a month in one language."""

    title: str
    head: tuple[Line, ...]
    lines: list[Line] = field(default_factory=list)
    tables: tuple[SmallTable, ...] = ()
    bound: list[Figure] = field(default_factory=list)
    """The figures of the text and the tables in the order they stand there."""

    @property
    def text(self) -> str:
        """The words of head and paragraphs, one a line."""
        return "\n".join(line.text for line in (*self.head, *self.lines)) + "\n"


@dataclass
class Writing:
    """Fills the sentences of one month; remembers which figures were used and which were left out, and why."""

    board: Board
    language: Language
    used: list[Figure] = field(default_factory=list)
    left_out: dict[Text, list[Figure]] = field(default_factory=dict)

    def section(self, section: Section) -> Iterator[Line]:
        """The heading and one paragraph; nothing where no sentence can be said."""
        sentences = [pieces for each in section.sentences if (pieces := self.sentence(each))]
        if sentences:
            yield Line("heading", (Piece(section.heading.in_(self.language)),))
            yield Line("text", tuple(piece for pieces in sentences for piece in pieces))

    def sentence(self, clauses: Sequence[Clause]) -> tuple[Piece, ...]:
        """The clauses that can be said, with their commas and a full stop."""
        said = [self.clause(each) for each in clauses]
        if not said[0]:
            return ()
        comma, stop = Text(zh="，", en=", "), Text(zh="。", en=". ")
        pieces: list[Piece] = []
        for each in filter(None, said):
            pieces += [*([Piece(comma.in_(self.language))] if pieces else []), *each]
        return (*pieces, Piece(stop.in_(self.language)))

    def clause(self, clause: Clause) -> tuple[Piece, ...]:
        """The words with their numbers; or what is said without them; or nothing, and a note."""
        words = clause.words.in_(self.language)
        asked = [self._figure(place) for place in PLACE.finditer(words) if place[1]]
        gaps = [figure for figure in asked if figure.gap is not None]
        if not gaps:
            self.used += asked
            return tuple(self._filled(words))
        why = gaps[0].gap
        assert why is not None
        if clause.instead is not None:
            return (
                Piece(clause.instead.in_(self.language).replace("{why}", why.in_(self.language))),
            )
        self.left_out.setdefault(why, []).extend(gaps)
        return ()

    def _figure(self, place: re.Match[str]) -> Figure:
        code, way, item, _ = place.groups()
        return self.board.figure(code, way, (item,)) if way else self.board.figure(code)

    def _filled(self, words: str) -> Iterator[Piece]:
        end = 0
        for place in PLACE.finditer(words):
            if place.start() > end:
                yield Piece(words[end : place.start()])
            end = place.end()
            if not place[1]:
                yield Piece(month_in_words(self.board.period.last_day).in_(self.language))
                continue
            yield from self._number(self._figure(place), place[4])
        if end < len(words):
            yield Piece(words[end:])

    def _number(self, figure: Figure, style: str | None) -> Iterator[Piece]:
        """The number, bound; a signed one with its word before or behind it."""
        found = shown(figure)
        number = found.text.in_(self.language)
        if style is None:
            yield Piece(f"−{number}" if found.sign < 0 else number, figure.tag)
            return
        ways = DIRECTIONS[style]
        words = {1: ways.up, -1: ways.down, 0: ways.same}[found.sign].in_(self.language)
        before, _, behind = words.partition("{}")
        if found.sign == 0:
            yield Piece(words, figure.tag)
            return
        yield from (Piece(part, tag) for part, tag in _three(before, number, figure.tag, behind))

    def notes(self) -> Iterator[Line]:
        """What was left out of the text, by the reason."""
        zh, en = [], []
        for why, figures in self.left_out.items():
            labels = list(dict.fromkeys(figure.indicator.label for figure in figures))
            zh.append(f"{'、'.join(label.zh for label in labels)}（{why.zh}）")
            en.append(f"{', '.join(label.en for label in labels)} ({why.en})")
        if zh:
            words = Text(zh=f"未列：{'；'.join(zh)}。", en=f"Not given: {'; '.join(en)}.")
            yield Line("note", (Piece(words.in_(self.language)),))


def _three(before: str, number: str, tag: str, behind: str) -> Iterator[tuple[str, str | None]]:
    if before:
        yield before, None
    yield number, tag
    if behind:
        yield behind, None


def cited_words(figures: Sequence[Figure]) -> Text | None:
    """Which figures rest on what was published before the rows begin, in which documents; None if none does."""
    resting = [figure for figure in figures if figure.cited]
    if not resting:
        return None
    labels = list(dict.fromkeys(figure.indicator.label for figure in resting))
    papers = list(dict.fromkeys(each.cited for figure in resting for each in figure.cited))
    return Text(
        zh=f"{'、'.join(label.zh for label in labels)}的比较期为历史发布数（{'；'.join(papers)}），不可追溯到逐笔。",
        en=f"{', '.join(label.en for label in labels)}: the earlier end was published ({'; '.join(papers)}) and cannot be "
        "traced to rows.",
    )


def month_in_words(day: date) -> Text:
    """2025年6月; June 2025."""
    return Text(zh=f"{day.year}年{day.month}月", en=f"{MONTHS[day.month - 1]} {day.year}")


def bulletin(board: Board, *, made_on: date, language: Language, label: Text | None) -> Bulletin:
    """The bulletin of the board's month; ``label`` is what every page of the pack is marked with (合成数据)."""
    writing = Writing(board, language)
    month = month_in_words(board.period.last_day)
    standing = board.coverage.standing
    under = Text(
        zh=f"{month.zh}　{standing.zh}数　编制日期{made_on}",
        en=f"{month.en} · {standing.en} · made on {made_on}",
    )
    marks = INTERNAL.in_(language) + ("" if label is None else f"　{label.in_(language)}")
    title = TITLE.in_(language)
    head = (
        Line("mark", (Piece(marks),)),
        Line("title", (Piece(title),)),
        Line("under", (Piece(under.in_(language)),)),
    )
    lines = [line for section in SECTIONS for line in writing.section(section)]
    lines.append(Line("heading", (Piece(DATA.in_(language)),)))
    lines += [Line("note", (Piece(words.in_(language)),)) for words in completeness(board)]
    lines += writing.notes()
    tables = small_tables(board, language)
    bound = [*writing.used, *(figure for table in tables for figure in table.figures)]
    if (cited := cited_words(bound)) is not None:
        lines.append(Line("note", (Piece(cited.in_(language)),)))
    return Bulletin(title, head, lines, tables, bound)
