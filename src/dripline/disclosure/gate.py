"""The gate through which every table over several institutions goes. It is closed: no release is possible yet."""

from __future__ import annotations

from typing import Final

from dripline.words import Text

CLOSED: Final = Text(
    zh="涉及多家机构的数据在披露控制建成前仅供人民银行查看。",
    en="Figures over several institutions are for the central bank alone until disclosure control stands.",
)
NOTHING_RELEASED: Final = Text(
    zh="尚未发布任何数据表：披露控制建成并经审批后，公开数据在此发布。",
    en="No table has been released yet: public figures appear here once disclosure control stands and a release is approved.",
)


def why_not_shown(*, several_institutions: bool, to_authority: bool) -> Text | None:
    """Why a table may not be shown to somebody, or None.

    A table over one institution may be shown to that institution; over several, to the authority alone. Whether
    the asker is the authority, or the institution itself, is for the caller's scope to know.
    """
    if several_institutions and not to_authority:
        return CLOSED
    return None


def released() -> tuple[str, ...]:
    """The tables that may be shown to everybody: none, as nothing has gone through disclosure control."""
    return ()
