"""Listed enterprises without a credit code, found by their exact name: no guessing, no nearness (FN 4).

Names are compared after writing alone is levelled (width of signs, brackets, blanks); former names count. A name that
fits no enterprise or two is a finding, and goes into a file that the authority fills in and sends back.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import xlsxwriter

from dripline.definitions import Rule
from dripline.errors import CannotRead
from dripline.identifiers import valid_id
from dripline.intake.findings import Finding, Origin, finding
from dripline.intake.sheet_layout import HEADER_WITHIN, find_head
from dripline.intake.sheet_pages import open_pages
from dripline.intake.sheet_parts import Bounds
from dripline.intake.sheet_values import Lost, code_text, words_text
from dripline.standards.lists import QUALIFICATION
from dripline.words import Text

How = Literal["printed", "name", "former_name", "customer", "organisation_code", "sent_back"]
HOW: dict[How, Text] = {
    "printed": Text(zh="名单自带代码", en="the code was printed"),
    "name": Text(zh="按企业名称匹配", en="by the name in the register"),
    "former_name": Text(zh="按曾用名匹配", en="by a former name"),
    "customer": Text(zh="按报送客户名称匹配", en="by the name of a reported customer"),
    "organisation_code": Text(zh="按组织机构代码匹配（第9至17位）", en="by characters 9 to 17"),
    "sent_back": Text(zh="经人工确认", en="filled in by the authority"),
}
SIGNS = re.compile(r"[\s·•・.,，。、;；:：\"'“”‘’《》<>_\-—–]+")
SEPARATORS = re.compile(r"[,，、;；|]")

NO_MATCH = Rule(
    code="LIST-01",
    says=Text(
        zh="名单企业没有代码，其名称与企业登记、报送客户均不一致。",
        en="A listed enterprise without code; its name fits none in the registers.",
    ),
    remedy=Text(
        zh="在未匹配清单中填写统一社会信用代码后退回",
        en="Fill in its credit code in the file of the unmatched and send it back",
    ),
    severity="warning",
    source="own",
    article="QUALIFICATION",
)
TWO_MATCHES = Rule(
    code="LIST-02",
    says=Text(
        zh="名单企业没有完整代码，与两家以上企业一致。",
        en="A listed enterprise without full code fits two enterprises or more.",
    ),
    remedy=Text(
        zh="在未匹配清单的候选代码中选定一个后退回",
        en="Choose one of the candidates in the file of the unmatched and send it back",
    ),
    severity="warning",
    source="own",
    article="QUALIFICATION",
)
UNKNOWN_ORGANISATION = Rule(
    code="LIST-03",
    says=Text(
        zh="名单只有九位组织机构代码，企业登记中没有对应的统一社会信用代码。",
        en="The list has a nine-character code that is part of no credit code of the registers.",
    ),
    remedy=NO_MATCH.remedy,
    severity="warning",
    source="own",
    article="QUALIFICATION",
)
BAD_ANSWER = Rule(
    code="LIST-04",
    says=Text(
        zh="退回的未匹配清单中，统一社会信用代码应校验正确且前后一致。",
        en="A credit code sent back has a right check character, and is the only one of its row.",
    ),
    remedy=Text(
        zh="按营业执照核对后重新退回", en="Compare with the licence and send it back again"
    ),
    severity="error",
    source="own",
    article="QUALIFICATION",
)
RULES: tuple[Rule, ...] = (NO_MATCH, TWO_MATCHES, UNKNOWN_ORGANISATION, BAD_ANSWER)


def normal_name(name: str) -> str:
    """A name as it is compared: half-width, one kind of bracket, no blanks or marks, capital letters."""
    text = unicodedata.normalize("NFKC", name).upper()
    text = re.sub(r"[\[【〔{]", "(", text)
    text = re.sub(r"[\]】〕}]", ")", text)
    return SIGNS.sub("", text)


def former_names(joined: str | None) -> tuple[str, ...]:
    """The former names in one field."""
    return tuple(part for part in map(str.strip, SEPARATORS.split(joined or "")) if part)


@dataclass(frozen=True, slots=True)
class Known:
    """Credit codes by normal name and by organisation code, each as the registers give them."""

    names: Mapping[str, frozenset[str]]
    former: Mapping[str, frozenset[str]]
    customers: Mapping[str, frozenset[str]]
    organisations: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, enterprises: pa.Table, customers: pa.Table | None = None) -> Known:
        """From rows of ENTERPRISE and, if given, FTYKHX (customers with a credit code)."""
        own = enterprises.select(["credit_code", "name", "former_names"]).to_pylist()
        names = gathered((r["name"], r["credit_code"]) for r in own)
        former = gathered(
            (n, r["credit_code"]) for r in own for n in former_names(r["former_names"])
        )
        theirs = [] if customers is None else credit_coded(customers)
        organisations: defaultdict[str, set[str]] = defaultdict(set)
        for code in {r["credit_code"] for r in own} | {code for _, code in theirs}:
            if code:
                organisations[code[8:17]].add(code)
        return cls(names, former, gathered(theirs), frozen(organisations))

    def find(self, name: str) -> tuple[frozenset[str], How]:
        """Every code a name fits, and by which kind of name first: today's, a former one, a reported customer's."""
        key = normal_name(name)
        ways: tuple[tuple[How, Mapping[str, frozenset[str]]], ...] = (
            ("name", self.names),
            ("former_name", self.former),
            ("customer", self.customers),
        )
        found = {how: codes[key] for how, codes in ways if key in codes}
        # Today's name of one firm may be a former name of another: a list printed then means either.
        return frozenset().union(*found.values()), next(iter(found), "name")


def credit_coded(customers: pa.Table) -> list[tuple[str, str]]:
    """Names and codes of the reported customers that are known by a credit code."""
    rows = customers.select(["customer_name", "customer_id_type", "customer_id_no"]).to_pylist()
    return [
        (row["customer_name"], row["customer_id_no"])
        for row in rows
        if row["customer_id_type"] == "A01"
        and row["customer_name"]
        and valid_id("uscc", row["customer_id_no"] or "")
    ]


def gathered(pairs: Iterable[tuple[str | None, str | None]]) -> Mapping[str, frozenset[str]]:
    """Codes by normal name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, code in pairs:
        if name and code:
            found[normal_name(name)].add(code)
    return frozen(found)


def frozen(found: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    """The same, unchangeable."""
    return {key: frozenset(codes) for key, codes in found.items()}


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A listed enterprise that stays without a full credit code, and the codes it might have."""

    row: int
    kind: str
    edition: str
    name: str
    code_printed: str | None
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """A list with its codes filled in, how each was found, and what stays open."""

    rows: pa.Table
    how: tuple[How | None, ...]
    unmatched: tuple[Unmatched, ...]

    @property
    def counts(self) -> dict[How, int]:
        """How many rows were found in each way; organisation codes are shown apart."""
        return {how: self.how.count(how) for how in HOW if how in self.how}


def match_list(
    rows: pa.Table, known: Known, sent_back: Mapping[tuple[str, str, str], str] | None = None
) -> Matched:
    """Fills in the credit codes of QUALIFICATION rows; printed full codes are left as they are.

    ``sent_back`` are the codes a person filled in, by kind, edition and name (``read_sent_back``).
    """
    codes: list[str | None] = []
    ways: list[How | None] = []
    left: list[Unmatched] = []
    answers = sent_back or {}
    for row in rows.to_pylist():
        found, how = codes_of(row, known, answers)
        sure = next(iter(found)) if len(found) == 1 else None
        codes.append(sure or row["credit_code"])
        ways.append(how if sure else None)
        if sure is None:
            printed = row["credit_code"]
            place = row["_row"], row["kind"], row["edition"], row["name"], printed
            left.append(Unmatched(*place, tuple(sorted(found))))
    index = rows.schema.get_field_index("credit_code")
    filled = rows.set_column(
        index, rows.schema.field(index), pa.array(codes, rows.schema.field(index).type)
    )
    return Matched(filled, tuple(ways), tuple(left))


def codes_of(
    row: Mapping[str, Any], known: Known, sent_back: Mapping[tuple[str, str, str], str]
) -> tuple[frozenset[str], How]:
    """The full codes a listed enterprise may have."""
    code = row["credit_code"]
    if code and len(code) != 9:
        return frozenset({code}), "printed"
    if answer := sent_back.get((row["kind"], row["edition"], row["name"])):
        return frozenset({answer}), "sent_back"
    if code:
        return known.organisations.get(code, frozenset()), "organisation_code"
    return known.find(row["name"] or "")


def list_findings(matched: Matched, origin: Origin) -> Iterator[Finding]:
    """A finding for each enterprise that stays without a full code."""
    column = QUALIFICATION.columns["name"]
    for one in matched.unmatched:
        lone = UNKNOWN_ORGANISATION if one.code_printed else NO_MATCH
        yield finding(
            TWO_MATCHES if one.candidates else lone,
            origin,
            row=one.row,
            number=column.number,
            label=column.label,
            value=one.name,
            key="|".join((one.kind, one.edition, one.name)),
        )


HEADERS = ("名单类型", "名单版本", "企业名称", "名单所印代码", "候选代码", "统一社会信用代码")


def write_unmatched(unmatched: Iterable[Unmatched], path: Path) -> None:
    """The file of the unmatched: the last column is filled in and the file sent back."""
    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("未匹配企业")
        text = book.add_format({"num_format": "@"})
        bold = book.add_format({"bold": True, "num_format": "@"})
        sheet.set_column(0, len(HEADERS) - 1, 24, text)
        for index, words in enumerate(HEADERS):
            sheet.write_string(0, index, words, bold)
        for number, one in enumerate(unmatched, 1):
            cells = (
                one.kind,
                one.edition,
                one.name,
                one.code_printed or "",
                " ".join(one.candidates),
            )
            for index, words in enumerate(cells):
                sheet.write_string(number, index, words, text)
        sheet.freeze_panes(1, 0)


def read_sent_back(
    path: Path, bounds: Bounds
) -> tuple[dict[tuple[str, str, str], str], list[Finding]]:
    """The codes filled in, by kind, edition and name, and findings on those that cannot be; rows left open count not.

    Raises CannotRead where the file is not the one that was sent out.
    """
    labels = {words: words for words in HEADERS}
    answers: dict[tuple[str, str, str], str] = {}
    findings: list[Finding] = []
    for page in open_pages(path, bounds):
        head = find_head(list(islice(page.rows(), HEADER_WITHIN)), page.merged, labels)
        if head is None or head.found < len(HEADERS):
            continue
        places = {place.name: place.index - 1 for place in head.places if place.name}
        for number, cells in islice(page.rows(), head.last + 1, None):
            padded = [*cells, *[None] * len(HEADERS)]
            code = code_text(padded[places[HEADERS[-1]]])
            key = tuple(str(words_text(padded[places[words]]) or "") for words in HEADERS[:3])
            kind, edition, name = key
            if code is None:
                continue
            known = answers.setdefault((kind, edition, name), str(code))
            if isinstance(code, Lost) or not valid_id("uscc", code) or known != code:
                answers.pop((kind, edition, name), None)
                shown = str(padded[places[HEADERS[-1]]])
                findings.append(finding(BAD_ANSWER, Origin(path.name), row=number, value=shown))
        return answers, findings
    raise CannotRead(f"{path.name}: the headers {'、'.join(HEADERS)} were not found.")
