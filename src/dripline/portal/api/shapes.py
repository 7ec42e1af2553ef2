"""Shapes that operations share: what a field may hold at all, so that nonsense is refused with the field's name."""

from __future__ import annotations

from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, StringConstraints

from dripline.words import Text

Month = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
"""A month, as 2026-06."""
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._/+-]{1,80}$")]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def _written(text: str) -> str:
    if any(not sign.isprintable() and sign not in "\n\t" for sign in text):
        raise ValueError("control characters cannot be kept")
    return text


Line = Annotated[str, StringConstraints(max_length=400), AfterValidator(_written)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=4_000), AfterValidator(_written)]


class Asked(Schema):
    """A body: fields that mean nothing here are refused, since a misspelt one would be lost unseen."""

    model_config = ConfigDict(extra="forbid")


class Pair(Schema):
    """Words in both languages."""

    zh: str
    en: str


def pair(text: Text) -> dict[str, str]:
    """Words of the core as the interface writes them."""
    return {"zh": text.zh, "en": text.en}
