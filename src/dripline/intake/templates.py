"""Blank forms as XLSX: form head and foot, Chinese headers, notes and code lists, codes kept as text (FN 16)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format as Look
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dripline.codes import code_list
from dripline.intake.sheet_values import is_money
from dripline.tables import Column, Table
from dripline.words import Language, Text

ROWS_PREPARED = 2_000
"""Rows that bear cell formats and drop-down lists."""
LONGEST_DROP_DOWN = 500
WIDTHS = {"date": 13, "integer": 12, "decimal": 18}
FONT = "宋体"

NUMBER = Text(zh="表    号：", en="Form: ")
ISSUER = Text(zh="制定机关：", en="Laid down by: ")
APPROVAL = Text(zh="批准或备案文号：", en="Approval or filing: ")
VALID_UNTIL = Text(zh="有效期至：", en="Valid until: ")
INTERNAL = Text(zh="内部测试表", en="Form for internal tests")
RESPONDENT = Text(zh="填报单位：", en="Respondent: ")
DATA_DATE = Text(zh="数据日期：", en="Data date: ")
UNIT = Text(zh="单位：元", en="单位：元 (yuan)")
FOOT = (
    Text(zh="单位负责人：", en="单位负责人 (head):"),
    Text(zh="统计负责人：", en="统计负责人 (statistics):"),
    Text(zh="填表人：", en="填表人 (filled in by):"),
    Text(zh="联系电话：", en="联系电话 (telephone):"),
    Text(zh="报出日期：", en="报出日期 (sent on):"),
)
NOTES_SHEET, CODES_SHEET = "填报说明", "代码"
NOTE_HEADERS = (
    Text(zh="列", en="Column"),
    Text(zh="名称", en="Name"),
    Text(zh="英文名", en="Identifier"),
    Text(zh="格式", en="Format"),
    Text(zh="是否必填", en="Required"),
    Text(zh="代码表", en="Code list"),
    Text(zh="说明", en="Note"),
)
REQUIRED: dict[str, Text] = {
    "M": Text(zh="必填", en="mandatory"),
    "E": Text(zh="应填", en="normally filled"),
    "C": Text(zh="条件必填", en="conditional"),
    "O": Text(zh="选填", en="optional"),
    "S": Text(zh="停用", en="stopped"),
}
CHOOSE = Text(zh="从列表中选择，或填代码", en="Choose from the list, or give the code")


@dataclass(frozen=True, slots=True)
class FormHead:
    """What the head of an official form says; without number and approval it is a form for internal tests."""

    issuer: str = ""
    approval: str = ""
    valid_until: str = ""


@dataclass
class Form:
    """A template on its way to the file."""

    book: Workbook
    sheet: Worksheet
    table: type[Table]
    language: Language
    head: FormHead

    def look(self, **format: object) -> Look:
        """A cell format in the form's font."""
        return self.book.add_format({"font_name": FONT, "font_size": 10, **format})

    def write(self) -> int:
        """Head, headers, prepared rows and foot; answers the row of the headers (from 0)."""
        last = len(self.table.columns) - 1
        title = self.look(bold=True, font_size=16, align="center", valign="vcenter")
        words = self.table.label.in_(self.language)
        if last:
            self.sheet.merge_range(0, 0, 0, last, words, title)
        else:
            self.sheet.write_string(0, 0, words, title)
        self.sheet.set_row(0, 28)
        for row, line in enumerate(self.head_lines(), 1):
            self.sheet.write_string(row, max(0, last - 1), line, self.look())
        top = 1 + len(self.head_lines())
        self.sheet.write_string(top, 0, RESPONDENT.in_(self.language), self.look())
        self.sheet.write_string(top, min(2, last), DATA_DATE.in_(self.language), self.look())
        if any(is_money(column) for column in self.table.columns.values()):
            self.sheet.write_string(top, last, UNIT.in_(self.language), self.look(align="right"))
        self.columns(top + 1)
        return top + 1

    def head_lines(self) -> tuple[str, ...]:
        """Form number and authority; without an approval the words 内部测试表 stand in its place."""
        number = NUMBER.in_(self.language) + self.table.number
        if not self.head.approval:
            return number, INTERNAL.in_(self.language)
        return (
            number,
            ISSUER.in_(self.language) + self.head.issuer,
            APPROVAL.in_(self.language) + self.head.approval,
            VALID_UNTIL.in_(self.language) + self.head.valid_until,
        )

    def columns(self, top: int) -> None:
        """The headers with a comment each, and below them cells of the right kind."""
        base = {
            "bold": True,
            "border": 1,
            "text_wrap": True,
            "align": "center",
            "valign": "vcenter",
        }
        looks = {
            "M": self.look(**base, bg_color="#DDEBF7"),
            "": self.look(**base, bg_color="#F2F2F2"),
        }
        self.sheet.set_row(top, 32)
        for index, column in enumerate(self.table.columns.values()):
            required = "M" if column.required == "M" else ""
            self.sheet.write_string(top, index, column.label.in_(self.language), looks[required])
            self.sheet.write_comment(top, index, self.comment(column), {"x_scale": 1.6})
            self.sheet.set_column(index, index, width(column), self.cell_look(column))
            if column.codes:
                self.drop_down(top, index, column)
        self.sheet.freeze_panes(top + 1, 0)

    def comment(self, column: Column) -> str:
        """What a person should know while filling in the column."""
        words = [f"{column.format.text}  {REQUIRED[column.required].in_(self.language)}"]
        words += [column.note.in_(self.language)] if column.note else []
        words += [CHOOSE.in_(self.language)] if column.codes else []
        return "\n".join(words)

    def cell_look(self, column: Column) -> Look:
        """Codes are text, so that no digit is lost; days and amounts are shown as they are checked."""
        match column.kind.name:
            case "date":
                return self.look(num_format="yyyy-mm-dd")
            case "decimal":
                return self.look(num_format="#,##0." + "0" * column.format.decimals)
            case "integer":
                return self.look(num_format="0")
        return self.look(num_format="@")

    def drop_down(self, top: int, index: int, column: Column) -> None:
        """The codes of the column's list to choose from, by their words; long lists are typed."""
        assert column.codes is not None
        codes = code_list(column.codes).codes.values()
        count = sum(code.leaf for code in codes)
        if not 0 < count <= LONGEST_DROP_DOWN:
            return
        place = list(listed(self.table)).index(column.codes) * 3
        letter = xlsxwriter.utility.xl_col_to_name(place + 2)
        self.sheet.data_validation(
            top + 1,
            index,
            top + ROWS_PREPARED,
            index,
            {
                "validate": "list",
                "source": f"={CODES_SHEET}!${letter}$2:${letter}${count + 1}",
                # A code may be typed as well, so a value off the list is a question, not an error.
                "error_type": "information",
            },
        )

    def notes(self, sheet: Worksheet) -> None:
        """A page that says of each column what goes into it."""
        bold = self.look(bold=True)
        for index, header in enumerate(NOTE_HEADERS):
            sheet.write_string(0, index, header.in_(self.language), bold)
        for row, column in enumerate(self.table.columns.values(), 1):
            note = column.note.in_(self.language) if column.note else ""
            sheet.write_number(row, 0, row)
            cells = (
                column.label.in_(self.language),
                column.name,
                column.format.text,
                REQUIRED[column.required].in_(self.language),
                column.codes or "",
                note,
            )
            for index, words in enumerate(cells, 1):
                sheet.write_string(row, index, words)
        sheet.set_column(1, 6, 24)

    def codes(self, sheet: Worksheet) -> None:
        """A page with every code list the table uses: code, words, and both together for the drop-down."""
        bold = self.look(bold=True)
        for place, name in enumerate(listed(self.table)):
            sheet.write_string(0, place * 3, name, bold)
            leaves = [code for code in code_list(name).codes.values() if code.leaf]
            for row, code in enumerate(leaves, 1):
                words = code.label.in_(self.language)
                for index, text in enumerate((code.code, words, f"{code.code} {words}")):
                    sheet.write_string(row, place * 3 + index, text)


def listed(table: type[Table]) -> dict[str, None]:
    """The code lists a table uses, in the order of its columns."""
    return {column.codes: None for column in table.columns.values() if column.codes}


def width(column: Column) -> int:
    """A width in which header and values can be read."""
    return max(
        WIDTHS.get(column.kind.name, min(40, column.format.length)), 2 * len(column.label.zh) + 2
    )


def write_template(
    table: type[Table], path: Path, language: Language = "zh", *, head: FormHead | None = None
) -> None:
    """A blank form of the table; filled in, ``read_sheet`` reads it without a mapping file.

    The signatures stand below the last prepared row and in the printed footer of each page.
    """
    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(table.code)
        form = Form(book, sheet, table, language, head or FormHead())
        form.notes(book.add_worksheet(NOTES_SHEET))
        form.codes(book.add_worksheet(CODES_SHEET))
        top = form.write()
        foot = [words.in_(language) for words in FOOT]
        for index, words in enumerate(foot):
            sheet.write_string(top + ROWS_PREPARED + 1 + index, 0, words, form.look())
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
        sheet.set_footer("&L" + "    ".join(foot))
