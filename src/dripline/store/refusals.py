"""Refusals whose reason a person reads in their own language."""

from dripline.errors import Refused
from dripline.words import Text


class Declined(Refused):
    """What the store does not do, with the reason in Chinese and English."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class NotAccepted(Declined):
    """A delivery that is not taken."""


class NotOpened(Declined):
    """Rows that the purpose of a scope does not open; the reason holds the legal basis."""
