"""Kept results have a name that changes with everything they rest on, the form of their file included."""

from dataclasses import fields, replace

import pyarrow as pa

from dripline.indicators import results
from dripline.indicators.results import Identity

RESTS_ON = Identity("2025-06", "definitions", "facts", "lawbook", "program", "engine")


def test_each_thing_a_result_rests_on_changes_its_name():
    names = {RESTS_ON.digest}
    names |= {replace(RESTS_ON, **{f.name: "other"}).digest for f in fields(RESTS_ON)}
    assert len(names) == 1 + len(fields(RESTS_ON))


def test_a_file_of_another_form_has_another_name(monkeypatch):
    before = RESTS_ON.digest
    monkeypatch.setattr(results, "SCHEMA", results.SCHEMA.append(pa.field("key4", pa.string())))
    assert RESTS_ON.digest != before
