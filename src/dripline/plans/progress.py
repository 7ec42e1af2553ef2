"""What value, target and day make together: reached, missed, on track, behind, no target; or it is unknown (FN 14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from dripline.periods import Period, is_month_end
from dripline.plans.targets import Target
from dripline.words import Text


class Light(Enum):
    """The answers; each with its words."""

    REACHED = Text(zh="达成", en="reached")
    MISSED = Text(zh="未达成", en="missed")
    ON_TRACK = Text(zh="按进度", en="on track")
    BEHIND = Text(zh="落后", en="behind")
    UNKNOWN = Text(zh="尚不能判断", en="cannot be told yet")
    NO_TARGET = Text(zh="无目标", en="no target")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the figure of a month's end was known to be on a day; ``final``: no reporter was missing then.

    ``value`` None: nothing to divide by, or rows it needs had not come.
    """

    day: date
    known_on: date
    value: Decimal | None
    final: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer, the reading it rests on, what was to be reached, and why; frozen ones never change again.

    ``base`` is the value of the first day, where the pace was counted from it.
    """

    light: Light
    because: Text
    reading: Reading | None = None
    goal: Fraction | None = None
    frozen: bool = False
    base: Fraction | None = None


NOTHING_SET = Text(zh="没有文件确定的目标", en="no document has set a target")
NOT_BEGUN = Text(zh="尚未到起算日期", en="its first day is still to come")
NO_FIGURE = Text(zh="尚无指标或数据", en="no figure measures it yet, or none has come")
NO_BASE = Text(zh="缺起算日期的基数", en="the base of its first day is not known")
NO_RESULT = Text(zh="时限当日的数据尚未报齐", en="the figure of its last day has not come")
DEADLINE = Text(zh="以时限当日首个正式数为准", en="by the first final figure of its last day")
PROVISIONAL = Text(
    zh="时限已过，时限当日仅有初步数", en="past its last day, whose figure is preliminary"
)
AHEAD = Text(zh="时限未到，现已达到", en="not due yet, and met today")
WITHIN = Text(zh="时限未到，现未超过", en="not due yet, and within it today")
PACE = Text(
    zh="与起算日期至时限按日直线进度比较",
    en="against a straight line by days from its first day to its last",
)


def judge(target: Target | None, readings: Sequence[Reading], on: date) -> Judgement:
    """The light of a target on a day; what became known later counts for nothing."""
    if target is None:
        return Judgement(Light.NO_TARGET, NOTHING_SET)
    if on < target.starts:
        return Judgement(Light.UNKNOWN, NOT_BEGUN)
    known = [reading for reading in readings if reading.known_on <= on]
    return _result(target, known) if on > target.due else _progress(target, known, on)


def _result(target: Target, known: Sequence[Reading]) -> Judgement:
    """After the last day: the first final figure of that day decides for good, a preliminary one until then."""
    last = settled(known, target.due)
    if last is None or last.value is None:
        return Judgement(Light.UNKNOWN, NO_RESULT, last)
    goal, of_final = goal_of(target, known)
    if goal is None:
        return Judgement(Light.UNKNOWN, NO_BASE, last)
    light = Light.REACHED if met(target, last.value, goal) else Light.MISSED
    frozen = last.final and of_final
    return Judgement(light, DEADLINE if frozen else PROVISIONAL, last, goal, frozen)


def _progress(target: Target, known: Sequence[Reading], on: date) -> Judgement:
    """Before it: met today, or compared with the pace."""
    so_far = [r for r in known if month_end_by(target.starts) <= r.day <= on]
    last = max(so_far, key=lambda reading: (reading.day, reading.known_on), default=None)
    if last is None or last.value is None:
        return Judgement(Light.UNKNOWN, NO_FIGURE, last)
    (goal, _), (base, _) = goal_of(target, known), base_of(target, known)
    if goal is None:
        return Judgement(Light.UNKNOWN, NO_BASE, last)
    if met(target, last.value, goal):
        # A ceiling is kept to the last day, not reached before it.
        kept = target.direction == "at_most"
        light, because = (Light.ON_TRACK, WITHIN) if kept else (Light.REACHED, AHEAD)
        return Judgement(light, because, last, goal)
    if base is None:
        return Judgement(Light.UNKNOWN, NO_BASE, last, goal)
    line = pace(target, base, goal, last.day)
    value = Fraction(last.value)
    kept_up = value <= line if target.direction == "at_most" else value >= line
    return Judgement(Light.ON_TRACK if kept_up else Light.BEHIND, PACE, last, goal, base=base)


def pace(target: Target, base: Fraction, goal: Fraction, day: date) -> Fraction:
    """Where a straight line from base to goal is on a day."""
    return base + (goal - base) * share_of_time(target, day)


def lag(target: Target, found: Judgement) -> Fraction | None:
    """How far a target is behind its pace, as a share of the way from base to goal; None where there is no way to go."""
    reading, goal, base = found.reading, found.goal, found.base
    if reading is None or reading.value is None or goal is None or base is None or goal == base:
        return None
    line = pace(target, base, goal, reading.day)
    return abs(line - Fraction(reading.value)) / abs(goal - base)


def settled(known: Sequence[Reading], day: date) -> Reading | None:
    """The reading of a day that counts for good: its first final one, else the latest.

    The day itself where it was read, else the month's end before it; an earlier month does not stand for it.
    """
    near = [r for r in known if month_end_by(day) <= r.day <= day]
    last = max((reading.day for reading in near), default=None)
    of_the_day = sorted((r for r in near if r.day == last), key=lambda r: r.known_on)
    final = [reading for reading in of_the_day if reading.final]
    return final[0] if final else of_the_day[-1] if of_the_day else None


def base_of(target: Target, known: Sequence[Reading]) -> tuple[Fraction | None, bool]:
    """What the document gives as the value of the first day, else the figure up to it; and whether that is final."""
    if target.base is not None:
        return Fraction(target.base), True
    first = settled(known, target.starts)
    if first is None or first.value is None:
        return None, False
    return Fraction(first.value), first.final


def goal_of(target: Target, known: Sequence[Reading]) -> tuple[Fraction | None, bool]:
    """The value to be reached, and whether it is final; None where it needs a base that is not known."""
    value = Fraction(target.value)
    if target.direction not in ("increase", "growth"):
        return value, True
    base, final = base_of(target, known)
    if base is None:
        return None, False
    return base + value if target.direction == "increase" else base * (1 + value / 100), final


def met(target: Target, value: Decimal, goal: Fraction) -> bool:
    """Whether a value meets the goal: 超过 is more than it, 不低于 and 不高于 allow for it."""
    match target.direction:
        case "at_most":
            return Fraction(value) <= goal
        case "more_than":
            return Fraction(value) > goal
        case _:
            return Fraction(value) >= goal


def share_of_time(target: Target, day: date) -> Fraction:
    """How much of the time from the first day to the last is over, by days, between 0 and 1."""
    whole = (target.due - target.starts).days
    gone = min(max((day - target.starts).days, 0), whole)
    return Fraction(gone, whole) if whole else Fraction(1)


def month_end_by(day: date) -> date:
    """The last month's end up to a day, the day itself included: the figures of a month stand at its end."""
    return day if is_month_end(day) else Period.of(day).first_day - timedelta(days=1)
