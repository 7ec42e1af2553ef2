"""An invented province as columns: banks, firms and loans, the same from the same seed, made without our engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dripline.codes import code_list

SEED = 20250630
DAY = date(2025, 6, 30)
BANKS, NOTES_A_FIRM = 170, 7
ALPHABET = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", np.uint8)
LETTERS = np.zeros(128, np.int64)
LETTERS[ALPHABET] = np.arange(31)
PRODUCTS = (
    "F022",
    "F023",
    "F041",
    "F051",
    "F052",
    "F053",
    "F059",
    "F081",
    "F082",
    "F12",
    "F071",
    "F073",
)
PURPOSES = ("购买原材料", "流动资金周转", "设备更新改造", "新产品研发投入", "厂房建设", "支付货款")
Numbers = NDArray[np.int64]
Days = NDArray[np.datetime64]


def day(text: str) -> np.datetime64:
    return np.datetime64(text, "D")


@cache
def counties() -> tuple[str, ...]:
    """The counties of Henan, in the order of the list of regions."""
    return tuple(c for c in sorted(code_list("region").accepted(on=DAY)) if c.startswith("41"))


@cache
def industries() -> tuple[str, ...]:
    """Groups of industry (a letter and three digits) whose division is a code of its own."""
    divisions = code_list("industry_division").accepted(on=DAY)
    groups = sorted(code_list("industry_group").accepted(on=DAY))
    return tuple(g for g in groups if g[0].isalpha() and g[:3] in divisions)


def credit_codes(numbers: Numbers, region: pa.Array) -> pa.Array:
    """Well-formed credit codes (GB 32100, GB 11714) of these firms: number and county, both check characters right."""
    raw = np.empty((len(numbers), 18), np.uint8)
    raw[:, :2] = np.frombuffer(b"91", np.uint8)
    raw[:, 2:8] = np.array(region.to_pylist(), "S6").view(np.uint8).reshape(-1, 6)
    digits = numbers[:, None] // 10 ** np.arange(7, -1, -1) % 10
    raw[:, 8:16] = digits + ord("0")
    check = -(digits @ np.array([3, 7, 9, 10, 5, 8, 4, 2])) % 11
    raw[:, 16] = np.where(check == 10, ord("X"), check + ord("0"))
    weights = np.array([pow(3, place, 31) for place in range(17)])
    raw[:, 17] = ALPHABET[-(LETTERS[raw[:, :17]] @ weights) % 31]
    return (
        pa.FixedSizeBinaryArray.from_buffers(pa.binary(18), len(numbers), [None, pa.py_buffer(raw)])
        .cast(pa.binary())
        .cast(pa.string())
    )


def numbered(prefix: str, numbers: Numbers, width: int) -> pa.Array:
    """Texts such as JJ0000001, made as bytes."""
    raw = np.empty((len(numbers), len(prefix) + width), np.uint8)
    raw[:, : len(prefix)] = np.frombuffer(prefix.encode(), np.uint8)
    raw[:, len(prefix) :] = numbers[:, None] // 10 ** np.arange(width - 1, -1, -1) % 10 + ord("0")
    size = pa.binary(raw.shape[1])
    texts = pa.FixedSizeBinaryArray.from_buffers(size, len(numbers), [None, pa.py_buffer(raw)])
    return texts.cast(pa.binary()).cast(pa.string())


def chosen(options: tuple[str, ...] | pa.Array, places: NDArray[np.integer]) -> pa.Array:
    """The options at these places."""
    return pa.DictionaryArray.from_arrays(
        pa.array(places.astype(np.int32)), pa.array(options, pa.string())
    ).dictionary_decode()


@dataclass(frozen=True)
class Firms:
    """Enterprises of Henan: code, place, industry, size and ownership, fixed for each number."""

    codes: pa.Array
    county: NDArray[np.int16]
    industry: NDArray[np.int16]
    size: NDArray[np.int8]
    public: NDArray[np.bool_]

    @classmethod
    @cache
    def made(cls, count: int) -> Firms:
        rng = np.random.default_rng([SEED, 1])
        county = rng.integers(len(counties()), size=count).astype(np.int16)
        codes = credit_codes(np.arange(count) + 10_000_000, chosen(counties(), county))
        return cls(
            codes,
            county,
            rng.integers(len(industries()), size=count).astype(np.int16),
            rng.choice(4, size=count, p=(0.03, 0.12, 0.45, 0.4)).astype(np.int8),
            rng.random(count) < 0.15,
        )

    def __len__(self) -> int:
        return len(self.codes)


def firms_of(loans: int) -> int:
    """How many firms share so many loans: three million have twenty million in the province measured first."""
    return max(50, loans * 3 // 20)


@dataclass(frozen=True, slots=True)
class Loans:
    """Loan notes as numbers: firm and bank by place, days, fen, and 0.00001 % of interest."""

    number: Numbers
    firm: Numbers
    bank: Numbers
    outlet: Numbers
    product: Numbers
    use: Numbers
    grant: Days
    due: Days
    extended: Days
    fen: Numbers
    rate: Numbers
    floating: NDArray[np.bool_]
    guarantee: Numbers
    subsidy: NDArray[np.bool_]
    quality: Numbers
    status: Numbers

    def __len__(self) -> int:
        return len(self.number)


def loans(first: int, count: int, firms: int, banks: int = BANKS) -> Loans:
    """Notes number ``first`` and on; firms by a power law, banks by Zipf, four fifths at a bank's home."""
    rng = np.random.default_rng([SEED, 2, first])
    weights = 1 / np.arange(1, banks + 1)
    # Each firm of the first ones has many notes, the last ones one or none.
    firm = (firms * rng.random(count) ** 2.2).astype(np.int64)
    grant = day("2021-07-01") + rng.integers(0, 1440, count)
    years = rng.choice([1, 2, 3, 5, 10], size=count, p=(0.55, 0.15, 0.2, 0.06, 0.04))
    due = grant + years * 365
    overdue = due < day(str(DAY))
    extended = overdue & (rng.random(count) < 0.9)
    floating = rng.random(count) < 0.7
    return Loans(
        number=np.arange(first, first + count),
        firm=firm,
        bank=rng.choice(banks, size=count, p=weights / weights.sum()),
        outlet=np.where(rng.random(count) < 0.8, 0, rng.integers(0, 60, count)),
        product=rng.choice(12, size=count, p=np.array([60, 15, *[2.5] * 10]) / 100),
        use=rng.integers(len(industries()), size=count),
        grant=grant,
        due=due,
        extended=np.where(extended, due + 3650, np.datetime64("NaT")),
        fen=(np.exp(rng.normal(13.8, 1.4, count)) * 100).astype(np.int64) + 1,
        rate=rng.integers(260_000, 620_000, count),
        floating=floating,
        guarantee=rng.choice(4, size=count, p=(0.82, 0.1, 0.06, 0.02)),
        subsidy=rng.random(count) < 0.06,
        quality=rng.choice(5, size=count, p=(0.95, 0.025, 0.012, 0.008, 0.005)),
        status=np.where(extended, 1, np.where(overdue, 2, 0)),
    )
