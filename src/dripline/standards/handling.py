"""Why the reporting tables may be held and what for (FN 13)."""

from dripline.tables import Handling
from dripline.words import Text

_STATISTICS_LAW = Text(
    zh="《中华人民共和国统计法》（适用条款待确认）；{document}",
    en="Statistics Law (article to be confirmed); {document}",
)
_COLLECTION_STANDARD = Text(
    zh="《金融基础数据采集规范》V2.1", en="Collection standard for financial base data, V2.1"
)
_TECH_LOAN_STANDARD = Text(
    zh="《金融“五篇大文章”专项贷款信息采集规范（试行）》V1.0",
    en="Collection standard for loans to the five priorities of finance (trial), V1.0",
)


def _basis(document: Text) -> Text:
    return Text(
        zh=_STATISTICS_LAW.zh.format(document=document.zh),
        en=_STATISTICS_LAW.en.format(document=document.en),
    )


# Material that identifies one respondent serves statistics only; supervision of the filing itself
# (is it complete, is it right) belongs to it.
LOAN_DATA = Handling(_basis(_COLLECTION_STANDARD), ("statistics",), "sensitive")
CUSTOMER_DATA = Handling(_basis(_COLLECTION_STANDARD), ("statistics",), "sensitive")
INSTITUTION_DATA = Handling(_basis(_COLLECTION_STANDARD), ("statistics", "supervision"), "internal")
OWN_BONDS = Handling(_basis(_COLLECTION_STANDARD), ("statistics",), "internal")
TECH_LOANS = Handling(_basis(_TECH_LOAN_STANDARD), ("statistics",), "sensitive")
