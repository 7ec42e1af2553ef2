"""Words on their way through the SDMX writer, which knows one language and mends quotation marks by replacing them.

Signs that it would spoil travel as a mark and come out as what XML writes for them; a pair of words travels as one and
comes out as two elements.
"""

from __future__ import annotations

import re

from dripline.words import Text

OPEN, CLOSE, BETWEEN = "⟦", "⟧", "⟠"
"""Signs that mark what is marked; standing in the words themselves, they are marked too."""
SPOILT = frozenset("\"'\\<>&" + OPEN + CLOSE + BETWEEN)
"""Quotation marks, backslashes and what XML keeps for itself; so is every sign that Python would not print."""
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What no XML may hold, not even as a number; U+FFFD stands in its place."""
MARK = re.compile(f"{OPEN}([0-9a-f]+){CLOSE}")
PAIR = re.compile(
    f'<(?P<tag>\\w+:(?:Name|Description)) xml:lang="en">(?P<en>[^<]*){BETWEEN}(?P<zh>[^<]*)</(?P=tag)>'
)
CODE = re.compile(r"[A-Za-z0-9$@-][A-Za-z0-9_$@-]*")
TOTAL, UNKNOWN = "_T", "_U"
"""As SDMX codes them everywhere: not divided; not known."""


def sent(text: str) -> str:
    """Words as they travel: what would be spoilt is marked."""
    clean = FORBIDDEN.sub("\ufffd", text)
    return "".join(_marked(sign) for sign in clean)


def _marked(sign: str) -> str:
    return f"{OPEN}{ord(sign):x}{CLOSE}" if sign in SPOILT or not sign.isprintable() else sign


def pair(text: Text) -> str:
    """Words in both languages, travelling as one."""
    return f"{sent(text.en)}{BETWEEN}{sent(text.zh)}"


def arrived(xml: str) -> str:
    """The written XML with marks turned to characters and pairs to an element a language."""
    spoken = PAIR.sub(
        r'<\g<tag> xml:lang="en">\g<en></\g<tag>><\g<tag> xml:lang="zh">\g<zh></\g<tag>>', xml
    )
    return MARK.sub(r"&#x\1;", spoken)


def code_of(key: str | None) -> str:
    """A key as an SDMX code: as it is where the standard allows it, else its UTF-8 bytes after ``$x``."""
    if key is None:
        return UNKNOWN
    if CODE.fullmatch(key) and not key.startswith("$x"):
        return key
    return f"$x{key.encode().hex()}"
