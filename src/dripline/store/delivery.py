"""A delivery: all packages of one reporter for one period, accepted together or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dripline.engines.data import REPORTER, schema
from dripline.errors import CannotRead, Refused
from dripline.periods import Period
from dripline.store.entries import TableVersion
from dripline.store.explanations import Explanation, Outcome
from dripline.tables import table
from dripline.words import Text

REPORTER_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,63}")
"""Codes of reporters become names of folders."""
NAMED = 5
"""Rules a refusal names before it only counts them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """One table's rows as a Parquet file in the home's staging, and the hash of the bytes it was read from.

    The hash covers all that decides the rows: the package and, if one was used, the mapping file.
    """

    path: Path
    package_sha256: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a reporter hands over for a period, with how it fared under the rules.

    ``checked_at`` is the number of the snapshot the rules saw, ``lawbook`` the digest of the lawbook they read. ``key``
    is the sender's own name for this hand-over: the store accepts a key once, however often it is asked.
    """

    reporter: str
    period: Period
    tables: Mapping[str, Staged]
    outcomes: tuple[Outcome, ...]
    explanations: tuple[Explanation, ...]
    checked_at: int
    lawbook: str
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the store answers: the entry that holds the delivery. ``already``: it held these bytes before."""

    number: int
    accepted_on: date
    already: bool
    tables: tuple[TableVersion, ...]
    """The versions this hand-over made; none if the store held it all."""
    kept: tuple[str, ...]
    """Tables whose bytes the store held already; they keep their version."""


def why_not_accept(delivery: Delivery) -> Text | None:
    """Why a delivery may not be accepted: a reject, or an error nobody explained; None if it may."""
    if not delivery.tables:
        return Text(
            zh="没有可接收的报表。请至少提交一张表。",
            en="There is no table in it. Send at least one.",
        )
    if any(not each.reason.strip() for each in delivery.explanations):
        return Text(
            zh="有说明未写原因。请在说明文件中逐条填写原因。",
            en="An explanation gives no reason. Write one for each line of the file of explanations.",
        )
    rejects = [each for each in delivery.outcomes if each.severity == "reject" and each.unexplained]
    if rejects:
        zh, en = _listed(rejects)
        return Text(
            zh=f"格式校验未通过：{zh}。格式错误不能说明，请更正后重新报送。",
            en=f"The format is broken: {en}. Such faults cannot be explained; mend the file and send it again.",
        )
    errors = [each for each in delivery.outcomes if each.unexplained]
    if errors:
        zh, en = _listed(errors)
        return Text(
            zh=f"校验未通过且未作说明：{zh}。请更正后重新报送，或附强制提交说明（规则、表、行键或 *、原因）。",
            en=f"Broken and not explained: {en}. Mend the rows and send them again, or explain them "
            "(rule, table, row key or *, reason).",
        )
    return None


def check_form(delivery: Delivery) -> None:
    """Refuses names that cannot be kept and files that do not hold what they should."""
    if not REPORTER_CODE.fullmatch(delivery.reporter):
        raise Refused("The reporter's code has other signs than letters, digits and hyphens.")
    for code, staged in delivery.tables.items():
        _check_rows(code, staged, delivery.reporter)


def _check_rows(code: str, staged: Staged, reporter: str) -> None:
    wanted = schema(table(code))
    try:
        file = pq.ParquetFile(staged.path)
    except (OSError, pa.ArrowException) as error:
        raise CannotRead(f"The staged rows of {code} cannot be read: {error}.") from error
    with file:
        if not file.schema_arrow.equals(wanted):
            raise CannotRead(f"The staged rows of {code} have other columns than the table.")
        if file.metadata.num_rows != staged.rows:
            raise CannotRead(
                f"{staged.rows} rows of {code} were staged, {file.metadata.num_rows} are there."
            )
        # A row under another's code would be read by those who may read the other's rows.
        for group in range(file.num_row_groups):
            senders = file.read_row_group(group, columns=[REPORTER])[REPORTER]
            theirs = pc.equal(senders, reporter).fill_null(False)
            if not pc.all(theirs, min_count=0).as_py():
                raise CannotRead(
                    f"The staged rows of {code} name another reporter than the delivery."
                )


def _listed(outcomes: list[Outcome]) -> tuple[str, str]:
    shown, more = outcomes[:NAMED], len(outcomes) - NAMED
    zh = "、".join(f"{each.rule}（{each.unexplained} 处）" for each in shown)
    en = ", ".join(f"{each.rule} ({each.unexplained})" for each in shown)
    if more > 0:
        zh, en = f"{zh}等 {len(outcomes)} 条规则", f"{en} and {more} more"
    return zh, en
