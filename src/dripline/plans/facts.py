"""What is known of a measure: its targets with their result, its figures, cases and registered documents (FN 14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from dripline.plans.progress import Judgement
from dripline.plans.targets import Target
from dripline.words import Text


class Status(Enum):
    """How a measure stands; the words are those of the light. WAITING: it cannot be told, as what it needs has not come."""

    DONE = Text(zh="已完成", en="done")
    ON_TRACK = Text(zh="正常推进", en="on track")
    WATCH = Text(zh="需关注", en="to be watched")
    LATE = Text(zh="滞后", en="late")
    WAITING = Text(zh="待报", en="waiting for data")
    NO_LIGHT = Text(zh="未设目标", en="no target")


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """A target and how far it is."""

    target: Target
    found: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSeen:
    """A figure of a day as known, and what it was before; a value of None has its reason in ``gap``.

    ``by``: it has no value for the province, and is to be asked divided so.
    """

    code: str
    label: Text
    unit: str
    day: date
    known_on: date
    value: Decimal | None
    standing: Text
    gap: Text | None = None
    by: Text | None = None
    before: Decimal | None = None
    before_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A registered document: of which kind of the measure's evidence, and how many persons confirmed it, the last when."""

    kind: str
    title: str
    number: str | None
    day: date
    registered_on: date
    confirmed_by: int = 0
    confirmed_on: date | None = None

    @property
    def cited(self) -> str:
        """Title and number."""
        return self.title if self.number is None else f"{self.title}（{self.number}）"


@dataclass(frozen=True, slots=True)
class Cases:
    """Cases of a kind on the day asked: open (of these ``overdue``), and closed so far."""

    kind: str
    open: int
    overdue: int
    closed: int


@dataclass(frozen=True, slots=True)
class Override:
    """A status set by a person: why, and by which post, on which day."""

    status: Status
    reason: str
    post: str
    day: date

    def __post_init__(self) -> None:
        if not self.reason.strip() or not self.post.strip():
            raise ValueError("a status that is set by hand needs a reason and the author's post")
        if self.status is Status.NO_LIGHT:
            raise ValueError("a light cannot be taken away by hand")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything known of one measure on the day asked."""

    targets: tuple[TargetProgress, ...] = ()
    figures: tuple[FigureSeen, ...] = ()
    documents: tuple[Document, ...] = ()
    cases: tuple[Cases, ...] = ()
    override: Override | None = None


NOTHING_KNOWN = Facts()
