"""Why a measure stands as it does, one sentence each: which figure, target, document or case, and of which day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from dripline.plans.facts import Cases, Document, Facts, FigureSeen, Status, TargetProgress
from dripline.plans.plan import Kind, Measure, Milestone
from dripline.plans.progress import Judgement, Light, lag
from dripline.plans.saying import moved, said
from dripline.plans.targets import Direction
from dripline.words import Text

About = Literal["target", "milestone", "note", "figure", "document", "case", "gap"]
TARGET = Text(
    zh="{label}：{reached}，{goal}，时限{due}；{light}（{because}{behind}）。依据：{document}，{article}",
    en="{label}: {reached}; {goal}, due {due}. {light} ({because}{behind}). Set by {document}, {article}",
)
SHORT = Text(zh="{label}：{goal}，{light}（{because}）", en="{label}: {goal}; {light} ({because})")
REACHED = Text(zh="{day}为{value}（{final}）", en="{value} on {day} ({final})")
NO_VALUE = Text(zh="尚无数值", en="no value yet")
FINAL, NOT_FINAL = Text(zh="正式数", en="final"), Text(zh="初步数", en="preliminary")
GOALS: Final[dict[Direction, Text]] = {
    "at_least": Text(zh="应不低于{goal}", en="to be at least {goal}"),
    "more_than": Text(zh="应超过{goal}", en="to be more than {goal}"),
    "at_most": Text(zh="应不高于{goal}", en="to be at most {goal}"),
    "increase": Text(zh="应比起算日期增加{goal}", en="to rise by {goal} over its first day"),
    "growth": Text(zh="应比起算日期增长{goal}", en="to grow by {goal} over its first day"),
}
TO_REACH = Text(zh="，即达到{reach}", en=", that is to {reach}")
BEHIND = Text(zh="，落后全程的{share}", en=", behind by {share} of the way")
PARTS = Text(
    zh="机构、城市目标{count}个：{parts}（不决定全省状态）",
    en="{count} targets of institutions and cities: {parts} (they do not decide the status of the province)",
)
STEP_TAKEN = Text(
    zh="{words}：{document}，{day}，按期（时限{due}）",
    en="{words}: {document}, {day}, in time for {due}",
)
STEP_LATE = Text(
    zh="{words}：{document}，{day}，晚于时限{due}", en="{words}: {document}, {day}, after {due}"
)
STEP_OPEN = Text(
    zh="{words}：时限{due}已过，尚无经{need}人确认的“{kind}”登记，不能判断",
    en="{words}: {due} is past and no “{kind}” confirmed by {need} is registered, so it cannot be told",
)
STEP_AHEAD = Text(
    zh="{words}：时限{due}未到，尚无“{kind}”登记",
    en="{words}: due {due}; no “{kind}” is registered yet",
)
FIGURE = Text(zh="{label}：{value}（{day}，{standing}）", en="{label}: {value} ({day}, {standing})")
TREND = Text(zh="，较{day}的{before}{moved}", en=", {moved} {before} on {day}")
LEVEL = Text(zh="，与{day}持平", en=", {moved} {day}")
DIVIDED = Text(zh="{label}：按{by}查看", en="{label}: to be asked by {by}")
GAP = Text(zh="{label}：{day}无数值（{gap}）", en="{label}: no value for {day} ({gap})")
DOCUMENT = Text(
    zh="{kind}：{document}，{day}，{confirmed}人确认{enough}",
    en="{kind}: {document}, {day}, confirmed by {confirmed}{enough}",
)
NOT_ENOUGH = Text(zh="，未满{need}人，不作依据", en=", fewer than {need}: it does not count")
CASES = Text(
    zh="{kind}：在办{open}件，其中超期{overdue}件；已办结{closed}件",
    en="{kind}: {open} open, {overdue} of them overdue; {closed} closed",
)


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence, what it is about, and the code or kind it names; ``status``: what it makes of the measure, if anything."""

    about: About
    says: Text
    refers: str = ""
    status: Status | None = None
    frozen: bool = False
    shorter: Text | None = None

    @property
    def short(self) -> Text:
        """The sentence for where there is little room."""
        return self.shorter or self.says


def of_target(progress: TargetProgress, status: Status | None) -> Reason:
    """A target with its value, day, goal and document."""
    target, found = progress.target, progress.found
    parts: dict[str, object] = {
        "label": target.label,
        "reached": _reached(progress),
        "goal": _goal(progress),
        "due": target.due,
        "light": found.light.value,
        "because": found.because,
        "behind": _behind(progress),
        "document": target.document,
        "article": target.article,
    }
    says, short = _fill(TARGET, **parts), _fill(SHORT, **parts)
    return Reason("target", says, target.code, status, found.frozen, short)


def _goal(progress: TargetProgress) -> Text:
    """What was set; where it counts from a base that is known, what that comes to."""
    target, goal = progress.target, progress.found.goal
    unit = "percent" if target.direction == "growth" else target.unit
    words = _fill(GOALS[target.direction], goal=said(target.value, unit))
    if goal is None or target.direction not in ("increase", "growth"):
        return words
    more = _fill(TO_REACH, reach=said(goal, target.unit))
    return Text(zh=words.zh + more.zh, en=words.en + more.en)


def _reached(progress: TargetProgress) -> Text:
    reading = progress.found.reading
    if reading is None or reading.value is None:
        return NO_VALUE
    value = said(reading.value, progress.target.unit)
    return _fill(REACHED, day=reading.day, value=value, final=FINAL if reading.final else NOT_FINAL)


def _behind(progress: TargetProgress) -> object:
    share = lag(progress.target, progress.found)
    if progress.found.light is not Light.BEHIND or share is None:
        return ""
    return _fill(BEHIND, share=said(share * 100, "percent"))


def of_parts(found: Iterable[Judgement]) -> Iterator[Reason]:
    """The targets of institutions and cities, counted by their answer."""
    counted = Counter(judgement.light for judgement in found)
    if counted:
        parts = [(light.value, counted[light]) for light in Light if counted[light]]
        says = Text(
            zh="，".join(f"{words.zh}{count}" for words, count in parts),
            en=", ".join(f"{words.en} {count}" for words, count in parts),
        )
        yield Reason("target", _fill(PARTS, count=counted.total(), parts=says))


def of_milestone(measure: Measure, step: Milestone, facts: Facts, need: int, on: date) -> Reason:
    """A step the text sets a day for; where the measure itself is due that day, it decides the light."""
    decides = measure.deadline.day == step.day
    proof = settled_by(step, facts.documents, need, on)
    if proof is not None:
        in_time = proof.day <= step.day
        words = STEP_TAKEN if in_time else STEP_LATE
        says = _fill(words, words=step.words, document=proof.cited, day=proof.day, due=step.day)
        status = Status.DONE if in_time else Status.LATE
        return Reason("milestone", says, step.document, status if decides else None, frozen=True)
    past = on > step.day
    kind = next(kind.label for kind in measure.evidence.documents if kind.code == step.document)
    says = _fill(
        STEP_OPEN if past else STEP_AHEAD, words=step.words, due=step.day, kind=kind, need=need
    )
    status_ = Status.WAITING if decides and past else None
    return Reason("milestone", says, step.document, status_)


def settled_by(
    step: Milestone, documents: Iterable[Document], need: int, on: date
) -> Document | None:
    """The document of a step that was confirmed first: one that is registered afterwards changes nothing any more."""
    counted = [
        (one.confirmed_on, one.day, one.cited, one)
        for one in documents
        if one.kind == step.document
        and counts(one, need)
        and one.confirmed_on is not None
        and max(one.registered_on, one.confirmed_on) <= on
    ]
    return min(counted, key=lambda found: found[:3])[3] if counted else None


def counts(document: Document, need: int) -> bool:
    """Whether enough persons confirmed a document."""
    return document.confirmed_by >= need


def activity(measure: Measure, facts: Facts, need: int, on: date) -> Iterator[Reason]:
    """What else is known: figures with their trend, documents, cases, and what has no system behind it yet."""
    yield from (of_figure(figure) for figure in facts.figures)
    kinds = {kind.code: kind for kind in (*measure.evidence.documents, *measure.evidence.cases)}
    known = [document for document in facts.documents if document.registered_on <= on]
    for document in sorted(known, key=lambda one: (one.day, one.cited)):
        yield of_document(document, kinds, need)
    yield from (of_cases(cases, kinds) for cases in facts.cases)
    if measure.evidence.not_built is not None:
        yield Reason("gap", measure.evidence.not_built)


def of_figure(figure: FigureSeen) -> Reason:
    """A figure with its day and standing, and whether it rose."""
    if figure.by is not None:
        return Reason("figure", _fill(DIVIDED, label=figure.label, by=figure.by), figure.code)
    if figure.value is None:
        gap = figure.gap or NO_VALUE
        return Reason(
            "figure", _fill(GAP, label=figure.label, day=figure.day, gap=gap), figure.code
        )
    value = said(figure.value, figure.unit)
    says = _fill(FIGURE, label=figure.label, value=value, day=figure.day, standing=figure.standing)
    if figure.before is not None:
        before, way = said(figure.before, figure.unit), moved(figure.value, figure.before)
        words = LEVEL if figure.value == figure.before else TREND
        more = _fill(words, day=figure.before_day, before=before, moved=way)
        says = Text(zh=says.zh + more.zh, en=says.en + more.en)
    return Reason("figure", says, figure.code)


def of_document(document: Document, kinds: dict[str, Kind], need: int) -> Reason:
    """A registered document, and whether it counts."""
    says = _fill(
        DOCUMENT,
        kind=_named(document.kind, kinds),
        document=document.cited,
        day=document.day,
        confirmed=document.confirmed_by,
        enough="" if counts(document, need) else _fill(NOT_ENOUGH, need=need),
    )
    return Reason("document", says, document.kind)


def of_cases(cases: Cases, kinds: dict[str, Kind]) -> Reason:
    """Cases of a kind, counted."""
    says = _fill(
        CASES,
        kind=_named(cases.kind, kinds),
        open=cases.open,
        overdue=cases.overdue,
        closed=cases.closed,
    )
    return Reason("case", says, cases.kind)


def _named(code: str, kinds: dict[str, Kind]) -> Text:
    return kinds[code].label if code in kinds else Text(zh=code, en=code)


def _fill(words: Text, /, **parts: object) -> Text:
    """Both sentences, each part in its own language where it has two."""
    zh = {key: part.zh if isinstance(part, Text) else part for key, part in parts.items()}
    en = {key: part.en if isinstance(part, Text) else part for key, part in parts.items()}
    return Text(zh=words.zh.format(**zh), en=words.en.format(**en))
