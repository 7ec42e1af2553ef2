"""``python -m dripline.docs``: writes docs/generated anew from the definitions, Chinese and English side by side.

The pages are committed, and CI compares them: what they say is what the program does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from dripline.definitions import Breakdown, Indicator, Rule
from dripline.indicators import BREAKDOWNS, CATALOGUE, netting
from dripline.intake.checking import FORMATS
from dripline.law import Law
from dripline.law.entries import STATUSES, Entry, Source, Value
from dripline.law.units import UNITS, Amount
from dripline.law.units import Table as Amounts
from dripline.standards import RULES
from dripline.tables import TABLES, Column, Table
from dripline.wording import lines
from dripline.wording.code_lists import CODE_LISTS
from dripline.wording.rules import SEVERITIES
from dripline.words import Text

FOLDER: Final = Path("docs") / "generated"
NOTICE: Final = "由 `make docs` 从定义生成，请勿手工修改。 Generated from the definitions by `make docs`; do not edit."
NATURES = {
    "stock": Text(zh="存量：期末时点", en="stock: as it stands at the end of the period"),
    "flow": Text(zh="流量：当期发生", en="flow: what happened within the period"),
    "register": Text(zh="登记：到下一份为止有效", en="register: in force until the next one"),
}
REQUIRED = {
    "M": Text(zh="必填", en="mandatory"),
    "E": Text(zh="应填，空为提示", en="expected, empty is a warning"),
    "C": Text(zh="条件必填", en="conditional"),
    "O": Text(zh="选填", en="optional"),
    "S": Text(zh="停用，应为空", en="stopped, stays empty"),
}


def head(title: Text, about: Text) -> Iterator[str]:
    """How each page begins."""
    yield f"# {title.zh} · {title.en}\n"
    yield f"{NOTICE}\n"
    yield f"{about.zh}\n\n{about.en}\n"


def cell(text: str) -> str:
    """A text as it may stand in a cell of a table."""
    return (
        text.replace("|", "\\|").replace("*", "\\*").replace("\n", " ").replace("<", "&lt;") or " "
    )


def rows(heads: Iterable[str], body: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table."""
    names = list(heads)
    yield "| " + " | ".join(names) + " |"
    yield "|" + " --- |" * len(names)
    for row in body:
        yield "| " + " | ".join(cell(text) for text in row) + " |"
    yield ""


def side_by_side(texts: Iterable[Text]) -> Iterator[str]:
    """Chinese and English beside each other, a row for each matter."""
    yield from rows(("中文", "English"), ((text.zh, text.en) for text in texts))


def both(text: Text) -> str:
    """Both languages in one cell."""
    return text.zh if text.zh == text.en else f"{text.zh} {text.en}"


Pages = Iterator[tuple[str, Iterator[str]]]
"""Names of files below the folder, and their lines."""


def rules() -> Pages:
    """Every rule: code, severity, what it says, how to mend it, the condition explained, its source."""
    groups: dict[str, list[Rule]] = {"files": list(FORMATS.values())}
    for rule in RULES.values():
        groups.setdefault(rule.table, []).append(rule)
    names = {"files": Text(zh="文件、格式和表格", en="Files, formats and sheets")}
    names |= {code: _titled(TABLES[code]) for code in groups if code in TABLES}
    yield "rules.md", _rules_index(groups, names)
    for group, found in groups.items():
        yield f"rules/{group}.md", _rules_page(names[group], found)


def _titled(table: type[Table]) -> Text:
    return Text(zh=f"{table.code} {table.label.zh}", en=table.label.en)


def _rules_index(groups: dict[str, list[Rule]], names: dict[str, Text]) -> Iterator[str]:
    yield from head(
        Text(zh="校验规则", en="Rules"),
        Text(
            zh="字段的类型、长度、小数位、代码表和必填由报表定义（tables.md）得出，不逐条写成规则。",
            en="Type, length, decimals, code list and required-ness of a column follow from the tables (tables.md) and are "
            "not written rule by rule.",
        ),
    )
    yield from rows(
        ("级别", "Severity"), ((severity.zh, severity.en) for severity in SEVERITIES.values())
    )
    for group, found in groups.items():
        yield f"## [{both(names[group])}](rules/{group}.md)\n"
        yield from rows(
            ("代码 Code", "级别 Severity", "规则", "Rule"),
            ((rule.code, rule.severity, rule.says.zh, rule.says.en) for rule in found),
        )


def _rules_page(name: Text, found: Iterable[Rule]) -> Iterator[str]:
    about = Text(zh="目录见 ../rules.md。", en="The index is ../rules.md.")
    yield from head(Text(zh=f"校验规则：{name.zh}", en=f"Rules: {name.en}"), about)
    for rule in found:
        yield f"## {rule.code}\n"
        yield from side_by_side(lines(rule, BREAKDOWNS))


def tables() -> Pages:
    """Every table with its columns."""
    yield "tables.md", _tables()


def _tables() -> Iterator[str]:
    yield from head(
        Text(zh="报表和登记表", en="Tables and registers"),
        Text(
            zh="类型：C定长、C..变长（UTF-8字节数）、I整数、D20.2和D10.5定点数、date日期。",
            en="Formats: C fixed length, C.. up to so many bytes of UTF-8, I integers, D20.2 and D10.5 exact decimals, date.",
        ),
    )
    yield from rows(
        ("代码 Code", "表 Table", "性质 Nature", "字段 Columns"),
        (
            (t.code, both(t.label), both(NATURES[t.nature]), str(len(t.columns)))
            for t in TABLES.values()
        ),
    )
    for table in TABLES.values():
        yield from _table(table)


def _table(table: type[Table]) -> Iterator[str]:
    yield f"## {table.code} {both(table.label)}\n"
    yield f"- {table.number}，{table.grain.zh}。 {table.grain.en}."
    yield f"- {both(NATURES[table.nature])}"
    yield f"- 主键 Key: {', '.join(table.key) or '-'}"
    yield f"- 依据 Source: {_cited(table.source, table.article)}"
    if table.giver is not None:
        yield f"- 报送 Handed in by: {both(table.giver)}"
    if table.handling is not None:
        yield f"- 法律依据 Legal basis: {both(table.handling.basis)}"
        purposes = ", ".join(table.handling.purposes)
        yield f"- 用途和级别 Purposes and class: {purposes}; {table.handling.secrecy}"
    for layout in table.older:
        if layout.warning is not None:
            yield f"- 旧表式 Older layout: {both(layout.warning)}"
    yield ""
    yield from rows(
        (
            "#",
            "字段 Column",
            "名称",
            "Name",
            "类型 Format",
            "必填 Required",
            "代码和说明 Codes, notes",
        ),
        (_column(column) for column in table.columns.values()),
    )


def _column(column: Column) -> tuple[str, ...]:
    notes = [both(CODE_LISTS[column.codes])] if column.codes in CODE_LISTS else []
    notes += [column.unit] if column.unit else []
    notes += ["可有多项，以逗号分隔 several, separated by commas"] if column.parts else []
    notes += [both(column.note)] if column.note is not None else []
    return (
        str(column.number),
        f"`{column.name}`",
        column.label.zh,
        column.label.en,
        column.format.text,
        both(REQUIRED[column.required]),
        "; ".join(notes),
    )


def indicators() -> Pages:
    """Every indicator explained, and every way of dividing one."""
    groups: dict[str, list[Indicator]] = {}
    for indicator in CATALOGUE.values():
        groups.setdefault(indicator.code.partition("-")[0], []).append(indicator)
    yield "indicators.md", _indicators_index(groups)
    for group, found in groups.items():
        title = Text(zh=f"指标目录：{group}", en=f"Indicators: {group}")
        yield f"indicators/{group}.md", _explained(title, found)
    yield "breakdowns.md", _explained(Text(zh="分组", en="Breakdowns"), BREAKDOWNS.values())


def _indicators_index(groups: dict[str, list[Indicator]]) -> Iterator[str]:
    yield from head(
        Text(zh="指标目录", en="Indicators"),
        Text(
            zh="每个指标的说明由其定义生成：人口、分子、分母、排除、时点、名单规则、何为未知、依据。",
            en="Each explanation follows from the definition itself: population, numerator, denominator, exclusions, dates, "
            "list rule, what counts as unknown, source.",
        ),
    )
    for group, found in groups.items():
        yield f"## [{group}](indicators/{group}.md)\n"
        yield from rows(
            ("代码 Code", "指标", "Indicator", "单位 Unit", "措施 Measures"),
            ((i.code, i.label.zh, i.label.en, i.unit, ", ".join(i.serves)) for i in found),
        )


def _explained(title: Text, found: Iterable[Indicator | Breakdown]) -> Iterator[str]:
    about = Text(zh="目录见 indicators.md。", en="The index is indicators.md.")
    yield from head(title, about)
    for node in found:
        yield f"## {node.code}\n"
        yield from side_by_side(lines(node, BREAKDOWNS))


def nettings() -> Pages:
    """Every rule that keeps a yuan of financing from counting twice."""
    yield "netting.md", _nettings()


def _nettings() -> Iterator[str]:
    yield from head(
        Text(zh="全口径轧差规则", en="Netting rules of full caliber"),
        Text(
            zh="贷款、票据、债券、股权合计时，同一笔钱只计一次；每条规则随FC指标一并给出。",
            en="Over loans, bills, bonds and equity each yuan counts once; each rule stands with the figures FC.",
        ),
    )
    for rule in netting.RULES:
        yield f"## {rule.code}\n"
        yield from side_by_side(netting.lines(rule))


def lawbook() -> Pages:
    """Every number of the lawbook with all its values, and every document."""
    yield "lawbook.md", _lawbook()


def _lawbook() -> Iterator[str]:
    law = Law.load()
    yield from head(
        Text(zh="政策参数", en="The lawbook"),
        Text(
            zh="每个数值自首日起生效，到下一个数值的首日为止。",
            en="A value is in force from its first day until the first day of the next.",
        ),
    )
    yield from rows(
        ("状态 Status", "含义", "Meaning"), ((k, text.zh, text.en) for k, text in STATUSES.items())
    )
    for name in law.names():
        yield from _entry(law.entry(name))
    yield "# 文件 · Documents\n"
    yield from rows(
        ("标识 Id", "标题 Title", "文号 Number", "机关 Issuer", "日期 Date", "说明 Note"),
        (_document(source) for source in sorted(law.sources.values(), key=lambda one: one.id)),
    )


def _entry(entry: Entry) -> Iterator[str]:
    yield f"## {entry.name}\n"
    yield f"{entry.label.zh} · {entry.label.en} ({_unit(entry)})\n"
    if entry.note is not None:
        yield f"{entry.note.zh}\n\n{entry.note.en}\n"
    yield from rows(
        ("自 From", "值 Value", "状态 Status", "依据 Source", "理由和说明 Reason, note"),
        (_value(value) for value in entry.values),
    )


def _unit(entry: Entry) -> str:
    match entry.unit:
        case "list":
            return f"列表 list: {both(UNITS[entry.of].says)}" if entry.of in UNITS else "列表 list"
        case "table":
            columns = (f"{key}: {both(UNITS[unit].says)}" for key, unit in entry.columns)
            return "; ".join(columns)
    return both(UNITS[entry.unit].says)


def _value(value: Value) -> tuple[str, ...]:
    notes = [both(text) for text in (value.reason, value.note) if text is not None]
    return (
        value.since.isoformat(),
        shown(value.amount),
        value.status,
        _cited(value.source.id, value.article),
        " ".join(notes),
    )


def _document(source: Source) -> tuple[str, ...]:
    note = both(source.note) if source.note is not None else ""
    return (source.id, source.title, source.number or "", source.issuer, source.date, note)


def _cited(source: str, article: str) -> str:
    return f"{source}, {article}" if article else source


def shown(amount: Amount) -> str:
    """An amount of the lawbook as it is written there."""
    match amount:
        case None:
            return "废止 repealed"
        case bool():
            return "是 yes" if amount else "否 no"
        case Decimal():
            return format(amount, "f")
        case date():
            return amount.isoformat()
        case tuple():
            return ", ".join(shown(part) for part in amount)
        case Amounts():
            return "; ".join(
                f"{key}: ({shown(part)})" if isinstance(part, Amounts) else f"{key}: {shown(part)}"
                for key, part in amount.items()
            )
    return str(amount)


def pages() -> Pages:
    """Every generated page."""
    for each in (rules, tables, indicators, nettings, lawbook):
        yield from each()


def write(folder: Path) -> None:
    """Writes every page, the same bytes for the same definitions; a page whose subject is gone goes too."""
    written = set()
    for name, content in pages():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(content).rstrip() + "\n", encoding="utf-8")
        written.add(file)
    for file in sorted(set(folder.rglob("*.md")) - written):
        if NOTICE in file.read_text(encoding="utf-8"):
            file.unlink()


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
