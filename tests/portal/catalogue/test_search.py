"""A definition is found by its Chinese words, its pinyin, its initials, or a piece of its code."""

from __future__ import annotations

import pytest

from dripline.portal.catalogue.search import search

FINDS = """
asked              | kind      | first
TE-COVERAGE        | indicator | TE-COVERAGE
te coverage        | indicator | TE-COVERAGE
科技型企业获贷率     | indicator | TE-COVERAGE
获贷率              | indicator | TE-COVERAGE
kejixingqiyehuodailv | indicator | TE-COVERAGE
kjxqyhdl           | indicator | TE-COVERAGE
relending.rate_1y  | law       | relending.rate_1y
CLDWDK             | table     | CLDWDK
贷款借据编码         | column    | CLDWDK.loan_note_no
xt-20 bills        | rule      | XT-20/bills
豫政办〔2024〕30号   | document  | 豫政办〔2024〕30号
"""
LINES = [[part.strip() for part in line.split("|")] for line in FINDS.strip().splitlines()[1:]]


@pytest.mark.parametrize(("asked", "kind", "first"), LINES, ids=[line[0] for line in LINES])
def test_what_is_asked_for_comes_first_among_its_kind(asked: str, kind: str, first: str) -> None:
    assert search(asked)[kind][0].code == first


def test_words_that_do_not_stand_side_by_side_are_found_together() -> None:
    codes = [thing.code for thing in search("知识产权 质押 余额")["indicator"]]
    assert "PL-IP" in codes or any(code.startswith("PL-") for code in codes)


@pytest.mark.parametrize("asked", ["", "   ", "·—", "zzzzqqqq", "不存在的东西呀"])
def test_nothing_is_found_for_what_nothing_is_called(asked: str) -> None:
    assert search(asked) == {}


def test_a_question_without_end_is_cut() -> None:
    assert search("获" * 100_000) == {}
