"""Definitions as canonical JSON that reads back to the same value, and the two hashes of a definition.

The hash of meaning changes when a figure could change; the hash of words when only labels, notes and remedies do.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dripline import definitions, measures, nodes
from dripline.errors import DefinitionError
from dripline.words import Text

DEEPEST = 60
"""How deep a definition that comes from outside may be nested."""

CLASSES: dict[str, type] = {
    name: thing
    for module in (nodes, measures, definitions)
    for name, thing in vars(module).items()
    if isinstance(thing, type) and is_dataclass(thing)
} | {"Text": Text}


def to_json(node: object) -> Any:
    """The node as JSON values: each object names its class, days and decimals are marked."""
    match node:
        case None | bool() | int() | str():
            return node
        case Decimal():
            return {"decimal": str(node)}
        case date():
            return {"date": node.isoformat()}
        case tuple():
            return [to_json(part) for part in node]
    if is_dataclass(node) and type(node).__name__ in CLASSES:
        held = {f.name: to_json(getattr(node, f.name)) for f in fields(node)}
        return {type(node).__name__: held}
    raise DefinitionError(f"{type(node).__name__} is no part of the language.")


def from_json(value: Any, depth: int = 0) -> Any:
    """The node that was written; what is not of the language is refused."""
    if depth > DEEPEST:
        raise DefinitionError(f"a definition may be nested {DEEPEST} deep, not deeper.")
    if isinstance(value, list):
        return tuple(from_json(part, depth + 1) for part in value)
    if not isinstance(value, dict):
        if isinstance(value, float):
            raise DefinitionError(f"{value} is no exact number; write it as a decimal.")
        return value
    if len(value) != 1:
        raise DefinitionError(f"one class name is expected, found {sorted(value)}.")
    ((name, held),) = value.items()
    if name == "decimal":
        return Decimal(held)
    if name == "date":
        return date.fromisoformat(held)
    if name not in CLASSES or not isinstance(held, dict):
        raise DefinitionError(f"the language has no {name!r}.")
    known = {f.name for f in fields(CLASSES[name])}
    if unknown := set(held) - known:
        raise DefinitionError(f"{name} has no {', '.join(sorted(unknown))}.")
    try:
        return CLASSES[name](**{key: from_json(part, depth + 1) for key, part in held.items()})
    except TypeError as error:
        raise DefinitionError(f"{name} is not complete: {error}.") from error


def canonical(node: object) -> str:
    """One text for one value: keys in order, no spaces."""
    return json.dumps(to_json(node), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def meaning_hash(node: object) -> str:
    """Twelve hex digits that change when the meaning may have changed."""
    return _hash(_without_words(to_json(node)))


def version_hash(indicator: definitions.Indicator, version: definitions.Version) -> str:
    """The hash of what a version of an indicator means; it names the version beside a figure."""
    return meaning_hash(indicator.as_meant(version) or version)


def words_hash(node: object) -> str:
    """Twelve hex digits that change when a word people read has changed."""
    return _hash(list(_words(to_json(node))))


def _hash(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _without_words(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_words(part) for part in value]
    if isinstance(value, dict):
        return {key: _without_words(part) for key, part in value.items() if key != "Text"}
    return value


def _words(value: Any) -> Any:
    if isinstance(value, list):
        for part in value:
            yield from _words(part)
    elif isinstance(value, dict):
        for key, part in sorted(value.items()):
            if key == "Text":
                yield part
            else:
                yield from _words(part)
