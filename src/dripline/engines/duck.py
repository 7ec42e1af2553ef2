"""DuckDB in memory: where rows stand for SQL, and the lists of a period folded to one mask per enterprise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from dripline.codes import code_list
from dripline.engines.data import REPORTER, Data, Rows, schema
from dripline.engines.groups import groups
from dripline.engines.needs import received
from dripline.engines.sql import ListMasks
from dripline.identifiers import lei_ok, organisation_ok, uscc_ok
from dripline.law import Law
from dripline.periods import Period
from dripline.tables import THEN
from dripline.tables import table as table_called

TODAY_AND_THEN = f"coalesce(s.today, t.{REPORTER}) AS {REPORTER}, t.{REPORTER} AS {THEN}"
ADOPTED = """
    CREATE TEMP TABLE adopted_now AS
    SELECT kind, arg_max(edition, (adopted_from, edition)) AS edition,
           arg_max(scope, (adopted_from, edition)) AS scope
    FROM edition_rows WHERE adopted_from <= $day GROUP BY kind ORDER BY kind
"""
MASKS = """
    SELECT credit_code,
           bit_or(CASE WHEN q.edition = a.edition THEN 1::BIGINT << bit ELSE 0 END) AS adopted,
           bit_or(CASE WHEN valid_from <= $day AND coalesce(valid_to >= $day, true)
                       THEN 1::BIGINT << bit ELSE 0 END) AS valid
    FROM qualification_rows q
    JOIN (SELECT *, row_number() OVER (ORDER BY kind) - 1 AS bit FROM adopted_now) a USING (kind)
    WHERE credit_code IS NOT NULL
      AND NOT coalesce(coalesce(cancelled_from, cancelled_on) <= $day, false)
    GROUP BY credit_code
"""
BY_IDENTIFIER = """
    SELECT 'A01' AS id_type, credit_code AS id_no, adopted, valid FROM masks_now
    UNION ALL
    SELECT 'A02', substr(credit_code, 9, 9), bit_or(adopted), bit_or(valid) FROM masks_now GROUP BY ALL
"""


@dataclass
class Duck:
    """One connection over the rows of some data; relations are made on first use."""

    connection: duckdb.DuckDBPyConnection
    data: Data
    law: Law
    names: dict[tuple[str, Period, bool], str] = field(default_factory=dict)
    masks: dict[Period, ListMasks] = field(default_factory=dict)
    grouped: dict[tuple[str, int, date], str] = field(default_factory=dict)
    listed: dict[tuple[str, date], str] = field(default_factory=dict)
    sizes: dict[tuple[str, Period], int] = field(default_factory=dict)
    part: str = ""
    """Tells the relations of a part of the data from those of another."""

    def over(self, data: Data, part: str) -> Duck:
        """The same connection over other data; registers, which stand for all, are read once."""
        return replace(self, data=data, names={}, sizes={}, part=part)

    def relation(self, table: str, period: Period, *, today: bool = False) -> str:
        """The name of the rows' relation; an empty one if nothing was received."""
        name = (table, period, today)
        if name not in self.names:
            rows = self.data.rows(table, period)
            made = (
                self._renamed(table, rows)
                if today and rows and rows.successors
                else self._view(table, rows)
            )
            label = f"{self.part}{table} {period}" + (" today" if today else "")
            made.create_view(label)
            self.names[name] = label
        return self.names[name]

    def size(self, table: str, period: Period) -> int:
        """How many rows were received."""
        name = (table, period)
        if name not in self.sizes:
            rows = self.data.rows(table, period) or Rows()
            files = sum(int(pq.read_metadata(file).num_rows) for file in rows.files)
            self.sizes[name] = files if rows.memory is None else int(rows.memory.num_rows)
        return self.sizes[name]

    def _view(self, table: str, rows: Rows | None) -> duckdb.DuckDBPyRelation:
        if rows is None:
            return self.connection.from_arrow(schema(table_called(table)).empty_table())
        if rows.memory is not None:
            return self.connection.from_arrow(rows.memory)
        if not rows.files:
            return self.connection.from_arrow(schema(table_called(table)).empty_table())
        return self.connection.read_parquet(list(rows.files))

    def _renamed(self, table: str, rows: Rows) -> duckdb.DuckDBPyRelation:
        """The rows under the reporters that took theirs over (FN 2), renamed as they are read."""
        pairs = pa.table(
            {"before": [a for a, _ in rows.successors], "today": [b for _, b in rows.successors]}
        )
        successors = self.connection.from_arrow(pairs).set_alias("s")
        found = self._view(table, rows).set_alias("t")
        joined = found.join(successors, "t._reporter = s.before", how="left")
        columns = [f"t.{_quoted(name)}" for name in found.columns if name != REPORTER]
        return joined.project(", ".join([TODAY_AND_THEN, *columns]))

    @contextmanager
    def _named(self, name: str, relation: duckdb.DuckDBPyRelation) -> Iterator[None]:
        relation.create_view(name, replace=True)
        yield
        self.connection.execute("DROP VIEW " + name)

    def groups(self, codes: str, depth: int, day: date) -> str:
        """The name of the relation ``code, above`` of a list of codes."""
        name = (codes, depth, day)
        if name not in self.grouped:
            found = groups(codes, depth, day)
            pairs = pa.table(
                {
                    "code": pa.array(list(found), pa.string()),
                    "above": pa.array(list(found.values()), pa.string()),
                }
            )
            self.grouped[name] = f"groups_{len(self.grouped)}"
            self.connection.from_arrow(pairs).create(self.grouped[name])
        return self.grouped[name]

    def codes(self, name: str, day: date) -> str:
        """The name of the relation ``code`` of the codes a file may use on a day."""
        if (name, day) not in self.listed:
            accepted = sorted(code_list(name).accepted(on=day))
            codes = pa.table({"code": pa.array(accepted, pa.string())})
            self.listed[name, day] = f"codes_{len(self.listed)}"
            self.connection.from_arrow(codes).create(self.listed[name, day])
        return self.listed[name, day]

    def successors(self, table: str, period: Period) -> tuple[tuple[str, str], ...]:
        """Reporters of a table's rows that another has taken over, as (then, today)."""
        rows = self.data.rows(table, period)
        return () if rows is None else rows.successors

    def received(self, table: str, period: Period) -> frozenset[str]:
        """The reporters whose rows have come, today's successors of them included."""
        return received(self.data, table, period)

    def lists(self, period: Period) -> ListMasks:
        """The lists adopted for a period: one row for each credit code and each organisation code."""
        if period not in self.masks:
            con, day = self.connection, {"day": period.last_day}
            editions = con.table(_quoted(self.relation("EDITION", period)))
            qualifications = con.table(_quoted(self.relation("QUALIFICATION", period)))
            with (
                self._named("edition_rows", editions),
                self._named("qualification_rows", qualifications),
            ):
                con.execute(ADOPTED, day)
                con.execute("CREATE TEMP TABLE masks_now AS " + MASKS, day)
            name = f"lists_{len(self.masks)}"
            con.sql(BY_IDENTIFIER).create(name)
            kinds = con.execute("SELECT kind, scope FROM adopted_now ORDER BY kind").fetchall()
            con.execute("DROP TABLE adopted_now")
            con.execute("DROP TABLE masks_now")
            bits = {kind: bit for bit, (kind, _) in enumerate(kinds)}
            of_henan = frozenset(kind for kind, scope in kinds if scope == "henan")
            self.masks[period] = ListMasks(name, bits, of_henan)
        return self.masks[period]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def connected(
    data: Data,
    law: Law,
    *,
    memory: str | None = None,
    spill: Path | None = None,
    threads: int | None = None,
) -> Iterator[Duck]:
    """A DuckDB in memory for the time of a job; beyond ``memory`` it spills to the folder ``spill``."""
    connection = duckdb.connect(":memory:")
    try:
        if memory is not None:
            connection.execute("SET memory_limit = $1", [memory])
        if spill is not None:
            connection.execute("SET temp_directory = $1", [str(spill)])
        if threads is not None:
            connection.execute("SET threads = $1", [threads])
        connection.execute("SET preserve_insertion_order = false")
        for name, function in (
            ("uscc_ok", uscc_ok),
            ("organisation_ok", organisation_ok),
            ("lei_ok", lei_ok),
        ):
            connection.create_function(name, function, ["VARCHAR"], "BOOLEAN", type="arrow")  # type: ignore[call-overload]
        yield Duck(connection, data, law)
    finally:
        connection.close()
