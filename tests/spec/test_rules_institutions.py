"""The rules of JRJGFZ, each on a small table, on every engine."""

import pytest

from dripline.standards import RULES


@pytest.mark.parametrize(
    ("code", "column"),
    [("JRJGFZ-01/code", "fin_inst_code"), ("JRJGFZ-01/number", "internal_org_no")],
)
def test_a_branch_stands_in_one_row(spec, code, column):
    spec(
        RULES[code],
        f"""
        {column} | org_level
        ---------+----------
        HN0001   | 01
        HN0002   | 03
        HN0002   | 04
                 | 03
        """,
        broken=[2, 3],
        unknown=1,
    )


def test_two_reporters_may_use_the_same_internal_number(spec):
    spec(
        RULES["JRJGFZ-01/number"],
        """
        _reporter          | internal_org_no
        -------------------+----------------
        91410000MA0000000M | HN0001
        91410000MA0000099X | HN0001
        """,
    )


def test_the_unit_above_a_head_office_is_itself(spec):
    head = (
        "fin_inst_name | fin_inst_standard_code | internal_org_no | org_level | "
        "parent_name | parent_standard_code | parent_internal_org_no"
    )
    spec(
        RULES["JRJGFZ-01/head"],
        f"""
        {head}
        甲银行   | C1000041000001 | HN0001 | 01 | 甲银行 | C1000041000001 | HN0001
        甲银行   | C1000041000001 | HN0001 | 01 | 甲银行 | C1000041000002 | HN0001
        甲银行   | C1000041000001 | HN0001 | 01 | 甲银行 | C1000041000001 |
        东风支行 | C1000041000003 | HN0003 | 03 | 甲银行 | C1000041000001 | HN0001
        """,
        broken=[2],
        unknown=1,
    )


def test_a_branch_is_founded_by_the_data_date(spec):
    spec(
        RULES["JRJGFZ-02"],
        """
        internal_org_no | established_date
        ----------------+-----------------
        HN0001          | 2025-06-30
        HN0002          | 2025-07-01
        HN0003          |
        """,
        broken=[2],
        unknown=1,
    )
