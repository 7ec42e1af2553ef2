"""What may leave the authority: one gate, closed until disclosure control stands (architecture, settled 9)."""

from dripline.disclosure.gate import NOTHING_RELEASED, released, why_not_shown

__all__ = ["NOTHING_RELEASED", "released", "why_not_shown"]
