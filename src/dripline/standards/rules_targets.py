"""What must hold in the register of targets: one row for one target, days in order, values that can be met."""

from __future__ import annotations

from dripline.definitions import AnyCheck
from dripline.nodes import PeriodDay
from dripline.standards.rules_registers import MEND_DATES, once, rule
from dripline.standards.targets import TARGET
from dripline.words import Text

RULES: tuple[AnyCheck, ...] = (
    once(
        "TARGET-01",
        Text(zh="目标编号不得重复。", en="A number stands for one target."),
        TARGET.target_no,
    ),
    once(
        "TARGET-02",
        Text(
            zh="同一指标、分组项、时限、方向只能有一个目标。",
            en="An indicator, item, last day and direction have one target.",
        ),
        TARGET.indicator,
        TARGET.breakdown,
        TARGET.item,
        TARGET.due_on,
        TARGET.direction,
    ),
    rule(
        "TARGET-03",
        Text(zh="目标时限应晚于起算日期。", en="A target is due after its first day."),
        MEND_DATES,
        TARGET.due_on.after(TARGET.starts_on),
    ),
    rule(
        "TARGET-04",
        Text(
            zh="文件日期不得晚于目标时限：过期后补订的不是目标。",
            en="The document is not of a day after the target is due: what is set afterwards is no target.",
        ),
        MEND_DATES,
        TARGET.document_day.not_after(TARGET.due_on),
    ),
    rule(
        "TARGET-05",
        Text(
            zh="文件日期不得晚于数据日期。",
            en="The document is not of a day after the data date.",
        ),
        MEND_DATES,
        TARGET.document_day.not_after(PeriodDay()),
    ),
)
"""Every rule of the register of targets."""
