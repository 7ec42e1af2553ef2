"""The bulletin of a month on a tiny province: its words, and its numbers against the catalogue they are bound to."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from dripline.canon import meaning_hash
from dripline.errors import Refused
from dripline.periods import Period
from dripline.publish.pack.board import board
from dripline.publish.pack.bulletin import Bulletin, bulletin
from dripline.publish.pack.documents import write_document
from dripline.publish.pack.sentences import SECTIONS
from tests.agree.accepted import FIRST, LAST, figures
from tests.house.measure import ROOT

GOLDEN = ROOT / "tests" / "golden" / "bulletin-2025-06.txt"
MADE = datetime(2025, 7, 14, 2, 0, tzinfo=UTC)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ZH = {"亿": 10**8, "万": 10**4, "": 1}


@cache
def of(period: Period = LAST, language: str = "zh") -> Bulletin:
    return bulletin(board(figures(), period), made_on=MADE.date(), language=language, label=None)


def bound_numbers(path) -> list[tuple[str, str]]:
    """Tag and text of every content control of a document, read from its XML alone."""
    with zipfile.ZipFile(path) as document:
        root = ET.fromstring(document.read("word/document.xml"))
    found = []
    for control in root.iter(f"{WORD}sdt"):
        tag = control.find(f"{WORD}sdtPr/{WORD}tag").get(f"{WORD}val")
        found.append((tag, "".join(t.text for t in control.iter(f"{WORD}t"))))
    return found


def cell_of(tag: str):
    """The cell a tag names, asked of the catalogue anew."""
    code, period, place, meaning = tag.split("|")
    pairs = [] if place == "total" else [part.split("=") for part in place.split("+")]
    indicator = figures().catalogue.at(Period.parse(period).last_day).indicator(code)
    assert meaning_hash(indicator) == meaning
    keys = tuple(item or None for _, item in pairs)
    cells = asked(code, Period.parse(period), tuple(name for name, _ in pairs))
    return next(cell for cell in cells if cell.keys == keys)


@cache
def asked(code: str, period: Period, by: tuple[str, ...]):
    return figures().query(code, period, by)


def rounded(cell, per: int, decimals: int) -> Decimal:
    exact = Decimal(cell.numerator) / (Decimal(cell.denominator) * per)
    return abs(exact).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def test_every_number_of_the_document_is_its_cell_of_the_catalogue_rounded_once(tmp_path):
    path = tmp_path / "bulletin.docx"
    write_document(path, of(), made=MADE, language="zh")
    numbers = bound_numbers(path)
    assert [tag for tag, _ in numbers] == [figure.tag for figure in of().bound]
    assert len(numbers) > 60
    assert max(len(tag) for tag, _ in numbers) <= 64, "a longer tag is cut by word processors"
    for tag, text in numbers:
        cell, found = cell_of(tag), re.fullmatch(r"−?([\d,]+(?:\.\d+)?)([亿万]?)(\D*)", text)
        if text in ("持平", "0元"):
            assert rounded(cell, 1, 2) == 0, tag
            continue
        digits, scale, unit = found.groups()
        shown = Decimal(digits.replace(",", ""))
        # In a table the unit stands in the head: balances there are in 亿元.
        per = ZH[scale] if unit else 10**8 if tag.startswith("TE-BAL|") else 1
        assert shown == rounded(cell, per, -shown.as_tuple().exponent), tag


def words_of(text: str) -> str:
    """The text with # for each number and digest: these are compared with the catalogue, not with a file."""
    return re.sub(r"[0-9a-f]{12,16}|\d[\d,.-]*(?<=\d)", "#", text)


def test_the_bulletin_reads_as_it_should():
    assert words_of(of().text) == GOLDEN.read_text("utf-8")


def test_no_number_stands_in_the_text_that_is_bound_to_nothing():
    for line in of().lines:
        if line.face == "text":
            plain = "".join(piece.text for piece in line.pieces if piece.tag is None)
            rest = re.sub(r"缺[\d至、-]+的|\d{4}年\d+月|[\d,]+户（笔）|90天", "", plain)
            assert re.findall(r"\d+", rest) == []


def test_what_cannot_be_given_is_said_in_words_or_noted_and_never_an_empty_number():
    first = of(FIRST)
    assert "{" not in first.text
    assert "None" not in first.text
    assert f"首贷户数无法得出（缺{FIRST.shift(-1)}的逐笔数据）" in first.text
    (note,) = [line.text for line in first.lines if line.text.startswith("未列：")]
    assert "科技型企业贷款增速高于各项贷款（缺2024-03的逐笔数据）" in note


def test_the_same_month_gives_the_same_bytes_and_another_instant_only_another_property(tmp_path):
    paths = [tmp_path / name for name in ("a.docx", "b.docx", "c.docx")]
    for path, made in zip(paths, (MADE, MADE, MADE.replace(hour=3)), strict=True):
        write_document(path, of(), made=made, language="zh")
    first, again, later = (path.read_bytes() for path in paths)
    assert first == again != later


def test_the_page_is_a4_with_page_numbers_and_named_chinese_fonts(tmp_path):
    path = tmp_path / "bulletin.docx"
    write_document(path, of(), made=MADE, language="zh")
    with zipfile.ZipFile(path) as document:
        body = document.read("word/document.xml").decode()
        footers = [document.read(n).decode() for n in document.namelist() if "footer" in n]
    size = re.search(r'<w:pgSz w:w="(\d+)" w:h="(\d+)"', body)
    assert (int(size[1]), int(size[2])) == (11906, 16838)
    assert [("PAGE" in footer) for footer in footers] == [True]
    assert set(re.findall(r'w:eastAsia="([^"]+)"', body)) == {
        "仿宋_GB2312",
        "黑体",
        "方正小标宋简体",
    }


def test_english_says_the_same_figures():
    english = of(LAST, "en")
    assert sorted(figure.tag for figure in english.bound) == sorted(f.tag for f in of().bound)
    assert not re.search(
        "[亿万户]", "".join(line.text for line in english.lines if line.face == "text")
    )


def test_every_figure_of_every_sentence_is_in_the_catalogue_with_that_unit_of_style():
    known = figures().catalogue.indicators
    places = [
        (code, style)
        for section in SECTIONS
        for sentence in section.sentences
        for clause in sentence
        for words in (clause.words.zh, clause.words.en)
        for code, style in re.findall(r"\{([A-Z][A-Z0-9-]*)(?:@[^:}]*)?(?::([a-z]+))?\}", words)
    ]
    assert {code for code, _ in places} - set(known) == set()
    assert {known[code].unit for code, style in places if style == "grows"} == {"percent"}


def test_a_month_without_loans_and_a_period_that_is_no_month_are_refused():
    with pytest.raises(Refused, match=r"No loans .* of 2024-01 .* Months with loans: 2025-03"):
        board(figures(), Period.parse("2024-01"))
    with pytest.raises(Refused, match="A pack is made for a month, such as 2025-06"):
        board(figures(), Period.parse("2025-Q2"))
    assert date(2025, 6, 30) == LAST.last_day
