"""Cities and counties of Henan as they stand today, shares of the firms, and a few places outside the province."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dripline.codes import cities, counties

_OTHER_SHARES = {
    "410200": 3.2,
    "410400": 3.4,
    "410500": 3.3,
    "410600": 1.2,
    "410700": 6.5,
    "410800": 3.6,
    "410900": 1.8,
    "411000": 4.2,
    "411100": 1.6,
    "411200": 1.4,
    "411400": 2.6,
    "411500": 2.2,
    "411600": 2.2,
    "411700": 2.7,
    "419001": 0.9,
}
"""Our assumption for the cities no share was published of; the others are read from the lawbook."""


@dataclass(frozen=True, slots=True)
class County:
    """A county-level division: code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class City:
    """One of the eighteen: code, name without 市, counties."""

    code: str
    name: str
    counties: tuple[County, ...]


AS_OF = date(2025, 3, 31)
"""The day whose map is used; no county of Henan was changed since."""


def _read() -> tuple[City, ...]:
    found: dict[str, list[County]] = {}
    for each in counties(on=AS_OF):
        found.setdefault(each.prefecture_code or "", []).append(County(each.code, each.name.zh))
    return tuple(
        City(city.code, city.name.zh.removesuffix("市"), tuple(found[city.code]))
        for city in cities(on=AS_OF)
    )


CITIES = _read()
CITY_OF = {county.code: city for city in CITIES for county in city.counties}
COUNTY = {county.code: county for city in CITIES for county in city.counties}


def shares(published: dict[str, float]) -> list[float]:
    """Each city's share of listed firms: the published one, else ours."""
    return [published.get(city.code) or _OTHER_SHARES[city.code] for city in CITIES]


OUTSIDE = (
    County("110108", "北京市海淀区"),
    County("310115", "上海市浦东新区"),
    County("340104", "合肥市蜀山区"),
    County("420106", "武汉市武昌区"),
    County("610113", "西安市雁塔区"),
)
"""Places of borrowers and outlets outside the province."""

ABROAD = (County("000344", "中国香港"), County("000702", "新加坡"))


def address(county: str, number: int) -> str:
    """A made-up address that says so."""
    if county in COUNTY:
        return f"河南省{CITY_OF[county].name}市{COUNTY[county].name}示例路{number}号"
    place = next((p.name for p in OUTSIDE + ABROAD if p.code == county), "外省")
    return f"{place}示例路{number}号"
