"""Two small tables for specs of the language."""

from dripline.tables import Column, Table
from dripline.words import Text

WORDS = Text(zh="词", en="words")


class LEND(Table):
    """A small loan table."""

    code = "LEND"
    label = grain = WORDS
    nature = "stock"
    note = Column("C..20", WORDS, "M")
    borrower = Column("C..20", WORDS)
    id_type = Column("C3", WORDS)
    city = Column("C6", WORDS)
    start = Column("date", WORDS)
    end = Column("date", WORDS)
    balance = Column("D20.2", WORDS)
    rate = Column("D10.5", WORDS)
    size = Column("C4", WORDS)
    parts = Column("C..60", WORDS)
    staff = Column("I..10", WORDS)


class CUST(Table):
    """A small customer table."""

    code = "CUST"
    label = grain = WORDS
    nature = "stock"
    borrower = Column("C..20", WORDS)
    size = Column("C4", WORDS)
    listed = Column("C1", WORDS)
    worth = Column("D20.2", WORDS)
