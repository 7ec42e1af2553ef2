"""How long the project's files and functions are; run as a script by `make check`.

Short pieces are read, long ones are only searched. Beyond the wished length is a warning, beyond
the limit a failure.
"""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Length:
    """One kind of piece: the length wished for and the limit, in lines."""

    kind: str
    wished: int
    limit: int


FILE = Length("file", 400, 600)
FUNCTION = Length("function", 40, 60)
MAKEFILE = Length("Makefile", 80, 80)


@dataclass(frozen=True)
class TooLong:
    """A piece longer than wished, and where it begins."""

    where: str
    length: Length
    lines: int

    @property
    def fails(self) -> bool:
        """Whether it is over the limit, not only over the wish."""
        return self.lines > self.length.limit

    def __str__(self) -> str:
        bound = self.length.limit if self.fails else self.length.wished
        grade = "too long" if self.fails else "long"
        return f"{self.where}: {self.length.kind} is {grade}, {self.lines} lines of {bound}"


def own_files(root: Path = ROOT) -> list[Path]:
    """The files of the project: those in git, and new ones that git does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
    )
    paths = (root / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


def too_long(paths: Iterable[Path], root: Path = ROOT) -> Iterator[TooLong]:
    """Every piece longer than wished."""
    for path in paths:
        where = path.relative_to(root).as_posix()
        if path.name == "Makefile":
            yield from _over(where, MAKEFILE, len(path.read_text("utf-8").splitlines()))
        if path.suffix == ".py":
            source = path.read_text("utf-8")
            yield from _over(where, FILE, len(source.splitlines()))
            yield from _long_functions(where, source)


def _long_functions(where: str, source: str) -> Iterator[TooLong]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield from _over(f"{where}:{node.lineno} {node.name}", FUNCTION, lines)


def _over(where: str, length: Length, lines: int) -> Iterator[TooLong]:
    if lines > length.wished:
        yield TooLong(where, length, lines)


def main() -> int:
    """Print what is long; 1 where something is over its limit."""
    pieces = sorted(too_long(own_files()), key=lambda piece: (piece.fails, piece.where))
    for piece in pieces:
        print(f"{'error' if piece.fails else 'warning'}: {piece}")
    return int(any(piece.fails for piece in pieces))


if __name__ == "__main__":
    sys.exit(main())
