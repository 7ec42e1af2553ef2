"""Reads the lawbook's files; every fault of every file comes back in one message."""

from collections.abc import Iterator
from datetime import date
from importlib.resources.abc import Traversable
from typing import cast

from dripline.errors import LawError
from dripline.law.entries import OWN, STATUSES, Entry, Source, Status, Value
from dripline.law.page import (
    Page,
    all_given,
    day_in,
    is_document_date,
    meant,
    only_known,
    text_in,
    tree_of,
    words,
)
from dripline.law.units import SHAPES, UNITS, Amount, Misfit, Raw, typed

ENTRY_KEYS = ("label", "unit", "of", "columns", "values", "checked", "note")
VALUE_KEYS = ("amount", "source", "article", "status", "reason", "note")
SOURCE_KEYS = ("title", "number", "issuer", "date", "note")
SOURCES = "sources.yaml"
# The lists of codes are CSV and have a reader of their own.
CODES = "codes"


def read_lawbook(folder: Traversable) -> tuple[dict[str, Entry], dict[str, Source]]:
    """All entries and sources of a folder; LawError with every fault if there is one."""
    faults: list[str] = []
    sources = _sources(folder, faults)
    entries: dict[str, Entry] = {}
    for file in _files(folder, ""):
        if not file.endswith(".yaml"):
            faults.append(f"{file}: a lawbook file ends in .yaml; rename it.")
        elif file != SOURCES:
            name = file.removesuffix(".yaml").replace("/", ".")
            page = Page(file, name, faults)
            before = len(faults)
            entry = _entry(name, tree_of(_file(folder, file), page), sources, page)
            if entry is not None and len(faults) == before:
                entries[name] = entry
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise LawError("\n".join([f"The lawbook cannot be loaded, {count}:", *faults]))
    return entries, sources


def _files(folder: Traversable, prefix: str) -> Iterator[str]:
    for item in sorted(folder.iterdir(), key=lambda each: each.name):
        if item.is_dir():
            if item.name not in (CODES, "__pycache__"):
                yield from _files(item, f"{prefix}{item.name}/")
        elif item.name.endswith((".yaml", ".yml")):
            yield prefix + item.name


def _file(folder: Traversable, file: str) -> Traversable:
    for part in file.split("/"):
        folder = folder / part
    return folder


def _sources(folder: Traversable, faults: list[str]) -> dict[str, Source]:
    page = Page(SOURCES, "sources", faults)
    file = folder / SOURCES
    if not file.is_file():
        page.fault("", "the file is missing.")
        return {}
    sources = {"own": OWN}
    for key, raw in tree_of(file, page).items():
        source = _source(key, raw, page)
        if key == "own":
            page.fault("own", "own is no document; give the source another id.")
        elif source is not None:
            sources[key] = source
    return sources


def _source(key: str, raw: Raw, page: Page) -> Source | None:
    if not isinstance(raw, dict):
        page.fault(key, "title, number, issuer, date are missing.")
        return None
    only_known(raw, SOURCE_KEYS, key, page)
    all_given(raw, ("title", "issuer", "date"), key, page, {"number": "number" not in raw})
    number, day = words(raw.get("number")), words(raw.get("date"))
    note = text_in(raw, "note", key, page)
    if number is None and "number" in raw and note is None:
        page.fault(key, "number is null; say in note why.")
    if day is not None and not is_document_date(day):
        page.fault(key, f'date "{day}" is no day, month or year (2026-01-19, 2026-01 or 2026).')
    if any("://" in str(part) or "www." in str(part) for part in raw.values()):
        page.fault(key, "cite title, number and date, never an address.")
    return Source(
        key,
        words(raw.get("title")) or "",
        number,
        words(raw.get("issuer")) or "",
        day or "",
        note,
    )


def _entry(name: str, tree: dict[str, Raw], sources: dict[str, Source], page: Page) -> Entry | None:
    if not tree:
        return None
    only_known(tree, ENTRY_KEYS, "", page)
    label = text_in(tree, "label", "", page, required=True)
    unit, of, columns = _unit(tree, page)
    values = _values(tree.get("values"), unit, of, columns, sources, page)
    checked = day_in(tree.get("checked"), "checked", page)
    note = text_in(tree, "note", "", page)
    if label is None or checked is None:
        return None
    return Entry(name, label, unit, of, tuple(columns.items()), values, checked, note)


def _unit(tree: dict[str, Raw], page: Page) -> tuple[str, str, dict[str, str]]:
    unit, of = words(tree.get("unit")) or "", words(tree.get("of")) or ""
    raw = tree.get("columns")
    columns = {key: str(part) for key, part in raw.items()} if isinstance(raw, dict) else {}
    if unit not in UNITS and unit not in SHAPES:
        near = meant(unit, (*UNITS, *SHAPES))
        page.fault("", f"unit {unit} is unknown{near}." if unit else "unit is missing.")
        return "", "", {}
    if (unit == "list") != bool(of):
        page.fault("", "a list, and only a list, says in `of` the unit of its items.")
        return "", "", {}
    if (unit == "table") != bool(columns):
        page.fault("", "a table, and only a table, says in `columns` the unit of each column.")
        return "", "", {}
    for each in filter(None, (of, *columns.values())):
        if each not in UNITS:
            page.fault("", f"unit {each} is unknown{meant(each, tuple(UNITS))}.")
            return "", "", {}
    return unit, of, columns


def _values(
    raw: Raw, unit: str, of: str, columns: dict[str, str], sources: dict[str, Source], page: Page
) -> tuple[Value, ...]:
    if not isinstance(raw, dict) or not raw:
        page.fault("", "values are missing.")
        return ()
    values: list[Value] = []
    last: date | None = None
    for key, part in raw.items():
        at = f"value of {key}"
        day = day_in(key, at, page, key=True)
        if day is not None and last is not None and day < last:
            page.fault(at, f"it stands after {last}; write the oldest first.")
        last = day or last
        value = _value(day, part, at, (unit, of, columns), sources, page)
        if value is not None:
            values.append(value)
    return tuple(values)


def _value(
    since: date | None,
    raw: Raw,
    at: str,
    shape: tuple[str, str, dict[str, str]],
    sources: dict[str, Source],
    page: Page,
) -> Value | None:
    if not isinstance(raw, dict):
        page.fault(at, "amount, source, status are missing.")
        return None
    before = len(page.faults)
    own = raw.get("source") == "own"
    only_known(raw, VALUE_KEYS, at, page)
    needed = ("source", "status") if own else ("article", "source", "status")
    all_given(raw, needed, at, page, {"amount": raw.get("amount", "") == ""})
    source, status = words(raw.get("source")), words(raw.get("status"))
    if source is not None and source not in sources:
        page.fault(at, f"source {source} is not in {SOURCES}{meant(source, tuple(sources))}.")
    if status is not None and status not in STATUSES:
        page.fault(at, f"status {status} is none of {', '.join(STATUSES)}.")
    reason = text_in(raw, "reason", at, page)
    if (status == "assumed") != own:
        page.fault(at, "an assumed value, and only an assumed one, has source: own.")
    if own and "article" in raw:
        page.fault(at, "own has no article; remove it.")
    if status == "assumed" and "reason" not in raw:
        page.fault(at, "an assumed value needs a reason.")
    note = text_in(raw, "note", at, page)
    amount = _amount(raw.get("amount"), shape, at, page) if raw.get("amount", "") != "" else None
    if since is None or len(page.faults) > before:
        return None
    article = words(raw.get("article")) or ""
    return Value(since, amount, sources[str(source)], article, cast(Status, status), reason, note)


def _amount(raw: Raw, shape: tuple[str, str, dict[str, str]], at: str, page: Page) -> Amount:
    unit, of, columns = shape
    if raw is None or not unit:
        return None
    try:
        return typed(raw, unit=unit, of=of, columns=columns)
    except Misfit as misfit:
        page.fault(at, f"{misfit}.")
        return None
