"""Identifiers (interim: to be completed): credit code, organisation code, LEI."""

from __future__ import annotations

import pyarrow as pa

USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORG = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def uscc_is_valid(code: str) -> bool:
    """GB 32100-2015: 18 characters, the last a check character."""
    if len(code) != 18 or any(c not in USCC for c in code):
        return False
    total = sum(USCC.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    return USCC[(31 - total % 31) % 31] == code[17]


def organisation_is_valid(code: str) -> bool:
    """GB 11714-1997: nine characters, the last a check character."""
    if len(code) != 9 or any(c not in ORG for c in code):
        return False
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    check = 11 - sum(ORG.index(c) * w for c, w in zip(code, weights, strict=False)) % 11
    return {10: "X", 11: "0"}.get(check, str(check)) == code[8]


def lei_is_valid(code: str) -> bool:
    """ISO 17442: 20 characters, mod 97."""
    if len(code) != 20 or any(c not in ORG for c in code):
        return False
    return int("".join(str(ORG.index(c)) for c in code)) % 97 == 1


CHECKS = {"uscc": uscc_is_valid, "organisation": organisation_is_valid, "lei": lei_is_valid}


def valid_id(scheme: str, code: str) -> bool:
    """Whether a code is well formed under a scheme: uscc, organisation, lei."""
    return CHECKS[scheme](code)


def _each(scheme: str, codes: pa.StringArray) -> pa.BooleanArray:
    return pa.array([None if c is None else CHECKS[scheme](c) for c in codes.to_pylist()], pa.bool_())


def uscc_ok(codes: pa.StringArray) -> pa.BooleanArray:
    """Vectorised."""
    return _each("uscc", codes)


def organisation_ok(codes: pa.StringArray) -> pa.BooleanArray:
    """Vectorised."""
    return _each("organisation", codes)


def lei_ok(codes: pa.StringArray) -> pa.BooleanArray:
    """Vectorised."""
    return _each("lei", codes)
