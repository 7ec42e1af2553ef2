"""The rules of received sheets (SHEET-01 ...): what was wrong with the paper, before any row is looked at (FN 16)."""

from __future__ import annotations

from dripline.definitions import Rule, Severity
from dripline.words import Text


def sheet_rule(code: str, severity: Severity, says: Text, remedy: Text) -> Rule:
    """What a sheet must be, how bad it is if it is not, and how to mend it; details go into a finding's note."""
    return Rule(code=code, says=says, remedy=remedy, severity=severity, source="own", article=code)


UNREADABLE = sheet_rule(
    "SHEET-01",
    "reject",
    Text(
        zh="文件应为可读的电子表格、CSV或Parquet。",
        en="The file is a readable spreadsheet, CSV or Parquet.",
    ),
    Text(
        zh="用表格软件打开后另存为XLSX（不设密码）或UTF-8编码的CSV",
        en="Open it in a spreadsheet program and save as XLSX without password, or as CSV in UTF-8",
    ),
)
TOO_LARGE = sheet_rule(
    "SHEET-02",
    "reject",
    Text(
        zh="文件大小、行数、列数不得超过上限。",
        en="Size, rows and columns of a file stay within their bounds.",
    ),
    Text(
        zh="删去空白的多余行列，或拆分文件、改用CSV",
        en="Delete empty rows and columns, split the file, or use CSV",
    ),
)
NO_HEADER = sheet_rule(
    "SHEET-03",
    "reject",
    Text(
        zh="前40行内应有本表的表头。",
        en="The header of the table stands in the first 40 rows.",
    ),
    Text(
        zh="按模板的列名填写表头，或提供映射文件",
        en="Name the columns as in the template, or give a mapping file",
    ),
)
COLUMN_MISSING = sheet_rule(
    "SHEET-04",
    "reject",
    Text(zh="必填列应齐全。", en="Every mandatory column is there."),
    Text(zh="补上该列，或在映射文件中指明", en="Add the column, or name it in a mapping file"),
)
COLUMN_UNKNOWN = sheet_rule(
    "SHEET-05",
    "warning",
    Text(zh="不属于本表的列不读取。", en="A column that is not of this table is not read."),
    Text(
        zh="不需要的列可删除；名称不同的在映射文件中指明",
        en="Delete it if it is not needed; name it in a mapping file if it is",
    ),
)
COLUMN_TWICE = sheet_rule(
    "SHEET-06",
    "reject",
    Text(zh="同一列只能出现一次。", en="A column stands once."),
    Text(zh="只保留一列", en="Keep one of them"),
)
TOTAL_ROW = sheet_rule(
    "SHEET-07",
    "warning",
    Text(zh="合计行，未作为数据读取。", en="A row of totals, not read as data."),
    Text(zh="无需处理；报送前可删除合计行", en="Nothing to do; totals may be left out"),
)
SIGNATURE_ROW = sheet_rule(
    "SHEET-08",
    "warning",
    Text(zh="签署或说明行，未作为数据读取。", en="A row of signatures or notes, not read as data."),
    Text(zh="无需处理", en="Nothing to do"),
)
SHEET_HIDDEN = sheet_rule(
    "SHEET-09",
    "warning",
    Text(zh="隐藏的工作表不读取。", en="A hidden sheet is not read."),
    Text(
        zh="确认其中没有应报数据；有则取消隐藏并单独报送",
        en="Make sure that it holds nothing due; if it does, unhide and send it apart",
    ),
)
SHEET_UNREAD = sheet_rule(
    "SHEET-10",
    "warning",
    Text(
        zh="每个文件只读取一张工作表。",
        en="One sheet of a file is read, the others are not.",
    ),
    Text(zh="如含应报数据，另存为单独文件", en="Save it as a file of its own if it holds data"),
)
DIGITS_LOST = sheet_rule(
    "SHEET-11",
    "reject",
    Text(
        zh="代码被当作数值保存，末尾数字已丢失。",
        en="The code was kept as a number and has lost its last digits.",
    ),
    Text(
        zh="先将该列单元格格式设为“文本”，再从原始资料重新填入代码",
        en="Set the cells of this column to the format 文本 (text), then enter the codes again",
    ),
)
ZEROS_LOST = sheet_rule(
    "SHEET-12",
    "reject",
    Text(
        zh="代码被当作数值保存，开头的0已丢失。",
        en="The code was kept as a number and has lost its leading zeros.",
    ),
    Text(
        zh="先将该列单元格格式设为“文本”，再从原始资料重新填入代码",
        en="Set the cells of this column to the format 文本 (text), then enter the codes again",
    ),
)
FORMULA = sheet_rule(
    "SHEET-13",
    "warning",
    Text(
        zh="单元格是公式，读取的是保存时的结果，未重新计算。",
        en="The cell is a formula; its saved result was read, not computed again.",
    ),
    Text(
        zh="选中该列，复制后“选择性粘贴—数值”再保存",
        en="Copy the column, paste it as values and save",
    ),
)
CELL_ERROR = sheet_rule(
    "SHEET-14",
    "reject",
    Text(zh="单元格是错误值。", en="The cell holds an error."),
    Text(zh="改正公式或填入数值后重新保存", en="Mend the formula or enter the value, and save"),
)
UNDECODABLE = sheet_rule(
    "SHEET-15",
    "reject",
    Text(
        zh="文字应能按文件的编码解码。", en="The text can be decoded by the encoding of the file."
    ),
    Text(zh="将文件另存为UTF-8编码", en="Save the file in UTF-8"),
)
UNIT_UNKNOWN = sheet_rule(
    "SHEET-16",
    "reject",
    Text(
        zh="计量单位应为元、千元、万元、百万元或亿元。",
        en="Amounts are in 元, 千元, 万元, 百万元 or 亿元.",
    ),
    Text(
        zh="写明“单位：元”“单位：万元”或“单位：亿元”之一",
        en="Write 单位：元, 单位：万元 or 单位：亿元",
    ),
)
UNIT_CONVERTED = sheet_rule(
    "SHEET-17",
    "warning",
    Text(
        zh="金额已按表上的计量单位换算为元。",
        en="Amounts were turned into yuan by the unit of the sheet.",
    ),
    Text(zh="核对换算后的金额", en="Check the amounts in yuan"),
)
MERGED_DATA = sheet_rule(
    "SHEET-18",
    "warning",
    Text(
        zh="数据区有合并单元格，其值用于所含各行。",
        en="Cells are merged among the data; their value counts for each row they cover.",
    ),
    Text(zh="取消合并，逐行填写", en="Unmerge them and fill in each row"),
)
TOO_MANY_CELLS = sheet_rule(
    "SHEET-19",
    "reject",
    Text(
        zh="一行的列数不得多于表头。",
        en="A row has no more cells than the header.",
    ),
    Text(
        zh="检查未加引号的分隔符或未配对的引号",
        en="Look for a separator without quotes, or a quote without its pair",
    ),
)
RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        UNREADABLE,
        TOO_LARGE,
        NO_HEADER,
        COLUMN_MISSING,
        COLUMN_UNKNOWN,
        COLUMN_TWICE,
        TOTAL_ROW,
        SIGNATURE_ROW,
        SHEET_HIDDEN,
        SHEET_UNREAD,
        DIGITS_LOST,
        ZEROS_LOST,
        FORMULA,
        CELL_ERROR,
        UNDECODABLE,
        UNIT_UNKNOWN,
        UNIT_CONVERTED,
        MERGED_DATA,
        TOO_MANY_CELLS,
    )
}
"""Every rule of sheets by its code."""
