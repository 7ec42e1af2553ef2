"""The bulletin as a DOCX."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from dripline.publish.pack.bulletin import Bulletin
from dripline.publish.pack.paper import Paper
from dripline.publish.pack.piece import Piece
from dripline.words import Language

TAGS: Final[dict[Language, str]] = {"zh": "zh-CN", "en": "en"}
SCALES: Final[dict[Language, float]] = {"zh": 1, "en": 0.85}
"""English takes half as much room again; smaller, it keeps to its pages."""


def write_document(path: Path, bulletin: Bulletin, *, made: datetime, language: Language) -> None:
    """Writes the bulletin; its properties carry the instant given, so equal bulletins are equal bytes."""
    paper = Paper(bulletin.title, language=TAGS[language], made=made, scale=SCALES[language])
    for place, line in enumerate(bulletin.head, 1):
        paper.line(line.face, *line.pieces, rule=place == len(bulletin.head))
    for line in bulletin.lines:
        paper.line(line.face, *line.pieces)
    for table in bulletin.tables:
        paper.line("caption", Piece(table.caption))
        paper.table(table.heads, table.rows, table.widths)
        paper.line("note", Piece(table.note))
    paper.write(path)
