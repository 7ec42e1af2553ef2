"""XT-12 to 14 and XT-20: all loans of a reporter together, on every engine."""

from dripline.standards.rules_portfolios import RULES as OWN_RULES

RULES = {rule.code: rule for rule in OWN_RULES}


def test_government_has_the_size_of_no_enterprise(spec):
    head = "borrower_sector | borrower_scale | balance_cny"
    spec(RULES["XT-12"], f"{head}\nA04 | CS05 | 5.00\nC01 | CS03 | 7.00\nE04 | | 9.00")
    spec(RULES["XT-12"], f"{head}\nA04 | CS05 | 5.00\nC99 | CS05 | 7.00", broken=1)
    spec(RULES["XT-12"], f"{head}\nA04 | CS05 | 5.00\nC99 | | 7.00", unknown=1)


def test_non_residents_have_foreign_ids(spec):
    head = "borrower_sector | borrower_id_type | balance_cny"
    spec(RULES["XT-13"], f"{head}\nE04 | L01 | 5.00\nE02 | Z99 | 5.00\nC01 | Z99 | 1.00")
    spec(RULES["XT-13"], f"{head}\nE04 | A01 | 5.00\nE02 | Z99 | 4.00", broken=1)
    spec(RULES["XT-13"], f"{head}\nE04 | | 5.00", unknown=1)


def test_a_sizeable_portfolio_has_combined_guarantees(spec):
    rows = "\n".join(f"JJ{number} | D" for number in range(999))
    head = "loan_note_no | guarantee_type\n"
    assert spec(RULES["XT-14"], head + rows).tallies[0].applied == 0
    spec(RULES["XT-14"], f"{head}{rows}\nJJX | C99", broken=1)
    spec(RULES["XT-14"], f"{head}{rows}\nJJX | E01")
    spec(RULES["XT-14"], f"{head}{rows}\nJJX |", unknown=1)


TOTALS = """
    loan_note_no | fin_inst_region_code | currency | balance_cny
    JJ1 | 410105 | CNY | 600000.00
    JJ2 | 410102 | USD | {usd}
    JJ3 | 419001 | CNY | 10.00
    JJ4 | 330102 | CNY | 20.00
    LOAN_TOTALS
    lender_city | currency_scope | unit_loans | bill_finance
    410100 | all | {line} | 50.00
    419001 | all | 10.00 | 0.00
    000000 | all | 20.00 | 0.00
    410100 | rmb | 600050.00 | 50.00
    """


def test_the_notes_of_each_city_add_up_to_its_line(spec):
    def check(scope="all", usd="400000.00", line="1000050.00", **more):
        return spec(RULES[f"XT-20/{scope}"], TOTALS.format(usd=usd, line=line), **more)

    assert check().tallies[0].applied == 3
    check(line="1001050.00")  # 1,000 of 1,001,000 is under one per mille
    check(line="1001052.01", broken=1)
    check(line="999000.00", broken=1)
    check(usd="", unknown=1)
    check(line="", unknown=1)
    assert check("rmb").tallies[0].applied == 1


def test_a_city_with_loans_needs_a_line(spec):
    text = TOTALS.format(usd="1.00", line="600051.00")
    spec(RULES["XT-20/all"], text.replace("419001 | all", "410200 | all"), broken=2)
