"""One file of the lawbook as nested text, and the faults found in it."""

from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from importlib.resources.abc import Traversable

import yaml

from dripline.law.units import Raw, day_of
from dripline.words import Text


@dataclass(frozen=True, slots=True)
class Page:
    """One file being read: where it stands and the faults found so far."""

    file: str
    subject: str
    faults: list[str] = field(default_factory=list)

    def fault(self, at: str, what: str) -> None:
        place = f"{self.subject}, {at}" if at else self.subject
        self.faults.append(f"{place}: {what} ({self.file})")


def tree_of(file: Traversable, page: Page) -> dict[str, Raw]:
    """The file as nested text: no number, date or truth value is ever guessed."""
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except UnicodeDecodeError:
        page.fault("", "the file is not UTF-8.")
        return {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else ""
        page.fault(line, f"this is not YAML: {getattr(error, 'problem', None) or error}.")
        return {}
    tree = _raw(node, page, ())
    if isinstance(tree, dict):
        return tree
    page.fault("", "the file holds no keys.")
    return {}


def _raw(node: yaml.Node | None, page: Page, path: tuple[str, ...]) -> Raw:
    if isinstance(node, yaml.ScalarNode):
        if not node.tag.endswith(":str"):
            page.fault(_at(path), f"remove the tag {node.tag}.")
        return None if node.style is None and node.value in ("null", "~") else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_raw(part, page, path) for part in node.value]
    if not isinstance(node, yaml.MappingNode):
        return None
    mapping: dict[str, Raw] = {}
    for key_node, part in node.value:
        key = str(key_node.value)
        if key in mapping:
            line = key_node.start_mark.line + 1
            page.fault(_at(path), f"{key} stands twice, again in line {line}.")
        mapping[key] = _raw(part, page, (*path, key))
    return mapping


def _at(path: tuple[str, ...]) -> str:
    if len(path) > 1 and path[0] == "values":
        return f"value of {path[1]}"
    return " ".join(path)


def is_document_date(text: str) -> bool:
    """Whether a document may be dated so: a day, a month or a year."""
    try:
        # A year or a month stands for its first day here; what is stored stays as written.
        day_of(text + {4: "-01-01", 7: "-01"}.get(len(text), ""))
    except ValueError:
        return False
    return True


def day_in(raw: Raw, at: str, page: Page, *, key: bool = False) -> date | None:
    """A day written YYYY-MM-DD; anything else is a fault of the page."""
    if isinstance(raw, str):
        try:
            return day_of(raw)
        except ValueError:
            what = "the day" if key else raw
            page.fault(at, f"{what} is no calendar day; write it like 2026-01-19.")
            return None
    page.fault("", f"{at} is missing.")
    return None


def text_in(
    tree: dict[str, Raw], key: str, at: str, page: Page, *, required: bool = False
) -> Text | None:
    """The words under a key, Chinese and English; a pair that lacks one is a fault of the page."""
    raw = tree.get(key)
    if raw is None and key not in tree and not required:
        return None
    pair = raw if isinstance(raw, dict) else {}
    lacking = [
        language for language in ("zh", "en") if not (words(pair.get(language)) or "").strip()
    ]
    for strange in sorted(set(pair) - {"zh", "en"}):
        page.fault(at, f"{key}: {strange} is no language of the lawbook (zh, en).")
    if lacking:
        page.fault(at, f"{key}: {', '.join(lacking)} is missing.")
        return None
    return Text(zh=str(pair["zh"]), en=str(pair["en"]))


def only_known(tree: dict[str, Raw], keys: tuple[str, ...], at: str, page: Page) -> None:
    """Makes each key that means nothing here a fault of the page, with the nearest known one."""
    for key in tree:
        if key not in keys:
            page.fault(at, f"unknown key {key}{meant(key, keys) or '; known: ' + ', '.join(keys)}.")


def all_given(
    tree: dict[str, Raw], keys: tuple[str, ...], at: str, page: Page, also: dict[str, bool]
) -> None:
    """Makes the keys that are absent or empty one fault; ``also`` says of others if they lack."""
    lacking = [key for key, absent in also.items() if absent]
    lacking += [key for key in keys if not (words(tree.get(key)) or "").strip()]
    if lacking:
        page.fault(
            at, f"{', '.join(sorted(lacking))} {'is' if len(lacking) == 1 else 'are'} missing."
        )


def words(raw: Raw) -> str | None:
    """The text of a scalar; None where a list, a table, null or nothing stands."""
    return raw if isinstance(raw, str) else None


def meant(word: str, known: tuple[str, ...]) -> str:
    """The end of a message that guesses which known word an unknown one was meant to be."""
    near = get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]}" if near else ""
