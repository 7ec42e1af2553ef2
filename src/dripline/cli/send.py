"""``send``: a bank's scheduler hands over by itself. Exit 0: accepted or on its way, 1: something to mend, 2: cannot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import sleep
from typing import Annotated, Any

import typer

from dripline.cli.app import (
    HENAN,
    Lang,
    Setting,
    app,
    definitions,
    language,
    law,
    progress_bar,
    setting,
)
from dripline.cli.checks import Explain, Paths, bound, staging, write_findings
from dripline.cli.handing_over import MINUTE, HandOver, files_of, period_of
from dripline.cli.site_client import Site, read_token
from dripline.intake.acceptance import read_explanations
from dripline.intake.checking import check_hand_over
from dripline.intake.receiving import receive
from dripline.store import Explanation
from dripline.words import Language, Text

FINDINGS = Path("findings.csv")
ENDS = {
    "sent": Text(zh="已发往分行，等待审核", en="sent to the branch, waits for review"),
    "accepting": Text(zh="分行正在接收", en="the branch is taking it"),
    "accepted": Text(zh="分行已接收", en="accepted by the branch"),
    "returned": Text(zh="分行已退回", en="returned by the branch"),
    "clean": Text(zh="校验通过，等待本机构人员发出", en="checked, waits for a person to send it"),
    "faulty": Text(
        zh="校验发现问题，须修改或说明", en="the check found what must be mended or explained"
    ),
    "withdrawn": Text(zh="已被撤回", en="it was withdrawn"),
}
AT_HOME = Text(
    zh="本机校验发现问题，未上传", en="the check on this machine found something; nothing was sent"
)
IN_FULL = Text(zh="全部校验结果", en="all findings")


@app.command()
def send(
    paths: Paths,
    site: Annotated[
        str, typer.Option("--site", envvar="DRIPLINE_SITE", help="https://site.example")
    ],
    token_file: Annotated[
        Path,
        typer.Option("--token-file", help="A file with the token that its owner alone may read."),
    ],
    period: Annotated[
        str | None, typer.Option("--period", help="2026-06; left out: as the files' names say.")
    ] = None,
    explain: Explain = None,
    out: Annotated[
        Path, typer.Option("--out", help="CSV for findings, if there are any.")
    ] = FINDINGS,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for the branch's answer.")] = False,
    minutes: Annotated[int, typer.Option("--minutes", help="How long --wait waits.")] = 60,
    check: Annotated[
        bool, typer.Option("--check/--no-check", help="Check on this machine first.")
    ] = True,
    lang: Lang = "zh",
) -> int:
    """Hand files over to a site: checked here first, uploaded where it broke off, checked there, explained, sent."""
    now, tongue = setting(), language(lang)
    token, files = read_token(token_file), files_of(paths)
    month = period_of(files, period)
    explanations = () if explain is None else read_explanations(explain)
    if check and not stands_here(paths, explanations, out, tongue, now):
        typer.echo(f"{AT_HOME.in_(tongue)}: {out}")
        return 1
    there = Site(site, token, language="zh-hans" if tongue == "zh" else "en", pause=sleep)
    with progress_bar() as told:
        way = HandOver(there, month, files, explanations, told)
        delivery = way.run(minutes * MINUTE if wait else None)
    return ended(there, delivery, out, tongue)


def stands_here(
    paths: Sequence[Path],
    explanations: tuple[Explanation, ...],
    out: Path,
    tongue: Language,
    now: Setting,
) -> bool:
    """Whether the same checker finds nothing in the way; else its findings are written."""
    book = law()
    with staging(now) as (store, work), progress_bar() as told:
        handed = receive(
            paths,
            work,
            law=book,
            on=now.today,
            province=HENAN,
            progress=told,
        )
        snapshot = None if store is None else store.at(None)
        report = check_hand_over(
            handed, snapshot, explanations, work, law=book, progress=told, rules=definitions().rules
        )
        if not report.stands:
            write_findings([report], "text", out, tongue, bound(now))
        return report.stands


def ended(site: Site, delivery: dict[str, Any], out: Path, tongue: Language) -> int:
    """Says how the delivery stands; what must be mended is written out in full."""
    status = delivery["status"]
    typer.echo(f"{delivery['reporter']} {delivery['period']} · {ENDS[status].in_(tongue)}")
    for told in (delivery["reason"], delivery["why_not"] if status == "clean" else None):
        if told:
            typer.echo(told)
    if status == "faulty":
        checked = delivery["checked"]
        for one in checked["rules"]:
            if one["in_the_way"]:
                says = (one["says"] or {}).get(tongue, "")
                typer.echo(f"{one['rule']} {one['table']} × {one['in_the_way']}: {says}")
        if checked["trouble"]:
            typer.echo(checked["trouble"])
        if checked["findings"]:
            path = f"deliveries/{delivery['id']}/findings/all?purpose=statistics&format=csv"
            site.download(path, out)
            typer.echo(f"{IN_FULL.in_(tongue)}: {out}")
    return 0 if status in ("sent", "accepting", "accepted", "clean") else 1
