"""What a progress report says, as blocks that any paper can set: the same words in DOCX and PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from dripline.law import Footnote
from dripline.periods import Period
from dripline.plans.facts import Status
from dripline.plans.plan import Plan
from dripline.plans.reasons import About
from dripline.plans.status import MeasureStatus
from dripline.words import Language, Text

Look = Literal["mark", "title", "under", "heading", "measure", "text", "quote", "note"]
TITLE = Text(zh="《{title}》进展报告", en="{title}: progress report")
UNDER = Text(
    zh="{number}　截至{on}　数据：{period}", en="{number}. As of {on}; figures of {period}"
)
SUMMARY = Text(zh="全部{count}项措施：{parts}。", en="{count} measures: {parts}.")
OVERVIEW = Text(zh="措施状态一览", en="All measures")
HEADS = Text(zh="措施|状态|责任单位|完成时限", en="Measure|Status|Units|Deadline")
NUMBERED = Text(zh="{id}　{title}（原文{number}）", en="{id} {title} ({number} of the text)")
STATUS = Text(zh="状态：", en="Status: ")
BY_HAND = Text(
    zh="{status}（人工调整，{post}，{day}：{reason}；按规则为{computed}）",
    en="{status} (set by hand by {post} on {day}: {reason}; by rule: {computed})",
)
FROZEN = Text(zh="，已定格", en=", frozen")
WORDS = Text(zh="原文：", en="The plan's words: ")
UNITS = Text(zh="责任单位：", en="Units: ")
DEADLINE = Text(zh="完成时限：", en="Deadline: ")
REASONS = Text(zh="判定理由：", en="Why: ")
BESIDE: Final[dict[About, Text]] = {
    "target": Text(zh="另列目标：", en="Target beside: "),
    "milestone": Text(zh="阶段时限：", en="Step with a day: "),
}
"""What stands beside the light and does not decide it."""
ACTIVITY: Final[dict[About, Text]] = {
    "figure": Text(zh="指标：", en="Figure: "),
    "document": Text(zh="登记文件：", en="Registered document: "),
    "case": Text(zh="个案：", en="Cases: "),
    "gap": Text(zh="尚未建成：", en="Not built yet: "),
}
ACCOUNT = Text(zh="{unit}（{day}）", en="{unit} ({day})")
PARTS = (
    ("progress", Text(zh="进展：", en="Progress: ")),
    ("problems", Text(zh="问题：", en="Problems: ")),
    ("next_steps", Text(zh="下一步：", en="Next steps: ")),
)
SILENT = Text(zh="未填写。", en="nothing stated.")
NO_ACCOUNT = Text(
    zh="进展、问题、下一步：各单位尚未填报。",
    en="Progress, problems, next steps: no unit has stated them yet.",
)
ABOUT = Text(zh="说明", en="Notes")
RULE = Text(
    zh="状态由目标、登记文件和数据按规则算出，不手工填写；没有文件确定的目标不亮灯；时限已过的结果定格。",
    en="The status follows by rule from targets, registered documents and data and is never typed in; without an adopted "
    "target there is no light; the result of a passed deadline is frozen.",
)
BOUND = Text(
    zh="{label}（自{since}）：{value}，{status}。", en="{label} (from {since}): {value}, {status}."
)
TRANSLATED = Text(
    zh="方案文字以原文为准。",
    en="The English of the plan's words is a translation; the Chinese text stands. Texts of units are shown as written.",
)
STANDING: Final = {
    "official": Text(zh="依正式文件", en="official"),
    "reported": Text(zh="据报道", en="reported"),
    "assumed": Text(zh="暂定", en="assumed"),
}
STATUSES: Final = tuple(Status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a unit writes beside the figures: 进展、问题、下一步; in its own words, one language."""

    unit: str
    day: date
    progress: str = ""
    problems: str = ""
    next_steps: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReport:
    """What a report is made of: the plan, each measure's status, and what the units wrote, by the measure's id.

    ``vintage``: which facts the figures rest on; ``label`` is printed on top (合成数据, 内部资料).
    """

    plan: Plan
    on: date
    period: Period
    statuses: tuple[MeasureStatus, ...]
    accounts: Mapping[str, tuple[Account, ...]] = field(default_factory=dict)
    vintage: tuple[Text, ...] = ()
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: how it looks, what stands before it in bold, and its words."""

    look: Look
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of words; widths in millimetres."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


Block = Line | Grid
WIDTHS: Final = (62, 30, 40, 28)


def title_of(report: ProgressReport, tongue: Language) -> str:
    """The report's title."""
    return TITLE.format(title=report.plan.title.in_(tongue)).in_(tongue)


def blocks(report: ProgressReport, tongue: Language) -> Iterator[Block]:
    """The report from top to bottom, in one language."""
    if report.label is not None:
        yield Line("mark", report.label.in_(tongue))
    yield Line("title", title_of(report, tongue))
    under = UNDER.format(number=report.plan.number, on=report.on, period=report.period)
    yield Line("under", under.in_(tongue))
    yield Line("text", summary(report.statuses).in_(tongue))
    yield overview(report, tongue)
    found = {status.measure.id: status for status in report.statuses}
    for chapter in report.plan.chapters:
        heading = f"{chapter.number}、{chapter.title.zh}"
        yield Line("heading", heading if tongue == "zh" else chapter.title.en)
        for measure in chapter.measures:
            if measure.id in found:
                accounts = report.accounts.get(measure.id, ())
                yield from measure_blocks(found[measure.id], accounts, tongue)
    yield Line("heading", ABOUT.in_(tongue))
    yield from (Line("note", words.in_(tongue)) for words in notes(report))


def summary(statuses: tuple[MeasureStatus, ...]) -> Text:
    """How many measures stand how; a status that none has is left out."""
    counted = Counter(found.status for found in statuses)
    parts = [(status.value, counted[status]) for status in STATUSES if counted[status]]
    return Text(
        zh=SUMMARY.zh.format(
            count=len(statuses), parts="，".join(f"{w.zh}{n}项" for w, n in parts)
        ),
        en=SUMMARY.en.format(count=len(statuses), parts=", ".join(f"{w.en} {n}" for w, n in parts)),
    )


def overview(report: ProgressReport, tongue: Language) -> Grid:
    """A row for each measure."""
    rows = tuple(
        (
            f"{found.measure.id} {found.measure.title.in_(tongue)}",
            status_words(found).in_(tongue),
            units_of(found, tongue),
            found.measure.deadline.words.in_(tongue),
        )
        for found in report.statuses
    )
    return Grid(OVERVIEW.in_(tongue), tuple(HEADS.in_(tongue).split("|")), rows, WIDTHS)


def measure_blocks(
    found: MeasureStatus, accounts: tuple[Account, ...], tongue: Language
) -> Iterator[Line]:
    """One measure: status, words, units, deadline, reasons, what is known, what its units say."""
    measure = found.measure
    head = NUMBERED.format(id=measure.id, title=measure.title.in_(tongue), number=measure.number)
    yield Line("measure", head.in_(tongue))
    yield Line("text", stands(found).in_(tongue), STATUS.in_(tongue))
    yield Line("quote", measure.words.in_(tongue), WORDS.in_(tongue))
    yield Line("text", units_of(found, tongue), UNITS.in_(tongue))
    yield Line("text", measure.deadline.words.in_(tongue), DEADLINE.in_(tongue))
    for reason in found.reasons:
        decides = reason.status is not None or reason.about not in BESIDE
        lead = REASONS if decides else BESIDE[reason.about]
        yield Line("text", reason.says.in_(tongue), lead.in_(tongue))
    for about, lead in ACTIVITY.items():
        for reason in found.activity:
            if reason.about == about:
                yield Line("text", reason.says.in_(tongue), lead.in_(tongue))
    yield from account_lines(accounts, tongue)


def account_lines(accounts: tuple[Account, ...], tongue: Language) -> Iterator[Line]:
    """What the units wrote, each under its name and day; an empty part says so."""
    if not accounts:
        yield Line("note", NO_ACCOUNT.in_(tongue))
    for account in accounts:
        yield Line("note", ACCOUNT.format(unit=account.unit, day=account.day).in_(tongue))
        for part, lead in PARTS:
            written = str(getattr(account, part)).strip()
            yield Line("text", written or SILENT.in_(tongue), lead.in_(tongue))


def units_of(found: MeasureStatus, tongue: Language) -> str:
    """The units as the text names them; in English by their names."""
    if tongue == "zh":
        return found.measure.responsible
    return "; ".join(unit.name.en for unit in found.measure.units)


def status_words(found: MeasureStatus) -> Text:
    """The status in a word, and whether it is frozen."""
    words = found.status.value
    if not found.frozen:
        return words
    return Text(zh=words.zh + FROZEN.zh, en=words.en + FROZEN.en)


def stands(found: MeasureStatus) -> Text:
    """The status; one set by hand with its reason, post and day, beside what the rule says."""
    by_hand = found.override
    if by_hand is None:
        return status_words(found)
    told = {"post": by_hand.post, "day": by_hand.day, "reason": by_hand.reason}
    status, computed = found.status.value, found.computed.value
    return Text(
        zh=BY_HAND.zh.format(status=status.zh, computed=computed.zh, **told),
        en=BY_HAND.en.format(status=status.en, computed=computed.en, **told),
    )


def notes(report: ProgressReport) -> Iterator[Text]:
    """The rule, the numbers of the lawbook it read, which facts the figures rest on, and the language."""
    yield RULE
    read = {note.name: note for found in report.statuses for note in found.because}
    yield from (footnote(note) for note in read.values())
    yield from report.vintage
    yield TRANSLATED


def footnote(note: Footnote) -> Text:
    """A number of the lawbook that was read."""
    value = note.value
    told = (
        "; ".join(f"{key} {part}" for key, part in value.items())
        if isinstance(value, Mapping)
        else str(value)
    )
    standing = STANDING[note.status]
    return Text(
        zh=BOUND.zh.format(label=note.label.zh, since=note.since, value=told, status=standing.zh),
        en=BOUND.en.format(label=note.label.en, since=note.since, value=told, status=standing.en),
    )
