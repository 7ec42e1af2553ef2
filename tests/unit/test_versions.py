"""A definition has versions by first day in force; of a period the one counts that is in force on its last day."""

from dataclasses import replace
from datetime import date

import pytest

from dripline.canon import from_json, to_json, version_hash
from dripline.definitions import Indicator, Version
from dripline.errors import DefinitionError, Refused
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.compile import Catalogue
from dripline.indicators.versions import in_force
from dripline.measures import Sum
from dripline.periods import Period
from dripline.standards.loans import CLDWDK
from dripline.wording import explain, explain_on
from dripline.words import Text

ALL, GOOD = Sum(CLDWDK.balance_cny), Sum(CLDWDK.balance_cny, CLDWDK.loan_quality.is_("FQ01"))
FIRST = Version(since=date(2024, 1, 1), measure=ALL, source="own", article="一")
TODAY = Indicator(
    code="X-1",
    label=Text(zh="贷款", en="Loans"),
    unit="yuan",
    measure=GOOD,
    decimals=2,
    source="own",
    article="二",
    since=date(2025, 4, 1),
    change=Text(zh="只计正常类。", en="Normal loans only."),
    earlier=(FIRST,),
)
PLAIN = replace(TODAY, since=None, change=None, earlier=())


@pytest.mark.parametrize(
    ("day", "article"),
    [
        (date(2024, 1, 1), "一"),
        (date(2025, 3, 31), "一"),
        (date(2025, 4, 1), "二"),
        (date(2099, 12, 31), "二"),
    ],
)
def test_a_version_is_in_force_from_its_first_day_to_the_day_before_the_next(day, article):
    assert in_force(TODAY, day).article == article


def test_before_the_first_version_there_is_no_figure_and_the_refusal_says_since_when():
    with pytest.raises(Refused, match=r"X-1 is not added up from rows for 2023-12-31.*2024-01-01"):
        in_force(TODAY, date(2023, 12, 31))


def test_a_definition_that_never_changed_is_in_force_on_every_day():
    assert in_force(PLAIN, date(1900, 1, 1)) == PLAIN == in_force(PLAIN, date(2099, 1, 1))


def test_each_version_has_a_hash_of_its_own_and_words_of_the_change_do_not_touch_it():
    before, after = TODAY.versions
    assert version_hash(TODAY, before) != version_hash(TODAY, after)
    said = replace(TODAY, change=Text(zh="别的话", en="other words"))
    assert version_hash(said, said.versions[1]) == version_hash(TODAY, after)


def test_a_later_version_leaves_the_results_of_periods_before_it_as_they_are():
    before, after = Catalogue({"X-1": PLAIN}, BREAKDOWNS), Catalogue({"X-1": TODAY}, BREAKDOWNS)
    march, june = date(2025, 3, 31), date(2025, 6, 30)
    changed = replace(PLAIN, measure=ALL, article="一")
    old = Catalogue({"X-1": changed}, BREAKDOWNS)
    assert after.at(march).digest(["X-1"]) == old.at(march).digest(["X-1"])
    assert after.at(june).digest(["X-1"]) == before.at(june).digest(["X-1"])
    assert after.at(march).digest(["X-1"]) != after.at(june).digest(["X-1"])


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ({"since": None}, "a first day later"),
        ({"since": date(2024, 1, 1)}, "a first day later"),
        ({"change": None}, "says no change"),
    ],
)
def test_a_change_without_a_later_day_or_without_words_is_no_definition(fault, says):
    with pytest.raises(DefinitionError, match=says):
        replace(TODAY, **fault)


def test_a_definition_with_versions_reads_back_to_the_same_value():
    assert from_json(to_json(TODAY)) == TODAY


def test_what_changed_and_what_it_meant_before_is_explained():
    words = explain(TODAY, BREAKDOWNS).en
    before, after = (version_hash(TODAY, version) for version in TODAY.versions)
    assert f"Version from 2025-04-01 on ({after}): Normal loans only." in words
    assert f"Version from 2024-01-01 to before 2025-04-01 ({before}): The first one." in words
    march = explain_on(TODAY, date(2025, 3, 31), BREAKDOWNS)
    assert explain(in_force(TODAY, date(2025, 3, 31)), BREAKDOWNS).zh in march.zh
    assert explain_on(TODAY, date(2023, 1, 1), BREAKDOWNS).zh == "X-1自2024-01-01起才有定义。"


def test_the_official_table_is_added_up_from_rows_since_its_present_layouts():
    table = Catalogue(CATALOGUE, BREAKDOWNS)
    codes = {code for code in CATALOGUE if code.startswith("TL-")}
    assert codes
    assert codes.isdisjoint(table.at(date(2025, 3, 30)).indicators)
    assert codes <= set(table.at(date(2025, 3, 31)).indicators)
    assert "TE-BAL" in table.at(date(2025, 3, 30)).indicators
    words = explain_on(CATALOGUE["TL-01-BAL"], date(2025, 2, 28), BREAKDOWNS)
    assert "只有已发布的汇总数" in words.zh


def test_what_a_month_means_is_the_same_whether_worked_out_for_it_alone_or_after_others():
    together = Catalogue(CATALOGUE, BREAKDOWNS)
    months = [Period.parse("2021-11").shift(step) for step in range(0, 60, 7)]
    digests = [together.rests_on(month)[0] for month in months]
    assert digests == [Catalogue(CATALOGUE, BREAKDOWNS).rests_on(month)[0] for month in months]
    assert len(set(digests)) > 1
