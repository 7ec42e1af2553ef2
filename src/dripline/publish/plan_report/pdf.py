"""The progress report as a PDF, set by Typst; words go in as data, so nothing in them is ever read as markup."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from typst import Fonts, compile

from dripline.errors import Refused
from dripline.publish.pack.documents import TAGS
from dripline.publish.plan_report.content import Grid, ProgressReport, blocks, title_of
from dripline.words import Language

TEMPLATE: Final = "report.typ"
BODIES: Final = (
    "FangSong",
    "FangSong_GB2312",
    "STFangsong",
    "SimSun",
    "Songti SC",
    "STSong",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Serif SC",
    "AR PL UMing CN",
)
HEADINGS: Final = (
    "SimHei",
    "Heiti SC",
    "STHeiti",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
)
"""Fonts with Chinese by the names they bear on Windows, macOS, Kylin, UOS and Linux; the first one found is used."""


def report_pdf(
    path: Path,
    report: ProgressReport,
    *,
    made: datetime,
    language: Language = "zh",
    fonts: Path | None = None,
) -> None:
    """Writes the report; ``fonts`` is a folder of further fonts. Refused where the machine has no Chinese font."""
    known = Fonts(font_paths=[] if fonts is None else [str(fonts)])
    body, heading = chosen(known.families())
    data = {
        "title": title_of(report, language),
        "lang": TAGS[language].split("-")[0],
        "body": body,
        "heading": heading,
        "made": [made.year, made.month, made.day],
        "blocks": [_told(block) for block in blocks(report, language)],
    }
    template = (files(__package__) / TEMPLATE).read_bytes()
    written = compile(
        template,
        format="pdf",
        font_paths=known,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(made.timestamp()),
    )
    path.write_bytes(written)


def chosen(families: Collection[str]) -> tuple[str, str]:
    """The fonts of text and headings; one stands for both where only one kind is there."""
    body = next((name for name in BODIES if name in families), None)
    heading = next((name for name in HEADINGS if name in families), None)
    first = body or heading
    if first is None:
        raise Refused(
            "This machine has no font with Chinese, so a PDF would show empty boxes. Install one, such as Noto Serif CJK SC or "
            f"SimSun, or name a folder of fonts. Looked for: {', '.join((*BODIES, *HEADINGS))}."
        )
    return first, heading or first


def _told(block: Any) -> dict[str, Any]:
    if isinstance(block, Grid):
        return {
            "look": "grid",
            "caption": block.caption,
            "heads": block.heads,
            "rows": block.rows,
            "widths": block.widths,
        }
    return {"look": block.look, "lead": block.lead, "text": block.text}
