"""What must hold of codes and identifiers, in every table that has them (ID-01 to ID-14)."""

from dataclasses import dataclass

from dripline.definitions import AnyCheck
from dripline.nodes import Choose, Condition, Constant, Field, HasRow, IsCode, Length, ValidId
from dripline.standards.bill_flows import PJRZFS
from dripline.standards.bills import CLPJRZ
from dripline.standards.bonds import CLZQFX, ZQFXFS
from dripline.standards.customers import FTYKHX
from dripline.standards.equity import CLGQTZ, GQTZFS
from dripline.standards.guarantees import DBHTXX, DBWXX
from dripline.standards.institutions import JRJGFZ
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.standards.rediscounts import CLZTX, ZTXFS
from dripline.standards.rules_units import RULES as UNIT_RULES
from dripline.standards.sources import (
    GUIDE,
    OWN,
    PRACTICE,
    RULES_ON_LISTS,
    STANDARD,
    row_rule,
)
from dripline.standards.tech_loans import HDACLKJDK, HDAKJDKFS
from dripline.tables import Table
from dripline.words import Text

CREDIT_CODE, ORGANISATION_CODE = "A01", "A02"
IDENTITY_CARDS = ("B01", "B08")


@dataclass(frozen=True, slots=True)
class Document:
    """An identifier in a table: the columns of its type and of its number; ``where`` names them in rule codes."""

    where: str
    type: Field
    number: Field


DOCUMENTS = (
    Document("FTYKHX", FTYKHX.customer_id_type, FTYKHX.customer_id_no),
    # Several controllers stand in one field; a single one can be judged as any other identifier.
    Document("FTYKHX.controller", FTYKHX.controller_id_types, FTYKHX.controller_id_nos),
    Document("CLDWDK", CLDWDK.borrower_id_type, CLDWDK.borrower_id_no),
    Document("DWDKFS", DWDKFS.borrower_id_type, DWDKFS.borrower_id_no),
    Document("DBHTXX", DBHTXX.guarantor_id_type, DBHTXX.guarantor_id_no),
    *(
        Document(f"{bills.code}.{who}", bills.field(f"{who}_id_type"), bills.field(f"{who}_id_no"))
        for bills in (CLPJRZ, PJRZFS)
        for who in ("discount_applicant", "acceptor", "drawer")
    ),
    *(
        Document(f"{bills.code}.{who}", bills.field(f"{who}_id_type"), bills.field(f"{who}_id_no"))
        for bills in (CLZTX, ZTXFS)
        for who in ("acceptor", "drawer")
    ),
)


def document_rules(document: Document) -> tuple[AnyCheck, ...]:
    """ID-01 to ID-05: the number fits its type."""
    return (*unit_numbers(document), *other_numbers(document))


def unit_numbers(document: Document) -> tuple[AnyCheck, ...]:
    """ID-01 to ID-03: credit codes and organisation codes."""
    where, kind, number = document.where, document.type, document.number
    credit_code = kind.is_(CREDIT_CODE) & Length(number).is_(18)
    return (
        row_rule(
            f"ID-01/{where}",
            "error",
            GUIDE,
            Text(
                zh="统一社会信用代码（A01）为18位，组织机构代码（A02）为9位。",
                en="A credit code (A01) has 18 characters, an organisation code (A02) 9.",
            ),
            Text(
                zh="按营业执照核对代码和证件类型；电子表格中的代码列应设为文本。",
                en="Compare code and type with the licence; set the column to text in spreadsheets.",
            ),
            given=kind.is_in(CREDIT_CODE, ORGANISATION_CODE),
            holds=credit_code | (kind.is_(ORGANISATION_CODE) & Length(number).is_(9)),
        ),
        row_rule(
            f"ID-02/{where}",
            "error",
            GUIDE,
            Text(
                zh="统一社会信用代码应符合GB 32100：不含I、O、Z、S、V，第3至8位为数字，校验码正确。",
                en="A credit code has the shape of GB 32100 (no I, O, Z, S, V; characters 3-8 are digits) "
                "and a right check character.",
            ),
            Text(
                zh="按营业执照逐位核对；执照上确为该代码的，说明原因（登记机关有极少数例外）。",
                en="Compare it with the licence character by character; if the licence bears it so, "
                "say so (a few were issued thus).",
            ),
            given=credit_code,
            holds=ValidId(number, "uscc"),
        ),
        row_rule(
            f"ID-03/{where}",
            "warning",
            PRACTICE,
            Text(
                zh="统一社会信用代码前两位应为已知的登记管理部门和机构类别，第3、4位为省级代码（10为国家级登记）。",
                en="A credit code begins with a known class of registration; characters 3-4 are a province "
                "(10 where registered nationally).",
            ),
            Text(
                zh="按营业执照核对前四位；确认无误的可保留。",
                en="Compare the first four characters with the licence; keep them if they are right.",
            ),
            given=credit_code,
            holds=IsCode(number.slice(1, 2), "registration_class")
            & IsCode(number.slice(3, 2), "registration_province"),
        ),
    )


def other_numbers(document: Document) -> tuple[AnyCheck, ...]:
    """ID-04 and ID-05: masked personal documents, legal entity identifiers."""
    where, kind, number = document.where, document.type, document.number
    card = kind.is_in(*IDENTITY_CARDS)
    return (
        row_rule(
            f"ID-04/{where}",
            "error",
            STANDARD,
            Text(
                zh="身份证（B01、B08）脱敏后为14位数字加32位小写MD5，其他个人证件为32位小写MD5。",
                en="A masked identity card (B01, B08) is 14 digits and 32 lower-case hex digits of MD5; "
                "any other personal document 32.",
            ),
            Text(
                zh="按规范脱敏后报送：15位身份证先升为18位，字母先转大写，再取小写MD5。",
                en="Mask it as laid down: lift 15 digits to 18, turn letters to capitals, then take the "
                "lower-case MD5.",
            ),
            given=single(kind) & kind.slice(1, 1).is_("B"),
            holds=(card & number.matches(r"\d{14}[0-9a-f]{32}"))
            | (~card & number.matches(r"[0-9a-f]{32}")),
        ),
        row_rule(
            f"ID-05/{where}",
            "warning",
            OWN,
            Text(
                zh="全球法人识别编码（L01）为20位，末两位校验码正确。",
                en="A legal entity identifier (L01) has 20 characters, the last two check digits.",
            ),
            Text(
                zh="按LEI证书核对；没有LEI的境外机构改用自定义码（Z99）。",
                en="Compare it with the LEI certificate; an institution without one takes Z99.",
            ),
            given=kind.is_("L01"),
            holds=ValidId(number, "lei"),
        ),
    )


def single(kind: Field) -> Condition:
    """One id type, not several separated by commas."""
    return Length(kind).is_(3)


NO_BRANCH = Text(
    zh="金融机构代码和内部机构号应在同期机构表（JRJGFZ）的同一行中。",
    en="Institution code and internal number stand in one row of JRJGFZ of the same period.",
)
ADD_BRANCH = Text(
    zh="在JRJGFZ中补报该机构，或改正本行的机构代码、内部机构号；已撤并机构的业务改挂承接机构。",
    en="Add the unit to JRJGFZ, or mend the code or number here; what a closed unit held belongs to "
    "the one that took it over.",
)


def branch_rule(table: type[Table], code: Field, number: Field) -> AnyCheck:
    """ID-06: the handling branch is one of the reported branches."""
    return row_rule(
        f"ID-06/{table.code}",
        "error",
        OWN,
        NO_BRANCH,
        ADD_BRANCH,
        given=code.is_known if "row_type" in table.columns else None,
        holds=HasRow(((code, JRJGFZ.fin_inst_code), (number, JRJGFZ.internal_org_no))),
    )


def issuer_rule(bonds: type[CLZQFX] | type[ZQFXFS]) -> AnyCheck:
    """ID-06: who issued a bond is one of the reported institutions; these tables name no internal number."""
    return row_rule(
        f"ID-06/{bonds.code}",
        "error",
        OWN,
        Text(
            zh="发行债券的金融机构代码应在同期机构表（JRJGFZ）中。",
            en="The institution that issued a bond stands in JRJGFZ of the same period.",
        ),
        Text(
            zh="填发行人（一般为法人）的统一社会信用代码，或在JRJGFZ补报该机构。",
            en="Enter the issuer's credit code, normally that of the legal person, or add it to JRJGFZ.",
        ),
        holds=HasRow(((bonds.fin_inst_code, JRJGFZ.fin_inst_code),)),
    )


# The level of a head office, for a customer that names its institution: a key must read the row.
HEAD_OFFICE = Choose(((FTYKHX.fin_inst_code.is_known, Constant("01")),))

LEGAL_PERSON = row_rule(
    "ID-06/FTYKHX",
    "error",
    OWN,
    Text(
        zh="客户表的金融机构代码应为法人代码，且在同期机构表（JRJGFZ）中。",
        en="The institution of a customer is the legal person, and stands in JRJGFZ.",
    ),
    Text(
        zh="填法人（总行）的统一社会信用代码，不填分支机构代码。",
        en="Enter the credit code of the legal person (head office), not that of a branch.",
    ),
    # An extract cut to the province has no head office among its branches, so it cannot say.
    given=HasRow(((HEAD_OFFICE, JRJGFZ.org_level),)),
    holds=HasRow(((FTYKHX.fin_inst_code, JRJGFZ.fin_inst_code), (HEAD_OFFICE, JRJGFZ.org_level))),
)

BRANCH_RULES: tuple[AnyCheck, ...] = (
    LEGAL_PERSON,
    *(
        branch_rule(table, table.fin_inst_code, table.internal_org_no)
        for table in (CLDWDK, DWDKFS, DBHTXX, DBWXX, HDACLKJDK, HDAKJDKFS, CLPJRZ, PJRZFS)
    ),
    *(
        branch_rule(table, table.fin_inst_code, table.internal_org_no)
        for table in (CLZTX, ZTXFS, CLGQTZ, GQTZFS)
    ),
    issuer_rule(CLZQFX),
    issuer_rule(ZQFXFS),
)


def list_rule(table: type[Table], name: str) -> AnyCheck:
    """ID-14: one column holds a value of the national standard as it stands at the period's end."""
    column = table.columns[name]
    assert column.codes is not None
    return row_rule(
        f"ID-14/{table.code}.{name}",
        "error",
        STANDARD,
        Text(
            zh=f"{column.label.zh}应为现行国家标准中的代码。",
            en=f"{column.label.en}: a code of the national standard in force.",
        ),
        Text(
            zh="按数据日期有效的标准改正；区划调整后用新代码，行业用GB/T 4754-2017。",
            en="Use the code in force on the data date: the new one after a change of districts, "
            "GB/T 4754-2017 for industries.",
        ),
        given=table.field(name).is_known,
        holds=IsCode(table.field(name), column.codes),
    )


LISTED_IN: tuple[type[Table], ...] = (
    *(JRJGFZ, FTYKHX, CLDWDK, DWDKFS, DBHTXX, CLPJRZ, PJRZFS),
    *(CLZTX, ZTXFS, CLZQFX, ZQFXFS, CLGQTZ, GQTZFS),
)
"""Tables with columns of national standards."""
LIST_RULES: tuple[AnyCheck, ...] = tuple(
    list_rule(table, name)
    for table in LISTED_IN
    for name, column in table.columns.items()
    if column.codes in RULES_ON_LISTS and column.codes != "fiscal"
)

RULES: tuple[AnyCheck, ...] = (
    *(rule for document in DOCUMENTS for rule in document_rules(document)),
    *BRANCH_RULES,
    *UNIT_RULES,
    *LIST_RULES,
)
