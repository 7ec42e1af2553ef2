"""What a loan note of last month is called now: a note that a merger renumbered is still the same note (FN 2)."""

from typing import Final

from dripline.nodes import TEXT, Field, FirstKnown, Lookup, PeriodDay, Value
from dripline.standards.loans import CLDWDK
from dripline.standards.registers import NOTE_NUMBER
from dripline.tables import THEN

IN_THE_MONTH: Final = NOTE_NUMBER.changed_on.not_before(
    PeriodDay("first")
) & NOTE_NUMBER.changed_on.not_after(PeriodDay())
"""Changed within the month that is looked at: an old number may have been given to another note since."""
RENUMBERED: Final[Value] = Lookup(
    NOTE_NUMBER.new_loan_note_no,
    (
        (Field(CLDWDK.code, THEN, TEXT), NOTE_NUMBER.old_reporter),
        (CLDWDK.loan_note_no, NOTE_NUMBER.old_loan_note_no),
    ),
    IN_THE_MONTH,
)
NUMBER_TODAY: Final[Value] = FirstKnown((RENUMBERED, CLDWDK.loan_note_no))
"""The number of a row of last month in this month's file: by NOTE_NUMBER if it names the note, else as it was."""
