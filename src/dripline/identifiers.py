"""Identifiers of units and persons: how each is made up, and why a number is not one of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dripline.words import Text

USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015, 4.1: digits and capitals without I, O, Z, S, V; the place is the character's value."""
DIGITS_AND_CAPITALS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
REGISTRATION_CLASSES = frozenset(
    {"11", "12", "13", "19", "21", "29", "31", "32", "33", "34", "35", "39", "41", "49", "51"}
    | {"52", "53", "54", "55", "59", "61", "62", "69", "71", "72", "79", "81", "89", "91", "92"}
    | {"93", "A1", "A9", "N1", "N2", "N3", "N9", "Y1"}
)
"""Registering department and class, characters 1-2: those met so far (reporting standard, ID-03)."""
PROVINCES = frozenset(
    {"11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"}
    | {"41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63"}
    | {"64", "65", "71", "81", "82"}
)
"""First two digits of GB/T 2260."""
NATIONAL = "10"
"""The registering office of the state itself (100000) stands where a province else stands."""

Kind = Literal[
    "uscc", "organisation", "registration", "lei", "masked_identity_card", "masked_other_person"
]
Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]


def check_character(first17: str) -> str:
    """The 18th character of a unified social credit code (GB 32100-2015, 4.3)."""
    if len(first17) != 17:
        raise ValueError("a credit code has 17 characters before its check character.")
    total = sum(
        USCC_CHARACTERS.index(c) * weight for c, weight in zip(first17, USCC_WEIGHTS, strict=True)
    )
    return USCC_CHARACTERS[-total % 31]


def organisation_check_character(first8: str) -> str:
    """The 9th character of an organisation code (GB 11714-1997, 4): modulus 11, ten is written X."""
    if len(first8) != 8:
        raise ValueError("an organisation code has 8 characters before its check character.")
    total = sum(
        DIGITS_AND_CAPITALS.index(c) * weight
        for c, weight in zip(first8, ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X"[-total % 11]


def why_not_uscc(code: str) -> Text | None:
    """Why this is no unified social credit code; None if it is one.

    A wrong check character needs an explanation rather than refusal: genuine exceptions exist (ID-02).
    The registration class is not part of this: new ones come (``why_class_unknown``, ID-03).
    """
    if len(code) != 18:
        return Text(
            zh=f"统一社会信用代码应为18位，实为{len(code)}位。",
            en=f"A unified social credit code has 18 characters, this has {len(code)}.",
        )
    for place, character in enumerate(code, 1):
        if character not in USCC_CHARACTERS:
            return Text(
                zh=f"第{place}位“{character}”不是统一社会信用代码所用字符（数字和大写字母，不用I、O、Z、S、V）。",
                en=f"Character {place}, {character!r}, is none of a credit code's "
                "(digits and capitals without I, O, Z, S, V).",
            )
    if not code[2:8].isdigit():
        return Text(
            zh="第3至8位应为登记管理机关行政区划码，全部为数字。",
            en="Characters 3 to 8 are the region code of the registering office: digits only.",
        )
    if check_character(code[:17]) != code[17]:
        return Text(
            zh="第18位校验码与前17位不符，请与营业执照核对；确为如此的须说明。",
            en="The check character does not fit the first 17: compare with the licence; "
            "explain it if the licence says so.",
        )
    return None


def why_class_unknown(code: str) -> Text | None:
    """Why the first characters of a credit code are unusual (ID-03, a warning); None if they are known."""
    if code[:2] not in REGISTRATION_CLASSES:
        return Text(
            zh=f"第1至2位“{code[:2]}”不是已知的登记管理部门和机构类别。",
            en=f"Characters 1-2, {code[:2]!r}, are no known registering department and class.",
        )
    if code[2:4] not in PROVINCES and code[2:4] != NATIONAL:
        return Text(
            zh=f"第3至4位“{code[2:4]}”不是省级行政区划码。",
            en=f"Characters 3-4, {code[2:4]!r}, are the code of no province.",
        )
    return None


def why_not_organisation_code(code: str) -> Text | None:
    """Why this is no organisation code of 9 characters (GB 11714-1997); None if it is one."""
    if len(code) != 9:
        return Text(
            zh=f"组织机构代码应为9位（不含连字符），实为{len(code)}位。",
            en=f"An organisation code has 9 characters (no hyphen), this has {len(code)}.",
        )
    if any(c not in DIGITS_AND_CAPITALS for c in code):
        return Text(
            zh="组织机构代码只用数字和大写字母。",
            en="An organisation code consists of digits and capitals.",
        )
    if organisation_check_character(code[:8]) != code[8]:
        return Text(
            zh="第9位校验码与前8位不符，请与证书核对。",
            en="The check character does not fit the first 8: compare with the certificate.",
        )
    return None


def organisation_code_of(uscc: str) -> str:
    """The organisation code inside a credit code: characters 9 to 17 (field notes 4: for matching)."""
    return uscc[8:17]


def uscc_is_valid(code: str) -> bool:
    """Whether this is a unified social credit code."""
    return why_not_uscc(code) is None


def organisation_is_valid(code: str) -> bool:
    """Whether this is an organisation code."""
    return why_not_organisation_code(code) is None


def registration_is_valid(code: str) -> bool:
    """Whether this is a business registration number of 15 digits, as used before 2015 (GS 15-2006).

    Its last digit is a check digit after ISO 7064, modulus 11,10.
    """
    if not re.fullmatch(r"\d{15}", code, re.ASCII):
        return False
    rest = 10
    for digit in code[:14]:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return (rest + int(code[14])) % 10 == 1


def lei_is_valid(code: str) -> bool:
    """Whether this is a legal entity identifier (ISO 17442): 18 characters and two check digits, mod 97."""
    if not re.fullmatch(r"[0-9A-Z]{18}\d\d", code, re.ASCII):
        return False
    return int("".join(str(DIGITS_AND_CAPITALS.index(c)) for c in code)) % 97 == 1


def masked_identity_card(code: str) -> bool:
    """Whether a person's identity card is masked as the standard asks (2.6): 14 digits, then lower-case MD5."""
    return re.fullmatch(r"\d{14}[0-9a-f]{32}", code, re.ASCII) is not None


def masked_other_person(code: str) -> bool:
    """Whether another personal document is masked as the standard asks (2.6): lower-case MD5."""
    return re.fullmatch(r"[0-9a-f]{32}", code, re.ASCII) is not None


KINDS: dict[Kind, Callable[[str], bool]] = {
    "uscc": uscc_is_valid,
    "organisation": organisation_is_valid,
    "registration": registration_is_valid,
    "lei": lei_is_valid,
    "masked_identity_card": masked_identity_card,
    "masked_other_person": masked_other_person,
}


def kind_of_identifier(code: str) -> Kind | None:
    """What an identifier is by its length, characters and check; None if it is none of the known kinds."""
    return next((kind for kind, holds in KINDS.items() if holds(code)), None)


def valid_id(scheme: str, code: str) -> bool:
    """Whether a code is well formed under a scheme: uscc, organisation, lei."""
    checks = {"uscc": uscc_is_valid, "organisation": organisation_is_valid, "lei": lei_is_valid}
    return checks[scheme](code)


def uscc_ok(codes: pa.StringArray) -> pa.BooleanArray:
    """Which of many are unified social credit codes; null stays null."""
    return _answer(codes, 18, _uscc_rows)


def organisation_ok(codes: pa.StringArray) -> pa.BooleanArray:
    """Which of many are organisation codes; null stays null."""
    return _answer(codes, 9, _organisation_rows)


def lei_ok(codes: pa.StringArray) -> pa.BooleanArray:
    """Which of many are legal entity identifiers; null stays null."""
    return _answer(codes, 20, _lei_rows)


def _answer(codes: pa.StringArray, length: int, judge: Callable[[Bytes], Mask]) -> pa.BooleanArray:
    """Judges the values of the right length as rows of bytes, without making a Python string of any."""
    if isinstance(codes, pa.ChunkedArray):
        codes = codes.combine_chunks()
    if isinstance(codes, pa.DictionaryArray):
        return pc.take(_answer(codes.dictionary, length, judge), codes.indices)
    fits = pc.equal(pc.binary_length(codes), length)
    found = np.asarray(pc.fill_null(fits, False).to_numpy(zero_copy_only=False), dtype=np.bool_)
    chosen = codes if found.all() else codes.filter(pa.array(found))
    fixed = chosen.cast(pa.binary()).cast(pa.binary(length))
    start = fixed.offset * length
    raw = np.frombuffer(fixed.buffers()[1], np.uint8, len(fixed) * length, start)
    answer = np.zeros(len(codes), np.bool_)
    answer[found] = judge(raw.reshape(-1, length))
    return pa.array(answer, mask=codes.is_null().to_numpy(zero_copy_only=False))


def _values(alphabet: str) -> Bytes:
    """The value of each byte in an alphabet; 255 for any other byte."""
    table = np.full(256, 255, np.uint8)
    table[np.frombuffer(alphabet.encode("ascii"), np.uint8)] = np.arange(len(alphabet))
    return table


USCC_VALUES = _values(USCC_CHARACTERS)
CAPITAL_VALUES = _values(DIGITS_AND_CAPITALS)
WRONG = 1 << 20
"""More than 18 values of 30 with weights of 30 can add up to: marks a character that may not stand there."""
ROWS_AT_ONCE = 1 << 16


@cache
def _pair_tables() -> list[npt.NDArray[np.int32]]:
    """What two neighbouring characters of a credit code add to its sum, for each of the nine pairs."""
    values = USCC_VALUES.astype(np.int32)
    parts = []
    for place, weight in enumerate((*USCC_WEIGHTS, 1)):
        allowed = values < (10 if 2 <= place < 8 else 31)
        parts.append(np.where(allowed, values * weight, WRONG))
    # Two bytes read as one little-endian number: the first character is its low half.
    return [
        np.add.outer(later, first).ravel().astype(np.int32)
        for first, later in zip(parts[::2], parts[1::2], strict=True)
    ]


def _uscc_rows(rows: Bytes) -> Mask:
    pairs = np.ascontiguousarray(rows).view("<u2")
    answer = np.zeros(len(rows), np.bool_)
    for start in range(0, len(rows), ROWS_AT_ONCE):  # small enough to stay in the cache
        some = pairs[start : start + ROWS_AT_ONCE]
        total = np.zeros(len(some), np.int32)
        for place, table in enumerate(_pair_tables()):
            total += table[some[:, place]]
        answer[start : start + ROWS_AT_ONCE] = (total < WRONG) & (total % 31 == 0)
    return answer


def _organisation_rows(rows: Bytes) -> Mask:
    values = CAPITAL_VALUES[rows]
    total = np.zeros(len(rows), np.int32)
    for place, weight in enumerate(ORGANISATION_WEIGHTS):
        total += values[:, place].astype(np.int32) * weight
    expected = np.frombuffer(b"0123456789X", np.uint8)[-total % 11]
    answer: Mask = (values[:, :8] != 255).all(axis=1) & (rows[:, 8] == expected)
    return answer


def _lei_rows(rows: Bytes) -> Mask:
    values = CAPITAL_VALUES[rows].astype(np.int32)
    rest = np.zeros(len(rows), np.int32)
    for place in range(20):
        value = values[:, place]
        rest = (rest * np.where(value < 10, 10, 100) + value) % 97
    known = (values != 255).all(axis=1) & (values[:, 18:] < 10).all(axis=1)
    answer: Mask = known & (rest == 1)
    return answer
