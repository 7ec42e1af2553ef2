"""Faults in the registers: dates, codes, successions, lists and totals."""

from __future__ import annotations

from collections.abc import Iterator

from dripline.province.drafts import Answer, Change, Draft, Fault, Line
from dripline.province.faults_base import after, is_, twice
from dripline.province.faults_ids import wrong_check
from dripline.province.names import credit_code

UNKNOWN = credit_code("91", "410100", 999_999_002)
"""A right credit code that stands in no register."""
EARLY = "2001-01-01"


def wrong(column: str) -> Change:
    """The code with another check character."""
    return {column: lambda line: wrong_check(line, column)}


def _full(line: Line) -> bool:
    return line["mode"] == "full"


def reporter_faults() -> Iterator[Fault]:
    """REPORTER."""
    yield Fault(
        "REPORTER-01", "REPORTER", wrong("reporter"), also=("INSTITUTION-05", "LOAN_TOTALS-04")
    )
    yield Fault("REPORTER-02", "REPORTER", {"valid_to": EARLY})
    yield Fault("REPORTER-03", "REPORTER", {"region_prefix": "41"}, _full)
    yield Fault("REPORTER-04", "REPORTER", {}, does=twice)


def _stands(line: Line) -> bool:
    return not line["successor"]


def institution_faults() -> Iterator[Fault]:
    """INSTITUTION and NOTE_NUMBER."""
    table = "INSTITUTION"
    yield Fault("INSTITUTION-01", table, wrong("institution_code"), also=("INSTITUTION-04",))
    yield Fault("INSTITUTION-02", table, {"valid_to": EARLY, "valid_from": "2010-01-01"})
    yield Fault("INSTITUTION-03", table, {"succession_kind": "absorbed"}, _stands)
    # A day to come, so that no row of the base data is read under a succession that is wrong.
    followed = {"succession_kind": "absorbed", "succession_day": "2099-01-01"}
    yield Fault("INSTITUTION-04", table, {"successor": UNKNOWN, **followed}, _stands)
    yield Fault("INSTITUTION-05", table, {"reporter": UNKNOWN})
    yield Fault("INSTITUTION-06", table, {}, does=twice)
    yield Fault("INSTITUTION-07", table, {"city": "410105"})
    before: Change = {
        "successor": UNKNOWN,
        "succession_kind": "absorbed",
        "succession_day": EARLY,
        "valid_from": "2010-01-01",
    }
    yield Fault("INSTITUTION-08", table, before, _stands, also=("INSTITUTION-04",))
    itself: Change = {"successor": lambda line: line["institution_code"], **followed}
    yield Fault("INSTITUTION-09", table, itself, _stands)
    once: Change = {"new_loan_note_no": "JJ900000001"}
    yield Fault("NOTE_NUMBER-01", "NOTE_NUMBER", once, does=twice)
    yield Fault("NOTE_NUMBER-02", "NOTE_NUMBER", {"old_loan_note_no": "JJ900000002"}, does=twice)


def enterprise_faults() -> Iterator[Fault]:
    """ENTERPRISE, CREDIT_RECORD and HISTORY."""
    table = "ENTERPRISE"
    yield Fault("ENTERPRISE-01", table, wrong("credit_code"))
    yield Fault("ENTERPRISE-02", table, {"name": "示例重复登记有限公司"}, does=twice)
    yield Fault("ENTERPRISE-03", table, {"status_day": lambda line: after(line["founded_on"], -9)})
    yield Fault("ENTERPRISE-04", table, {"status_day": "2099-12-31"})
    yield Fault("ENTERPRISE-05", table, {"county": "410100"})
    yield Fault("ENTERPRISE-06", table, {"industry": "39"})
    yield Fault("ENTERPRISE-07", table, {"size_source": ""})
    table = "CREDIT_RECORD"
    yield Fault("CREDIT_RECORD-01", table, wrong("credit_code"))
    yield Fault("CREDIT_RECORD-02", table, {"answer": "not_found"}, does=twice)
    yield Fault("CREDIT_RECORD-03", table, {"queried_on": "2099-12-31"})
    yield Fault("HISTORY-01", "HISTORY", {"value": "1.00"}, does=twice)
    yield Fault("HISTORY-02", "HISTORY", {"period": "202505"})


def _coded(line: Line) -> bool:
    return len(line["credit_code"]) == 18


def list_faults() -> Iterator[Fault]:
    """QUALIFICATION and EDITION."""
    table = "QUALIFICATION"
    yield Fault("QUALIFICATION-01", table, {"valid_to": EARLY})
    yield Fault("QUALIFICATION-02", table, wrong("credit_code"), _coded)
    yield Fault(
        "QUALIFICATION-03", table, {"edition": "无此版本"}, also=("QUALIFICATION-07", "EDITION-04")
    )
    count = ("EDITION-04",)
    yield Fault(
        "QUALIFICATION-04", table, {"name": "示例另名有限公司"}, _coded, does=twice, also=count
    )
    yield Fault("QUALIFICATION-05", table, {"credit_code": UNKNOWN}, _coded, does=twice, also=count)
    yield Fault("QUALIFICATION-06", table, {"cancelled_from": "2026-01-01"}, is_(cancelled_on=""))
    other: Change = {"scope": lambda line: "henan" if line["scope"] == "national" else "national"}
    yield Fault("QUALIFICATION-07", table, other)
    yield Fault("QUALIFICATION-08", table, {"cancelled_on": EARLY}, is_(cancelled_on=""))
    table = "EDITION"
    yield Fault("EDITION-01", table, {"edition": "另一版本"}, does=twice, also=count)
    yield Fault("EDITION-02", table, {"adopted_from": "2025-11-01"}, does=twice, also=count)
    local = is_(kind="henan_minglu")
    yield Fault("EDITION-03", table, {"scope": "national"}, local, also=("QUALIFICATION-07",))
    yield Fault("EDITION-04", table, does=miscounted)


def miscounted(draft: Draft, fault: Fault) -> Answer:
    """Five enterprises more were announced than are listed."""
    line = draft.take("EDITION")
    was = int(line["announced_count"])
    line["announced_count"] = str(was + 5)
    what = f"{line['kind']} announced_count: {was} -> {was + 5}"
    return Answer(fault.rule, "EDITION", None, "announced_count", what)


def totals_faults() -> Iterator[Fault]:
    """LOAN_TOTALS."""
    table, every = "LOAN_TOTALS", is_(currency_scope="all")
    yield Fault("LOAN_TOTALS-01", table, {}, every, does=twice, also=("XT-20",))
    small: Change = {"all_loans": "1.00"}
    yield Fault("LOAN_TOTALS-02", table, small, every, also=("LOAN_TOTALS-03",))
    yield Fault("LOAN_TOTALS-03", table, does=more_in_renminbi)
    yield Fault("LOAN_TOTALS-04", table, {"reporter": UNKNOWN}, also=("XT-20",))
    yield Fault(
        "LOAN_TOTALS-05", table, {"lender_city": "410105"}, also=("XT-20", "LOAN_TOTALS-03")
    )


def more_in_renminbi(draft: Draft, fault: Fault) -> Answer:
    """The line in renminbi is larger than that in every currency."""
    line = draft.take("LOAN_TOTALS", is_(currency_scope="rmb"))
    was = line["all_loans"]
    line["all_loans"] = f"{float(was) * 3:.2f}"
    what = f"{line['reporter']} {line['lender_city']} all_loans: {was} -> {line['all_loans']}"
    return Answer(fault.rule, "LOAN_TOTALS", None, "all_loans", what)


def faults() -> Iterator[Fault]:
    """Every fault of this chapter."""
    yield from reporter_faults()
    yield from institution_faults()
    yield from enterprise_faults()
    yield from list_faults()
    yield from totals_faults()
