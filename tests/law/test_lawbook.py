"""The lawbook that is shipped: its files, its numbers on their days, worked examples."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

import dripline
from dripline.law import Law
from dripline.law.units import Table
from dripline.standards import RULES

HERE = Path(__file__).parent
LAWBOOK = Path(dripline.__file__).parent / "lawbook"
FILES = sorted(
    file
    for file in LAWBOOK.rglob("*.yaml")
    if file.name != "sources.yaml" and "codes" not in file.parts
)
ONE_DAY = timedelta(days=1)


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(LAWBOOK).with_suffix("").parts)


def as_text(amount: object) -> Any:
    """The amount as it would be written, so that it can be laid beside the bare file."""
    if isinstance(amount, Table):
        return {key: as_text(part) for key, part in amount.items()}
    if isinstance(amount, tuple):
        return [as_text(part) for part in amount]
    if amount is None:
        return "null"
    return {True: "yes", False: "no"}[amount] if isinstance(amount, bool) else str(amount)


def changes() -> Iterator[Any]:
    """Each value of each file as bare text, with the one before it; read without our reader."""
    for file in FILES:
        before = None
        values = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["values"]
        for day, value in values.items():
            yield pytest.param(name_of(file), day, before, value, id=f"{name_of(file)}-{day}")
            before = value


@pytest.fixture(scope="module")
def law() -> Law:
    return Law.load()


def test_every_file_is_an_entry(law: Law) -> None:
    assert law.names() == tuple(sorted(name_of(file) for file in FILES))


@pytest.mark.parametrize(("name", "day", "before", "value"), list(changes()))
def test_a_change_starts_on_its_first_day(
    law: Law, name: str, day: str, before: dict[str, Any] | None, value: dict[str, Any]
) -> None:
    first = date.fromisoformat(day)
    today = law.on(first)
    assert as_text(today.get(name)) == value["amount"]
    if value["amount"] != "null":
        (note,) = today.read
        assert (note.since, note.source.id) == (first, value["source"])
        assert (note.article, note.status) == (value.get("article", ""), value["status"])
    last = as_text(law.on(first - ONE_DAY).get(name))
    assert last == ("null" if before is None else before["amount"])


CASES = yaml.load((HERE / "cases.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.mark.parametrize(
    ("name", "day", "amount"),
    [(name, day, amount) for name, days in CASES.items() for day, amount in days.items()],
)
def test_a_number_staff_know_by_heart(law: Law, name: str, day: str, amount: str) -> None:
    assert as_text(law.on(date.fromisoformat(day)).get(name)) == amount


def test_the_lpr_is_that_of_each_announcement_from_2019_to_2025(law: Law) -> None:
    with (HERE / "lpr_2019_2025.csv").open(encoding="utf-8") as file:
        announced = list(csv.DictReader(file))
    assert len(announced) == 66
    for row in announced:
        today = law.on(date.fromisoformat(row["announced"]))
        assert today["lpr.one_year"] == Decimal(row["lpr_1y"]), row
        assert today["lpr.five_year"] == Decimal(row["lpr_5y"]), row


def test_each_source_is_used_by_a_number_or_a_rule_and_none_is_an_address(law: Law) -> None:
    used = {value.source.id for name in law.names() for value in law.entry(name).values}
    used |= {rule.source for rule in RULES.values()}
    assert used == set(law.sources)
    assert "://" not in (LAWBOOK / "sources.yaml").read_text(encoding="utf-8")


def test_each_assumed_value_says_why_and_no_other_is_without_article(law: Law) -> None:
    for name in law.names():
        for value in law.entry(name).values:
            assert (value.status == "assumed") == (value.reason is not None), name
            assert (value.status == "assumed") == (value.article == ""), name


def test_the_numbers_of_the_rules_exist_from_the_first_tech_loan_data_on(law: Law) -> None:
    first = law.on(date(2025, 3, 31))
    for name in law.names():
        if name.split(".")[0] in ("bound", "check", "loan", "lpr", "reporting"):
            assert first.get(name) is not None, name
    assert first["reporting.tech_loan_layout_from"] == date(2025, 3, 31)


def size(law: Law, industry: str, **measures: int) -> str | None:
    """Article 4 as it reads: every bound listed must be met, else one class down."""
    today = law.on(date(2025, 6, 30))
    rows = today.take("size_class.row_of_industry", Table)
    prefix = next(industry[:end] for end in range(len(industry), 0, -1) if industry[:end] in rows)
    if rows[prefix] is None:
        return None
    for name, bounds in today.take(f"size_class.{rows[prefix]}", Table).items():
        assert isinstance(bounds, Table)
        if all(Decimal(measures[key]) >= Decimal(str(bound)) for key, bound in bounds.items()):
            return name
    return "micro"


@pytest.mark.parametrize(
    ("industry", "measures", "expected"),
    [
        ("C39", {"staff": 1000, "revenue_wan": 40000}, "large"),
        ("C39", {"staff": 1000, "revenue_wan": 39999}, "medium"),
        ("C39", {"staff": 5000, "revenue_wan": 299}, "micro"),
        ("I65", {"staff": 120, "revenue_wan": 800}, "small"),
        ("M731", {"staff": 9}, "micro"),
        ("A01", {"revenue_wan": 500}, "medium"),
        ("E47", {"revenue_wan": 80000, "assets_wan": 79999}, "medium"),
        ("K702", {"staff": 300, "revenue_wan": 999}, "small"),
        ("L72", {"staff": 300, "assets_wan": 120000}, "large"),
        ("G592", {"staff": 100, "revenue_wan": 1000}, "medium"),
        ("J66", {"staff": 5000}, None),
    ],
)
def test_worked_sizes_under_the_standard_of_2011(
    law: Law, industry: str, measures: dict[str, int], expected: str | None
) -> None:
    assert size(law, industry, **measures) == expected


def test_bounds_of_a_class_fall_from_large_to_small(law: Law) -> None:
    rows = [name for name in law.names() if name.startswith("size_class.")]
    assert len(rows) == 17  # the sixteen rows and the map of industries
    for name in rows:
        if name != "size_class.row_of_industry":
            large, medium, small = law.on(date(2025, 6, 30)).take(name, Table).values()
            assert isinstance(large, Table)
            assert isinstance(medium, Table)
            assert isinstance(small, Table)
            assert list(large) == list(medium) == list(small)
            for key in large:
                assert large[key] > medium[key] > small[key]  # type: ignore[operator]


def test_each_industry_stands_in_a_row_of_the_standard_or_outside_it(law: Law) -> None:
    rows = law.on(date(2025, 6, 30)).take("size_class.row_of_industry", Table)
    sizes = {name for name in law.names() if name.startswith("size_class.")}
    known = {name.removeprefix("size_class.") for name in sizes} - {"row_of_industry"}
    assert {row for row in rows.values() if row is not None} == known
    divisions = {int(code[1:3]) for code in rows}
    assert divisions == set(range(1, 98))
    assert {code for code, row in rows.items() if row is None} == {
        "G53", "J66", "J67", "J68", "J69", "K704", "P83", "Q84",
        "S91", "S92", "S93", "S94", "S95", "S96", "T97",
    }  # fmt: skip
    # Split between two rows, so a bare division is unknown.
    assert "G59" not in rows
    assert "K70" not in rows


def test_seven_national_lists_and_one_of_henan_are_two_frames(law: Law) -> None:
    today = law.on(date(2025, 6, 30))
    national = today.take("qualification.technology_enterprise_kinds", tuple)
    henan = today.take("qualification.provincial_kinds", tuple)
    assert (len(national), len(henan)) == (7, 1)
    with (LAWBOOK / "codes" / "list_kind.csv").open(encoding="utf-8") as file:
        assert {*national, *henan} == {row["code"] for row in csv.DictReader(file)}
    for kind in (*national, *henan):
        scope = "national" if kind in national else "henan"
        assert today.take(f"qualification.{kind}", Table)["scope"] == scope
    official = today.take("qualification.official_table_kinds", tuple)
    assert set(national) - set(official) == {"chuangxin"}


@pytest.mark.parametrize(
    ("kind", "naive", "restated"),
    [("keji_sme", "11.0", "19.8"), ("gaoxin", "19.1", "7.5")],
)
def test_published_growth_is_not_that_of_the_printed_balances(
    law: Law, kind: str, naive: str, restated: str
) -> None:
    name = f"statistics.published.{kind}"
    now = law.on(date(2025, 12, 31)).take(name, Table)
    then = law.on(date(2024, 12, 31)).take(name, Table)
    assert isinstance(now["balance"], Decimal)
    assert isinstance(then["balance"], Decimal)
    growth = (now["balance"] / then["balance"] - 1) * 100
    assert growth.quantize(Decimal("0.1"), ROUND_HALF_UP) == Decimal(naive)
    assert now["growth"] == Decimal(restated)


def test_entries_checked_when_filled_are_not_stale_within_a_year(law: Law) -> None:
    assert law.stale(today=date(2026, 11, 22)) == ()
    assert len(law.stale(today=date(2030, 1, 1))) == len(law.names())
