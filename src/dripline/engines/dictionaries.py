"""Numbers for the different values of a scan: of a dimension, of a key that is counted, of the words of a signature."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlglot import exp

from dripline.engines.coded_files import CodedFiles
from dripline.engines.sql_words import Expression, column, is_null, literal, when
from dripline.engines.units import digest_of

if TYPE_CHECKING:
    from dripline.engines.duck_coded import CodedBase


@dataclass
class Dictionary:
    """The table ``code`` of a scan: a number for each combination of some columns of the rows that were read.

    Numbers begin at 0, those of keys at 1: a key with an empty part has its number below zero. Kept in files, a
    dictionary serves all scans that mean the same by it (``about``), of every month.
    """

    coded: CodedBase
    code: str
    names: tuple[str, ...]
    kind: Literal["dimension", "key", "signature"]
    about: Any
    known: int | None = field(default=None)
    """How many values have a number; None before the first look."""

    @property
    def first(self) -> int:
        """The first number."""
        return 1 if self.kind == "key" else 0

    def learn(self, files: CodedFiles | None) -> None:
        """Gives numbers to the values of the table ``read`` that have none."""
        if files is None:
            self.coded.make(self._numbered(self.first, self._different()), self.code)
            return
        self.load(files)
        while not self._added(files):
            self.known = None
            self.load(files)

    def load(self, files: CodedFiles) -> None:
        """The numbers given so far."""
        if self.known is not None:
            return
        if self.code in self.coded.made:
            self.coded.drop(self.code)
        if found := files.dictionary(self._name):
            paths = [str(path) for path in found]
            self.coded.duck.connection.read_parquet(paths).create(f"{self.coded.name}_{self.code}")
            self.coded.made[self.code] = "TABLE"
            self.known = self.coded.count(self.code)
        else:
            some = self._different() if "read" in self.coded.made else self._nothing()
            self.coded.make(self._numbered(self.first, some).limit(0), self.code)
            self.known = 0

    def _added(self, files: CodedFiles) -> bool:
        """Whether all values have a number now; False if another process gave the same numbers away."""
        assert self.known is not None
        first = self.first + self.known
        self.coded.make(self._numbered(first, self._unknown()), "new")
        count = self.coded.count("new")
        with files.aside() as folder:
            done = count == 0 or self._kept(files, first, folder / "new.parquet")
        if done:
            self.coded.add(exp.select("*").from_(self.coded.table("new")), self.code)
            self.known += count
        self.coded.drop("new")
        return done

    def _kept(self, files: CodedFiles, first: int, path: Path) -> bool:
        self.coded.duck.connection.table(f"{self.coded.name}_new").write_parquet(str(path))
        return files.add_to(self._name, first, path)

    @property
    def _name(self) -> str:
        return digest_of(self.kind, self.about)

    def _different(self) -> exp.Select:
        columns = [column(name) for name in self.names]
        return exp.select(*columns).distinct().from_(self.coded.table("read").as_("t"), copy=False)

    def _nothing(self) -> exp.Select:
        """No rows, of the columns that ``read`` would have."""
        kind = "BIGINT" if self.kind == "signature" else "VARCHAR"
        return exp.select(*(exp.alias_(exp.cast(exp.null(), kind), name) for name in self.names))

    def _unknown(self) -> exp.Select:
        pairs = [(column(name), column(f"d{i}", "k")) for i, name in enumerate(self.names)]
        same = [exp.NullSafeEQ(this=mine, expression=theirs) for mine, theirs in pairs]
        known = self.coded.table(self.code).as_("k")
        return self._different().join(known, on=exp.and_(*same), join_type="anti", copy=False)

    def _numbered(self, first: int, values: exp.Select) -> exp.Select:
        """The values with numbers from ``first`` on; of a key with an empty part below zero."""
        row = exp.Window(this=exp.Anonymous(this="row_number"))
        number: Expression = exp.paren(exp.Add(this=row, expression=literal(first - 1)))
        columns = [column(name) for name in self.names]
        if self.kind == "key":
            empty = exp.or_(*(is_null(c.copy()) for c in columns))
            number = when([(empty, exp.Neg(this=number.copy()))], number)
        return exp.select(
            *(exp.alias_(c.copy(), f"d{i}") for i, c in enumerate(columns)),
            exp.alias_(exp.cast(exp.paren(number), "INTEGER"), "code"),
        ).from_(values.subquery("t", copy=False), copy=False)
