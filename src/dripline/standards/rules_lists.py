"""What must hold in the lists of enterprises and in the totals the base data are reconciled with (FN 4, 8)."""

from __future__ import annotations

from dripline.definitions import AnyCheck, Total, TotalsAgree
from dripline.measures import Count, Sum
from dripline.nodes import INTEGER, HasRow, Lookup, Named, decimal
from dripline.standards.lists import EDITION, QUALIFICATION
from dripline.standards.registers import LOAN_TOTALS, REPORTER
from dripline.standards.rules_registers import (
    CITY_SHAPE,
    MEND_CODE,
    MEND_DATES,
    in_order,
    once,
    rule,
    well_formed,
)
from dripline.words import Text

OF_THE_SAME_EDITION = (
    (QUALIFICATION.kind, EDITION.kind),
    (QUALIFICATION.edition, EDITION.edition),
)
YUAN = decimal(2)

LISTS: tuple[AnyCheck, ...] = (
    in_order("QUALIFICATION-01", QUALIFICATION.valid_from, QUALIFICATION.valid_to),
    rule(
        "QUALIFICATION-02",
        Text(
            zh="填写了代码的，应为校验正确的统一社会信用代码或组织机构代码。",
            en="A code, where given, is a credit or organisation code with a right check character.",
        ),
        MEND_CODE,
        well_formed(QUALIFICATION.credit_code),
        given=QUALIFICATION.credit_code.is_known,
    ),
    rule(
        "QUALIFICATION-03",
        Text(
            zh="名单类型和版本应在名单版本登记中。",
            en="Kind and edition must stand in the register of editions.",
        ),
        Text(zh="先登记该版本，或改正版本名", en="Register the edition, or mend its name"),
        HasRow(on=OF_THE_SAME_EDITION),
    ),
    once(
        "QUALIFICATION-04",
        Text(
            zh="同一名单版本内同一代码只能有一行。",
            en="A code stands in one row of an edition only.",
        ),
        QUALIFICATION.kind,
        QUALIFICATION.edition,
        QUALIFICATION.credit_code,
        given=QUALIFICATION.credit_code.is_known,
    ),
    once(
        "QUALIFICATION-05",
        Text(
            zh="同一名单版本内同一企业名称只能有一行。",
            en="A name stands in one row of an edition only.",
        ),
        QUALIFICATION.kind,
        QUALIFICATION.edition,
        QUALIFICATION.name,
    ),
    rule(
        "QUALIFICATION-06",
        Text(
            zh="填写撤销生效日期的，应填撤销公告日期。",
            en="A cancellation with effect from a day has been announced on a day.",
        ),
        Text(zh="补填撤销公告日期", en="Fill in the day of the announcement"),
        QUALIFICATION.cancelled_on.is_known,
        given=QUALIFICATION.cancelled_from.is_known,
    ),
    rule(
        "QUALIFICATION-07",
        Text(
            zh="名单范围应与名单版本登记一致。",
            en="The scope agrees with that of the edition.",
        ),
        Text(zh="改正名单范围", en="Mend the scope"),
        QUALIFICATION.scope.is_(Lookup(EDITION.scope, on=OF_THE_SAME_EDITION)),
    ),
    rule(
        "QUALIFICATION-08",
        Text(
            zh="有效期起不得晚于撤销公告日期。",
            en="An enterprise is not struck off before it was listed.",
        ),
        MEND_DATES,
        QUALIFICATION.valid_from.not_after(QUALIFICATION.cancelled_on),
        given=QUALIFICATION.cancelled_on.is_known,
        severity="warning",
    ),
    once(
        "EDITION-01",
        Text(
            zh="同一名单类型同一启用日期只能有一个版本。",
            en="A kind of list has one edition adopted from a day.",
        ),
        EDITION.kind,
        EDITION.adopted_from,
    ),
    once(
        "EDITION-02",
        Text(
            zh="同一名单类型同一版本只能有一行。",
            en="An edition of a kind stands in one row only.",
        ),
        EDITION.kind,
        EDITION.edition,
    ),
    rule(
        "EDITION-03",
        Text(
            zh="省科技型企业发展名录库的范围应为河南省。",
            en="The Henan directory lists Henan's enterprises.",
        ),
        Text(zh="名单范围改为河南省", en="Set the scope to Henan"),
        EDITION.scope.is_("henan"),
        given=EDITION.kind.is_("henan_minglu"),
    ),
    TotalsAgree(
        code="EDITION-04",
        says=Text(
            zh="名单行数应等于公布企业数。",
            en="A list has as many rows as enterprises were announced.",
        ),
        remedy=Text(
            zh="核对名单是否有漏行、多行，或改正公布企业数",
            en="Look for rows missing or too many, or mend the number announced",
        ),
        severity="warning",
        source="own",
        article="EDITION",
        keys=(Text(zh="名单类型", en="Kind of list"), Text(zh="名单版本", en="Edition")),
        totals=(
            Total(
                "announced",
                Sum(EDITION.announced_count),
                by=(EDITION.kind, EDITION.edition),
            ),
            Total(
                "listed",
                Count(QUALIFICATION.kind),
                by=(QUALIFICATION.kind, QUALIFICATION.edition),
            ),
        ),
        given=Named("announced", INTEGER).above(0),
        holds=Named("announced", INTEGER).is_(Named("listed", INTEGER)),
    ),
)

SCOPES = (
    Total(
        "rmb",
        Sum(LOAN_TOTALS.all_loans, LOAN_TOTALS.currency_scope.is_("rmb")),
        by=(LOAN_TOTALS.lender_city,),
    ),
    Total(
        "all_currencies",
        Sum(LOAN_TOTALS.all_loans, LOAN_TOTALS.currency_scope.is_("all")),
        by=(LOAN_TOTALS.lender_city,),
    ),
)
RECONCILIATION: tuple[AnyCheck, ...] = (
    once(
        "LOAN_TOTALS-01",
        Text(
            zh="同一机构、城市、币种口径只能有一行。",
            en="A reporter, city and currency scope stand in one row only.",
        ),
        LOAN_TOTALS.reporter,
        LOAN_TOTALS.lender_city,
        LOAN_TOTALS.currency_scope,
    ),
    rule(
        "LOAN_TOTALS-02",
        Text(
            zh="单位贷款、中长期贷款、普惠小微贷款不得大于各项贷款，票据融资不得大于单位贷款。",
            en="Loans to units, medium and long-term and inclusive loans are part of all loans, bill "
            "finance is part of the loans to units.",
        ),
        Text(zh="核对计量单位和各项余额", en="Check the unit of measure and the balances"),
        LOAN_TOTALS.unit_loans.at_most(LOAN_TOTALS.all_loans)
        & LOAN_TOTALS.bill_finance.at_most(LOAN_TOTALS.unit_loans)
        & LOAN_TOTALS.medium_long.at_most(LOAN_TOTALS.all_loans)
        & LOAN_TOTALS.inclusive_small.at_most(LOAN_TOTALS.all_loans),
    ),
    TotalsAgree(
        code="LOAN_TOTALS-03",
        says=Text(
            zh="本外币各项贷款不得小于人民币各项贷款。",
            en="All loans in every currency are not less than those in renminbi.",
        ),
        remedy=Text(zh="核对两个币种口径的余额", en="Check the balances of both scopes"),
        severity="error",
        source="own",
        article="LOAN_TOTALS",
        keys=(Text(zh="贷款机构所在城市", en="Lender's city"),),
        totals=SCOPES,
        given=Named("all_currencies", YUAN).above(0),
        holds=Named("rmb", YUAN).at_most(Named("all_currencies", YUAN)),
    ),
    rule(
        "LOAN_TOTALS-04",
        Text(
            zh="报送机构应在报送机构登记中。",
            en="The reporter must stand in the register of reporters.",
        ),
        Text(zh="补登报送机构，或改正其代码", en="Register the reporter, or mend its code"),
        HasRow(on=((LOAN_TOTALS.reporter, REPORTER.reporter),)),
    ),
    rule(
        "LOAN_TOTALS-05",
        Text(
            zh="城市应填设区的市代码（济源419001），省外合计填000000。",
            en="The city is a city's code (Jiyuan: 419001), or 000000 for all outside Henan.",
        ),
        Text(zh="改填市级六位代码，如410100", en="Enter the city's six digits, such as 410100"),
        LOAN_TOTALS.lender_city.matches(CITY_SHAPE + "|000000"),
    ),
)

RULES: tuple[AnyCheck, ...] = (*LISTS, *RECONCILIATION)
"""Every rule of the lists and of the reconciliation."""
