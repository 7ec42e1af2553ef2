"""Reading a number on a day, with its footnotes."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dripline.errors import LawError
from dripline.law import Law
from dripline.law.units import UNITS, Table
from dripline.words import Text

from .conftest import SHARE, SOURCES

Lawbook = Callable[..., Path]


def test_a_number_holds_from_its_first_day_until_the_day_before_the_next(lawbook: Lawbook) -> None:
    law = Law.load(lawbook())
    assert law.on(date(2023, 1, 1))["fund.share"] == Decimal("0.60")
    assert law.on(date(2025, 6, 30))["fund.share"] == Decimal("0.60")
    assert law.on(date(2025, 7, 1))["fund.share"] == Decimal("0.75")


def test_what_was_read_is_a_footnote_once(lawbook: Lawbook) -> None:
    today = Law.load(lawbook()).on(date(2024, 5, 1))
    assert len(today.read) == 0
    assert today["fund.share"] == today["fund.share"]
    (note,) = today.read
    assert (note.name, note.value, note.since) == ("fund.share", Decimal("0.60"), date(2023, 1, 1))
    assert note.label == Text(zh="本金比例", en="Share of principal")
    assert note.source.cited == "关于试行的通知（试〔2023〕7号），2023-01-01"
    assert (note.article, note.status) == ("第五条", "official")


def test_a_source_without_number_is_cited_without_one(lawbook: Lawbook) -> None:
    law = Law.load(lawbook())
    assert law.sources["notice-8"].cited == "关于调整的通知，2025-07"


def test_an_article_keeps_its_last_nought(lawbook: Lawbook) -> None:
    today = Law.load(lawbook()).on(date(2025, 7, 1))
    assert today["fund.share"] == Decimal("0.75")
    assert today.read[0].article == "3.10"


def test_before_the_first_day_the_message_says_what_to_do(lawbook: Lawbook) -> None:
    today = Law.load(lawbook()).on(date(2022, 12, 31))
    with pytest.raises(LawError) as error:
        _ = today["fund.share"]
    assert str(error.value) == (
        "fund.share has no value on 2022-12-31: the first one starts on 2023-01-01. "
        "Ask for a later day, or add the older value."
    )
    assert today.get("fund.share") is None
    assert today.read == ()


def test_a_repealed_number_has_no_value(lawbook: Lawbook) -> None:
    repeal = "  2026-01-01: {amount: null, source: notice-7, article: 第九条, status: official}\n"
    today = Law.load(lawbook(SHARE.replace("checked", repeal + "checked"))).on(date(2026, 1, 1))
    with pytest.raises(LawError) as error:
        _ = today["fund.share"]
    assert str(error.value) == (
        "fund.share has no value on 2026-01-01: it was repealed from 2026-01-01 "
        "(关于试行的通知（试〔2023〕7号），2023-01-01). "
        "Ask for an earlier day, or add the value that followed."
    )
    assert today.get("fund.share") is None


def test_a_misspelt_name_is_an_error_even_where_unknown_would_do(lawbook: Lawbook) -> None:
    today = Law.load(lawbook()).on(date(2024, 1, 1))
    with pytest.raises(LawError) as error:
        today.get("fund.shares")
    assert str(error.value) == "The lawbook has no entry fund.shares. Did you mean fund.share?"


def test_a_number_asked_for_as_another_kind_is_an_error(lawbook: Lawbook) -> None:
    today = Law.load(lawbook()).on(date(2024, 1, 1))
    assert today.take("fund.share", Decimal) == Decimal("0.60")
    with pytest.raises(LawError) as error:
        today.take("fund.share", int)
    assert str(error.value) == "fund.share has the unit ratio, which is no int."


def one(unit: str, amount: str) -> str:
    return SHARE.split("unit")[0] + (
        f"unit: {unit}\nvalues:\n  2023-01-01: {{amount: {amount}, source: notice-7, "
        "article: 一, status: official}\nchecked: 2026-03-31\n"
    )


@pytest.mark.parametrize(
    ("unit", "text", "value"),
    [
        ("percent", "3.10", Decimal("3.10")),
        ("factor", "1.3", Decimal("1.3")),
        ("yuan", "0.10", Decimal("0.10")),
        ("months", "36", 36),
        ("count", "010", 10),
        ("date", "2025-03-31", date(2025, 3, 31)),
        ("yes_no", "no", False),
        ("text", "no", "no"),
        ("text", "12:30", "12:30"),
        ("text", "2025-03-31", "2025-03-31"),
    ],
)
def test_a_scalar_is_typed_by_its_unit_alone(
    lawbook: Lawbook, unit: str, text: str, value: object
) -> None:
    read = Law.load(lawbook(one(unit, f'"{text}"'))).on(date(2024, 1, 1))["fund.share"]
    assert (type(read), read) == (type(value), value)
    bare = Law.load(lawbook(one(unit, text if ":" not in text else f"'{text}'")))
    assert bare.on(date(2024, 1, 1))["fund.share"] == value


def test_each_unit_reads_its_own_example() -> None:
    for unit in UNITS.values():
        assert unit.read(unit.example) is not None


TABLE = (
    SHARE.split("unit")[0]
    + """\
unit: table
columns: {staff: count, revenue_wan: wan_yuan, kinds: text}
values:
  2023-01-01:
    amount:
      large: {staff: 1000, revenue_wan: 40000, kinds: [a, b]}
      small: {staff: 20, revenue_wan: null}
    source: notice-7
    article: 第四条
    status: official
checked: 2026-03-31
"""
)


def test_a_table_is_typed_by_column_and_cannot_be_changed(lawbook: Lawbook) -> None:
    table = Law.load(lawbook(TABLE)).on(date(2024, 1, 1)).take("fund.share", Table)
    assert table == {
        "large": {"staff": 1000, "revenue_wan": Decimal(40000), "kinds": ("a", "b")},
        "small": {"staff": 20, "revenue_wan": None},
    }
    with pytest.raises(TypeError):
        table["large"] = None  # type: ignore[index]
    assert hash(table) == hash(Law.load(lawbook(TABLE)).on(date(2024, 1, 1))["fund.share"])


def test_a_list_is_typed_by_its_items(lawbook: Lawbook) -> None:
    text = one("list\nof: wan_yuan", "[500, 1000]")
    assert Law.load(lawbook(text)).on(date(2024, 1, 1))["fund.share"] == (500, 1000)


def test_an_entry_and_its_values_cannot_be_changed(lawbook: Lawbook) -> None:
    entry = Law.load(lawbook()).entry("fund.share")
    with pytest.raises(FrozenInstanceError):
        entry.values[0].amount = Decimal(1)  # type: ignore[misc]


def test_the_digest_follows_numbers_and_sources_and_not_layout_or_words(lawbook: Lawbook) -> None:
    digest = Law.load(lawbook()).digest
    words = SHARE.replace("本金比例", "贷款本金比例").replace("2026-03-31", "2026-04-01")
    layout = "# a remark\n" + words.replace("0.60", '"0.6"')
    assert Law.load(lawbook(layout)).digest == digest
    assert Law.load(lawbook(SHARE.replace("0.60", "0.61"))).digest != digest
    assert Law.load(lawbook(SHARE.replace("第五条", "第六条"))).digest != digest
    assert Law.load(lawbook(sources=SOURCES.replace("7号", "9号"))).digest != digest


def test_an_entry_nobody_checked_for_a_year_is_a_warning(lawbook: Lawbook) -> None:
    law = Law.load(lawbook())
    assert law.stale(today=date(2027, 3, 31)) == ()
    (warning,) = law.stale(today=date(2027, 4, 1))
    assert (warning.name, warning.checked) == ("fund.share", date(2026, 3, 31))
    assert warning.says == Text(
        zh="“本金比例”自 2026-03-31 以来未与文件核对。",
        en="Share of principal has not been compared with its document since 2026-03-31.",
    )
