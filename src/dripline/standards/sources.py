"""Where the rules of the base data come from, and how one of them is written."""

from typing import Literal

from dripline.definitions import Check, Severity, Unique
from dripline.nodes import Condition, Field, Value, fields_of
from dripline.tables import table
from dripline.words import Text

SourceId = Literal[
    "collection-standard-v2.1", "reporting-guide", "bank-procedures", "tech-loan-collection", "own"
]
STANDARD: SourceId = "collection-standard-v2.1"
"""《金融基础数据采集规范》V2.1: the text of the standard itself."""
GUIDE: SourceId = "reporting-guide"
"""《金融基础数据统计报送指引与典型案例汇编》: what the central bank explains to reporters."""
PRACTICE: SourceId = "bank-procedures"
"""What a bank's public procedures say the reporting system complains of: second hand."""
TECH_STANDARD: SourceId = "tech-loan-collection"
"""《金融“五篇大文章”专项贷款信息采集规范（试行）》V1.0."""
OWN: SourceId = "own"
"""Follows from the meaning of the columns; found in no text as a rule."""

RULES_ON_LISTS = frozenset({"currency", "region", "industry_division", "industry_group", "fiscal"})
"""Code lists whose breach is an error to be mended or explained (ID-14, CLDWDK-22), not a rejected format.

Intake leaves the value of such a column as it is, so that these rules can judge it."""


def row_rule(
    code: str,
    severity: Severity,
    source: SourceId,
    says: Text,
    remedy: Text,
    *,
    holds: Condition,
    given: Condition | None = None,
) -> Check:
    """A rule about single rows; its article is the place of its columns in the table's standard."""
    return Check(
        code=code,
        severity=severity,
        source=source,
        article=place(source, fields_of(holds, given)),
        says=says,
        remedy=remedy,
        holds=holds,
        given=given,
    )


def unique_rule(
    code: str,
    severity: Severity,
    source: SourceId,
    says: Text,
    remedy: Text,
    *,
    by: tuple[Value, ...],
) -> Unique:
    """No two rows of a reporter and period share these values."""
    return Unique(
        code=code,
        severity=severity,
        source=source,
        article=place(source, fields_of(*by)),
        says=says,
        remedy=remedy,
        by=by,
    )


def place(source: SourceId, fields: tuple[Field, ...]) -> str:
    """Where the columns stand: number of the table and numbers of its fields, ``JS_201_CLDWDK 字段15、16``."""
    own = table(fields[0].table)
    numbers = sorted({own.columns[field.name].number for field in fields})
    chapter = "第二章 " if source == GUIDE else ""
    return f"{chapter}{own.number} 字段{'、'.join(map(str, numbers))}"
