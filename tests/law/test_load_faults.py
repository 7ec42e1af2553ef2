"""Each fault of a lawbook file names the entry, the day, the file and what is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dripline.errors import LawError
from dripline.law import Law

from .conftest import SHARE, SOURCES

Lawbook = Callable[..., Path]
AT = "fund.share, value of 2025-07-01: "
FILE = " (fund/share.yaml)"
NEW = "{amount: 0.75, source: notice-8, article: 3.10, status: reported}"


def faults(folder: Path) -> list[str]:
    with pytest.raises(LawError) as error:
        Law.load(folder)
    head, *lines = str(error.value).splitlines()
    count = "1 fault" if len(lines) == 1 else f"{len(lines)} faults"
    assert head == f"The lawbook cannot be loaded, {count}:"
    return lines


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("{amount: 0.75, status: official}", "article, source are missing."),
        ("{amount: 0.75, source: notice-8, status: official}", "article is missing."),
        ('{amount: 0.75, source: notice-8, article: " ", status: official}', "article is missing."),
        ("{amount: 0.75, article: 三, status: official}", "source is missing."),
        ("{amount: 0.75, source: notice-8, article: 三}", "status is missing."),
        ("{source: notice-8, article: 三, status: official}", "amount is missing."),
        ('{amount: "", source: notice-8, article: 三, status: official}', "amount is missing."),
        ("0.75", "amount, source, status are missing."),
        (
            "{amount: 0.75, source: notice-9, article: 三, status: official}",
            "source notice-9 is not in sources.yaml; did you mean notice-8.",
        ),
        (
            "{amount: 0.75, source: notice-8, article: 三, status: sure}",
            "status sure is none of official, reported, assumed.",
        ),
        (
            "{amount: 0.75, source: notice-8, article: 三, status: official, sorce: x}",
            "unknown key sorce; did you mean source.",
        ),
        (
            "{amount: 0.75, source: notice-8, article: 三, status: official, url: x}",
            "unknown key url; known: amount, source, article, status, reason, note.",
        ),
        (
            "{amount: 75%, source: notice-8, article: 三, status: official}",
            'amount "75%" does not fit the unit ratio (a share from 0 to 1, such as 0.60).',
        ),
        (
            "{amount: 75, source: notice-8, article: 三, status: official}",
            'amount "75" does not fit the unit ratio (a share from 0 to 1, such as 0.60).',
        ),
        (
            "{amount: 7e-1, source: notice-8, article: 三, status: official}",
            'amount "7e-1" does not fit the unit ratio (a share from 0 to 1, such as 0.60).',
        ),
        (
            "{amount: [0.75], source: notice-8, article: 三, status: official}",
            "amount a list does not fit the unit ratio (a share from 0 to 1, such as 0.60).",
        ),
        (
            "{amount: !!float 0.75, source: notice-8, article: 三, status: official}",
            "remove the tag tag:yaml.org,2002:float.",
        ),
        (
            "{amount: 0.75, source: own, status: assumed}",
            "an assumed value needs a reason.",
        ),
        (
            "{amount: 0.75, source: own, status: official}",
            "an assumed value, and only an assumed one, has source: own.",
        ),
        (
            "{amount: 0.75, source: own, article: 三, status: assumed, reason: {zh: 因, en: why}}",
            "own has no article; remove it.",
        ),
        (
            "{amount: 0.75, source: own, status: assumed, reason: {zh: 因}}",
            "reason: en is missing.",
        ),
        (
            "{amount: 0.75, source: notice-8, article: 三, status: official, note: why}",
            "note: zh, en is missing.",
        ),
    ],
)
def test_a_fault_of_a_value(lawbook: Lawbook, value: str, says: str) -> None:
    assert faults(lawbook(SHARE.replace(NEW, value))) == [AT + says + FILE]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("label: {zh: 本金比例, en: Share of principal}\n", "", ": label: zh, en is missing."),
        ("en: Share of principal", 'en: ""', ": label: en is missing."),
        ("en: Share of principal", "en: Share, fr: Part", None),
        ("unit: ratio\n", "", ": unit is missing."),
        ("unit: ratio", "unit: ration", ": unit ration is unknown; did you mean ratio."),
        (
            "unit: ratio",
            "unit: list",
            ": a list, and only a list, says in `of` the unit of its items.",
        ),
        (
            "unit: ratio",
            "unit: ratio\ncolumns: {a: count}",
            ": a table, and only a table, says in `columns` the unit of each column.",
        ),
        (
            "unit: ratio",
            "unit: list\nof: wan_yan",
            ": unit wan_yan is unknown; did you mean wan_yuan.",
        ),
        ("checked: 2026-03-31\n", "", ": checked is missing."),
        (
            "checked: 2026-03-31",
            "checked: 2026-02-30",
            ", checked: 2026-02-30 is no calendar day; write it like 2026-01-19.",
        ),
        ("checked:", "cheked: x\nchecked:", ": unknown key cheked; did you mean checked."),
        (
            "  2025-07-01:",
            "  2025-7-1:",
            ", value of 2025-7-1: the day is no calendar day; write it like 2026-01-19.",
        ),
        (
            "  2025-07-01:",
            "  2022-07-01:",
            ", value of 2022-07-01: it stands after 2023-01-01; write the oldest first.",
        ),
        (
            "  2025-07-01:",
            "  2023-01-01:",
            ", values: 2023-01-01 stands twice, again in line 5.",
        ),
        ("unit: ratio", "unit: ratio\nunit: ratio", ": unit stands twice, again in line 3."),
        (
            "amount: 0.75,",
            "amount: 0.75, amount: 0.8,",
            ", value of 2025-07-01: amount stands twice, again in line 5.",
        ),
    ],
)
def test_a_fault_of_an_entry(lawbook: Lawbook, old: str, new: str, says: str | None) -> None:
    assert old in SHARE
    expected = ": label: fr is no language of the lawbook (zh, en)." if says is None else says
    assert faults(lawbook(SHARE.replace(old, new))) == ["fund.share" + expected + FILE]


def test_an_entry_without_values_is_a_fault(lawbook: Lawbook) -> None:
    head, _, tail = SHARE.partition("values:")
    text = head + tail[tail.index("checked") :]
    assert faults(lawbook(text)) == ["fund.share: values are missing. (fund/share.yaml)"]


def test_text_that_is_no_yaml_is_a_fault_with_its_line(lawbook: Lawbook) -> None:
    assert faults(lawbook("label: {zh: 比例\nunit: ratio\n")) == [
        "fund.share, line 2: this is not YAML: expected ',' or '}', but got ':'. (fund/share.yaml)"
    ]


def test_an_empty_file_is_a_fault(lawbook: Lawbook) -> None:
    assert faults(lawbook("# nothing\n")) == [
        "fund.share: the file holds no keys. (fund/share.yaml)"
    ]


def test_a_file_in_another_encoding_is_a_fault(lawbook: Lawbook) -> None:
    folder = lawbook()
    (folder / "fund" / "share.yaml").write_bytes(SHARE.encode("gb18030"))
    assert faults(folder) == ["fund.share: the file is not UTF-8. (fund/share.yaml)"]


def test_a_file_with_the_short_ending_is_not_passed_over(lawbook: Lawbook) -> None:
    folder = lawbook()
    (folder / "fund" / "share.yaml").rename(folder / "fund" / "share.yml")
    assert faults(folder) == ["fund/share.yml: a lawbook file ends in .yaml; rename it."]


TABLE = """\
label: {zh: 界限, en: Bounds}
unit: table
columns: {staff: count, revenue_wan: wan_yuan}
values:
  2023-01-01: {amount: AMOUNT, source: notice-7, article: 第四条, status: official}
checked: 2026-03-31
"""


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        ("5", "amount is a single value, but the unit table needs keys."),
        (
            "{large: {staf: 5}}",
            "amount large staf is no column of the table (staff, revenue_wan).",
        ),
        (
            "{large: {staff: 5.5}}",
            'amount large staff "5.5" does not fit the unit count '
            "(a whole number of things, such as 300).",
        ),
        (
            "{staff: [1, x]}",
            'amount staff item 2 "x" does not fit the unit count '
            "(a whole number of things, such as 300).",
        ),
    ],
)
def test_a_fault_of_a_table_names_the_cell(lawbook: Lawbook, amount: str, says: str) -> None:
    at = "fund.share, value of 2023-01-01: "
    assert faults(lawbook(TABLE.replace("AMOUNT", amount))) == [at + says + FILE]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  title: 关于试行的通知\n", "", "notice-7: title is missing."),
        ("  number: 试〔2023〕7号\n", "", "notice-7: number is missing."),
        ("  date: 2023-01-01\n", "", "notice-7: date is missing."),
        ("  issuer: 试行机关\n  date: 2023", "  date: 2023", "notice-7: issuer is missing."),
        (
            "2025-07\n",
            "July 2025\n",
            'notice-8: date "July 2025" is no day, month or year (2026-01-19, 2026-01 or 2026).',
        ),
        (
            "  note: {zh: 文号待核对, en: number to be confirmed}\n",
            "",
            "notice-8: number is null; say in note why.",
        ),
        (
            "关于试行的通知",
            "https://example.org/7",
            "notice-7: cite title, number and date, never an address.",
        ),
        ("notice-8:", "own:", "own: own is no document; give the source another id."),
        ("issuer: 试行机关\n  date: 2025", "isuer: x\n  issuer: y\n  date: 2025",
         "notice-8: unknown key isuer; did you mean issuer."),
    ],
)  # fmt: skip
def test_a_fault_of_a_source(lawbook: Lawbook, old: str, new: str, says: str) -> None:
    assert old in SOURCES
    lines = faults(lawbook(sources=SOURCES.replace(old, new, 1)))
    assert lines[0] == f"sources, {says} (sources.yaml)"


def test_a_lawbook_without_sources_says_so(lawbook: Lawbook) -> None:
    folder = lawbook()
    (folder / "sources.yaml").unlink()
    assert faults(folder)[0] == "sources: the file is missing. (sources.yaml)"


def test_all_faults_of_all_files_come_in_one_message(lawbook: Lawbook) -> None:
    folder = lawbook(
        SHARE.replace("article: 3.10, ", "").replace("amount: 0.60", "amount: 60"),
        fund__other=SHARE.replace("notice-7", "notice-1"),
    )
    assert faults(folder) == [
        "fund.other, value of 2023-01-01: source notice-1 is not in sources.yaml;"
        " did you mean notice-8. (fund/other.yaml)",
        'fund.share, value of 2023-01-01: amount "60" does not fit the unit ratio'
        " (a share from 0 to 1, such as 0.60). (fund/share.yaml)",
        AT + "article is missing." + FILE,
    ]
