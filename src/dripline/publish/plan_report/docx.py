"""The progress report as a DOCX, in the look of the monthly pack."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from dripline.publish.pack.documents import SCALES, TAGS
from dripline.publish.pack.paper import Paper
from dripline.publish.pack.piece import Piece
from dripline.publish.plan_report.content import Grid, ProgressReport, blocks, title_of
from dripline.words import Language


def report_docx(
    path: Path, report: ProgressReport, *, made: datetime, language: Language = "zh"
) -> None:
    """Writes the report; the same report and instant give the same bytes."""
    title = title_of(report, language)
    paper = Paper(title, language=TAGS[language], made=made, scale=SCALES[language])
    for block in blocks(report, language):
        if isinstance(block, Grid):
            rows = [[Piece(cell) for cell in row] for row in block.rows]
            paper.line("caption", Piece(block.caption))
            paper.table(block.heads, rows, block.widths, words=len(block.heads))
        else:
            lead = [Piece(block.lead, bold=True)] if block.lead else []
            paper.line(block.look, *lead, Piece(block.text), rule=block.look == "under")
    paper.write(path)
