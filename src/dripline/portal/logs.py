"""Logs as lines of JSON: what happened where, never whose: no name, number, amount or query of a page."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

ALLOWED = ("status_code", "job", "kind", "seconds", "count")
"""What a line may say beside its message. A message is written by us and holds no value of a row."""


class Lines(logging.Formatter):
    """One line of JSON a record. Of an error only its class and place are told: its words may quote a row."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
        }
        # Django's own messages carry paths and queries; ours are the only ones told word for word.
        ours = record.name.startswith("dripline")
        told["says"] = record.getMessage() if ours else str(record.msg)
        told |= {name: getattr(record, name) for name in ALLOWED if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            told["error"] = record.exc_info[0].__name__
            told["where"] = _place(record)
        return json.dumps(told, ensure_ascii=False)


def _place(record: logging.LogRecord) -> str:
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
