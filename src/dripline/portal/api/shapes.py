"""Shapes that operations share: what a field may hold at all, so that nonsense is refused with the field's name."""

from __future__ import annotations

from typing import Annotated

from ninja import Field, Schema

from dripline.words import Text

WRITTEN = r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f]*$"
"""Text without control characters: not every database can keep them."""
Month = Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
"""A month, as 2026-06."""
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9._/+-]{1,80}$")]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Line = Annotated[str, Field(max_length=400, pattern=WRITTEN)]
Words = Annotated[str, Field(min_length=1, max_length=4_000, pattern=WRITTEN)]


class Asked(Schema, extra="forbid"):
    """A body: fields that mean nothing here are refused, since a misspelt one would be lost unseen."""


class Pair(Schema):
    """Words in both languages."""

    zh: str
    en: str


def pair(text: Text) -> dict[str, str]:
    """Words of the core as the interface writes them."""
    return {"zh": text.zh, "en": text.en}
