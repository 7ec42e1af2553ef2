import re
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripline.intake.columns import ColumnReader
from dripline.intake.line_reader import LineRows
from dripline.intake.lines import Lines
from dripline.intake.texts import TextRows, few_keys, mixed
from dripline.standards.customers import FTYKHX
from dripline.standards.guarantees import DBHTXX, DBWXX
from dripline.standards.loans import CLDWDK
from dripline.standards.tech_loans import HDACLKJDK
from dripline.tables import Column, Table

DAY = date(2026, 6, 30)
Answer = tuple[object, tuple[str, ...]]


def answers(table: type[Table], name: str, **columns: list[str]) -> list[Answer]:
    """Value and broken rules of each row of one column, read from memory."""
    arrays = {n: pa.array(values, pa.string()) for n, values in columns.items()}
    count = len(columns[name])
    rows = TextRows(pa.array(range(1, count + 1), pa.int64()), arrays)
    return _answers(table.columns[name], rows, count)


def _answers(column: Column, rows: TextRows | LineRows, count: int) -> list[Answer]:
    typed, faults = ColumnReader.of(column, DAY).read(rows)
    codes: list[tuple[str, ...]] = [()] * count
    for fault in faults:
        for row in fault.rows.tolist():
            codes[row] = (*codes[row], fault.code)
    return list(zip(typed.to_pylist(), codes, strict=True))


def one(table: type[Table], name: str, text: str, **others: str) -> Answer:
    (answer,) = answers(table, name, **{name: [text]}, **{n: [v] for n, v in others.items()})
    return answer


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("5000000.00", Decimal("5000000.00"), ()),
        ("0.00", Decimal("0.00"), ()),
        ("-0.01", Decimal("-0.01"), ()),
        ("99999999999999.99", Decimal("99999999999999.99"), ()),
        ("100000000000000.00", None, ("FMT-05b",)),
        ("12345678901234567890.00", None, ("FMT-05b",)),
        ("123456789012345678901.00", None, ("FMT-05",)),
        ("", None, ("FMT-04",)),
        *((text, None, ("FMT-05",)) for text in ("5", "5.0", "5.000", ".00", "05.00", "+5.00")),
        *(
            (text, None, ("FMT-05",))
            for text in ("-0.00", "-", "--1.00", "5,000.00", "5e3", "1.2.34")
        ),
        *((text, None, ("FMT-05",)) for text in ("5.0a", "５.00", "5-.00", "5.-0", "1 0.00")),
        *((text, None, ("FMT-03",)) for text in (" 5.00", "5.00 ", '"5.00"', "5.\x0000")),
    ],
)
def test_an_amount_has_digits_and_two_decimals_and_nothing_else(
    text: str, value: Decimal | None, codes: tuple[str, ...]
) -> None:
    assert one(DBWXX, "appraised_value", text) == (value, codes)


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("0", 0, ()),
        ("999999999999999999", 999999999999999999, ()),
        ("1000000000000000000", None, ("FMT-05b",)),
        ("100000000000000000000", None, ("FMT-05",)),
        *((text, None, ("FMT-05",)) for text in ("01", "-1", "1.0", "1a", "٣")),
    ],
)
def test_a_whole_number_has_digits_only(
    text: str, value: int | None, codes: tuple[str, ...]
) -> None:
    assert one(HDACLKJDK, "borrower_count", text) == (value, codes)


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("2024-02-29", date(2024, 2, 29), ()),
        ("0001-01-01", date(1, 1, 1), ()),
        ("9999-12-31", date(9999, 12, 31), ()),
        *((text, None, ("FMT-06",)) for text in ("2023-02-29", "1900-02-29", "0000-01-01")),
        *((text, None, ("FMT-06",)) for text in ("2024-13-01", "2024-00-10", "2024-04-31")),
        *((text, None, ("FMT-06",)) for text in ("2024-1-1", "20240101", "2024/01/01", "长期")),
        *((text, None, ("FMT-06",)) for text in ("2024-01-01T", "2024-01-0a", "+024-01-01")),
    ],
)
def test_a_date_is_a_day_of_the_calendar(
    text: str, value: date | None, codes: tuple[str, ...]
) -> None:
    assert one(DBWXX, "appraisal_date", text) == (value, codes)
    # Among good neighbours and bad ones alike.
    near = answers(DBWXX, "appraisal_date", appraisal_date=["2026-01-31", text, "2026-02-30"])
    good, bad = (date(2026, 1, 31), ()), (None, ("FMT-06",))
    assert near == [good, (value, codes), bad]


@pytest.mark.parametrize(
    ("name", "text", "codes"),
    [
        ("collateral_type", "D07", ()),
        ("collateral_type", "D", ("FMT-04",)),
        ("collateral_type", "D98", ("FMT-07",)),
        ("collateral_type", "d07", ("FMT-07",)),
        ("collateral_type", "D0\x00", ("FMT-03",)),
        ("collateral_type", "", ("FMT-04",)),
        ("first_rank_flag", "2", ("FMT-07",)),
    ],
)
def test_a_code_is_one_of_its_list(name: str, text: str, codes: tuple[str, ...]) -> None:
    assert one(DBWXX, name, text) == (None if codes else text, codes)


def test_a_group_of_codes_is_no_code_but_one_level_up_is_tolerated_for_ownership() -> None:
    texts = ["A0101", "A01", "A", ""]
    got = answers(CLDWDK, "borrower_ownership", borrower_ownership=texts)
    assert got == [("A0101", ()), ("A01", ()), (None, ("FMT-07",)), (None, ())]


def test_lengths_are_bytes_and_a_chinese_character_has_three() -> None:
    fits, not_ = "郑" * 10, "郑" * 10 + "a"
    got = answers(DBWXX, "internal_org_no", internal_org_no=[fits, not_])
    assert got == [(fits, ()), (None, ("FMT-04",))]


@pytest.mark.parametrize("text", ["a\tb", 'a"b', " a", "a ", "a\x7fb", "\ra", "a\x1f"])
def test_control_characters_quotes_and_outer_spaces_break_a_value(text: str) -> None:
    assert one(DBWXX, "collateral_no", text) == (None, ("FMT-03",))


@pytest.mark.parametrize("text", ["a b", "豫A 1号", "a'b", "a\u00a0b"])
def test_a_space_within_a_value_is_nothing_special(text: str) -> None:
    assert one(DBWXX, "collateral_no", text) == (text, ())


@pytest.mark.parametrize(
    ("table", "name", "text", "codes"),
    [
        (DBWXX, "title_no", "A1,A2", ()),
        (DBWXX, "title_no", "A1，A2", ("FMT-08",)),
        (DBWXX, "title_no", "A1;A2", ("FMT-08",)),
        (DBWXX, "title_no", "A1,,A2", ("FMT-08",)),
        (DBWXX, "title_no", "A1,", ("FMT-08",)),
        (DBWXX, "collateral_no", "A1,A2", ("FMT-08",)),
        (CLDWDK, "loan_purpose", "购煤,购油", ()),
        (CLDWDK, "loan_purpose", "购煤?", ("FMT-10",)),
        (CLDWDK, "loan_purpose", "购煤？", ()),
        (FTYKHX, "registered_address", "郑州^", ("FMT-10",)),
        (CLDWDK, "borrower_id_no", "9141?", ("FMT-09",)),
        (CLDWDK, "borrower_id_no", "9141！", ("FMT-09",)),
    ],
)
def test_softer_rules_leave_the_value_as_it_is(
    table: type[Table], name: str, text: str, codes: tuple[str, ...]
) -> None:
    assert one(table, name, text) == (text, codes)


def test_a_hyphen_is_wrong_only_in_the_numbers_of_units() -> None:
    got = answers(
        CLDWDK,
        "borrower_id_no",
        borrower_id_no=["12345678-9", "12345678-9", "12345678-9"],
        borrower_id_type=["A02", "B03", ""],
    )
    assert [codes for _, codes in got] == [("FMT-09",), (), ()]


def test_each_of_several_codes_is_of_the_list() -> None:
    got = answers(FTYKHX, "controller_id_types", controller_id_types=["A01,B01", "A01,XX", ""])
    assert got == [("A01,B01", ()), (None, ("FMT-07",)), (None, ())]


AMOUNTS = st.one_of(
    st.text(alphabet="0123456789.-+, e", max_size=24),
    st.from_regex(r"\A-?(0|[1-9][0-9]{0,21})\.[0-9]{2}\Z"),
    st.just(""),
)


def plain_amount(text: str, whole: int) -> Answer:
    """What D20.2 says, said once more as simply as can be."""
    if text == "":
        return None, ()
    if text != text.strip(" "):
        return None, ("FMT-03",)
    found = re.fullmatch(r"-?(0|[1-9][0-9]*)\.[0-9]{2}", text)
    if not found or len(found[1]) > 20 or text == "-0.00":
        return None, ("FMT-05",)
    return (None, ("FMT-05b",)) if len(found[1]) > whole else (Decimal(text), ())


@given(st.lists(AMOUNTS, max_size=12))
def test_amounts_are_read_as_plain_python_would(texts: list[str]) -> None:
    expected = [plain_amount(text, 14) for text in texts]
    assert answers(DBWXX, "face_value", face_value=texts) == expected


def plain_day(text: str) -> Answer:
    if text == "":
        return None, ()
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text), ()
    except ValueError:
        pass
    return None, ("FMT-06",)


DAYS = st.one_of(
    st.from_regex(r"\A[0-9]{4}-[01][0-9]-[0-3][0-9]\Z"),
    st.dates().map(str),
    st.text(alphabet="0129-/", max_size=11),
)


@given(st.lists(DAYS, max_size=12))
def test_days_are_read_as_plain_python_would(texts: list[str]) -> None:
    expected = [plain_day(text) for text in texts]
    assert answers(CLDWDK, "extended_due_date", extended_due_date=texts) == expected


CODES = st.sampled_from(["CS01", "CS05", "CS06", "CS1", "CS011", "", "cs01", "A" * 9, "CS\x001"])


@given(st.lists(CODES, max_size=8))
def test_codes_read_from_bytes_and_from_memory_are_the_same(texts: list[str]) -> None:
    name = "guarantor_scale"
    raw = "".join(f"{text}\n" for text in texts).encode()
    if not texts:
        return
    lines = Lines.of(raw)
    from_bytes = LineRows(lines, lines.fields == 1, (name,))
    expected = answers(DBHTXX, name, guarantor_scale=texts)
    assert _answers(DBHTXX.columns[name], from_bytes, len(texts)) == expected


def rows_of_bytes(name: str, texts: list[str]) -> LineRows:
    """The values between two others in lines of three fields."""
    lines = Lines.of("".join(f"x|{text}|y\n" for text in texts).encode())
    return LineRows(lines, lines.fields == 3, ("before", name, "after"))


SOUND_AMOUNTS = st.from_regex(r"\A(0|[1-9][0-9]{0,14})\.[0-9]{2}\Z")
SOUND_DAYS = st.dates().map(str)
FEW = ["410102", "410927", "", "郑州", "41?", "4101021", "贷款用途"]
LONG = ["购买原材料" * 4, "购买原材料" * 3 + "和设备款", "A" * 64 + "B", "A" * 65]
COLUMNS = [
    (DBWXX, "face_value", st.one_of(SOUND_AMOUNTS, st.just(""))),
    (DBWXX, "face_value", st.one_of(SOUND_AMOUNTS, AMOUNTS)),
    (DBWXX, "appraised_value", st.one_of(SOUND_AMOUNTS, st.just("0.00"))),
    (CLDWDK, "base_rate", st.from_regex(r"\A(0|[1-9][0-9]{0,5})\.[0-9]{5}\Z")),
    (CLDWDK, "base_rate", st.one_of(st.from_regex(r"\A[0-9]\.[0-9]{5}\Z"), st.just("3.1000"))),
    (CLDWDK, "extended_due_date", st.one_of(SOUND_DAYS, st.just(""))),
    (CLDWDK, "extended_due_date", st.one_of(SOUND_DAYS, DAYS)),
    (CLDWDK, "grant_date", st.one_of(SOUND_DAYS, st.just(""))),
    (CLDWDK, "borrower_region_code", st.sampled_from(FEW)),
    (CLDWDK, "loan_purpose", st.sampled_from(FEW)),
    (FTYKHX, "registered_address", st.sampled_from(FEW * 3 + ["郑州^", "郑 "])),
    (CLDWDK, "loan_purpose", st.sampled_from([long[:n] for long in LONG for n in (0, 8, 9, 60)])),
    (DBWXX, "title_no", st.sampled_from(["A1,A2", "A1", "A1,,A2", "123456789012"])),
    (DBWXX, "collateral_no", st.from_regex(r"\A[0-9]{18}\Z")),
]


@pytest.mark.parametrize(("table", "name", "texts"), COLUMNS)
@given(data=st.data())
def test_values_read_from_bytes_and_from_memory_are_the_same(
    table: type[Table], name: str, texts: st.SearchStrategy[str], data: st.DataObject
) -> None:
    values = data.draw(st.lists(texts.filter(lambda t: "|" not in t), min_size=1, max_size=20))
    found = _answers(table.columns[name], rows_of_bytes(name, values), len(values))
    assert found == answers(table, name, **{name: values})


def test_every_day_of_the_calendar_and_amounts_of_every_length_take_the_short_way() -> None:
    days = ["0001-01-01", "1900-02-28", "2000-02-29", "2024-02-29", "9999-12-31", ""]
    read = rows_of_bytes("d", days).typed("d", CLDWDK.columns["grant_date"].format)
    assert [str(day) if day else "" for day in read.to_pylist()] == days
    amounts = ["0.01", *(f"{'9' * digits}.25" for digits in range(1, 14)), ""]
    read = rows_of_bytes("a", amounts).typed("a", DBWXX.columns["face_value"].format)
    assert [str(amount or "") for amount in read.to_pylist()] == amounts


def test_a_value_that_comes_often_is_kept_once() -> None:
    texts = ["郑州市金水区", "洛阳市涧西区"] * 50 + [""]
    typed, faults = ColumnReader.of(CLDWDK.columns["loan_purpose"], DAY).read(
        rows_of_bytes("loan_purpose", texts[:-1])
    )
    assert (len(typed.dictionary), faults) == (2, [])


def test_two_values_that_are_mixed_to_one_number_are_not_taken_for_one() -> None:
    texts = ["流动资金贷款周转", "购买原材料及设备"]
    lines = Lines.of("".join(f"{text}\n" for text in texts).encode())
    words = lines.words(lines.column(0, lines.fields == 1))
    assert words is not None
    assert few_keys(words).values.array.to_pylist() == texts
    numbers = mixed(words)
    words[-1][1:] += numbers[:1] - numbers[1:]
    assert len(set(mixed(words).tolist())) == 1
    assert few_keys(words) is None
