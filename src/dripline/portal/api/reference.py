"""The OpenAPI document as a page reads it: operations by their matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MATTERS: dict[str, Promise | str] = {
    "deliveries": _("Deliveries"),
    "files": _("Files of a delivery"),
    "findings": _("Findings of a check"),
    "figures": _("Figures of the own rows"),
    "definitions": _("Definitions"),
    "site": _("The site"),
}
"""The tags of the document in words, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field of a body: name, where it stands, its kind in words, whether it must be given."""

    name: str
    where: str
    kind: str
    required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation."""

    method: str
    path: str
    summary: str
    says: str
    token: bool
    fields: tuple[Field, ...]


def groups(schema: Mapping[str, Any]) -> list[tuple[str, list[Operation]]]:
    """Operations by their matter."""
    found: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method, one in methods.items():
            tag = (one.get("tags") or [""])[0]
            operation = Operation(
                method=method.upper(),
                path=path,
                summary=one.get("summary", ""),
                says=one.get("description", ""),
                token=bool(one.get("security")),
                fields=tuple(_fields(one, schema)),
            )
            found.setdefault(tag, []).append(operation)
    return [(str(words), found[tag]) for tag, words in MATTERS.items()]


def _fields(operation: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Field]:
    for one in operation.get("parameters", ()):
        yield Field(one["name"], one["in"], _kind(one["schema"]), one.get("required", False))
    content = operation.get("requestBody", {}).get("content", {})
    if "application/octet-stream" in content:
        yield Field("", "body", "bytes", True)
    if "application/json" in content:
        name = content["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
        body = schema["components"]["schemas"][name]
        for field, shape in body["properties"].items():
            yield Field(field, "body", _kind(shape), field in body.get("required", ()))


def _kind(shape: Mapping[str, Any]) -> str:
    """What a value may be, in a few words."""
    if "anyOf" in shape:
        return " | ".join(_kind(one) for one in shape["anyOf"] if one.get("type") != "null")
    if "enum" in shape:
        return " | ".join(map(str, shape["enum"]))
    if "$ref" in shape:
        return str(shape["$ref"]).rsplit("/", 1)[-1]
    if shape.get("type") == "array":
        return f"{_kind(shape['items'])} …"
    return str(shape.get("format") or shape.get("type", ""))
