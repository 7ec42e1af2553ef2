"""A figure says how complete its month is, and is final only when every reporter due is in (FN 9)."""

from dataclasses import replace

from dripline.indicators.coverage import FINAL, PRELIMINARY, REVISED, Coverage, coverage
from dripline.publish.figure_table import notes
from dripline.store import Scope
from tests.agree.accepted import LAST, figures


def covered(**more):
    values = {"received": frozenset({"A"}), "due": frozenset({"A"}), "share": None, "explained": 0}
    return Coverage(**{**values, "revised": False, **more})


def test_a_month_is_final_when_all_due_are_in_and_revised_once_replaced():
    assert covered().standing == FINAL
    assert covered(revised=True).standing == REVISED


def test_a_month_with_a_reporter_missing_or_without_the_register_is_preliminary():
    assert covered(due=frozenset({"A", "B"}), revised=True).standing == PRELIMINARY
    assert covered(due=frozenset({"A", "B"})).missing == {"B"}
    assert covered(due=None).standing == PRELIMINARY


def test_the_province_is_complete_in_every_month_and_knows_its_absorbed_reporters():
    shown = figures()
    for period in (LAST.shift(-2), LAST.shift(-1), LAST):
        data = shown.snapshot.data(shown.scope, institutions=period)
        found = coverage(shown.snapshot, data, period)
        assert found.missing == frozenset(), period
        assert found.due == found.received, period
        assert found.standing == FINAL
        assert found.share == 100


def test_a_bank_is_told_how_complete_its_own_month_is_and_of_no_other_reporter():
    province = figures()
    mine, *others = sorted(province.snapshot.held("CLDWDK", LAST))
    scope = Scope.of_reporters([mine], purpose="statistics")
    own = replace(province, scope=scope)
    found = coverage(own.snapshot, own.rows(LAST), LAST)
    assert found.due == found.received == {mine}
    assert found.standing == FINAL
    indicator = own.catalogue.indicator("TE-BAL")
    below = "\n".join(notes(own, indicator, LAST, "zh"))
    assert [other for other in others if other in below] == []
