"""What the store takes, what it does not, and what a second time changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dripline.errors import CannotRead, Refused
from dripline.store import (
    Delivery,
    Explanation,
    Explanations,
    NotAccepted,
    Outcome,
    Snapshot,
    Store,
    row_key,
    why_not_accept,
)
from tests.unit.handed_over import (
    BANK,
    JULY,
    JUNE,
    MAY,
    OTHER,
    delivery,
    noon,
    note_numbers,
    notes,
)

BROKEN = Outcome(rule="CLDWDK-12", table="CLDWDK", severity="error", broken=3)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "home")


def take(store: Store, given: Delivery, day: str = "2025-07-08"):
    return store.accept(given, now=noon(day), by="officer", recheck=None)


def test_a_delivery_of_two_tables_gets_one_number(store):
    given = delivery(store, {"CLDWDK": notes("A1", "A2"), "DWDKFS": notes("A1")})
    receipt = take(store, given)
    assert (receipt.number, receipt.already, receipt.accepted_on) == (1, False, date(2025, 7, 8))
    assert [(each.table, each.version, each.rows) for each in receipt.tables] == [
        ("CLDWDK", 1, 2),
        ("DWDKFS", 1, 1),
    ]
    assert store.at(None).received(JUNE) == {BANK: frozenset({"CLDWDK", "DWDKFS"})}


def test_a_resubmission_replaces_only_the_tables_it_names(store):
    take(store, delivery(store, {"CLDWDK": notes("A1"), "DWDKFS": notes("F1")}))
    receipt = take(store, delivery(store, {"CLDWDK": notes("A2")}))
    assert [(each.table, each.version) for each in receipt.tables] == [("CLDWDK", 2)]
    assert note_numbers(store, "CLDWDK", JUNE) == ["A2"]
    assert note_numbers(store, "DWDKFS", JUNE) == ["F1"]


def test_the_same_bytes_are_accepted_once(store):
    first = take(store, delivery(store, {"CLDWDK": notes("A1")}))
    again = take(store, delivery(store, {"CLDWDK": notes("A1")}), "2025-07-09")
    assert (again.number, again.already, again.tables) == (first.number, True, ())
    assert again.accepted_on == date(2025, 7, 8)
    assert store.at(None).number == 1


def test_a_table_sent_again_unchanged_beside_a_new_one_keeps_its_version(store):
    take(store, delivery(store, {"CLDWDK": notes("A1"), "DWDKFS": notes("F1")}))
    receipt = take(store, delivery(store, {"CLDWDK": notes("A1"), "DWDKFS": notes("F2")}))
    assert [(each.table, each.version) for each in receipt.tables] == [("DWDKFS", 2)]
    assert receipt.kept == ("CLDWDK",)


def test_a_reporter_may_go_back_to_what_it_sent_first(store):
    for number in ("A1", "A2", "A1"):
        take(store, delivery(store, {"CLDWDK": notes(number)}))
    assert store.at(None).held("CLDWDK", JUNE)[BANK].version == 3
    assert note_numbers(store, "CLDWDK", JUNE) == ["A1"]


def test_a_key_repeated_after_a_newer_delivery_changes_nothing(store):
    take(store, delivery(store, {"CLDWDK": notes("A1")}, key="submission 7"))
    take(store, delivery(store, {"CLDWDK": notes("A2")}, key="submission 8"))
    late = take(store, delivery(store, {"CLDWDK": notes("A1")}, key="submission 7"))
    assert (late.number, late.already) == (1, True)
    assert note_numbers(store, "CLDWDK", JUNE) == ["A2"]


def test_a_key_names_one_delivery_only(store):
    take(store, delivery(store, {"CLDWDK": notes("A1")}, key="submission 7"))
    with pytest.raises(Refused, match="This key was used"):
        take(store, delivery(store, {"CLDWDK": notes("B1")}, sender=OTHER, key="submission 7"))


def test_an_unexplained_error_keeps_a_delivery_out_and_leaves_the_store_as_it_was(store):
    with pytest.raises(NotAccepted) as refused:
        take(store, delivery(store, {"CLDWDK": notes("A1")}, outcomes=(BROKEN,)))
    assert refused.value.reason.zh == (
        "校验未通过且未作说明：CLDWDK-12（3 处）。"
        "请更正后重新报送，或附强制提交说明（规则、表、行键或 *、原因）。"
    )
    assert (store.at(None).number, store.verify().leftovers) == (0, ())


def outcome(severity: str, explained: int) -> Outcome:
    return Outcome(rule="R", table="CLDWDK", severity=severity, broken=2, explained=explained)


@pytest.mark.parametrize(
    ("severity", "explained", "accepted"),
    [
        ("warning", 0, True),
        ("error", 2, True),
        ("error", 1, False),
        ("reject", 2, False),
    ],
)
def test_errors_may_be_explained_and_rejects_may_not(store, severity, explained, accepted):
    given = delivery(store, {"CLDWDK": notes("A1")}, outcomes=(outcome(severity, explained),))
    assert (why_not_accept(given) is None) is accepted


def test_a_rule_that_could_not_run_or_is_unknown_does_not_keep_a_delivery_out(store):
    waits = Outcome(rule="R", table="CLDWDK", severity="error", unknown=9, not_run="FTYKHX")
    assert why_not_accept(delivery(store, {"CLDWDK": notes("A1")}, outcomes=(waits,))) is None


def test_an_explanation_without_a_reason_is_none(store):
    empty = Explanation("CLDWDK-12", "CLDWDK", "*", " ")
    reason = why_not_accept(delivery(store, {"CLDWDK": notes("A1")}, explanations=(empty,)))
    assert reason is not None
    assert reason.zh == "有说明未写原因。请在说明文件中逐条填写原因。"


def test_a_delivery_without_tables_is_refused(store):
    reason = why_not_accept(delivery(store, {}))
    assert reason is not None
    assert reason.en == "There is no table in it. Send at least one."


def test_many_broken_rules_are_counted_after_the_first_five(store):
    many = tuple(
        Outcome(rule=f"R-{n}", table="CLDWDK", severity="reject", broken=1) for n in range(7)
    )
    reason = why_not_accept(delivery(store, {"CLDWDK": notes("A1")}, outcomes=many))
    assert reason is not None
    assert "R-4 (1) and 2 more" in reason.en
    assert "R-5" not in reason.en


def test_an_explanation_covers_its_row_or_with_a_star_every_row_of_its_rule_and_table():
    given = Explanations(
        [
            Explanation("CLDWDK-12", "CLDWDK", row_key(["A1", None]), "court order"),
            Explanation("CLDWDK-13", "CLDWDK", "*", "old system"),
        ]
    )
    assert given.cover("CLDWDK-12", "CLDWDK", "A1|")
    assert not given.cover("CLDWDK-12", "CLDWDK", "A2|")
    assert not given.cover("CLDWDK-12", "DWDKFS", "A1|")
    assert given.cover("CLDWDK-13", "CLDWDK", "anything")


def test_the_entry_keeps_who_when_and_on_which_grounds(store):
    explanation = Explanation("CLDWDK-12", "CLDWDK", "*", "系统迁移")
    given = delivery(
        store,
        {"CLDWDK": notes("A1")},
        outcomes=(Outcome(rule="R", table="CLDWDK", severity="error", broken=1, explained=1),),
        explanations=(explanation,),
    )
    take(store, given)
    (entry,) = store.at(None).entries(JUNE)
    assert (entry.number, entry.previous, entry.by) == (1, "", "officer")
    assert (entry.received, entry.accepted_on) == (noon("2025-07-08"), date(2025, 7, 8))
    assert (entry.explanations, entry.outcomes) == ((explanation,), given.outcomes)
    assert entry.lawbook == "lawbook-digest"
    assert store.at(None).latest(JUNE) == {BANK: entry}


def test_a_delivery_checked_before_its_other_table_came_is_checked_again(store):
    early = delivery(store, {"CLDWDK": notes("A1")})
    take(store, delivery(store, {"DWDKFS": notes("F1")}))
    seen: list[int] = []

    def recheck(snapshot: Snapshot) -> Delivery:
        seen.append(snapshot.number)
        return delivery(store, {"CLDWDK": notes("A1")}, outcomes=(BROKEN,))

    with pytest.raises(NotAccepted, match="CLDWDK-12"):
        store.accept(early, now=noon("2025-07-08"), by="officer", recheck=recheck)
    assert seen == [1]


def test_without_a_second_check_a_delivery_the_store_has_moved_under_is_refused(store):
    early = delivery(store, {"CLDWDK": notes("A1")})
    take(store, delivery(store, {"CLDWDK": notes("Z9")}, period=MAY))
    with pytest.raises(NotAccepted, match="Check the delivery again"):
        take(store, early)


def test_a_register_that_came_after_the_check_asks_for_another_check(store):
    early = delivery(store, {"CLDWDK": notes("A1")})
    take(store, delivery(store, {"INSTITUTION": []}, sender="HN-BRANCH"))
    with pytest.raises(NotAccepted, match="Check the delivery again"):
        take(store, early)


@pytest.mark.parametrize(("sender", "period"), [(OTHER, JUNE), (BANK, JULY)])
def test_what_others_send_or_later_months_do_not_ask_for_another_check(store, sender, period):
    early = delivery(store, {"CLDWDK": notes("A1")})
    take(store, delivery(store, {"CLDWDK": notes("B1")}, sender=sender, period=period))
    assert take(store, early).number == 2


def test_a_check_again_of_another_delivery_is_refused(store):
    early = delivery(store, {"CLDWDK": notes("A1")})
    take(store, delivery(store, {"DWDKFS": notes("F1")}))
    for wrong in (
        delivery(store, {"CLDWDK": notes("B1")}, sender=OTHER),
        delivery(store, {"CLDWDK": notes("A1")}, checked_at=0),
    ):
        with pytest.raises(Refused):
            store.accept(early, now=noon("2025-07-08"), by="o", recheck=lambda _, it=wrong: it)
    assert store.at(None).number == 1


def test_a_delivery_checked_against_another_store_is_refused(store):
    with pytest.raises(Refused, match="another store"):
        take(store, delivery(store, {"CLDWDK": notes("A1")}, checked_at=5))


def test_rows_under_another_reporters_code_are_not_taken(store):
    foreign = [{"_reporter": OTHER, "loan_note_no": "A1"}]
    with pytest.raises(CannotRead, match="name another reporter"):
        take(store, delivery(store, {"CLDWDK": foreign}))


def test_a_reporters_code_cannot_lead_out_of_the_folder(store):
    with pytest.raises(Refused, match="other signs"):
        take(store, delivery(store, {"CLDWDK": []}, sender="../../elsewhere"))


def test_accepted_files_are_closed_to_writing(store):
    (table,) = take(store, delivery(store, {"CLDWDK": notes("A1")})).tables
    assert (store.home.path / table.file).stat().st_mode & 0o222 == 0
    assert table.file.startswith(f"facts/CLDWDK/2025-06/{BANK}/v1-")
