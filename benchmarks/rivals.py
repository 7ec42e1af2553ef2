"""The same figures in other ways: a query for each cell, and pandas and polars as an analyst would write them."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from benchmarks.facts import PERIOD, Facts
from benchmarks.measure import Measured, Steps, cpu
from benchmarks.workload import CONDITIONS, WAYS
from dripline.indicators.breakdowns import LIST_KIND

READ = """
SELECT l._reporter AS institution, left(fin_inst_region_code, 4) AS lender_city,
       product_type AS product, borrower_scale AS size, left(borrower_industry, 1) AS industry_section,
       borrower_id_no, balance_cny, interest_rate,
       guarantee_type = 'D' AS credit, due_date > grant_date + INTERVAL 1 YEAR AS long,
       borrower_scale IN ('CS03', 'CS04') AS small, rate_type = 'RF02' AS floating,
       loan_quality IN ('FQ03', 'FQ04', 'FQ05') AS bad, loan_status = 'LS03' AS overdue,
       fiscal_support IS NOT NULL AS subsidy, left(borrower_ownership, 1) = 'B' AS private,
       small AND credit AS small_credit
FROM read_parquet($loans) l
"""
LISTS = """
SELECT credit_code AS borrower_id_no, kind AS list_kind FROM read_parquet($lists) q
JOIN read_parquet($editions) e USING (kind, edition)
WHERE adopted_from <= $day AND list_contains($kinds, kind)
"""
MEASURES = ("balance", "firms", "rate", "notes", "share", "average")
ASKED = tuple(
    (measure, name)
    for measure, names in (
        ("balance", list(CONDITIONS)),
        ("firms", list(CONDITIONS)),
        ("rate", list(CONDITIONS)[:8]),
        ("notes", list(CONDITIONS)[:6]),
        ("share", ["credit", "long", "small", "bad"]),
        ("average", ["all"]),
        ("firm_share", ["small"]),
    )
    for name in names
)
"""The forty indicators, as a measure over the loans that meet a condition."""


def paths(folder: str) -> dict[str, Any]:
    """The files that are read."""
    facts = Facts(Path(folder))
    names = {"loans": "CLDWDK", "lists": "QUALIFICATION", "editions": "EDITION"}
    found = {key: facts.rows(table, PERIOD) for key, table in names.items()}
    files = {key: list(rows.files) for key, rows in found.items() if rows}
    kinds = [group.code for group in LIST_KIND.groups]
    return {**files, "day": PERIOD.last_day, "kinds": kinds}


def read(connection: duckdb.DuckDBPyConnection, text: str, files: dict[str, Any]) -> pa.Table:
    """A query's result, with the files it names."""
    used = {key: value for key, value in files.items() if f"${key}" in text}
    return connection.sql(text, params=used).to_arrow_table()


# --- a query for each indicator and breakdown ------------------------------------------------------


def one_query(measure: str, name: str, way: str) -> str:
    """The query of one indicator by one breakdown, reading the files as anybody would."""
    where = "true" if name == "all" else name
    value = {
        "balance": f"sum(balance_cny) FILTER ({where})",
        "firms": f"count(DISTINCT borrower_id_no) FILTER ({where})",
        "rate": f"sum(balance_cny::DOUBLE * interest_rate) FILTER ({where}) / sum(balance_cny) FILTER ({where})",
        "notes": f"count(*) FILTER ({where})",
        "share": f"100 * sum(balance_cny) FILTER ({where}) / sum(balance_cny)",
        "average": "sum(balance_cny) / count(DISTINCT borrower_id_no)",
        "firm_share": f"100 * count(DISTINCT borrower_id_no) FILTER ({where}) / count(DISTINCT borrower_id_no)",
    }[measure]
    by = "" if way == "total" else ", ".join(way.split("+")) + ", "
    lists = f"JOIN ({LISTS}) USING (borrower_id_no)" if "list_kind" in way else ""
    return f"SELECT {by}{value} FROM ({READ}) {lists} GROUP BY ALL"


def one_query_per_cell(folder: str, sample: str) -> Measured:
    """A child: some queries of each kind, and from their CPU what all 480 would take.

    Strata are measure x kind of breakdown (total, plain, with lists): of each as many queries are drawn as ``sample``
    says, and their mean stands for the stratum.
    """
    strata: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for measure, name in ASKED:
        for way in WAYS:
            kind = "lists" if "list_kind" in way else "total" if way == "total" else "plain"
            strata[measure, kind].append((measure, name, way))
    draw, files, total, queries = random.Random(7), paths(folder), 0.0, 0
    steps = Steps()
    with duckdb.connect(":memory:") as connection, steps.step("sample"):
        for queries_of in strata.values():
            chosen = draw.sample(queries_of, min(int(sample), len(queries_of)))
            before = cpu()
            for query in chosen:
                text = one_query(*query)
                read(connection, text, files)
            queries += len(chosen)
            total += (cpu() - before) / len(chosen) * len(queries_of)
    return steps.done(estimate=total, queries=queries, of=len(ASKED) * len(WAYS))


# --- pandas ------------------------------------------------------------------------------------------


def with_pandas(folder: str) -> Measured:
    """A child: read once, one frame, a filter and a group-by for each figure; lists joined where they divide."""
    import pandas as pd

    steps, cells = Steps(), 0
    with steps.step("all"), duckdb.connect(":memory:") as connection:
        files = paths(folder)
        loans, lists = (read(connection, text, files).to_pandas() for text in (READ, LISTS))
        for name in (
            "institution",
            "lender_city",
            "product",
            "size",
            "industry_section",
            "borrower_id_no",
        ):
            loans[name] = loans[name].astype("category")
        loans["borrower"] = loans["borrower_id_no"].cat.codes
        loans["weight"] = loans["balance_cny"] * loans["interest_rate"]
        listed = loans.merge(lists, on="borrower_id_no")
        results = []
        for way in WAYS:
            frame = listed if "list_kind" in way else loans
            by = [] if way == "total" else way.split("+")
            results += [pandas_figure(frame, by, *asked) for asked in ASKED]
        cells = sum(len(each) for each in results)
        whole = pd.concat([each.rename("value").reset_index() for each in results])
        whole.astype({"value": float}).to_parquet(Path(folder) / "pandas.parquet")
    return steps.done(cells=cells)


def pandas_figure(frame: Any, by: list[str], measure: str, name: str) -> Any:
    """One indicator by one breakdown."""
    import pandas as pd

    def grouped(rows: Any, column: str, how: str) -> Any:
        if not by:
            return pd.Series([getattr(rows[column], how)()])
        return getattr(rows.groupby(by, observed=True)[column], how)()

    rows = frame if name == "all" else frame[frame[name]]
    match measure:
        case "balance":
            return grouped(rows, "balance_cny", "sum")
        case "firms":
            return grouped(rows, "borrower", "nunique")
        case "rate":
            return grouped(rows, "weight", "sum") / grouped(rows, "balance_cny", "sum")
        case "notes":
            return grouped(rows, "borrower", "count")
        case "share":
            return 100 * grouped(rows, "balance_cny", "sum") / grouped(frame, "balance_cny", "sum")
        case "average":
            return grouped(rows, "balance_cny", "sum") / grouped(rows, "borrower", "nunique")
    return 100 * grouped(rows, "borrower", "nunique") / grouped(frame, "borrower", "nunique")


# --- polars ------------------------------------------------------------------------------------------


def with_polars(folder: str) -> Measured:
    """A child: read once, one group-by for each breakdown with forty filtered aggregates."""
    import polars as pl

    steps = Steps()
    with steps.step("all"), duckdb.connect(":memory:") as connection:
        files = paths(folder)
        loans, lists = (pl.DataFrame(read(connection, text, files)) for text in (READ, LISTS))
        loans = loans.with_columns(
            borrower=pl.col("borrower_id_no").rank("dense"),
            weight=pl.col("balance_cny").cast(pl.Float64)
            * pl.col("interest_rate").cast(pl.Float64),
        )
        listed = loans.join(lists, on="borrower_id_no")
        figures = [polars_figure(*asked).alias("-".join(asked)) for asked in ASKED]
        cells, results = 0, []
        for way in WAYS:
            frame = listed if "list_kind" in way else loans
            by = [] if way == "total" else way.split("+")
            result = frame.group_by(by).agg(figures) if by else frame.select(figures)
            names = ["-".join(asked) for asked in ASKED]
            result = result.with_columns(pl.col(names).cast(pl.Float64))
            results.append(result.unpivot(names, index=by))
            cells += len(results[-1])
        pl.concat(results, how="diagonal").write_parquet(Path(folder) / "polars.parquet")
    return steps.done(cells=cells)


def polars_figure(measure: str, name: str) -> Any:
    """One indicator, as an aggregate."""
    import polars as pl

    met = pl.lit(True) if name == "all" else pl.col(name)
    balance, borrower = pl.col("balance_cny"), pl.col("borrower")
    match measure:
        case "balance":
            return balance.filter(met).sum()
        case "firms":
            return borrower.filter(met).n_unique()
        case "rate":
            weight = pl.col("weight").filter(met).sum()
            return weight / balance.filter(met).sum().cast(pl.Float64)
        case "notes":
            return borrower.filter(met).count()
        case "share":
            every = balance.sum().cast(pl.Float64)
            return 100 * balance.filter(met).sum().cast(pl.Float64) / every
        case "average":
            return balance.sum().cast(pl.Float64) / borrower.n_unique()
    return 100 * borrower.filter(met).n_unique() / borrower.n_unique()
