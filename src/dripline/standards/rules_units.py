"""What must hold between sector, region, industry, ownership and size of a unit (ID-07 to ID-13)."""

from __future__ import annotations

from dataclasses import dataclass

from dripline.definitions import AnyCheck
from dripline.nodes import Condition, Field
from dripline.standards.bill_flows import PJRZFS
from dripline.standards.bills import CLPJRZ
from dripline.standards.customers import FTYKHX
from dripline.standards.equity import CLGQTZ, GQTZFS
from dripline.standards.guarantees import DBHTXX
from dripline.standards.institutions import JRJGFZ
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.standards.rediscounts import CLZTX, ZTXFS
from dripline.standards.shapes import FOREIGN, NOT_A_COUNTY
from dripline.standards.sources import GUIDE, PRACTICE, STANDARD, SourceId, row_rule
from dripline.words import Text

ENTERPRISE_SIZES = ("CS01", "CS02", "CS03", "CS04")
NO_ENTERPRISE = "CS05"


@dataclass(frozen=True, slots=True)
class Unit:
    """A customer, borrower, guarantor or discounter in a table, by its columns; guarantors come without ownership."""

    where: str
    id_type: Field
    sector: Field
    industry: Field
    region: Field
    scale: Field
    ownership: Field | None = None

    @property
    def is_person(self) -> Condition:
        """A natural person, by the document."""
        return self.id_type.slice(1, 1).is_("B")

    @property
    def is_foreign(self) -> Condition:
        """A non-resident, by the sector."""
        return self.sector.slice(1, 1).is_("E")


UNITS = (
    Unit(
        "FTYKHX",
        FTYKHX.customer_id_type,
        FTYKHX.sector,
        FTYKHX.industry,
        FTYKHX.region_code,
        FTYKHX.enterprise_scale,
        FTYKHX.ownership,
    ),
    *(
        Unit(
            table.code,
            table.borrower_id_type,
            table.borrower_sector,
            table.borrower_industry,
            table.borrower_region_code,
            table.borrower_scale,
            table.borrower_ownership,
        )
        for table in (CLDWDK, DWDKFS)
    ),
    Unit(
        "DBHTXX",
        DBHTXX.guarantor_id_type,
        DBHTXX.guarantor_sector,
        DBHTXX.guarantor_industry,
        DBHTXX.guarantor_region_code,
        DBHTXX.guarantor_scale,
    ),
    *(
        Unit(
            table.code,
            table.discount_applicant_id_type,
            table.discount_applicant_sector,
            table.discount_applicant_industry,
            table.discount_applicant_region_code,
            table.discount_applicant_scale,
            table.discount_applicant_ownership,
        )
        for table in (CLPJRZ, PJRZFS)
    ),
)


def region_rule(where: str, region: Field, given: Condition | None) -> AnyCheck:
    """ID-07: residents live in a county of the mainland."""
    return row_rule(
        f"ID-07/{where}",
        "error",
        STANDARD,
        Text(
            zh="境内主体的地区代码为县级行政区划代码，不填省级代码，也不填810000、820000、710000。",
            en="A resident's region is a county-level code of GB/T 2260, no province, and not 810000, "
            "820000 or 710000.",
        ),
        Text(
            zh="填注册地所在县（区、市）的六位代码；港澳台及境外主体填000加国家（地区）代码。",
            en="Enter the six digits of the county of registration; 000 and the country's number for "
            "Hong Kong, Macao, Taiwan and abroad.",
        ),
        given=given,
        holds=~region.matches(NOT_A_COUNTY),
    )


def unit_rules(unit: Unit) -> tuple[AnyCheck, ...]:
    """ID-07 to ID-13 for one kind of unit."""
    return (
        region_rule(unit.where, unit.region, ~unit.is_foreign),
        foreign_rule(unit),
        empty_rule(unit),
        *size_rules(unit),
        lei_rule(unit),
    )


def foreign_rule(unit: Unit) -> AnyCheck:
    """ID-08: sector, region and industry say alike whether a unit is foreign."""
    region, industry = unit.region.matches(FOREIGN), unit.industry.is_("200")
    at_home = unit.sector.is_("E01") & ~region & unit.industry.is_("T97")
    abroad = unit.is_foreign & region & industry
    return row_rule(
        f"ID-08/{unit.where}",
        "error",
        GUIDE,
        Text(
            zh="非居民（E类）的地区代码以000开头、行业为200，居民均不是；"
            "总部在境内的国际组织（E01）填境内地区和T97。",
            en="A non-resident (sector E..) has region 000... and industry 200, a resident neither; an "
            "international organisation (E01) seated here has a Chinese region and T97.",
        ),
        Text(
            zh="先确认是否居民，再统一改正国民经济部门、地区代码和行业。",
            en="Find out whether it is a resident, then bring sector, region and industry into line.",
        ),
        given=~unit.is_person,
        holds=at_home | abroad | (~unit.is_foreign & ~region & ~industry),
    )


def empty_rule(unit: Unit) -> AnyCheck:
    """ID-09: persons and non-residents have neither ownership nor size."""
    empty = unit.scale.is_empty
    return row_rule(
        f"ID-09/{unit.where}",
        "error",
        STANDARD,
        Text(
            zh="非居民（E类）和个人的经济成分、企业规模为空。",
            en="Non-residents (sector E..) and persons have no ownership and no size.",
        ),
        Text(
            zh="清空这两项；确为境内企业的，改正国民经济部门和证件类型。",
            en="Clear both; if it is a domestic firm, mend sector and id type.",
        ),
        given=unit.is_foreign | unit.is_person,
        holds=empty if unit.ownership is None else empty & unit.ownership.is_empty,
    )


def size_rules(unit: Unit) -> tuple[AnyCheck, ...]:
    """ID-10 to ID-12: enterprises have a size of enterprises, all others CS05."""
    scale, sector = unit.scale, unit.sector
    correct = Text(
        zh="按划型标准填CS01至CS04，非企业填CS05；部门填错的改正部门。",
        en="Enter CS01 to CS04 by the size standard, CS05 for what is no enterprise; or mend the sector.",
    )

    def rule(
        number: str, source: SourceId, says: Text, given: Condition, holds: Condition
    ) -> AnyCheck:
        code = f"ID-{number}/{unit.where}"
        return row_rule(code, "error", source, says, correct, given=given, holds=holds)

    return (
        rule(
            "10",
            STANDARD,
            Text(
                zh="广义政府（A类）和其他非企业单位（D02）的企业规模为CS05。",
                en="General government (A..) and other units that are no enterprise (D02) have size CS05.",
            ),
            sector.slice(1, 1).is_("A") | sector.is_("D02"),
            scale.is_known & scale.is_(NO_ENTERPRISE),
        ),
        rule(
            "11",
            PRACTICE,
            Text(
                zh="企业规模为CS01至CS04的，国民经济部门应为C类或B类。",
                en="Who has a size CS01 to CS04 belongs to sector C.. or B..",
            ),
            scale.is_in(*ENTERPRISE_SIZES),
            sector.slice(1, 1).is_in("B", "C"),
        ),
        rule(
            "12",
            PRACTICE,
            Text(
                zh="公司和非公司企业（C类，C99除外）的企业规模应为CS01至CS04。",
                en="Companies and other enterprises (C.. except C99) have a size CS01 to CS04.",
            ),
            sector.is_in("C01", "C02"),
            scale.is_known & scale.is_in(*ENTERPRISE_SIZES),
        ),
    )


def lei_rule(unit: Unit) -> AnyCheck:
    """ID-13: a foreign institution has an LEI, or a code of the bank's own."""
    return row_rule(
        f"ID-13/{unit.where}",
        "warning",
        GUIDE,
        Text(
            zh="境外机构的证件类型为LEI（L01），没有LEI的用自定义码（Z99），不用其他（A03）。",
            en="A foreign institution's id type is the LEI (L01) or, without one, Z99, not A03.",
        ),
        Text(
            zh="查询该机构的LEI；没有的，改填Z99和机构自定义码。",
            en="Look up its LEI; if it has none, enter Z99 and a code of your own.",
        ),
        given=unit.sector.is_in("E02", "E03", "E04") & ~unit.is_person,
        holds=unit.id_type.is_in("L01", "Z99"),
    )


RULES: tuple[AnyCheck, ...] = (
    *(rule for unit in UNITS for rule in unit_rules(unit)),
    *(
        region_rule(f"{table.code}.institution", table.fin_inst_region_code, None)
        for table in (CLDWDK, DWDKFS, CLPJRZ, PJRZFS, CLZTX, ZTXFS)
    ),
    *(
        region_rule(
            f"{table.code}.investee",
            table.investee_region_code,
            ~table.investee_region_code.matches(FOREIGN),
        )
        for table in (CLGQTZ, GQTZFS)
    ),
    region_rule("JRJGFZ", JRJGFZ.region_code, ~JRJGFZ.region_code.matches(FOREIGN)),
)
