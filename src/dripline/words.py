"""Words a person reads: always a pair, Chinese and English."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Simplified Chinese (in the field's own terms) and in English."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh.strip() or not self.en.strip():
            raise ValueError(f"words need Chinese and English, got zh={self.zh!r}, en={self.en!r}")

    def in_(self, language: Language) -> str:
        """The words in one language."""
        return self.zh if language == "zh" else self.en

    def format(self, **values: object) -> "Text":
        """Both sentences with the same values filled in."""
        return Text(zh=self.zh.format(**values), en=self.en.format(**values))
