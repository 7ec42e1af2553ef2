"""Engines: the same definitions, run in plain Python (the reference) and as SQL on DuckDB."""
