"""A stretch of words of a document, bound to a figure or not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """Words; ``tag`` names the figure a number is bound to (see ``board.Figure.tag``), None for plain words."""

    text: str
    tag: str | None = None
    bold: bool = False
