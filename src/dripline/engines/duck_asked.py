"""Queries that DuckDB works on while the next ones are being written."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sqlglot import exp

from dripline.engines.duck import Duck

Answer = list[tuple[Any, ...]]
AT_ONCE = 2
"""Queries that run side by side: where one waits for its last thread, the other uses the core."""


def sql(query: exp.Query) -> str:
    """The text DuckDB runs."""
    return query.sql(dialect="duckdb")


class Asked:
    """Queries that run, two at a time, while the next ones are still being written.

    Writing them keeps one core busy for longer than it seems: a second for all rules, and DuckDB would wait for it.
    """

    def __init__(self, duck: Duck) -> None:
        self.duck = duck
        self.waiting: list[tuple[Future[Answer], Callable[[Answer], None]]] = []
        self.thread = ThreadPoolExecutor(AT_ONCE)

    def __enter__(self) -> Asked:
        return self

    def __exit__(self, *stopped_by: object) -> None:
        self.thread.shutdown(cancel_futures=True)

    def ask(self, query: exp.Query, take: Callable[[Answer], None]) -> None:
        """Queue a query; ``take`` is given its rows once all queries are written."""
        self.waiting.append((self.thread.submit(self._rows, sql(query)), take))

    def answered(self) -> None:
        """Hands out the rows of every query, in the order they were asked."""
        for rows, take in self.waiting:
            take(rows.result())

    def _rows(self, text: str) -> Answer:
        return self.duck.connection.cursor().execute(text).fetchall()
