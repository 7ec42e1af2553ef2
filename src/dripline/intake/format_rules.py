"""What must hold of a file and of the shape of its values, before any rule about their meaning."""

from dripline.definitions import Rule, Severity
from dripline.words import Text

STANDARD, OWN = "collection-standard-v2.1", "own"


def _rule(
    code: str,
    severity: Severity,
    zh: str,
    en: str,
    mend_zh: str,
    mend_en: str,
    source: str = STANDARD,
) -> Rule:
    article = "报送文件格式" if source == STANDARD else code
    says, remedy = Text(zh=zh, en=en), Text(zh=mend_zh, en=mend_en)
    return Rule(
        code=code, says=says, remedy=remedy, severity=severity, source=source, article=article
    )


FILE_RULES: tuple[Rule, ...] = (
    _rule(
        "FILE-01",
        "reject",
        "文件名应为“18位统一社会信用代码（或9位组织机构代码）_报表代码_YYYYMMDD.dat”，日期为月末。",
        "A file is called <18 or 9 characters>_<table>_<YYYYMMDD>.dat with the last day of a month.",
        "按规范改正文件名（及.log第一行）后重新打包。",
        "Rename the file (and line 1 of the .log) and pack it again.",
    ),
    _rule(
        "FILE-02",
        "reject",
        "应有同名.log核对文件，共5行。",
        "The check file .log of the same name is present and has five lines.",
        "用报送工具重新生成.log，与.dat一起提交。",
        "Write the .log again with the packing tool and hand it in with the .dat.",
    ),
    _rule(
        "FILE-03",
        "reject",
        ".log所载文件名、MD5、字节数、记录数应与.dat一致。",
        "Name, MD5, size and number of records in the .log are those of the .dat.",
        ".dat生成后不得再改动；重新生成.log并重新打包。",
        "Do not touch the .dat after it is written; write the .log again and pack both.",
    ),
    _rule(
        "FILE-04",
        "warning",
        ".log第4行应为生成时间YYYY-MM-DD HH:MM:SS，且不早于数据日期。",
        "Line 4 of the .log is a time YYYY-MM-DD HH:MM:SS, not before the data date.",
        "核对生成时间和数据日期。",
        "Compare the time of writing with the data date.",
    ),
    _rule(
        "FILE-05",
        "warning",
        "压缩包根目录下应只有同名的.dat和.log各一个。",
        "A package holds one .dat and its .log, at its root, and nothing else.",
        "每张报表单独打包，不带文件夹和其他文件。",
        "Pack each table by itself, without folders or other files.",
        OWN,
    ),
    _rule(
        "FILE-07",
        "warning",
        "每家机构每张报表每个数据日期一个文件，后生成的文件替代先生成的文件。",
        "One file for each institution, table and date: the later one replaces the earlier.",
        "确认后生成的文件是应报的文件，撤下另一个。",
        "Confirm that the later file is meant, and take the other one away.",
    ),
    _rule(
        "FILE-08",
        "reject",
        "压缩包应完好，不加密、不嵌套，文件数、解压后字节数和压缩比不超过上限。",
        "An archive is whole, not encrypted, not nested, and within the bounds of entries, size and ratio.",
        "用普通ZIP格式（deflate）重新打包。",
        "Pack again as plain ZIP (deflate).",
        OWN,
    ),
    _rule(
        "FILE-09",
        "reject",
        "数据日期应在该报表现有格式的适用期内。",
        "The data date lies in the time for which a layout of the table is known.",
        "核对数据日期；更早的历史数据以汇总数载入（HISTORY）。",
        "Check the data date; earlier history is loaded as published totals (HISTORY).",
        OWN,
    ),
)

LINE_RULES: tuple[Rule, ...] = (
    _rule(
        "FMT-01",
        "reject",
        "文件应为UTF-8编码，记录以LF分隔。",
        "The text is valid UTF-8, its records separated by LF.",
        "以UTF-8（无BOM）重新导出；若为GBK/GB18030编码，先转码。",
        "Export again as UTF-8 without BOM; convert first what is GBK or GB18030.",
    ),
    _rule(
        "FMT-01b",
        "warning",
        "记录不应以CR LF结尾，文件不应带BOM；已按LF、无BOM读取。",
        "No CR before LF and no BOM; the file was read as if they were not there.",
        "在打包工具中选用LF换行、UTF-8无BOM。",
        "Set the packing tool to LF and UTF-8 without BOM.",
        OWN,
    ),
    _rule(
        "FMT-02",
        "reject",
        "每行字段数应与报表一致，行末无分隔符。",
        "Each line has exactly the table's number of fields, with no separator at its end.",
        "核对该行缺失或多余的“|”；字段值内不得含“|”。",
        "Look for a missing or surplus |; no value may contain one.",
    ),
    _rule(
        "FMT-02b",
        "warning",
        "文件按较早的格式编制，仍予接收。",
        "The file has an older layout, which is still accepted.",
        "按现行格式升级报送接口。",
        "Bring the interface up to the layout in force.",
        OWN,
    ),
)

VALUE_RULES: tuple[Rule, ...] = (
    _rule(
        "FMT-03",
        "reject",
        "值内不得有控制字符、双引号，首尾不得有空格。",
        "No control characters, double quotes, leading or trailing spaces in a value.",
        "删除这些字符后重新导出。",
        "Take these characters out and export again.",
    ),
    _rule(
        "FMT-04",
        "reject",
        "值的字节长度应符合规定；必填项不得为空。",
        "The length in bytes is as laid down (a Chinese character has 3); a mandatory field is filled.",
        "补全必填项，或按字节长度改正。",
        "Fill the field, or mend its length in bytes.",
    ),
    _rule(
        "FMT-05",
        "reject",
        "数值应只含数字和规定位数的小数，不带前导零、正号、千分位。",
        "A number has digits and exactly the decimals laid down; no leading zeros, plus or commas.",
        "金额写作5000000.00，利率5.2%写作5.20000。",
        "Write an amount as 5000000.00 and a rate of 5.2 % as 5.20000.",
    ),
    _rule(
        "FMT-05b",
        "reject",
        "金额整数部分不超过14位，利率不超过4位，整数不超过18位（本软件的上限）。",
        "Amounts have at most 14 digits before the point, rates 4, whole numbers 18 (our own bound).",
        "核对单位：金额以元计，利率以百分数计。",
        "Check the unit: amounts are in yuan, rates in percent.",
        OWN,
    ),
    _rule(
        "FMT-06",
        "reject",
        "日期应为真实存在的日期，写作YYYY-MM-DD。",
        "A date is a day of the calendar, written YYYY-MM-DD.",
        "改正日期，如2026-06-30。",
        "Mend the date, such as 2026-06-30.",
    ),
    _rule(
        "FMT-07",
        "reject",
        "代码应为数据日期有效的代码表中的最底层代码。",
        "A coded field holds a leaf code of its list, valid on the data date.",
        "查代码表，改用最底层的有效代码。",
        "Look the list up and use a valid code of its lowest level.",
    ),
    _rule(
        "FMT-08",
        "error",
        "只有规定的字段可含多个值，各值以半角逗号分隔，且不为空。",
        "Only some fields hold several sub-items, separated by a half-width comma, none empty.",
        "拆分为单个值，或改用半角逗号分隔。",
        "Keep one value, or separate the sub-items by half-width commas.",
    ),
    _rule(
        "FMT-09",
        "error",
        "证件代码不得含？！^（全角或半角），A01、A02类不得含“-”。",
        "An id number contains none of ? ! ^ (half or full width), nor a hyphen for types A01 and A02.",
        "按证件原件改正代码。",
        "Mend the number as it stands on the document.",
        OWN,
    ),
    _rule(
        "FMT-10",
        "warning",
        "用途、经营范围、地址等文字不应含?、!、^。",
        "Texts such as purpose, scope and address contain none of ? ! ^.",
        "这些字符多为转码所致，核对原文。",
        "Such characters often come from a conversion; compare with the original.",
        OWN,
    ),
)

FORMAT_RULES: dict[str, Rule] = {
    rule.code: rule for rule in (*FILE_RULES, *LINE_RULES, *VALUE_RULES)
}
"""Every rule about files and shapes by its code; FILE-06 (an empty file is valid) can never be broken."""
