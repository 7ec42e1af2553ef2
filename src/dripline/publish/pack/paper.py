"""An A4 document in the look of an official text, after GB/T 9704-2012: named fonts, fixed line pitch, page numbers.

A number bound to a figure stands in a content control, whose tag names the figure: a reader of the file sees plain text,
a program finds where each number comes from. The same content gives the same bytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from dripline.publish.pack.piece import Piece

LATIN = "Times New Roman"
BODY, HEADING, TITLE = "仿宋_GB2312", "黑体", "方正小标宋简体"
"""Fonts by name as GB/T 9704-2012 wants them; none is shipped, so a machine without them shows its own."""
RULE_RED = "C00000"
MARGINS = {"top_margin": 22, "bottom_margin": 20, "left_margin": 25, "right_margin": 25}
AFTER_BORDER = ("w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
AFTER_TABLE_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
"""What the format wants to stand behind a border: a document out of order is refused by some readers."""
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip knows: parts carry no time of their own, so that equal documents are equal bytes."""


@dataclass(frozen=True, slots=True)
class Face:
    """How a paragraph is set: font of the Chinese, size and line pitch in points, place."""

    font: str
    size: float
    pitch: float
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    indented: bool = False
    bold: bool = False
    before: float = 0
    after: float = 0

    def at(self, scale: float) -> Face:
        """The same face, smaller or larger."""
        return replace(self, size=self.size * scale, pitch=self.pitch * scale)


FACES = {
    "mark": Face(HEADING, 10.5, 14, WD_ALIGN_PARAGRAPH.LEFT),
    "title": Face(TITLE, 20, 28, WD_ALIGN_PARAGRAPH.CENTER, before=2),
    "under": Face(BODY, 11, 16, WD_ALIGN_PARAGRAPH.CENTER, after=4),
    "heading": Face(HEADING, 12, 20, WD_ALIGN_PARAGRAPH.LEFT, indented=True),
    "measure": Face(HEADING, 11.5, 19, WD_ALIGN_PARAGRAPH.LEFT, before=8),
    "text": Face(BODY, 11.5, 19, indented=True),
    "quote": Face(BODY, 11.5, 19, indented=True),
    "caption": Face(HEADING, 10.5, 16, WD_ALIGN_PARAGRAPH.CENTER, before=6),
    "unit": Face(BODY, 9, 12, WD_ALIGN_PARAGRAPH.RIGHT),
    "head": Face(HEADING, 9, 12, WD_ALIGN_PARAGRAPH.CENTER),
    "words": Face(BODY, 9, 12, WD_ALIGN_PARAGRAPH.LEFT),
    "number": Face(BODY, 9, 12, WD_ALIGN_PARAGRAPH.RIGHT),
    "note": Face(BODY, 9, 13),
}
"""Every way a paragraph of a pack looks."""


class Paper:
    """A document that is filled from top to bottom and written once."""

    def __init__(self, title: str, *, language: str, made: datetime, scale: float = 1) -> None:
        self.scale = scale
        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        for name, millimetres in MARGINS.items():
            setattr(section, name, Mm(millimetres))
        section.footer_distance = Mm(12)
        normal = self.document.styles["Normal"]
        normal.font.name = LATIN
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
        about = self.document.core_properties
        about.title, about.author, about.last_modified_by = title, "Dripline", "Dripline"
        about.comments, about.keywords, about.revision, about.language = "", "", 1, language
        about.created = about.modified = made.replace(tzinfo=None, microsecond=0)
        self._page_number(section.footer.paragraphs[0])

    def line(self, face: str, *pieces: Piece, rule: bool = False) -> None:
        """A paragraph; ``rule`` draws the red line below it."""
        paragraph = self.document.add_paragraph()
        look = FACES[face].at(self.scale)
        set_face(paragraph, look)
        fill(paragraph, look, pieces)
        if rule:
            below = border("bottom", RULE_RED, 12)
            paragraph._p.get_or_add_pPr().insert_element_before(below, *AFTER_BORDER)

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[Piece]],
        widths: Sequence[float],
        *,
        words: int = 1,
    ) -> None:
        """A table with three lines, its head repeated on each page; the first ``words`` columns are words, the others numbers."""
        table = self.document.add_table(rows=0, cols=len(heads))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for place, row in enumerate([[Piece(head) for head in heads], *rows]):
            cells = table.add_row().cells
            for column, (cell, piece) in enumerate(zip(cells, row, strict=True)):
                kind = "head" if place == 0 else "words" if column < words else "number"
                face = FACES[kind].at(self.scale)
                cell.width = Mm(widths[column])
                set_face(cell.paragraphs[0], face)
                fill(cell.paragraphs[0], face, [piece])
        head = table.rows[0]._tr.get_or_add_trPr()
        head.append(OxmlElement("w:tblHeader"))
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        rule_table(table)

    def write(self, path: Path) -> None:
        """Writes the document; parts in order and without times, so that equal content is equal bytes."""
        held = BytesIO()
        self.document.save(held)
        with zipfile.ZipFile(held) as made, zipfile.ZipFile(path, "w") as out:
            for name in made.namelist():
                part = zipfile.ZipInfo(name, EARLIEST)
                part.compress_type = zipfile.ZIP_DEFLATED
                out.writestr(part, made.read(name))

    def _page_number(self, paragraph: Paragraph) -> None:
        """— 1 —, as official texts number their pages."""
        face = Face(BODY, 10.5, 14, WD_ALIGN_PARAGRAPH.CENTER)
        set_face(paragraph, face)
        fill(paragraph, face, [Piece("— ")])
        run = paragraph.add_run()
        set_font(run, face)
        for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
            name = "w:instrText" if words else "w:fldChar"
            part = OxmlElement(name)
            if words:
                part.text = words
            else:
                part.set(qn("w:fldCharType"), str(kind))
            run._r.append(part)
        fill(paragraph, face, [Piece(" —")])


def set_face(paragraph: Paragraph, face: Face) -> None:
    """Place, pitch and indent of a paragraph."""
    shape = paragraph.paragraph_format
    shape.alignment, shape.line_spacing_rule = face.align, WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(face.pitch)
    shape.space_before, shape.space_after = Pt(face.before), Pt(face.after)
    if face.indented:
        shape.first_line_indent = Pt(face.size * 2)


def fill(paragraph: Paragraph, face: Face, pieces: Sequence[Piece]) -> None:
    """The words of a paragraph; bound ones inside their content control."""
    for piece in pieces:
        run = paragraph.add_run(piece.text)
        set_font(run, replace(face, bold=True) if piece.bold else face)
        if piece.tag is not None:
            control(run, piece.tag)


def set_font(run: Run, face: Face) -> None:
    """Latin and Chinese font, size and weight of a run."""
    run.font.name, run.font.size, run.font.bold = LATIN, Pt(face.size), face.bold
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face.font)


def control(run: Run, tag: str) -> None:
    """Puts a content control around a run, named by its tag."""
    outer, about, content = (OxmlElement(f"w:{name}") for name in ("sdt", "sdtPr", "sdtContent"))
    for name in ("alias", "tag"):
        part = OxmlElement(f"w:{name}")
        part.set(qn("w:val"), tag)
        about.append(part)
    outer.append(about)
    outer.append(content)
    parent = run._r.getparent()
    parent.replace(run._r, outer)
    content.append(run._r)


def border(side: str, colour: str, eighths: int) -> Any:
    """A line beside a paragraph; width in eighths of a point."""
    lines, line = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    named = {"val": "single", "sz": str(eighths), "space": "1", "color": colour}
    for name, value in named.items():
        line.set(qn(f"w:{name}"), value)
    lines.append(line)
    return lines


def rule_table(table: Any) -> None:
    """Hairlines above, between and below the rows; no vertical ones."""
    lines = OxmlElement("w:tblBorders")
    for side, eighths in (("top", 8), ("bottom", 8), ("insideH", 2)):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", str(eighths)), ("color", "404040")):
            line.set(qn(f"w:{name}"), value)
        lines.append(line)
    table._tbl.tblPr.insert_element_before(lines, *AFTER_TABLE_BORDERS)
