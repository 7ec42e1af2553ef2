"""How a phrase is put together: pairs of words, lists of phrases, and the names of columns, tables and codes.

``phrase`` is one function with a form for each node of the language; the forms stand in the modules beside this one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import singledispatch

from dripline.codes import code_list
from dripline.errors import DefinitionError
from dripline.nodes import Scalar
from dripline.tables import TABLES, THEN, table
from dripline.words import Text

PROVIDED = {
    "_institution": Text(
        zh="今日机构（含其前身）", en="institution of today (with its predecessors)"
    ),
    "_reporter": Text(zh="报送机构", en="reporter"),
    THEN: Text(zh="当时的报送机构", en="reporter of then"),
    "_row": Text(zh="行号", en="line number"),
    "_inside": Text(zh="是否在范围内", en="inside the scope"),
}
"""Columns that the store adds to every table."""


@singledispatch
def phrase(node: object, yes: bool = True) -> Text:
    """A value or a condition in words; ``yes`` False says the opposite of a condition."""
    raise DefinitionError(f"there are no words for {type(node).__name__}; write them in wording.")


def say(zh: str, en: str, **parts: Text | str | int) -> Text:
    """A sentence in both languages, each with the parts in its own."""
    return Text(
        zh=zh.format(**{name: _in(part, "zh") for name, part in parts.items()}),
        en=en.format(**{name: _in(part, "en") for name, part in parts.items()}),
    )


def _in(part: Text | str | int, language: str) -> str:
    if isinstance(part, Text):
        return part.zh if language == "zh" else part.en
    return str(part)


def joined(parts: Iterable[Text], zh: str, en: str) -> Text:
    """Phrases one after the other, with these signs or words between them."""
    found = tuple(parts)
    return Text(zh=zh.join(part.zh for part in found), en=en.join(part.en for part in found))


def listed(parts: Iterable[Text], last: Text | None = None) -> Text:
    """A list: A、B和C, or ``A, B and C``."""
    found = tuple(parts)
    word = last or Text(zh="和", en=" and ")
    if len(found) < 2:
        return found[0]
    return joined((joined(found[:-1], "、", ", "), found[-1]), word.zh, word.en)


def bracketed(part: Text) -> Text:
    """The phrase in brackets."""
    return say("（{part}）", "({part})", part=part)


def in_sentence(label: Text) -> Text:
    """A label as it stands inside a sentence: English begins small."""
    return Text(zh=label.zh, en=label.en[:1].lower() + label.en[1:])


def as_sentence(text: Text) -> Text:
    """A whole sentence: a capital letter and a full stop."""
    zh = text.zh if text.zh.endswith(("。", "：")) else f"{text.zh}。"
    en = text.en if text.en.endswith((".", ":")) else f"{text.en}."
    return Text(zh=zh, en=en[:1].upper() + en[1:])


def column_words(table_code: str, name: str) -> Text:
    """The label of a column."""
    if name in PROVIDED:
        return PROVIDED[name]
    return in_sentence(table(table_code).columns[name].label)


def table_words(code: str) -> Text:
    """The name of a table inside a sentence; its code where the table is none of ours yet."""
    if code not in TABLES:
        return Text(zh=code, en=code)
    return in_sentence(table(code).label)


def table_named(code: str) -> Text:
    """The name of a table with its code, which is the name of its file."""
    return say("{label}（{code}）", "{label} ({code})", label=table_words(code), code=code)


def constant_words(value: Scalar, codes: str | None) -> Text:
    """A constant; a code with its meaning: “A01 统一社会信用代码”."""
    if isinstance(value, str):
        return quoted(code_words(value, codes))
    if isinstance(value, date):
        return Text(zh=value.isoformat(), en=value.isoformat())
    assert isinstance(value, int | Decimal)
    return Text(zh=str(value), en=str(value))


def code_words(value: str, codes: str | None) -> Text:
    """A code with its meaning: A01 统一社会信用代码."""
    label = code_list(codes).label(value) if codes else Text(zh=value, en=value)
    return (
        label
        if label.zh == value
        else say("{code} {label}", "{code} {label}", code=value, label=label)
    )


def quoted(text: Text) -> Text:
    """In quotation marks; those inside become single ones."""
    return Text(zh=_quoted(text.zh), en=_quoted(text.en))


def _quoted(text: str) -> str:
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def table_rows(code: str) -> Text:
    """A table whose rows are counted: its code and its name, without brackets of its own."""
    return say("{code} {label}", "{code} {label}", code=code, label=table_words(code))
