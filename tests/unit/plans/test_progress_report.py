"""The progress report: every measure with words, status, reasons and what its units wrote, in DOCX and PDF, in two languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from typst import Fonts

from dripline.errors import Refused
from dripline.law import Law
from dripline.periods import Period
from dripline.plans.facts import NOTHING_KNOWN, Document, Facts, FigureSeen, Override, Status
from dripline.plans.load import load_plans, plan_called
from dripline.plans.status import MeasureStatus, status_of
from dripline.publish.plan_report.content import (
    Account,
    Grid,
    ProgressReport,
    blocks,
    measure_blocks,
    summary,
)
from dripline.publish.plan_report.docx import report_docx
from dripline.publish.plan_report.pdf import BODIES, HEADINGS, chosen, report_pdf
from dripline.words import Text

LAW = Law.load()
PLAN = plan_called("2024-30", load_plans())
ON = date(2025, 7, 15)
MADE = datetime(2025, 7, 15, 1, 0, tzinfo=UTC)
DONE = Document(
    kind="statistics_scheme",
    title="全口径统计制度",
    number="某发〔2024〕9号",
    day=date(2024, 9, 20),
    registered_on=date(2024, 9, 25),
    confirmed_by=2,
    confirmed_on=date(2024, 9, 26),
)
FULL = FigureSeen(
    code="FC-BAL",
    label=Text(zh="全口径融资余额", en="Financing, full caliber"),
    unit="yuan",
    day=date(2025, 6, 30),
    known_on=ON,
    value=Decimal(123_456_789_012),
    standing=Text(zh="正式", en="final"),
)
WRITTEN = Account(
    unit="人行河南省分行",
    day=ON,
    progress="已按月编制。#panic(1) $x$ *星* <b> & \\",
    problems="",
    next_steps="扩大到租赁。",
)


def statuses(**known: Facts) -> tuple[MeasureStatus, ...]:
    facts = {"7.1": Facts(documents=(DONE,), figures=(FULL,)), **known}
    return tuple(
        status_of(measure, facts.get(measure.id, NOTHING_KNOWN), on=ON, law=LAW)
        for measure in PLAN.measures
    )


REPORT = ProgressReport(
    plan=PLAN,
    on=ON,
    period=Period.parse("2025-06"),
    statuses=statuses(),
    accounts={"7.1": (WRITTEN,)},
    vintage=(Text(zh="数据版本abc。", en="Facts abc."),),
    label=Text(zh="合成数据", en="synthetic data"),
)


@pytest.fixture(scope="module")
def chinese() -> None:
    """The machine has a Chinese font; a PDF cannot be made without."""
    if not set(Fonts().families()) & {*BODIES, *HEADINGS}:
        pytest.skip("no Chinese font on this machine")


def test_a_measure_reads_from_its_status_to_the_next_steps_of_its_unit():
    found = next(one for one in REPORT.statuses if one.measure.id == "7.1")
    measure = PLAN.measure("7.1")
    assert [(line.lead, line.text) for line in measure_blocks(found, (WRITTEN,), "zh")] == [
        ("", "7.1　加强科技金融全口径统计监测（原文七（一））"),
        ("状态：", "已完成，已定格"),
        ("原文：", measure.words.zh),
        ("责任单位：", "人行河南省分行"),
        ("完成时限：", "2024年9月底"),
        (
            "判定理由：",
            "2024年9月底：全口径统计制度（某发〔2024〕9号），2024-09-20，按期（时限2024-09-30）",
        ),
        ("指标：", "全口径融资余额：1,234.57亿元（2025-06-30，正式）"),
        (
            "登记文件：",
            "全口径统计制度、通知或首期统计：全口径统计制度（某发〔2024〕9号），2024-09-20，2人确认",
        ),
        ("", "人行河南省分行（2025-07-15）"),
        ("进展：", WRITTEN.progress),
        ("问题：", "未填写。"),
        ("下一步：", "扩大到租赁。"),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_measure_stands_in_the_table_and_with_its_words(language):
    made = list(blocks(REPORT, language))
    (table,) = [block for block in made if isinstance(block, Grid)]
    assert [row[0].split()[0] for row in table.rows] == [m.id for m in PLAN.measures]
    quoted = [block.text for block in made if not isinstance(block, Grid) and block.look == "quote"]
    assert quoted == [measure.words.in_(language) for measure in PLAN.measures]


def test_the_english_report_has_no_chinese_but_titles_of_documents_and_what_units_wrote():
    texts = [
        block.text
        for block in blocks(
            replace(REPORT, accounts={}, statuses=statuses(**{"7.1": NOTHING_KNOWN})), "en"
        )
        if not isinstance(block, Grid)
        and block.lead != "Why: "
        and block.look not in ("measure", "under")
    ]
    assert [text for text in texts if any("\u4e00" <= sign <= "\u9fff" for sign in text)] == []


def test_the_summary_counts_the_measures_by_their_status():
    assert summary(REPORT.statuses) == Text(
        zh="全部19项措施：已完成1项，待报1项，未设目标17项。",
        en="19 measures: done 1, waiting for data 1, no target 17.",
    )


def test_a_status_set_by_hand_is_printed_with_reason_post_day_and_what_the_rule_says():
    by_hand = Override(Status.WATCH, "文件待核", "某处 科长", ON)
    (found,) = [s for s in statuses(**{"7.1": Facts(override=by_hand)}) if s.measure.id == "7.1"]
    line = list(measure_blocks(found, (), "zh"))[1]
    assert line.text == "需关注（人工调整，某处 科长，2025-07-15：文件待核；按规则为待报）"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_docx_holds_the_blocks_in_their_order(tmp_path: Path, language):
    report_docx(tmp_path / "a.docx", REPORT, made=MADE, language=language)
    written = [p.text for p in docx.Document(str(tmp_path / "a.docx")).paragraphs]
    assert written == [
        block.caption if isinstance(block, Grid) else block.lead + block.text
        for block in blocks(REPORT, language)
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pdf_is_made_of_words_as_they_stand_and_is_the_same_twice(
    chinese, tmp_path: Path, language
):
    for name in ("a.pdf", "b.pdf"):
        report_pdf(tmp_path / name, REPORT, made=MADE, language=language)
    first = (tmp_path / "a.pdf").read_bytes()
    assert first[:5] == b"%PDF-"
    assert first == (tmp_path / "b.pdf").read_bytes()


def test_the_docx_is_the_same_twice(tmp_path: Path):
    for name in ("a.docx", "b.docx"):
        report_docx(tmp_path / name, REPORT, made=MADE)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


@pytest.mark.parametrize(
    ("families", "fonts"),
    [
        (["Noto Serif CJK SC", "FangSong", "SimHei"], ("FangSong", "SimHei")),
        (["Noto Sans CJK SC"], ("Noto Sans CJK SC", "Noto Sans CJK SC")),
        (["SimSun"], ("SimSun", "SimSun")),
    ],
)
def test_the_first_chinese_font_found_is_used(families, fonts):
    assert chosen(families) == fonts


def test_without_a_chinese_font_the_pdf_is_refused_and_says_what_to_install():
    with pytest.raises(Refused, match="This machine has no font with Chinese"):
        chosen(["DejaVu Sans", "Libertinus Serif"])
